"""A visit that is changed in the form while the client sits here: what of it has begun stays where it is."""

from datetime import datetime

from app.clock import standing_at
from app.salon import check
from app.salon.scheduling import agenda, booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.transaction import carry_out
from app.ui.booking.panel import BookingPanel
from app.ui.widgets.buttons import ChoiceButton
from app.ui.wishes import BookingSeed
from app.vocabulary import VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at
from tests.typing_keys import type_text
from tests.ui.booking.conftest import Opened


def in_service(small: SmallSalon, now: datetime, *wishes: ServiceWish) -> int:
    """The visit of Anna, of which somebody has said that the work goes on."""
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    small.clock.instant = standing_at(now, ZONE).instant
    carry_out(small.salon, booking.set_status, visit, VisitStatus.IN_SERVICE)
    return visit


def lasts(form: BookingPanel, position: int, minutes: str) -> None:
    """Type how long a service takes, digit by digit, over what stands there."""
    field = form.form.rows()[position].minutes
    field.setFocus()
    field.selectAll()
    type_text(field, minutes)


def hours(small: SmallSalon) -> list[str]:
    """When the services of today begin and end."""
    assert check.faults(small.database) == []
    found = sorted(agenda.of_day(small.database, TODAY).entries, key=lambda one: one.booked_id)
    return [f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}" for one in found]


def test_the_nails_took_less_and_the_feet_stay_where_they_began(opened: Opened) -> None:
    """At twenty past eleven it is written down in the form that the nails were done at a quarter to."""
    small = opened.small
    visit = in_service(small, at(11, 20), small.wish(at(10)), small.wish(at(11), service=small.pedicure))
    form = opened.form(BookingSeed(visit_id=visit))
    lasts(form, 0, "45")
    assert form.foot.total.text().replace("\u00a0", " ").startswith("2 ч 30 мин")
    form.book()
    assert hours(small) == ["10:00-10:45", "11:00-12:30"]


def test_what_has_begun_is_in_the_way_of_a_longer_one_before_it(opened: Opened) -> None:
    """The nails cannot have been done at a quarter past eleven; what waits for the same hands follows them."""
    small = opened.small
    visit = in_service(small, at(11, 20), small.wish(at(10)), small.wish(at(11), service=small.pedicure))
    form = opened.form(BookingSeed(visit_id=visit))
    lasts(form, 0, "75")
    assert form.form.warning.text() == "Уже начато и остаётся на месте: педикюр в 11:00."
    assert form.form.problem.text().startswith("Ольга Белова, 10:00–11:15: другая услуга этого же визита.")
    assert not form.form.anyway.isVisible(), "no reason lets one master do two things at once"
    assert not form.go_on.isEnabled()
    lasts(form, 0, "90")
    assert (form.form.problem.isHidden(), form.form.warning.isHidden()) == (True, True)
    form.book()
    assert hours(small) == ["10:00-11:30", "11:30-13:00"]


def test_other_hands_have_begun_and_go_on_side_by_side(opened: Opened) -> None:
    """The start of the nails is set right as well; the hair, which was put off before it began, goes along."""
    small = opened.small
    hair = small.wish(at(12), staff=small.maria)
    visit = in_service(small, at(11, 5), small.wish(at(10)), small.wish(at(11), staff=small.maria), hair)
    form = opened.form(BookingSeed(visit_id=visit))
    lasts(form, 0, "80")
    form.form.time.setText("1010")
    form.book()
    assert hours(small) == ["10:10-11:30", "11:00-12:00", "12:00-13:00"]


def test_what_is_left_out_takes_nothing_along_that_has_begun(opened: Opened) -> None:
    """The nails were not done after all: the visit is that of the feet, from eleven on."""
    small = opened.small
    visit = in_service(small, at(11, 20), small.wish(at(10)), small.wish(at(11), service=small.pedicure))
    form = opened.form(BookingSeed(visit_id=visit))
    form.form.remove_service(0)
    assert form.form.time.text() == "11:00"
    form.book()
    assert hours(small) == ["11:00-12:30"]


def test_what_has_begun_keeps_its_day_and_no_place_of_another_one_is_offered(opened: Opened) -> None:
    small = opened.small
    visit = in_service(small, at(20), small.wish(at(18)), small.wish(at(19), service=small.pedicure))
    form = opened.form(BookingSeed(visit_id=visit))
    assert [one for one in form.form.places_box.findChildren(ChoiceButton) if one.isVisible()] == []
    tomorrow = at(0, days=1).date()
    form.form.day.set_day(tomorrow)
    form.form.day.day_changed.emit(tomorrow)
    assert form.form.problem.text() == (
        "Часть визита уже началась и остаётся в своём дне. Остальное запишите отдельным визитом."
    )
    assert not form.go_on.isEnabled()


def test_a_visit_that_nobody_has_begun_follows_its_first_service_as_ever(opened: Opened) -> None:
    """The client is late; and what was itself dragged elsewhere goes there."""
    small = opened.small
    request = BookingRequest(small.client(), (small.wish(at(11)), small.wish(at(12), staff=small.maria)))
    visit = carry_out(small.salon, booking.book, request).value
    small.clock.instant = standing_at(at(12, 10), ZONE).instant
    form = opened.form(BookingSeed(visit_id=visit))
    form.form.time.setText("1215")
    form.book()
    assert hours(small) == ["12:15-13:15", "13:15-14:15"]
