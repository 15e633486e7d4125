"""Match: look the sketch up in the rolling index, add it, and name the stories the article lives in and visits."""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping, Sequence

from agents.records import Outgoing, Outlet, Record
from agents.stage import Acknowledge, run_stage
from schemas.accepted import Accepted
from wirespin.story.place import Placer

NAME = "match"


def work(state: Mapping[int, Placer], record: Record) -> list[Outgoing]:
    """Place one accepted article; raises `RecordError` where its bytes are unfit."""
    accepted = Accepted.from_bytes(record.value, where=record.where)
    items = state[record.partition].place(accepted, record.offset)
    return [Outgoing("stories", item.story, item.to_bytes()) for item in items]


def restore(placer: Placer, record: Record) -> None:
    """Take a record of the index log in again, saying nothing."""
    placer.place(Accepted.from_bytes(record.value, where=record.where), record.offset)


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
    await run_stage(NAME, batches, lambda record: work(state, record), outlet, acknowledge)
