"""What the broker tells of the consumer groups and topics, and what is wrong with it: nothing here asks anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from streams.offsets import Bounds

STABLE = "Stable"
"""State of a consumer group that has members, each with its partitions."""


@dataclass(frozen=True)
class Member:
    """A process in a consumer group.

    Attributes:
        id: as the broker names it.
        client: as it names itself: group, host and process.
        host: the address it comes from, empty where the broker does not tell.
    """

    id: str
    client: str = ""
    host: str = ""

    def __str__(self) -> str:
        return f"{self.client or self.id}{f' ({self.host})' if self.host else ''}"


@dataclass(frozen=True)
class Group:
    """A consumer group.

    Attributes:
        name: its name.
        state: as Kafka says: Stable, Empty, Dead, PreparingRebalance, CompletingRebalance.
        members: who is in it.
        owners: topic and partition to who has it; None where the broker does not tell, as the embedded one.
    """

    name: str
    state: str
    members: tuple[Member, ...] = ()
    owners: Mapping[tuple[str, int], Member] | None = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A partition and the group that reads it.

    Attributes:
        partition: its number.
        bounds: where it begins and ends.
        committed: offset behind what the group has committed, None where it never did.
        owner: who has it, None where nobody has or nobody tells.
        done: records committed a second, None before there are two looks.
        come: records written a second, None likewise.
        standing: seconds since it last moved while records waited.
    """

    partition: int
    bounds: Bounds
    committed: int | None = None
    owner: Member | None = None
    done: float | None = None
    come: float | None = None
    standing: float = 0.0

    @property
    def lag(self) -> int:
        """Records that wait; what is no longer kept does not."""
        return max(0, self.bounds.end - max(self.committed or 0, self.bounds.begin))


@dataclass(frozen=True)
class Reading:
    """A topic as a group reads it.

    Attributes:
        name: the stage, or ``feeds``.
        topic: full name of the topic.
        group: who reads.
        parts: its partitions; none where the topic does not exist.
        commits: whether the group commits what it has done; who polls feeds does not.
    """

    name: str
    topic: str
    group: Group
    parts: tuple[Part, ...]
    commits: bool = True

    @property
    def lag(self) -> int:
        """Records that wait."""
        return sum(part.lag for part in self.parts) if self.commits else 0

    def problems(self) -> Iterator[str]:
        """What is wrong, in a line each."""
        if not self.parts:
            yield f"{self.name}: there is no topic {self.topic}; run 'wirespin topics --create'"
        elif not self.group.members:
            if self.commits or any(part.bounds.end > part.bounds.begin for part in self.parts):
                yield f"{self.name}: no worker reads {self.topic}"
        elif self.group.state != STABLE:
            yield f"{self.name}: its consumer group shares out the partitions ({self.group.state})"
        else:
            yield from filter(None, map(self._problem, self.parts))

    def _problem(self, part: Part) -> str | None:
        place = f"{self.name}[{part.partition}]"
        if self.group.owners is not None and part.owner is None:
            return f"{place}: no owner, {part.lag:,} records wait"
        if self.commits and part.standing:
            return f"{place}: {part.lag:,} records wait, none was committed for {part.standing:.0f} s"
        return None


@dataclass(frozen=True)
class Cluster:
    """Everything, at one look.

    Attributes:
        readings: in order of flow.
        topics: every declared topic that there is, by name, with the bounds of its partitions.
        others: further groups of the same prefix.
    """

    readings: tuple[Reading, ...]
    topics: Mapping[str, Mapping[int, Bounds]]
    others: tuple[Group, ...] = ()

    def problems(self) -> list[str]:
        """What is wrong, in a line each."""
        return [problem for reading in self.readings for problem in reading.problems()]
