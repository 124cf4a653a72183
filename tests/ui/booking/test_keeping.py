"""What "Book" does for somebody who was on the waiting list."""

from datetime import timedelta

from app.salon.scheduling import waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.ui.booking import keeping
from tests.builders import TODAY, ZONE, SmallSalon, at


def test_the_form_of_somebody_who_waits_ends_the_wait_in_the_same_act(small: SmallSalon) -> None:
    anna = small.client("Анна")
    window = Window(TODAY, TODAY + timedelta(days=5))
    entry = carry_out(small.salon, waitlist.add, NewWait(anna, (small.manicure,), (window,))).value
    other = BookingRequest(small.client("Вера"), (small.wish(at(12)),))
    carry_out(small.salon, keeping.keep, None, other, None, entry)
    assert waitlist.count(small.database) == 1
    done = carry_out(small.salon, keeping.keep, None, BookingRequest(anna, (small.wish(at(15)),)), None, entry)
    assert waitlist.one(small.database, ZONE, entry).status == "booked"
    assert small.database.value("SELECT visit FROM waitlist_entry") == done.value
