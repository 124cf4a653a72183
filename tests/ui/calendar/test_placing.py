"""Where a day's things stand: nothing hides anything, whatever overlaps."""

from datetime import datetime, timedelta

from hypothesis import example, given, settings, strategies as st

from app.salon.profile import Profile
from app.salon.scheduling.agenda import AgendaBlock, AgendaEntry, DayAgenda, MasterColumn
from app.salon.scheduling.intervals import Interval, Lengths, occupied
from app.ui.calendar.geometry import HourScale
from app.ui.calendar.placing import DayPlan, hours_of, not_worked, plan_of
from app.ui.calendar.tracks import of_masters
from app.vocabulary import LIVE_STATUSES, BlockKind, VisitStatus
from tests.builders import TODAY, at

SCALE = HourScale(9 * 60, 21 * 60, 72, 10)
OLGA, MARIA, DARIA = 1, 2, 3


def entry(
    booked_id: int,
    starts_at: datetime,
    lengths: Lengths,
    staff: int = OLGA,
    status: VisitStatus = VisitStatus.BOOKED,
) -> AgendaEntry:
    return AgendaEntry(
        booked_id=booked_id,
        visit_id=booked_id,
        staff_id=staff,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=lengths.total),
        lengths=lengths,
        service_id=1,
        service_name="Маникюр",
        colour=0,
        price=None,
        client_id=None,
        client_name="",
        status=status,
        is_first_visit=False,
        alerts=(),
        has_note=False,
        overbooked_reason="",
        part=1,
        parts=1,
    )


def master(staff: int, *hours: tuple[datetime, datetime]) -> MasterColumn:
    shifts = tuple(Interval(start, end) for start, end in hours)
    return MasterColumn(staff, f"Мастер {staff}", "", shifts, 0, sum(shift.minutes for shift in shifts))


def plan(*entries: AgendaEntry, blocks: tuple[AgendaBlock, ...] = ()) -> DayPlan:
    whole_day = (at(9), at(21))
    masters = (master(OLGA, whole_day), master(MARIA, whole_day))
    return plan_of(of_masters(DayAgenda(TODAY, masters, entries, blocks)), SCALE, 900)


FIVES = 5
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 142),
        st.sampled_from([Lengths(5), Lengths(15), Lengths(60), Lengths(90, 45, 30), Lengths(30, 30, 0)]),
        st.sampled_from([OLGA, MARIA]),
        st.sampled_from(list(VisitStatus)),
    ),
    max_size=14,
)


def wished(wishes: list[tuple[int, Lengths, int, VisitStatus]]) -> list[AgendaEntry]:
    return [
        entry(number, at(9) + timedelta(minutes=FIVES * five), lengths, staff, status)
        for number, (five, lengths, staff, status) in enumerate(wishes, 1)
        if FIVES * five + lengths.total <= 12 * 60
    ]


