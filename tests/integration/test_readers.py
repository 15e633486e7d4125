"""A long log is read by several processes, and what they read is what one would have."""

from __future__ import annotations

import asyncio
import multiprocessing
from functools import partial
from typing import Any

import pytest

from agents.match import Residences
from benchmarks.rebuild import fill
from schemas.errors import StateError
from streams.log import Progress
from streams.offsets import topic_ends
from streams.readers import gather_log
from streams.settings import Settings
from streams.topics import declared

pytestmark = pytest.mark.integration

ARTICLES = 9_192
make = partial(Residences, {0: ARTICLES - 500})


def broken() -> Residences:
    raise ValueError("no room")


class Unsendable(Residences):
    """What it hands over first cannot go to another process."""

    first = True

    def drain(self) -> list[Any]:
        rows: list[Any] = [lambda: 0] if self.first else []
        self.first = False
        return rows


def told(gathered: Residences) -> list[Any]:
    rows = sorted(gathered.drain(), key=lambda row: row[1].placed.offset)
    return [(log, one.placed, one.time, one.lives, one.sample.hashes.tobytes()) for log, one in rows]


async def test_two_processes_read_what_one_does(settings: Settings) -> None:
    await fill(settings, ARTICLES, 300)
    ends = await topic_ends(settings, declared(settings)["stories"].name)
    alone, together, progress = make(), make(), Progress("t", 1)
    await gather_log(settings, ends, alone, make, Progress("t", 1))
    await gather_log(settings, ends, together, make, progress, long=1)
    one = told(alone)
    assert len(one) == ARTICLES - 500  # what is not committed is delivered again
    assert told(together) == one
    assert progress.done == progress.total == sum(ends.values())

    with pytest.raises(ExceptionGroup) as caught:
        await gather_log(settings, ends, make(), broken, Progress("t", 1), long=1)
    assert caught.group_contains(StateError, match="no room")
    with pytest.raises(ExceptionGroup) as caught:
        await gather_log(settings, ends, make(), partial(Unsendable, {0: ARTICLES}), Progress("t", 1), long=1)
    assert caught.group_contains(StateError, match="pickle"), "nothing that was read may be lost in silence"
    reading = asyncio.create_task(gather_log(settings, ends, make(), make, Progress("t", 1), long=1))
    await asyncio.sleep(0.5)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert multiprocessing.active_children() == []
