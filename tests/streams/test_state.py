"""State by partition: kept where a partition stays, rebuilt where it is new or was elsewhere meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from agents.records import Record
from schemas.errors import StateError
from streams.log import Progress
from streams.state import PartitionState


class Log:
    """What a group has committed, and the rebuilds that were asked for; a state is the list of its records."""

    def __init__(self) -> None:
        self.committed: dict[int, int] = {}
        self.rebuilt: list[list[int]] = []

    async def rebuild(self, partitions: list[int], _: Progress) -> Mapping[int, list[int]]:
        self.rebuilt.append(partitions)
        return {partition: list(range(self.committed.get(partition, 0))) for partition in partitions}

    async def ask(self, partitions: list[int]) -> Mapping[int, int]:
        return {partition: self.committed[partition] for partition in partitions if partition in self.committed}

    def state(self) -> PartitionState[list[int]]:
        return PartitionState("stories", self.rebuild, self.ask)


def record(partition: int, offset: int) -> Record:
    return Record("stories", partition, offset, 0, None, b"")


async def test_new_partitions_are_rebuilt_and_lost_ones_dropped() -> None:
    log = Log()
    log.committed = {0: 3}
    state = log.state()
    await state.assign([0, 1])
    assert state.partitions == {0: [0, 1, 2], 1: []}
    await state.assign([1])
    assert state.partitions == {1: []}
    assert log.rebuilt == [[0, 1]]


async def test_a_partition_that_stayed_keeps_its_state_which_may_be_ahead_of_what_is_committed() -> None:
    log = Log()
    log.committed = {0: 3}
    state = log.state()
    await state.assign([0])
    for offset in range(3, 6):
        state.partitions[0].append(offset)
        state.acknowledged(record(0, offset))
    for log.committed[0] in (4, 6):  # this worker's own commits, late as they may be
        await state.assign([0])
    assert state.partitions == {0: [0, 1, 2, 3, 4, 5]}
    assert log.rebuilt == [[0]]


async def test_a_partition_that_another_worker_had_meanwhile_is_rebuilt() -> None:
    log = Log()
    state = log.state()
    await state.assign([0, 1])
    state.partitions[0].append(0)
    state.acknowledged(record(0, 0))
    log.committed = {0: 5, 1: 0}  # this worker was paused, and four records went to another
    await state.assign([0, 1])
    assert state.partitions == {0: [0, 1, 2, 3, 4], 1: []}
    assert log.rebuilt == [[0, 1], [0]]


async def test_what_cannot_be_rebuilt_is_an_error_that_names_the_topic() -> None:
    log = Log()

    async def fail(_: list[int]) -> Mapping[int, int]:
        raise OSError("gone")

    state = PartitionState("stories", log.rebuild, fail)
    with pytest.raises(StateError, match="stories"):
        await state.assign([0])
