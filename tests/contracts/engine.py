"""All stages on records in memory: what each writes, with keys and headers, and the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from agents import ingest, judge, match
from agents.records import Outgoing, Record
from agents.stage import attempt
from streams.client import partition_for
from streams.settings import Settings
from streams.topics import declared
from wirespin.story.library import Library
from wirespin.story.place import Placer

LATE = timedelta(minutes=3)
"""How long after its publication an article comes in."""


@dataclass(frozen=True)
class Written:
    """A record that a stage wrote."""

    stage: str
    outgoing: Outgoing


@dataclass
class Engine:
    """A pipeline without a broker.

    Attributes:
        settings: names and partitions of its topics.
        written: all that its stages wrote.
    """

    settings: Settings = field(default_factory=Settings)
    written: list[Written] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._placers = {0: Placer(self.settings.window)}
        libraries = {number: Library(self.settings.window) for number in range(self.settings.story_partitions)}
        self._bench = judge.Bench(libraries, f"/{self.settings.prefix}")
        self._ends: dict[tuple[str, int], int] = {}

    def take(self, value: bytes, published: datetime) -> None:
        """Take an article in, and let all stages work on what it leads to."""
        received = published + LATE
        article = self._record("articles", 0, None, value, received)
        for accepted in self._attempted("ingest", ingest.work, article):
            item = self._record("accepted", 0, accepted.key, accepted.value, received)
            placed = [one for led in match.work(self._placers, [item]) for one in led]
            self._keep("match", placed)
            for story in placed:
                self._judge(story, received)

    def values(self, role: str) -> list[Outgoing]:
        """What was written to a topic."""
        return [one.outgoing for one in self.written if one.outgoing.role == role]

    def _judge(self, story: Outgoing, received: datetime) -> None:
        if story.role == "stories":
            partition = partition_for(story.key, self.settings.story_partitions)
            record = self._record("stories", partition, story.key, story.value, received)
            self._attempted("judge", partial(judge.work, self._bench), record)

    def _attempted(self, stage: str, work: Callable[[Record], Sequence[Outgoing]], record: Record) -> list[Outgoing]:
        outgoing = attempt(stage, work, record)
        self._keep(stage, outgoing)
        return [one for one in outgoing if one.role != "rejected"]

    def _keep(self, stage: str, outgoing: Iterable[Outgoing]) -> None:
        self.written += [Written(stage, one) for one in outgoing]

    def _record(self, role: str, partition: int, key: str | None, value: bytes | None, at: datetime) -> Record:
        offset = self._ends.get((role, partition), 0)
        self._ends[role, partition] = offset + 1
        topic = declared(self.settings)[role].name
        return Record(topic, partition, offset, int(at.timestamp() * 1000), key.encode() if key else None, value)
