"""Whom the salon could not take: logged in a key or two, counted for the owner."""

from datetime import timedelta

import pytest

from app.errors import Gone
from app.salon import undo
from app.salon.scheduling import turn_aways
from app.salon.scheduling.turn_aways import NewTurnAway
from app.salon.transaction import carry_out
from app.vocabulary import TurnAwayReason
from tests.builders import TODAY, ZONE, SmallSalon, at


def test_a_line_tells_what_was_wanted_and_why_it_could_not_be(small: SmallSalon) -> None:
    anna = small.client("Анна")
    new = NewTurnAway(
        TurnAwayReason.MASTER_BUSY, anna, small.manicure, small.olga, TODAY + timedelta(days=1), 18 * 60, "только Ольга"
    )
    carry_out(small.salon, turn_aways.log, new)
    (line,) = turn_aways.listed(small.database, TODAY, TODAY, ZONE)
    assert (line.at, line.reason, line.client_name) == (at(11), TurnAwayReason.MASTER_BUSY, "Анна")
    assert (line.service_name, line.staff_name, line.note) == ("Маникюр с покрытием", "Ольга Белова", "только Ольга")
    assert (line.wished_day, line.wished_minute) == (TODAY + timedelta(days=1), 1080)


def test_the_reason_alone_is_enough_and_undo_takes_it_back(small: SmallSalon) -> None:
    done = carry_out(small.salon, turn_aways.log, NewTurnAway(TurnAwayReason.NO_PLACE))
    assert turn_aways.listed(small.database, TODAY, TODAY, ZONE)[0].client_name == ""
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert turn_aways.listed(small.database, TODAY, TODAY, ZONE) == []


def test_who_is_not_there_cannot_be_turned_away(small: SmallSalon) -> None:
    with pytest.raises(Gone):
        carry_out(small.salon, turn_aways.log, NewTurnAway(TurnAwayReason.OTHER, client_id=999))


def test_the_period_is_of_the_days_of_the_salon(small: SmallSalon) -> None:
    """At half past midnight in Moscow it is still yesterday in UTC."""
    small.clock.advance(timedelta(hours=13, minutes=30))
    carry_out(small.salon, turn_aways.log, NewTurnAway(TurnAwayReason.CLOSED))
    tomorrow = TODAY + timedelta(days=1)
    assert turn_aways.listed(small.database, TODAY, TODAY, ZONE) == []
    assert len(turn_aways.listed(small.database, tomorrow, tomorrow, ZONE)) == 1


def test_the_counts_agree_with_the_lines(small: SmallSalon) -> None:
    reasons = [TurnAwayReason.NO_PLACE, TurnAwayReason.NO_PLACE, TurnAwayReason.TOO_EXPENSIVE]
    for reason, service, minute in zip(
        reasons, [small.manicure, None, small.manicure], [1050, 1075, None], strict=True
    ):
        carry_out(small.salon, turn_aways.log, NewTurnAway(reason, service_id=service, wished_minute=minute))
    counts = turn_aways.counted(turn_aways.listed(small.database, TODAY, TODAY, ZONE))
    assert counts.total == 3
    assert counts.by_reason == ((TurnAwayReason.NO_PLACE, 2), (TurnAwayReason.TOO_EXPENSIVE, 1))
    assert counts.by_service == (("Маникюр с покрытием", 2), ("", 1))
    assert counts.by_hour == ((17, 2), (None, 1))
