"""What a run prints while it goes on."""

from __future__ import annotations

import itertools

import pytest

from conformance.plugin.progress import MOST_LINES, Clock


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("hours", [1, 24])
def test_elsewhere_a_line_comes_each_ten_seconds_at_most_and_twenty_times_in_all(hours: int) -> None:
    time = Time()
    clock = Clock(on_terminal=False, now=time)
    written = []
    for _ in range(hours * 3600):
        if clock.due():
            written.append(time.now)
        time.now += 1
    assert written[0] == 110
    assert all(later - earlier >= 10 for earlier, later in itertools.pairwise(written))
    assert clock.lines == len(written) == min(MOST_LINES, len(written))
    assert written[-1] > 2000


def test_on_a_terminal_the_line_comes_at_once_and_leaves_none_behind() -> None:
    time = Time()
    clock = Clock(on_terminal=True, now=time)
    assert [clock.due(), clock.due()] == [True, False]
    time.now += 0.2
    assert clock.due()
    assert clock.lines == 0


def test_the_time_is_told_in_minutes_and_seconds() -> None:
    time = Time()
    clock = Clock(on_terminal=False, now=time)
    time.now += 61 * 60 + 5.9
    assert clock.elapsed() == "61:05"
