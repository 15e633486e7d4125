"""State of a stage, rebuilt from the log whenever a partition is assigned.

No Faust table: the retained topics are the changelog. Partitions that stay keep their state, which is then ahead of
the stream, and which answers by offset. A partition may seem to have stayed although another worker had it meanwhile
(this one was paused or cut off, and was told nothing): its state is behind the stream, and is rebuilt too.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from agents.records import Record
from schemas.errors import StateError
from streams.log import Progress, committed, read_log
from streams.offsets import topic_ends
from streams.readers import Gatherer, gather_log
from streams.settings import Settings

log = logging.getLogger(__name__)

State = TypeVar("State")

Rebuild = Callable[[list[int], Progress], Awaitable[Mapping[int, State]]]
"""Makes the state of some partitions."""

Committed = Callable[[list[int]], Awaitable[Mapping[int, int]]]
"""Tells where the group stands in some partitions; those where it never committed anything may be missing."""


class PartitionState(Generic[State]):
    """The state of each partition at hand, kept in step with the assignment.

    Args:
        topic: the topic whose partitions are assigned.
        rebuild: makes the state of new ones.
        committed: tells where the stream will resume.

    Attributes:
        partitions: state by partition, of those that are ready.
        progress: how far the rebuild that is going on has come, None where none is.
    """

    def __init__(self, topic: str, rebuild: Rebuild[State], committed: Committed) -> None:
        self._topic, self._rebuild, self._committed = topic, rebuild, committed
        self._reached: dict[int, int] = {}
        self.partitions: dict[int, State] = {}
        self.progress: Progress | None = None

    def acknowledged(self, record: Record) -> None:
        """Hear that a record is taken in and done with; only then does this worker commit it."""
        self._reached[record.partition] = record.offset + 1

    async def assign(self, partitions: Iterable[int]) -> None:
        """Drop what was taken away, and rebuild what is new and what others have worked on.

        Raises:
            StateError: the log could not be read.
        """
        mine = set(partitions)
        for partition in set(self.partitions) - mine:
            del self.partitions[partition]
        try:
            await self._complete(sorted(mine))
        except Exception as error:
            raise StateError(f"could not be rebuilt: {error!r}", where=self._topic) from error

    async def _complete(self, mine: list[int]) -> None:
        """Rebuild what is missing or incomplete."""
        committed = await self._committed(mine) if mine else {}
        for partition in set(mine) & set(self.partitions):
            if committed.get(partition, 0) > self._reached[partition]:
                log.warning("%s[%d]: another worker has had it meanwhile", self._topic, partition)
                del self.partitions[partition]
        new = sorted(set(mine) - set(self.partitions))
        if not new:
            return
        self.progress = Progress(self._topic, len(new))
        try:
            self.partitions.update(await self._rebuild(new, self.progress))
        finally:
            self.progress.end()
            self.progress = None
        self._reached.update({partition: committed.get(partition, 0) for partition in new})


def group_offsets(settings: Settings, group: str, topic: str) -> Committed:
    """Ask the broker for the committed offsets of a consumer group."""

    async def ask(partitions: list[int]) -> Mapping[int, int]:
        found = await committed(settings, group, topic, partitions)
        return {place.partition: offset for place, offset in found.items()}

    return ask


def from_own_log(
    settings: Settings, group: str, topic: str, make: Callable[[], State], restore: Callable[[State, Record], None]
) -> Rebuild[State]:
    """Replay each partition up to the committed offset, exactly where the stream resumes.

    What lies behind it is delivered again as live records.

    Args:
        settings: how to reach the broker.
        group: the consumer group whose committed offset ends a rebuild.
        topic: the topic that is the log.
        make: an empty state.
        restore: takes one record in.
    """

    async def rebuild(partitions: list[int], progress: Progress) -> Mapping[int, State]:
        states = {partition: make() for partition in partitions}
        ends = await committed(settings, group, topic, partitions)
        await read_log(settings, ends, lambda record: restore(states[record.partition], record), progress)
        return states

    return rebuild


def from_next_log(
    settings: Settings,
    group: str,
    topics: tuple[str, str],
    gather: Callable[[Mapping[int, int]], Gatherer],
    make: Callable[[Any, int], Awaitable[State]],
) -> Rebuild[State]:
    """Gather what a stage said of its records from the topic behind it.

    Args:
        settings: how to reach the broker.
        group: the consumer group whose committed offset ends a rebuild.
        topics: the topic that the stage reads, and the one that it writes.
        gather: what takes the records of the second in, given the committed offset by partition of the first; a class
            or function of a module, since other processes may be handed it.
        make: the state of a partition, from what was gathered.
    """

    async def rebuild(partitions: list[int], progress: Progress) -> Mapping[int, State]:
        upto = {
            place.partition: end for place, end in (await committed(settings, group, topics[0], partitions)).items()
        }
        make_one = partial(gather, {partition: upto.get(partition, 0) for partition in partitions})
        gathered = make_one()
        if upto:
            await gather_log(settings, await topic_ends(settings, topics[1]), gathered, make_one, progress)
        return {partition: await make(gathered, partition) for partition in partitions}

    return rebuild
