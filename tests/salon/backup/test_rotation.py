"""Which copies stay, and when the next one is due."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from app.salon.backup import rotation
from app.salon.backup.rotation import Named
from app.vocabulary import BackupOccasion, BackupWhen

AUTO, BY_HAND, BEFORE = BackupOccasion.AUTOMATIC, BackupOccasion.BY_HAND, BackupOccasion.BEFORE_RESTORE
NOON = datetime(2026, 5, 12, 12)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)).map(lambda at: at.replace(microsecond=0))
copies = st.builds(Named, st.sampled_from(("salon", "salon-2")), moments, st.sampled_from(BackupOccasion))


@given(copies)
def test_a_name_tells_what_it_was_made_of(copy: Named) -> None:
    assert rotation.read_name(rotation.file_name(copy)) == copy


@pytest.mark.parametrize(
    "name",
    ["salon.zip", "photos-2026-05-12.zip", "salon-2026-13-12-201500.zip", "salon-2026-05-12-201500-auto.zip.no"],
)
def test_other_files_are_none_of_ours(name: str) -> None:
    assert rotation.read_name(name) is None


@given(st.sets(copies), st.integers(1, 20))
def test_of_each_day_the_newest_stays_and_nothing_that_somebody_made(made: set[Named], days: int) -> None:
    names = {rotation.file_name(one) for one in made}
    gone = set(rotation.superseded(names, "salon", days))
    stay = [named for name in names - gone if (named := rotation.read_name(name))]
    assert {one for one in made if one.salon != "salon" or one.occasion is BY_HAND} <= set(stay)
    mine = sorted({one.at.date() for one in made if one.salon == "salon" and one.occasion is AUTO})[-days:]
    automatic = [one for one in stay if one.salon == "salon" and one.occasion is AUTO]
    assert sorted(one.at.date() for one in automatic) == mine
    every = [one.at for one in made if one.salon == "salon" and one.occasion is AUTO]
    for one in automatic:
        assert one.at == max(moment for moment in every if moment.date() == one.at.date())
    assert sum(one.salon == "salon" and one.occasion is BEFORE for one in stay) <= rotation.KEPT_BEFORE_RESTORE


def test_a_day_ends_with_a_copy_only_when_something_is_new() -> None:
    closing = BackupWhen.AT_CLOSING
    assert not rotation.is_due_at_closing(closing, None, None)  # nobody has done anything yet
    assert rotation.is_due_at_closing(closing, None, NOON)
    assert rotation.is_due_at_closing(closing, NOON, NOON)
    assert not rotation.is_due_at_closing(closing, NOON, NOON - timedelta(seconds=1))
    assert not rotation.is_due_at_closing(BackupWhen.AT_START, None, NOON)
    assert not rotation.is_due_at_closing(BackupWhen.NEVER, None, NOON)


def test_the_first_start_of_a_day_makes_one_and_a_program_that_stays_open_too() -> None:
    evening = NOON + timedelta(hours=8)
    start, closing = BackupWhen.AT_START, BackupWhen.AT_CLOSING
    assert rotation.is_due_meanwhile(start, NOON - timedelta(days=1), NOON - timedelta(hours=20), NOON)
    assert not rotation.is_due_meanwhile(start, NOON, evening, evening)
    assert not rotation.is_due_meanwhile(closing, NOON, evening, evening)
    assert rotation.is_due_meanwhile(closing, NOON - timedelta(days=1), NOON, NOON)
    assert not rotation.is_due_meanwhile(closing, NOON - timedelta(days=9), NOON - timedelta(days=10), NOON)
    assert not rotation.is_due_meanwhile(BackupWhen.NEVER, None, NOON, evening)
