"""State of a stage, rebuilt from the log whenever a partition is assigned.

No Faust table: the retained topics are the changelog. Partitions that stay keep their state, which is then ahead of
the stream, and which answers by offset.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from agents.records import Record
from schemas.errors import StateError
from streams.log import Progress, committed, read_log
from streams.offsets import topic_ends
from streams.settings import Settings

State = TypeVar("State")

Rebuild = Callable[[list[int], Progress], Awaitable[Mapping[int, State]]]
"""Makes the state of some partitions."""


class PartitionState(Generic[State]):
    """The state of each partition at hand, kept in step with the assignment.

    Args:
        topic: the topic whose partitions are assigned.
        rebuild: makes the state of new ones.

    Attributes:
        partitions: state by partition, of those that are ready.
        progress: how far the rebuild that is going on has come, None where none is.
    """

    def __init__(self, topic: str, rebuild: Rebuild[State]) -> None:
        self._topic, self._rebuild = topic, rebuild
        self.partitions: dict[int, State] = {}
        self.progress: Progress | None = None

    async def assign(self, partitions: Iterable[int]) -> None:
        """Drop what was taken away and rebuild what is new.

        Raises:
            StateError: the log could not be read.
        """
        mine = set(partitions)
        for partition in set(self.partitions) - mine:
            del self.partitions[partition]
        new = sorted(mine - set(self.partitions))
        if not new:
            return
        self.progress = Progress(self._topic, len(new))
        try:
            self.partitions.update(await self._rebuild(new, self.progress))
        except Exception as error:
            raise StateError(f"could not be rebuilt: {error!r}", where=self._topic) from error
        finally:
            self.progress.end()
            self.progress = None


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
    gather: Callable[[Mapping[int, int]], Any],
    make: Callable[[Any, int], Awaitable[State]],
) -> Rebuild[State]:
    """Gather what a stage said of its records from the topic behind it.

    Args:
        settings: how to reach the broker.
        group: the consumer group whose committed offset ends a rebuild.
        topics: the topic that the stage reads, and the one that it writes.
        gather: what takes the records of the second in, given the committed offset by partition of the first.
        make: the state of a partition, from what was gathered.
    """

    async def rebuild(partitions: list[int], progress: Progress) -> Mapping[int, State]:
        upto = {
            place.partition: end for place, end in (await committed(settings, group, topics[0], partitions)).items()
        }
        gathered = gather({partition: upto.get(partition, 0) for partition in partitions})
        if upto:
            await read_log(settings, await topic_ends(settings, topics[1]), gathered.take, progress)
        return {partition: await make(gathered, partition) for partition in partitions}

    return rebuild
