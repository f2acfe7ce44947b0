"""Which part of the window is in the picture of a row: all of the row, its control always, and never too much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privacyaudit.browser.picture import HIGHEST, LEAST_HIGH, WIDEST, Box, row_of

CONTROL = Box(500, 300, 540, 320)
WINDOW = Box(0, 0, 1280, 900)


def test_a_row_is_shown_from_end_to_end_and_not_what_it_stands_in() -> None:
    row = Box(100, 290, 700, 330)
    assert row_of([CONTROL, row, Box(0, 0, 1280, 2000)]) == Box(92, 274, 708, 346)


def test_a_control_that_stands_in_no_row_is_shown_with_what_is_around_it() -> None:
    made = row_of([CONTROL, Box(200, 0, 800, 2000)])
    assert (made.left, made.right) == (192, 808)
    assert made.height == LEAST_HIGH


def test_of_a_row_that_is_too_wide_the_part_with_the_control_is_shown() -> None:
    made = row_of([Box(1000, 300, 1040, 320), Box(0, 290, 1280, 330)])
    assert made.width == WIDEST
    assert made.right == 1048


def test_a_part_outside_the_window_is_left_out() -> None:
    assert Box(-10, 880, 700, 960).within(WINDOW) == Box(0, 880, 700, 900)
    assert Box(0, 950, 700, 990).within(WINDOW).height < 0


def boxes(control: Box, outs: list[tuple[float, float, float, float]]) -> list[Box]:
    found = [control]
    for left, top, right, bottom in outs:
        one = found[-1]
        found.append(Box(one.left - left, one.top - top, one.right + right, one.bottom + bottom))
    return found


@given(
    st.tuples(*[st.floats(0, 900)] * 2, *[st.floats(1, 600)] * 2),
    st.lists(st.tuples(*[st.floats(0, 500)] * 4), max_size=5),
)
def test_no_picture_is_too_large_and_each_has_its_control(
    at: tuple[float, ...], outs: list[tuple[float, float, float, float]]
) -> None:
    control = Box(at[0], at[1], at[0] + at[2], at[1] + min(at[3], HIGHEST / 2))
    made = row_of(boxes(control, outs))
    assert made.width <= WIDEST + 1e-6
    assert LEAST_HIGH - 1e-6 <= made.height <= HIGHEST + 1e-6
    assert made.left <= control.left
    assert made.right >= min(control.right, made.left + WIDEST) - 1e-6
    assert made.top <= control.top
    assert made.bottom >= control.bottom
