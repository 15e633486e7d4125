"""When messages are tried again: bounded, rising, over hours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.out.webhooks.schedule import JITTER, LONGEST, Schedule

CHANCE = st.floats(0, 1)
SCHEDULES = st.builds(
    Schedule, tries=st.integers(1, 100), first=st.floats(0.001, 3_600), longest=st.floats(0.001, 86_400)
)


def waits(schedule: Schedule, chance: float) -> list[float]:
    found = [schedule.wait(tried, chance) for tried in range(1, schedule.tries)]
    assert None not in found
    return [wait for wait in found if wait is not None]


@given(SCHEDULES, CHANCE, st.integers(1, 1_000), st.none() | st.floats(0, 1e9))
def test_a_wait_is_positive_and_bounded_and_there_is_none_after_the_last_try(
    schedule: Schedule, chance: float, tried: int, asked: float | None
) -> None:
    wait = schedule.wait(tried, chance, asked)
    assert (wait is None) == (tried >= schedule.tries)
    if wait is not None:
        assert 0 < wait <= schedule.longest * (1 + JITTER)


@given(SCHEDULES, CHANCE)
def test_waits_never_shrink(schedule: Schedule, chance: float) -> None:
    assert all(one <= other for one, other in pairwise(waits(schedule, chance)))


@given(SCHEDULES, CHANCE, st.integers(1, 50), st.floats(0, 1e9))
def test_a_server_is_left_alone_as_long_as_it_asks_up_to_the_longest_wait(
    schedule: Schedule, chance: float, tried: int, asked: float
) -> None:
    wait, own = schedule.wait(tried, chance, asked), schedule.wait(tried, chance)
    if wait is not None and own is not None:
        assert wait == max(own, min(asked, schedule.longest))


@given(st.lists(CHANCE, min_size=9, max_size=9))
def test_the_usual_schedule_lasts_over_a_night(chances: list[float]) -> None:
    found = [Schedule().wait(number, chance) or 0.0 for number, chance in enumerate(chances, 1)]
    assert 50_025 <= sum(found) <= 50_025 * 1.25  # 13.9 to 17.4 hours


def test_the_usual_waits_are_those_of_the_documentation() -> None:
    assert waits(Schedule(), 0.0) == [5, 20, 80, 320, 1_280, 5_120, LONGEST, LONGEST, LONGEST]


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_a_typing_error_in_retry_after_does_not_last_for_years(chance: float) -> None:
    assert Schedule().wait(1, chance, 1e9) == LONGEST
