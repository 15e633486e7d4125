"""The loop that all three stages share.

A batch is worked on, everything it led to is sent and confirmed, and only then is it acknowledged, in order. A record
that cannot be worked on goes to ``rejected`` with its bytes, and the stream goes on; a failure to send leaves the
batch unacknowledged and ends the stage. (Faust acknowledges an event whose agent raised: the loop lets nothing out.)
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Sequence

from agents.records import Outgoing, Outlet, Record
from agents.rejected import rejection, told
from agents.trace import UNTRACED, Tracer
from schemas.errors import InputError, RecordError

log = logging.getLogger(__name__)

LARGEST_VALUE = 1_000_000
"""Bytes of a value. Apache Kafka refuses 1,048,588 and more, and a refused send would end the worker for ever."""

Work = Callable[[Record], Sequence[Outgoing]]
BatchWork = Callable[[Sequence[Record]], Iterable[Sequence[Outgoing]]]
Acknowledge = Callable[[Record], Awaitable[None]]


async def run_stage(
    name: str,
    batches: AsyncIterable[Sequence[Record]],
    work: Work,
    outlet: Outlet,
    acknowledge: Acknowledge,
    *,
    apart: bool = False,
    tracer: Tracer = UNTRACED,
) -> None:
    """Work on the records of batches one by one until the stream ends.

    Args:
        name: of the stage, for rejections.
        batches: records in order.
        work: what a record leads to; may raise anything but leaves no half-made state.
        outlet: where that goes.
        acknowledge: called for each record of a batch in order, when all of the batch is delivered.
        apart: work in a thread, one record at a time: for work that one record in a million makes take a minute, in
            which producers of other stages would give up what they have sent.
        tracer: told of the work.

    Raises:
        SendError: a delivery was not confirmed; the batch is not acknowledged.
    """

    def each(batch: Sequence[Record]) -> Iterable[Sequence[Outgoing]]:
        return (attempt(name, work, one, tracer) for one in batch)

    await run_batches(batches, each, outlet, acknowledge, apart=apart, tracer=tracer)


async def run_batches(
    batches: AsyncIterable[Sequence[Record]],
    work: BatchWork,
    outlet: Outlet,
    acknowledge: Acknowledge,
    *,
    apart: bool = False,
    tracer: Tracer = UNTRACED,
) -> None:
    """Like `run_stage`, for a stage that works on a batch as a whole and lets no error out."""
    async for batch in batches:
        with tracer.batch(batch):
            outgoing: list[Outgoing] = []
            led = iter(work(batch))
            while (sent := await asyncio.to_thread(next, led, None) if apart else next(led, None)) is not None:
                outgoing += sent
                await asyncio.sleep(0)  # heartbeats and commits live on this loop too
            await outlet.deliver(outgoing)
            for record in batch:
                await acknowledge(record)


def attempt(
    name: str, work: Work, record: Record, tracer: Tracer = UNTRACED, *, more: bool = False
) -> Sequence[Outgoing]:
    """What a record leads to; where that cannot be said, its rejection.

    Args:
        name: of the stage.
        work: what to do with it.
        record: the record.
        tracer: told that work on it begins and ends.
        more: there is more to do with it if this goes well, so that its end is not told yet.
    """
    trace = tracer.begin(record)
    try:
        outgoing = work(record)
        _check_sizes(outgoing)
    except Exception as error:
        log.warning(
            "%s: rejected %s: %s",
            *(name, record.where, told(error)),
            exc_info=not isinstance(error, InputError),
            extra={"stage": name, "trace_id": trace, **record.place},
        )
        return tracer.end(record, [rejection(name, record, error)], error)
    return outgoing if more else tracer.end(record, outgoing, None)


def _check_sizes(outgoing: Sequence[Outgoing]) -> None:
    for record in outgoing:
        if record.value is not None and len(record.value) > LARGEST_VALUE:
            raise RecordError(
                f"too large: leads to a record of {len(record.value):,} bytes, over the limit of {LARGEST_VALUE:,}",
                where=record.role,
                remedy="shorten the body",
            )
