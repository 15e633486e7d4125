"""How fast the running system is: articles/s, processor time, delay, bytes on the wire, beside bare copies.

    python -m benchmarks.pipeline --articles 2000 --republished 0 30 60
    python -m benchmarks.pipeline --broker kafka://127.0.0.1:9092 --partitions 1 2 4 --workers 1 2 --window 0 10000

Each run has topics of its own, filled with a window of articles where one is asked for; workers are processes of
their own, warm before anything is counted. First as many articles as there are go in at once and the time is taken
until all are judged; then others at half of that pace, of which the delay is taken from the article's record to the
event's. ``--workers 0`` runs a worker for each stage, which tells the processor time of each.

The limits are measured in the same run on the same articles: a bare Faust agent and a bare aiokafka loop that copy
them from one topic to another.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from benchmarks.leak import START
from benchmarks.newsroom import Newsroom
from benchmarks.processes import Process, check, warmed, worker_processes
from benchmarks.rebuild import fill
from benchmarks.restarts import broker
from streams.client import Producer
from streams.drain import drained
from streams.events import messages
from streams.replay import send
from streams.settings import DAY, Settings
from streams.sources import Waiting
from streams.topics import declared

SESSION_TIMEOUT = 6.0
WINDOW_DAYS = 3.0
WARM = 40
"""Articles that are judged before anything is counted."""

DISTINCT = 10_000
"""Articles of the window that are made one by one (`benchmarks.rebuild`)."""

PERCENTILES = (50, 99)


@dataclass(frozen=True)
class Plan:
    """What is measured.

    Attributes:
        articles: sent at once, and half as many paced.
        partitions: of the topics of articles and of stories.
        workers: processes with all stages; 0 for one process a stage.
        republished: percent of the articles that are copies.
        window: articles in the window before.
        filled: prefix of topics that a window was filled into before, empty where there are none.
    """

    articles: int
    partitions: int
    workers: int
    republished: int
    window: int
    filled: str = ""


@dataclass(frozen=True)
class Measured:
    """What came out.

    Attributes:
        rate: articles a second, from the first that is sent until all are judged.
        processor: seconds of processor time a thousand articles, by process.
        wire: bytes to and from the broker an article, of the workers; what they read in a rebuild at the start too.
        delays: seconds from an article's record to its event's at half the rate, by percentile.
        events: of the paced articles.
    """

    rate: float
    processor: dict[str, float]
    wire: float
    delays: dict[int, float]
    events: int


async def measure(settings: Settings, plan: Plan) -> Measured:
    """Run a plan on topics of its own."""
    own = settings.model_copy(
        update={
            "prefix": plan.filled or f"pipeline-{uuid.uuid4().hex[:8]}",
            "article_partitions": plan.partitions,
            "story_partitions": plan.partitions,
            "session_timeout": SESSION_TIMEOUT,
            "window_days": WINDOW_DAYS,
        }
    )
    if not plan.filled:
        await fill(own, plan.window, DISTINCT)
    room = Newsroom(plan.republished / 100, int(time.time()), START + WINDOW_DAYS * DAY)
    async with worker_processes(own, plan.workers) as running:
        sent = await warmed(own, list(room.articles(WARM)), running)
        before, began = [one.processor() for one in running], time.monotonic()
        sent |= await send(own, list(room.articles(plan.articles)))
        await _judged(own, sent, running)
        rate = plan.articles / (time.monotonic() - began)
        used = [one.processor() - was for one, was in zip(running, before, strict=True)]
        paced = list(room.articles(max(100, plan.articles // 2)))
        sent |= await _paced(own, paced, rate / 2)
        await _judged(own, sent, running)
        delays = await _delays(own, {str(one.key) for one in paced})
        wires = [await one.ended() for one in running]
    processor: dict[str, float] = {}
    for one, seconds in zip(running, used, strict=True):
        processor[one.name] = processor.get(one.name, 0.0) + seconds / plan.articles * 1_000
    count = plan.articles + len(paced) + WARM
    return Measured(rate, processor, sum(map(sum, wires)) / count, percentiles(delays), len(delays))


async def _judged(settings: Settings, ends: dict[Any, int], running: Sequence[Process]) -> None:
    await drained(settings, ends, lambda *_: None, lambda: check(running))


async def _paced(settings: Settings, articles: Sequence[Waiting], rate: float) -> dict[Any, int]:
    """Send articles at a steady pace; for each partition the offset behind the last."""
    topic, began = declared(settings)["articles"].name, time.monotonic()
    ends: dict[Any, int] = {}
    async with Producer(settings, [topic]) as producer:
        pending = []
        for number, article in enumerate(articles):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            pending.append(await producer.send(topic, article.value, key=article.key))
        for place in await producer.confirm(pending):
            ends[place.topic_partition] = max(ends.get(place.topic_partition, 0), place.offset + 1)
    return ends


async def _delays(settings: Settings, names: set[str]) -> list[float]:
    """Seconds from the record of an article to that of the first event about it."""
    came = {(one.key or b"").decode(): one.timestamp for one in await messages(settings, "articles")}
    said: dict[str, int] = {}
    for one in await messages(settings, "republications"):
        name = orjson.loads(one.value)["copy"]["id"] if one.value else ""
        if name in names:
            said.setdefault(name, one.timestamp)
    return sorted((said[name] - came[name]) / 1_000 for name in said)


def percentiles(delays: Sequence[float]) -> dict[int, float]:
    """Percentiles of ascending delays; none where there are none."""
    return {one: delays[min(len(delays) - 1, len(delays) * one // 100)] for one in PERCENTILES if delays}


@contextlib.asynccontextmanager
async def limit(settings: Settings, kind: str, source: str, target: str) -> AsyncIterator[Process]:
    """A bare copy, running."""
    server = settings.broker.removeprefix("kafka://")
    process = await Process.started(kind, ["-m", "benchmarks.limits", kind, server, source, target])
    try:
        yield process
    finally:
        await process.ended()


async def copied(settings: Settings, kind: str, count: int, partitions: int) -> dict[str, float]:
    """How fast a bare copy is: articles a second between its first record and its last, and its processor time."""
    prefix = f"limit-{uuid.uuid4().hex[:8]}"
    own = settings.model_copy(
        update={"prefix": prefix, "article_partitions": partitions, "index_partitions": partitions}
    )
    source, target = (declared(own)[role].name for role in ("articles", "accepted"))
    await fill(own, 0, 1)
    room = Newsroom(0.3, 1, START)
    async with limit(own, kind, source, target) as process:
        await send(own, list(room.articles(WARM)))
        while len(await messages(own, "accepted")) < WARM:
            await asyncio.sleep(0.2)
        before = process.processor()
        await send(own, list(room.articles(count)))
        while len(found := await messages(own, "accepted")) < WARM + count:
            process.check()
            await asyncio.sleep(0.5)
        used = process.processor() - before
    began = sorted(one.timestamp for one in await messages(own, "articles"))[WARM]
    took = (max(one.timestamp for one in found) - began) / 1_000
    return {"rate": count / took, "processor": used / count * 1_000}


async def run(settings: Settings, plans: Sequence[Plan], copies: int) -> None:
    """Print a line for each limit and each plan."""
    fastest = 0.0
    for kind in ("aiokafka", "faust") if copies else ():
        copy = await copied(settings, kind, copies, plans[0].partitions)
        fastest = copy["rate"]
        print(f"bare {kind:9} {copy['rate']:8,.0f} articles/s  {copy['processor']:7.2f} s/1,000", flush=True)
    for plan in plans:
        found = await measure(settings, plan)
        stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in found.processor.items())
        delays = ", ".join(f"p{one} {seconds:.2f} s" for one, seconds in found.delays.items())
        share = f"  {found.rate / fastest:6.1%} of bare Faust" if fastest else ""
        print(", ".join(f"{name} {value}" for name, value in asdict(plan).items() if value != ""))
        print(f"    {found.rate:8,.1f} articles/s{share}; processor s/1,000: {stages}")
        print(f"    delay at half the rate: {delays}; {found.wire:,.0f} bytes an article on the wire", flush=True)
        print(json.dumps({"plan": asdict(plan), "measured": asdict(found)}), file=sys.stderr, flush=True)


def main() -> int:
    """Measure all combinations that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--broker", help="kafka://host:port; an embedded one where none is named")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--copies", type=int, default=20_000, help="articles that the bare copies copy; 0 for none")
    parser.add_argument("--filled", default="", help="prefix of topics that benchmarks.rebuild filled with the window")
    for name, default in (("partitions", 4), ("workers", 1), ("republished", 30), ("window", 0)):
        parser.add_argument(f"--{name}", type=int, nargs="+", default=[default])
    given = parser.parse_args()
    plans = [
        Plan(given.articles, partitions, workers, republished, window, given.filled)
        for window in given.window
        for partitions in given.partitions
        for workers in given.workers
        for republished in given.republished
    ]
    with broker(given.broker) as url:
        asyncio.run(run(Settings(broker=url), plans, given.copies))
    return 0


if __name__ == "__main__":
    sys.exit(main())
