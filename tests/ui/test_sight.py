"""Masters see what the owner allows, and the journal tells who looked at a number."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app import models, wording
from app.clock import standing_at
from app.language import _
from app.models.connection import WAIT_SECONDS, Database
from app.salon import profile as profile_of
from app.salon.clients import bonuses, card, contacts
from app.salon.clients.contacts import NewContact
from app.salon.scheduling import waitlist
from app.salon.transaction import carry_out
from app.ui import sight
from app.ui.catalogue.facts_part import FactsPart
from app.ui.clients.card_panel import DETAILS, ClientCardPanel
from app.ui.clients.details_page import DetailsPage
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.history import FILTERS
from app.ui.perform import Perform
from app.ui.reminders.screen import RemindersScreen
from app.ui.waiting.acts import WaitingActs
from app.vocabulary import Action, ContactKind, PaymentKind
from tests.builders import TODAY, ZONE, at, small_salon
from tests.ui.clients.hearing import heard
from tests.ui.conftest import Counter

NUMBER, WHOLE, HIDDEN = "+79123456789", "+7\u00a0912\u00a0345-67-89", "•••\u00a067-89"


@pytest.fixture(autouse=True)
def seen_again() -> Iterator[None]:
    """The next test sees everything."""
    yield
    wording.hide_phones(are_hidden=False)
    sight.Here.hides_money = False


@pytest.fixture
def anna(counter: Counter) -> int:
    return counter.small.client("Анна Щёлкина", NUMBER)


def allow(counter: Counter, *, phones: bool, money: bool = True) -> None:
    facts = replace(counter.small.salon.profile, masters_see_phones=phones, masters_see_money=money)
    carry_out(counter.small.salon, profile_of.change, facts)


def opened(qtbot: QtBot, counter: Counter, client: int, *, is_masters: bool) -> ClientCardPanel:
    panel = ClientCardPanel(counter.desk)
    qtbot.addWidget(panel)
    panel.resize(400, 900)
    panel.show_client(client, is_masters=is_masters)
    panel.show()
    return panel


def texts(panel: ClientCardPanel) -> str:
    shown = [one for kind in (QLabel, QPushButton) for one in panel.findChildren(kind) if one.isVisible()]
    return " | ".join(f"{one.text()} {one.toolTip()} {one.accessibleName()}" for one in shown)


def revealed(counter: Counter) -> list[tuple[int, str]]:
    return counter.small.database.rows(
        "SELECT client, actor FROM journal_entry WHERE action = ?", (Action.PHONE_REVEALED,)
    )


def test_where_the_owner_allows_it_a_master_sees_the_number(qtbot: QtBot, counter: Counter, anna: int) -> None:
    panel = opened(qtbot, counter, anna, is_masters=True)
    assert WHOLE in texts(panel)
    assert panel.reveal_button.isHidden()


def test_a_master_sees_the_last_digits_until_they_ask_and_that_is_logged(
    qtbot: QtBot, counter: Counter, anna: int
) -> None:
    allow(counter, phones=False)
    panel = opened(qtbot, counter, anna, is_masters=True)
    assert HIDDEN in texts(panel)
    for tab in ("glance", DETAILS):
        panel.open_page(tab)
        assert NUMBER not in texts(panel)
        assert WHOLE not in texts(panel)
    assert revealed(counter) == []
    panel.reveal_button.click()
    assert WHOLE in texts(panel)
    assert panel.reveal_button.isHidden()
    assert revealed(counter) == [(anna, "Администратор")]
    assert not counter.desk.perform.can_undo


def test_a_card_that_only_waited_behind_another_panel_hides_the_number_again(
    qtbot: QtBot, counter: Counter, anna: int
) -> None:
    allow(counter, phones=False)
    panel = opened(qtbot, counter, anna, is_masters=True)
    panel.reveal_button.click()
    panel.hide()
    panel.show()
    assert (HIDDEN in texts(panel), WHOLE in texts(panel)) == (True, False)


def test_what_the_journal_cannot_tell_now_stays_hidden(qtbot: QtBot, counter: Counter, anna: int) -> None:
    allow(counter, phones=False)
    panel = opened(qtbot, counter, anna, is_masters=True)
    counter.small.database.rows("PRAGMA query_only = 1")  # as on a disk that takes nothing more
    troubled = heard(counter.desk.perform.troubled)
    panel.reveal_button.click()
    wording.hide_phones(are_hidden=True)
    assert not sight.use_number(counter.desk, anna, NUMBER)
    counter.small.database.rows("PRAGMA query_only = 0")
    panel.reload()
    assert len(troubled) == 2
    assert HIDDEN in texts(panel)
    assert (revealed(counter), WHOLE in texts(panel)) == ([], False)


def test_while_another_program_writes_the_number_stays_hidden_and_the_window_goes_on(
    qapp: object, tmp_path: Path, counter: Counter
) -> None:
    small = small_salon(Database(tmp_path / "salon.vizit"))
    anna = small.client("Анна Щёлкина", NUMBER)
    perform = Perform(small.salon, counter.desk.feed)
    desk = replace(counter.desk, salon=small.salon, perform=perform)
    refused, troubled = heard(perform.refused), heard(perform.troubled)
    with closing(sqlite3.connect(tmp_path / "salon.vizit", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = perf_counter()
        assert not sight.reveal(desk, anna, card.read(small.database, anna, TODAY).contacts)
        assert perf_counter() - begun < WAIT_SECONDS * 0.9, "it waited for the other program"
        other.execute("ROLLBACK")
    assert ([one[0][:22] for one in refused], troubled) == (["Номер остаётся скрытым"], [])
    assert small.database.value("PRAGMA busy_timeout") == 1_000 * WAIT_SECONDS, (
        "whoever saves something waits as before"
    )
    assert sight.reveal(desk, anna, ())
    small.database.close()


def test_the_next_card_is_hidden_again(qtbot: QtBot, counter: Counter, anna: int) -> None:
    allow(counter, phones=False)
    panel = opened(qtbot, counter, anna, is_masters=True)
    panel.reveal_button.click()
    panel.show_client(counter.small.client("Вера", "+79265554433"))
    assert "55-44-33" not in texts(panel)
    panel.show_client(anna)
    assert HIDDEN in texts(panel)


def test_the_front_desk_goes_on_seeing_everything(qtbot: QtBot, counter: Counter, anna: int) -> None:
    allow(counter, phones=False, money=False)
    panel = opened(qtbot, counter, anna, is_masters=False)
    assert WHOLE in texts(panel)
    assert _("spent") in texts(panel)


def test_where_masters_work_every_number_of_the_program_is_hidden(qtbot: QtBot, counter: Counter, anna: int) -> None:
    allow(counter, phones=False, money=False)
    preferences = counter.desk.preferences
    preferences.change(replace(preferences.settings, used_by_master=True))
    sight.follow(counter.desk)
    assert wording.phone(NUMBER) == HIDDEN
    assert sight.Here.hides_money
    panel = opened(qtbot, counter, anna, is_masters=False)
    assert HIDDEN in texts(panel)
    assert _("spent") not in texts(panel)
    panel.reveal_button.click()
    assert WHOLE in texts(panel)
    panel.hide()
    assert wording.phone(NUMBER) == HIDDEN


@pytest.mark.parametrize(
    ("number", "said"), [("+79123456789", HIDDEN), ("123", "•••"), ("", "•••"), ("<b>+7 1234</b>", "•••\u00a012-34")]
)
def test_of_any_number_only_the_last_digits_are_said(number: str, said: str) -> None:
    assert wording.hidden_phone(number) == said


def test_the_owner_sets_it_on_the_page_of_the_salon(qtbot: QtBot, counter: Counter) -> None:
    part = FactsPart(counter.desk)
    qtbot.addWidget(part)
    part.reload()
    assert (part.sees_phones.isChecked(), part.sees_money.isChecked(), part.is_masters.isChecked()) == (
        True,
        True,
        False,
    )
    part.sees_phones.setChecked(False)
    part.is_masters.setChecked(True)
    part.save()
    profile = counter.small.salon.profile
    assert (profile.masters_see_phones, profile.masters_see_money) == (False, True)
    assert counter.desk.preferences.settings.used_by_master
    assert wording.phone(NUMBER) == HIDDEN
    assert counter.desk.perform.undo()
    assert counter.small.salon.profile.masters_see_phones


def paid(counter: Counter, client: int) -> None:
    small = counter.small
    visit = small.book(at(9), client)
    small.complete(visit)
    values = {"client": client, "day": TODAY, "kind": PaymentKind.PRODUCT, "description": "крем", "receipt": "1"}
    small.database.insert(models.Payment, {**values, "visit": visit, "amount": 123_400})
    small.database.insert(models.Payment, {**values, "visit": None, "amount": 567_800})
    carry_out(small.salon, bonuses.change, client, 9_900, "подарок")


@pytest.mark.parametrize("is_masters", [True, False])
def test_what_was_paid_is_on_no_line_of_the_card_of_a_master(
    qtbot: QtBot, counter: Counter, anna: int, *, is_masters: bool
) -> None:
    paid(counter, anna)
    allow(counter, phones=True, money=False)
    panel = opened(qtbot, counter, anna, is_masters=is_masters)
    page = panel.page("glance")
    assert isinstance(page, GlancePage)
    history = page.history

    def told() -> str:
        model = history.list.model()
        return " | ".join(str(model.index(row, 0).data()) for row in range(model.rowCount())) + texts(panel)

    filters = [action.text() for action in history.make_menu().actions()]
    panel.open_page("works")
    shown = told().replace("\u00a0", " ")
    for sum_, kind in (("1 234", "Деньги"), ("5 678", "Деньги"), ("99 ₽", "Деньги")):
        assert (sum_ in shown) is not is_masters
        assert (kind in filters) is not is_masters
    assert "Маникюр" in shown
    for number in range(len(FILTERS)):
        history.show_kind(number)
        assert "₽" not in told() or not is_masters


def hidden_here(counter: Counter) -> None:
    allow(counter, phones=False)
    preferences = counter.desk.preferences
    preferences.change(replace(preferences.settings, used_by_master=True))
    sight.follow(counter.desk)


@pytest.mark.parametrize("opens", [True, False])
def test_a_call_or_a_chat_with_a_hidden_number_is_told_by_the_journal(
    counter: Counter, anna: int, *, opens: bool
) -> None:
    small, said = counter.small, list[str]()
    counter.desk.perform.done.connect(lambda text, _undo: said.append(text))
    window = waitlist.Window(TODAY, TODAY)
    entry = carry_out(small.salon, waitlist.add, waitlist.NewWait(anna, (small.manicure,), (window,))).value
    waiting = waitlist.one(small.database, ZONE, entry)
    acts = WaitingActs(replace(counter.desk, open_link=lambda _link: opens))
    acts.call(waiting)
    assert revealed(counter) == [], "nothing is hidden here"
    hidden_here(counter)
    acts.call(waiting)
    assert revealed(counter) == [(anna, "Администратор")]
    assert [WHOLE in one for one in said] == ([] if opens else [True, True]), "who has to dial it reads it"
    assert wording.phone(NUMBER) == HIDDEN, "the screen goes on hiding it"


def test_a_reminder_to_a_hidden_number_is_told_by_the_journal(qtbot: QtBot, counter: Counter, anna: int) -> None:
    small = counter.small
    small.clock.instant = standing_at(at(9), ZONE).instant
    small.book(at(15, days=1), anna)
    small.clock.instant = standing_at(at(12, 30), ZONE).instant
    hidden_here(counter)
    screen = RemindersScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.due.rows[0].action.click()
    assert len(counter.opener.links) == 1
    assert revealed(counter) == [(anna, "Администратор")]


def test_what_is_masked_on_a_card_leads_nowhere(qtbot: QtBot, counter: Counter, anna: int) -> None:
    carry_out(counter.small.salon, contacts.add, anna, NewContact(ContactKind.EMAIL, "anna@mail.ru"))
    allow(counter, phones=False)
    panel = opened(qtbot, counter, anna, is_masters=True)
    panel.open_page(DETAILS)
    page = panel.page(DETAILS)
    assert isinstance(page, DetailsPage)
    assert [set(row.buttons) & {"phone", "send", "message-circle", "mail", "copy"} for row in page.phones.rows()] == [
        set()
    ] * 2
