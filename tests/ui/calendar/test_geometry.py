"""Minutes and pixels: one way and back, for every height of an hour."""

from hypothesis import given, strategies as st

from app.ui.calendar.geometry import (
    LEAST_COLUMN_WIDTH,
    LEAST_TILE_HEIGHT,
    Box,
    Columns,
    HourScale,
    content_width,
    floored,
    hour_height_for,
    nearest,
    tile_box,
)

HOURS = st.tuples(st.integers(0, 23), st.integers(1, 24)).map(sorted).filter(lambda two: two[0] < two[1])
SCALES = st.builds(
    lambda hours, height, top: HourScale(hours[0] * 60, hours[1] * 60, height, top),
    HOURS,
    st.integers(40, 240),
    st.integers(0, 40),
)
COLUMNS = st.builds(Columns, st.integers(1, 15), st.integers(150, 4000), st.integers(0, 80))


@given(SCALES.filter(lambda scale: scale.hour_height >= 60), st.data())
def test_a_minute_comes_back_from_its_pixel(scale: HourScale, data: st.DataObject) -> None:
    minute = data.draw(st.integers(scale.first_minute, scale.last_minute))
    assert scale.minute_at(scale.y_of(minute)) == minute


@given(SCALES, st.data())
def test_every_pixel_belongs_to_the_minute_that_stands_there(scale: HourScale, data: st.DataObject) -> None:
    y = data.draw(st.integers(scale.top, scale.bottom - 1))
    minute = scale.minute_at(y)
    assert scale.y_of(minute) <= y
    assert minute == scale.last_minute or y < scale.y_of(minute + 1)


@given(SCALES, st.integers(-500, 8000))
def test_a_pointer_outside_stays_within_the_day(scale: HourScale, y: int) -> None:
    assert scale.first_minute <= scale.minute_at(y) <= scale.last_minute


@given(SCALES.filter(lambda scale: scale.hour_height >= 60), st.data())
def test_a_way_of_pixels_is_the_minutes_between(scale: HourScale, data: st.DataObject) -> None:
    one, other = (data.draw(st.integers(scale.first_minute, scale.last_minute)) for _each in range(2))
    assert abs(scale.minutes_between(scale.y_of(one), scale.y_of(other)) - (other - one)) <= 1


@given(SCALES, st.integers(1, 60))
def test_enough_minutes_are_high_enough(scale: HourScale, pixels: int) -> None:
    minutes = scale.minutes_of_height(pixels)
    assert minutes * scale.hour_height >= pixels * 60 > (minutes - 1) * scale.hour_height


@given(COLUMNS, st.data())
def test_every_pixel_belongs_to_one_column(columns: Columns, data: st.DataObject) -> None:
    x = data.draw(st.integers(columns.left, columns.left + columns.width - 1))
    index = columns.index_at(x)
    assert index is not None
    assert columns.x_of(index) <= x < columns.x_of(index + 1)
    assert columns.nearest_index(x) == index


@given(COLUMNS)
def test_beside_the_columns_is_no_column(columns: Columns) -> None:
    assert columns.index_at(columns.left - 1) is None
    assert columns.index_at(columns.left + columns.width) is None
    assert columns.nearest_index(columns.left - 1) == 0
    assert columns.nearest_index(columns.left + columns.width) == columns.count - 1
    assert sum(columns.width_of(index) for index in range(columns.count)) == columns.width


@given(SCALES, COLUMNS, st.integers(1, 8), st.data())
def test_lanes_share_no_pixel_and_stay_in_their_column(
    scale: HourScale, columns: Columns, lanes: int, data: st.DataObject
) -> None:
    column = data.draw(st.integers(0, columns.count - 1))
    starts = data.draw(st.integers(scale.first_minute, scale.last_minute - 5))
    boxes = [columns.strip(column).box(scale, starts, starts + 5, lane, lanes) for lane in range(lanes)]
    if columns.width_of(column) >= LEAST_COLUMN_WIDTH:
        for index, box in enumerate(boxes):
            assert columns.x_of(column) <= box.x
            assert box.right <= columns.x_of(column + 1)
            assert not any(box.overlaps(other) for other in boxes[index + 1 :])
            assert box.height >= LEAST_TILE_HEIGHT - 2


def test_tiles_one_after_another_do_not_touch() -> None:
    scale, columns = HourScale(540, 1260, 72), Columns(2, 600)
    first = tile_box(scale, columns, 0, 600, 660)
    second = tile_box(scale, columns, 0, 660, 690)
    assert first.bottom < second.y
    assert not first.overlaps(second)


def test_a_box_holds_its_first_pixel_and_not_the_one_behind() -> None:
    box = Box(10, 20, 5, 5)
    assert box.contains(10, 20)
    assert not box.contains(15, 20)
    assert not box.contains(10, 25)


def test_the_salons_step() -> None:
    assert floored(614, 15) == 600
    assert [nearest(minute, 15) for minute in (600, 607, 608, 622, 623)] == [600, 600, 615, 615, 630]


def test_columns_scroll_sideways_instead_of_getting_too_narrow() -> None:
    assert content_width(5, 1200) == 1200
    assert content_width(12, 1200) == 12 * LEAST_COLUMN_WIDTH


def test_a_tall_window_is_filled_and_a_low_one_scrolls() -> None:
    assert hour_height_for(12 * 60, 1200, 72) == 100
    assert hour_height_for(12 * 60, 600, 72) == 72
