"""The salon's own facts."""

from dataclasses import replace

import pytest

from app.errors import BadDuration, NameMissing
from app.salon import profile as profile_of
from app.salon.transaction import carry_out
from tests.builders import SmallSalon


def test_facts_are_kept_as_typed(small: SmallSalon) -> None:
    wanted = replace(small.salon.profile, name=" Студия ", opens_minute=480, step_minutes=30, reminder_minute=600)
    carry_out(small.salon, profile_of.change, wanted)
    assert small.salon.profile == replace(wanted, name="Студия")


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_minute": 540},
        {"closes_minute": 500},
        {"opens_minute": -1},
        {"step_minutes": 7},
        {"hold_minutes": 0},
        {"hold_minutes": 61},
    ],
)
def test_impossible_facts_are_refused(small: SmallSalon, wrong: dict[str, int]) -> None:
    before = small.salon.profile
    with pytest.raises(BadDuration):
        carry_out(small.salon, profile_of.change, replace(before, **wrong))
    with pytest.raises(NameMissing):
        carry_out(small.salon, profile_of.change, replace(before, name=" "))
    assert small.salon.profile == before
