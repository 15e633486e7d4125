"""Knowing that all that was sent is judged: by offsets and counts, never by waiting for a while.

Stage by stage: once a stage's group has committed all that was in its topic, everything that it made of that is in
the next topic (it sends before it commits). So the end of the next topic, asked for then, is what the next stage must
reach.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from streams.app import STAGES, group
from streams.client import consumer
from streams.offsets import Ends, topic_ends
from streams.settings import Settings
from streams.topics import declared

log = logging.getLogger(__name__)

ASK_EVERY = 0.1
"""Seconds between two looks at the committed offsets."""

SILENT = 30.0
"""Seconds without a commit after which the one who waits is told; a rebalance takes less."""

Progress = Callable[[str, int, int], None]
"""Called with a stage, the records it has committed, and how many it must."""


async def drained(settings: Settings, ends: Ends, progress: Progress, alive: Callable[[], None]) -> None:
    """Wait until everything that was sent is judged.

    Args:
        settings: how to reach the broker.
        ends: of the ingest topic, behind the last record that was sent to each partition.
        progress: told how far each stage is.
        alive: raises when the workers are gone, so that nobody waits for ever.
    """
    roles = list(STAGES.values())
    for number, stage in enumerate(STAGES):
        await _committed(settings, stage, ends, progress, alive)
        if number + 1 < len(roles):
            ends = await topic_ends(settings, declared(settings)[roles[number + 1]].name)


async def _committed(settings: Settings, stage: str, ends: Ends, progress: Progress, alive: Callable[[], None]) -> None:
    """Wait until a stage's group has committed all partitions to their ends."""
    reader = consumer(settings, group(settings, stage))
    await reader.start()
    try:
        reader.assign(list(ends))
        total = sum(ends.values())
        moved, best = time.monotonic(), -1
        while True:
            done = {place: min(await _offset(reader.committed(place)), end) for place, end in ends.items()}
            count = sum(done.values())
            progress(stage, count, total)
            if count > best:
                moved, best = time.monotonic(), count
            elif time.monotonic() - moved > SILENT:
                moved = time.monotonic()
                log.warning("%s stands at %d of %d for %.0f s: is a worker running?", stage, count, total, SILENT)
            if all(done[place] >= end for place, end in ends.items()):
                return
            alive()
            await asyncio.sleep(ASK_EVERY)
    finally:
        await reader.stop()


async def _offset(answer: Awaitable[int | None]) -> int:
    return await answer or 0
