"""What counts as a problem, and what as standing still, from readings alone."""

from __future__ import annotations

import pytest

from streams.health import (
    BROKER_GONE,
    FETCH_SILENCE,
    PartitionReading,
    Phase,
    Problem,
    Rebuild,
    StageReading,
    Standstill,
    broker_problems,
    stage_problems,
)


def reading(*partitions: PartitionReading, phase: Phase = "flowing", rebuild: Rebuild | None = None) -> StageReading:
    return StageReading("match", phase, partitions, rebuild=rebuild)


def told(one: StageReading, standing: dict[int, float] | None = None) -> list[tuple[str, int | None]]:
    return [(problem.reason, problem.partition) for problem in stage_problems(one, standing or {}, 60.0)]


DONE = PartitionReading(0, rebuilt=True, position=5, end=5)
BEHIND = PartitionReading(1, rebuilt=True, position=5, end=9)
UNKNOWN = PartitionReading(2, rebuilt=True)
EMPTY = PartitionReading(3, rebuilt=False)


def test_a_stage_that_flows_is_well_whatever_it_has_to_do() -> None:
    assert told(reading(DONE, BEHIND, UNKNOWN), {1: 60.0}) == []
    assert told(reading()) == []  # a second worker that stands by


@pytest.mark.parametrize("phase", ["starting", "rebalancing", "stopped"])
def test_a_stage_that_does_not_flow_is_one_problem(phase: Phase) -> None:
    assert told(reading(DONE, BEHIND, phase=phase), {1: 1_000.0}) == [(phase, None)]


def test_partitions_that_are_not_rebuilt_are_named_with_their_progress() -> None:
    found = list(
        stage_problems(reading(DONE, EMPTY, phase="rebuilding", rebuild=Rebuild(1_200, 4_800, 30.4)), {}, 60.0)
    )
    assert [str(problem) for problem in found] == [
        "match[3]: rebuilding (1,200 of 4,800 records read, about 30 s left)"
    ]
    assert "7 records read" in str(
        next(stage_problems(reading(EMPTY, phase="rebuilding", rebuild=Rebuild(7)), {}, 60.0))
    )


def test_lag_is_a_problem_when_nothing_was_acknowledged_for_too_long() -> None:
    (problem,) = stage_problems(reading(DONE, BEHIND), {0: 1_000.0, 1: 60.1}, 60.0)
    assert (problem.reason, problem.stage, problem.partition) == ("lag grows", "match", 1)
    assert "4 records wait" in problem.detail


def test_a_partition_all_of_which_is_read_must_be_fetched() -> None:
    assert told(reading(PartitionReading(0, rebuilt=True, position=5, end=5, silent=FETCH_SILENCE + 1))) == [
        ("silent", 0)
    ]
    # what is fetched and not worked on holds the next fetch back: that is lag, not silence
    assert told(reading(PartitionReading(0, rebuilt=True, position=5, end=9, silent=FETCH_SILENCE + 1))) == []


def test_a_broker_is_gone_when_it_has_not_answered_for_long() -> None:
    assert list(broker_problems(BROKER_GONE)) == []
    (problem,) = broker_problems(BROKER_GONE + 1)
    assert problem == Problem("broker gone", "no answer for 16 s")
    assert str(problem) == "broker gone (no answer for 16 s)"


def test_lag_is_unknown_before_the_first_fetch_and_never_negative() -> None:
    assert UNKNOWN.lag is None
    assert (DONE.lag, BEHIND.lag) == (0, 4)
    assert PartitionReading(0, rebuilt=True, position=9, end=5).lag == 0  # another thread was between the two
    assert reading(DONE, BEHIND, UNKNOWN).lag == 4


def test_standing_still_begins_with_the_last_move_and_is_over_with_the_next() -> None:
    clock = Standstill(100.0)
    assert clock.update(110.0, None, idle=False) == 10.0  # never moved at all
    assert clock.update(120.0, 1, idle=False) == 0.0
    assert clock.update(150.0, 1, idle=False) == 30.0
    assert clock.update(160.0, None, idle=False) == 40.0
    assert clock.update(170.0, 1, idle=False) == 50.0  # a pause changes nothing
    assert clock.update(180.0, 2, idle=False) == 0.0
    assert clock.update(300.0, 2, idle=True) == 0.0
    assert clock.update(310.0, 2, idle=False) == 10.0


def test_idle_is_only_what_flows_with_nothing_to_do() -> None:
    assert reading(DONE, UNKNOWN).idle
    assert reading().idle
    assert not reading(DONE, BEHIND).idle
    assert not reading(DONE, EMPTY).idle
    assert not reading(DONE, phase="stopped").idle


def test_progress_is_an_acknowledged_record_or_a_restored_one() -> None:
    later = PartitionReading(1, rebuilt=True, position=6, end=90)
    grown = PartitionReading(1, rebuilt=True, position=5, end=90)
    assert reading(BEHIND).progress != reading(later).progress
    assert reading(BEHIND).progress == reading(grown).progress  # that more waits is no progress
    one, two = (reading(EMPTY, phase="rebuilding", rebuild=Rebuild(done)) for done in (1, 2))
    assert one.progress != two.progress
    assert reading(BEHIND, phase="rebalancing").progress is None
    assert reading(EMPTY, phase="rebuilding").progress is None
