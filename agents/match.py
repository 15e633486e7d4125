"""Match: look sketches up in the rolling index, add them, and name the stories the articles live in and visit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from agents.records import Outgoing, Outlet, Record
from agents.stage import Acknowledge, attempt, run_batches
from schemas.accepted import Accepted
from schemas.errors import RecordError
from schemas.story import StoryItem
from wirespin.story.place import Arrival, Placer
from wirespin.story.residence import Residence, residence

NAME = "match"


def work(state: Mapping[int, Placer], batch: Sequence[Record]) -> Iterator[Sequence[Outgoing]]:
    """Place a batch of accepted articles; a record that is none becomes its rejection."""
    arrivals: dict[int, list[Arrival]] = {}

    def decode(record: Record) -> Sequence[Outgoing]:
        accepted = Accepted.from_bytes(record.value, where=record.where)
        try:
            arrival = Arrival.of(accepted, record.partition, record.offset)
        except ValueError as error:
            raise RecordError(
                f"field sketch: {error}", where=record.where, remedy="see the schema of Accepted"
            ) from error
        arrivals.setdefault(record.partition, []).append(arrival)
        return ()

    for record in batch:
        yield attempt(NAME, decode, record)
    records = {(record.partition, record.offset): record for record in batch}
    for partition, ones in arrivals.items():
        for arrival, items in zip(ones, state[partition].place(ones), strict=True):
            record = records[partition, arrival.offset]
            yield attempt(NAME, partial(_outgoing, items), record)


async def match(
    batches: AsyncIterable[Sequence[Record]], state: Mapping[int, Placer], outlet: Outlet, acknowledge: Acknowledge
) -> None:
    """Run the stage over a stream of ``accepted``.

    Args:
        batches: records in order.
        state: the index of each partition at hand.
        outlet: where items for stories go.
        acknowledge: commits a record.
    """
    await run_batches(batches, lambda batch: work(state, batch), outlet, acknowledge)


class Residences:
    """What match knew of its articles before a restart, gathered from the log of stories in any order.

    The index is not rebuilt by looking everything up again: what founded an article's story may be gone from the log,
    and its copies would then be sent to another story than it.

    Args:
        upto: committed offset of each partition of the index log; what lies behind it is delivered again.
    """

    def __init__(self, upto: Mapping[int, int]) -> None:
        self._upto = upto
        self._found: dict[int, dict[int, Residence]] = {log: {} for log in upto}

    def take(self, record: Record) -> None:
        """Take a record of the log of stories in; raises where it is none."""
        item = StoryItem.decoded(record.value, where=record.where)
        offset, log = item["offset"], item["log"]
        if offset < self._upto.get(log, 0):
            self._add(log, residence(item))

    def drain(self) -> list[tuple[int, Residence]]:
        """What was gathered so far, with the partition of the index log that it stands in; it is let go."""
        rows = [(log, one) for log, found in self._found.items() for one in found.values()]
        for found in self._found.values():
            found.clear()
        return rows

    def join(self, rows: Iterable[tuple[int, Residence]]) -> None:
        """Take in what another one gathered."""
        for log, one in rows:
            self._add(log, one)

    def _add(self, log: int, one: Residence) -> None:
        found, offset = self._found[log], one.placed.offset
        known = found.get(offset)
        found[offset] = one if known is None else known.merged(one)

    async def placer(self, log: int, window: float) -> Placer:
        """The state of one partition of the index log; what was gathered for it is let go."""
        placer = Placer(window)
        found = self._found.pop(log)
        for _ in placer.restoring(found.pop(offset) for offset in sorted(found)):
            await asyncio.sleep(0)
        return placer


def _outgoing(items: Sequence[StoryItem], _: Record) -> list[Outgoing]:
    return [Outgoing("stories", item.story, item.to_bytes()) for item in items]
