"""Judge: at a story's home, compare the newcomer with what it is linked to, and say which events stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterable, Mapping, Sequence
from dataclasses import dataclass, field

from agents.records import Outgoing, Outlet, Record
from agents.stage import Acknowledge, run_stage
from agents.trace import UNTRACED, Tracer
from schemas.cloudevents import headers
from schemas.events import Alert, Event
from schemas.story import StoryItem
from wirespin.story.decide import Output, Withdrawn, handle
from wirespin.story.library import Library
from wirespin.story.pair import Comparer

NAME = "judge"
TOPICS = {"republication": "republications", "alert": "alerts"}


@dataclass
class Bench:
    """The state of judge: the library of each partition at hand, and what was compared lately.

    Attributes:
        libraries: by partition.
        source: CloudEvents source of the events.
        comparer: remembers analysed texts and pairs.
        relations: what was found, by relation; only a republication becomes an event, the others are counted.
        republications: events said, by level of reuse and whether the framing was altered.
        devices: alerts said, by each device that they show.
    """

    libraries: Mapping[int, Library]
    source: str
    comparer: Comparer = field(default_factory=Comparer)
    relations: Counter[str] = field(default_factory=Counter)
    republications: Counter[tuple[str, str]] = field(default_factory=Counter)
    devices: Counter[str] = field(default_factory=Counter)

    def count(self, output: Output) -> None:
        """Count what is about to be said."""
        self.relations.update(output.relations)
        for event in output.events:
            if isinstance(event, Alert):
                self.devices.update({finding.device for finding in event.framing.devices})
            else:
                self.republications[event.reuse.level, event.framing.altered] += 1


def work(bench: Bench, record: Record) -> list[Outgoing]:
    """Judge one article at one story; raises `RecordError` where its bytes are unfit."""
    item = StoryItem.from_bytes(record.value, where=record.where)
    output = handle(item, record.offset, bench.libraries[record.partition], bench.comparer)
    bench.count(output)
    said = [_outgoing(event, bench.source, record.arrived) for event in output.events]
    return said + [_tombstone(key) for key in output.withdrawn]


def restore(library: Library, record: Record) -> None:
    """Take a record of the stories log in again, saying nothing; raises where it is none."""
    library.fold(StoryItem.decoded(record.value, where=record.where), record.offset)


async def judge(
    batches: AsyncIterable[Sequence[Record]],
    bench: Bench,
    outlet: Outlet,
    acknowledge: Acknowledge,
    tracer: Tracer = UNTRACED,
) -> None:
    """Run the stage over a stream of ``stories``.

    Args:
        batches: records in order.
        bench: the state.
        outlet: where events go.
        acknowledge: commits a record.
        tracer: told of the work.
    """
    await run_stage(NAME, batches, lambda record: work(bench, record), outlet, acknowledge, apart=True, tracer=tracer)


def _outgoing(event: Event, source: str, arrived: int) -> Outgoing:
    role = TOPICS["alert" if isinstance(event, Alert) else "republication"]
    return Outgoing(role, event.key, event.to_bytes(), tuple(headers(event, source)), arrived)


def _tombstone(withdrawn: Withdrawn) -> Outgoing:
    """An event without data deletes its key from the compacted topic."""
    return Outgoing(TOPICS[withdrawn.kind], withdrawn.key, None)
