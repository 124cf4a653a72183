"""A walk-in was served, and at the till the name and the phone are given: the visit goes onto a card."""

from app.salon.clients import card
from app.ui.booking.whose_panel import WhosePanel
from app.vocabulary import VisitStatus
from tests.builders import TODAY, at
from tests.journeys.conftest import Day


def asked(day: Day, visit: int) -> WhosePanel:
    """The small card of the visit leads to the question."""
    calendar = day.running.window.calendar
    calendar.reload()
    calendar.select_visit(visit)
    entry = calendar.selected_entry
    assert entry is not None
    calendar.open_peek(entry)
    assert calendar.peek is not None
    calendar.peek.card_link.click()
    shown = day.running.window.panel.content
    assert isinstance(shown, WhosePanel)
    return shown


def test_the_name_and_phone_that_are_given_at_the_till_make_a_card_of_the_visit(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    visit = small.book(at(9))
    small.complete(visit)
    panel = asked(front_desk, visit)
    assert not panel.keep.isEnabled()
    keys.type("Вера Новая")
    keys.enter()
    keys.type("89123456700")
    keys.enter()
    assert window.panel.content is None
    assert front_desk.toast == "Визит теперь в карточке: Вера Новая"
    ((client,),) = small.database.rows("SELECT client_id FROM visit")
    assert card.read(small.database, client, TODAY).completed == 1
    window.undo()
    assert small.database.rows("SELECT client_id FROM visit") == [(None,)]
    assert small.database.rows("SELECT 1 FROM client") == [], "one undo takes the card back as well"


def test_who_has_a_card_is_found_and_a_second_enter_keeps_it(front_desk: Day) -> None:
    small, keys = front_desk.small, front_desk.keys
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    visit = small.book(at(9))
    small.complete(visit)
    asked(front_desk, visit)
    keys.type("6789")
    keys.enter()
    keys.enter()
    assert small.database.rows("SELECT client_id, status FROM visit") == [(anna, VisitStatus.COMPLETED)]