@settings(max_examples=settings().max_examples * 2)
@given(ENTRIES)
@example([(12, Lengths(5), OLGA, VisitStatus.BOOKED), (13, Lengths(15), OLGA, VisitStatus.BOOKED)])
def test_overlapping_tiles_are_all_visible_and_clickable(
    wishes: list[tuple[int, Lengths, int, VisitStatus]],
) -> None:
    entries = wished(wishes)
    placed = plan(*entries)
    assert {tile.entry.booked_id for tile in placed.tiles} == {each.booked_id for each in entries}
    for index, tile in enumerate(placed.tiles):
        assert tile.box.width >= 8
        assert not any(tile.box.overlaps(other.box) for other in placed.tiles[index + 1 :])
        middle = (tile.box.x + tile.box.width // 2, tile.box.y + tile.box.height // 2)
        assert placed.tile_at(*middle) is tile


def test_ten_minutes_after_ten_minutes_stand_one_below_another() -> None:
    """Three brow corrections in half an hour are one column, as high as they last, and each can be read."""
    first, second, third = (entry(number, at(10, 10 * number), Lengths(10)) for number in range(3))
    boxes = [placed.box for placed in plan(first, second, third).tiles]
    assert {(box.x, box.width) for box in boxes} == {(boxes[0].x, boxes[0].width)}
    assert boxes[0].width > 400, "each has the whole width"
    assert [box.height for box in boxes] == [11, 11, 16], "the last one has room to be higher than its time"
    fives = plan(*(entry(number, at(10, 5 * number), Lengths(5)) for number in range(3))).tiles
    assert fives[0].box.x != fives[1].box.x, "letters that would stand in each other stand side by side"


@given(ENTRIES)
def test_free_are_the_working_minutes_in_which_no_service_takes_the_master(
    wishes: list[tuple[int, Lengths, int, VisitStatus]],
) -> None:
    entries = wished(wishes)
    placed = plan(*entries)
    for column, staff in enumerate((OLGA, MARIA)):
        mine = [each for each in entries if each.staff_id == staff and each.status in LIVE_STATUSES]
        taken = [part for each in mine for part in occupied(each.starts_at, each.lengths)]
        busy = {minute for one in taken for minute in range(of_day(one.starts_at), of_day(one.ends_at))}
        free = [minute for one in placed.free if one.column == column for minute in range(one.starts, one.ends)]
        assert free == [minute for minute in range(9 * 60, 21 * 60) if minute not in busy]


def of_day(moment: datetime) -> int:
    """The minute of the day."""
    return moment.hour * 60 + moment.minute


def test_a_gap_is_shown_and_may_hold_somebody_else() -> None:
    colouring = entry(1, at(10), Lengths(90, 45, 30))
    fringe = entry(2, at(11, 30), Lengths(30))
    placed = plan(colouring, fringe)
    gap = placed.gaps[0]
    assert (gap.starts, gap.ends, gap.is_used) == (11 * 60 + 30, 12 * 60 + 15, True)
    inside = placed.tiles_of(2)[0]
    assert inside.box.overlaps(gap.box)
    assert inside.box.x > gap.box.x, "the gap shows beside whoever stands in it"
    assert [(tile.starts, tile.ends) for tile in placed.tiles_of(1)] == [(600, 690), (735, 765)]


def test_the_words_of_a_gap_give_way_to_a_break_in_it() -> None:
    colouring = entry(1, at(10), Lengths(90, 45, 30))
    lunch = AgendaBlock(1, OLGA, at(11, 45), at(12, 30), BlockKind.BREAK, "")
    later = AgendaBlock(2, OLGA, at(12, 15), at(12, 30), BlockKind.BREAK, "")
    assert plan(colouring, blocks=(lunch,)).gaps[0].is_used
    assert not plan(colouring, blocks=(later,)).gaps[0].is_used


def test_a_gap_is_free_time() -> None:
    placed = plan(entry(1, at(10), Lengths(90, 45, 30)))
    free = placed.free_at(0, 11 * 60 + 45)
    assert free is not None
    assert free.minutes == 45


def test_blocked_and_booked_time_is_not_free_but_missed_time_is() -> None:
    lunch = AgendaBlock(1, OLGA, at(13), at(14), BlockKind.BREAK, "")
    missed = entry(1, at(10), Lengths(60), status=VisitStatus.NO_SHOW)
    placed = plan(missed, entry(2, at(15), Lengths(60)), blocks=(lunch,))
    assert [(free.starts, free.ends) for free in placed.free if free.column == 0] == [
        (9 * 60, 13 * 60),
        (14 * 60, 15 * 60),
        (16 * 60, 21 * 60),
    ]


def test_whoever_has_the_day_off_has_no_column_while_others_work() -> None:
    masters = (master(OLGA, (at(9), at(21))), master(MARIA), master(DARIA))
    placed = plan_of(of_masters(DayAgenda(TODAY, masters, (entry(1, at(10), Lengths(60), DARIA),), ())), SCALE, 900)
    assert [each.staff_id for each in placed.tracks] == [OLGA, DARIA]
    assert placed.sheet.resting == ("Мастер 2",)


def test_when_nobody_works_everybody_keeps_the_column() -> None:
    placed = plan_of(of_masters(DayAgenda(TODAY, (master(OLGA), master(MARIA)), (), ())), SCALE, 900)
    assert len(placed.tracks) == 2
    assert placed.sheet.nobody_works


def test_hours_hold_whatever_lies_outside_of_them() -> None:
    profile = Profile(opens_minute=10 * 60, closes_minute=20 * 60)
    early = DayAgenda(TODAY, (master(OLGA, (at(9, 30), at(18))),), (entry(1, at(20), Lengths(90)),), ())
    assert hours_of(of_masters(early), profile) == (9 * 60, 22 * 60)
    assert hours_of(of_masters(DayAgenda(TODAY, (), (), ())), profile) == (10 * 60, 20 * 60)


def test_what_is_not_worked_is_the_rest_of_the_day() -> None:
    split, off = master(OLGA, (at(10), at(13)), (at(15), at(19))), master(MARIA)
    busy = entry(1, at(10), Lengths(60), MARIA)
    tracks = of_masters(DayAgenda(TODAY, (split, off), (busy,), ())).tracks
    assert not_worked(tracks[0], SCALE) == [(540, 600), (780, 900), (1140, 1260)]
    assert not_worked(tracks[1], SCALE) == [(540, 1260)]
