"""Polling many local feeds: how late, with how much memory and processor time a feed.

``python -m benchmarks.feeds_poll [--feeds 2000] [--seconds 600] [--interval 60] [--broker kafka://...]``

A server in a process of its own answers on 127.0.0.1 with feeds of 30 entries of some 300 words, with an ETag; each
feed has a new entry every two intervals, so that about half of the fetches are answered with 304. Lateness is that of
the request's arrival at the server against the time at which the feed was due by the record in the topic: the waiting
for a place, the connection, and all that kept the worker busy are in it. The first fetch of a feed, when all are due at
once, is told apart, and so is what falls due until the worker has caught up with that: twice the first round's time.
Intervals are shortened to get the load of many more feeds: 2,000 feeds every 60 s are 33 fetches a second, as many as
720,000 feeds make every 6 hours. Memory is the proportional set size (Linux).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import signal
import sys
import time
import uuid
from bisect import bisect_left
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from aiohttp import web

from schemas.feed import FeedConfig, FeedState
from streams.embedded import EmbeddedBroker
from streams.events import messages
from streams.feeds.book import feed_id, split_key
from streams.feeds.desk import configure
from streams.settings import Settings, as_environment
from streams.topics import create_missing

ENTRIES, WORDS = 30, 300
"""Entries of a feed, and words of each."""

VOCABULARY = [f"word{number}" for number in range(5_000)]
CONCURRENCY = 64
"""Feeds polled at a time; all are of one host here, so that is allowed as many."""

CAUGHT_UP = 2.0
"""Times of the first round until what fell due in it meanwhile is fetched."""

SETTLE = 5.0
"""Seconds until the memory of a worker without feeds is read."""


def document(number: int, version: int) -> bytes:
    """A feed with its newest entries, the same for the same numbers."""
    items = []
    for entry in range(version, version + ENTRIES):
        words = random.Random(number * 100_003 + entry).choices(VOCABULARY, k=WORDS)
        items.append(
            f"<item><title>Headline {number} {entry}</title><link>https://wire.example/{number}/{entry}</link>"
            f"<guid>{number}-{entry}</guid><pubDate>Sun, 22 Nov 2026 08:00:00 +0100</pubDate>"
            f"<description>{' '.join(words)}</description></item>"
        )
    start = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {number}</title>'
    return f"{start}<link>https://wire.example/</link>{''.join(items)}</channel></rss>".encode()


async def serve(every: float) -> None:
    """Answer until standard input ends; print the port at first, and at the end when each feed was asked."""
    asked: dict[str, list[float]] = defaultdict(list)

    async def feed(request: web.Request) -> web.Response:
        asked[request.path].append(time.time())
        number = int(request.match_info["number"])
        version = int(time.time() / every + number * 0.618)
        tag = f'"{number}-{version}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(body=document(number, version), content_type="application/rss+xml", headers={"ETag": tag})

    app = web.Application()
    app.add_routes([web.get(r"/{number:\d+}", feed)])
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()
    sys.stdout.buffer.write(orjson.dumps(asked))


@dataclass(frozen=True)
class Usage:
    """What some processes have used.

    Attributes:
        processor: seconds.
        memory: bytes of the process itself, shared ones counted in proportion.
        parsers: the same of its children.
    """

    processor: float
    memory: int
    parsers: int

    @classmethod
    def of(cls, pid: int) -> Usage:
        """That of a process and its children."""
        processor, memory = 0.0, dict[int, int]()
        for one in (pid, *children(pid)):
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
                processor += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
                rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
                memory[one] = 1_024 * int((re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE) or [0, 0])[1])
        return cls(processor, memory.get(pid, 0), sum(size for one, size in memory.items() if one != pid))


def children(pid: int) -> Iterator[int]:
    """Processes that a process has started and that still run."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (task / "children").read_text(encoding="ascii").split())


@dataclass(frozen=True)
class Arguments:
    """What was asked for."""

    feeds: int
    seconds: float
    interval: float
    broker: str | None


async def main(given: Arguments) -> None:
    """Measure, and print the figures."""
    with contextlib.ExitStack() as stack:
        broker = given.broker or stack.enter_context(EmbeddedBroker()).url
        settings = Settings(
            broker=broker, prefix=f"feeds-{uuid.uuid4().hex[:8]}", feed_allow="127.0.0.0/8",
            feed_interval=given.interval, feed_min_interval=given.interval, feed_max_interval=given.interval,
            feed_host_spacing=0.0, feed_host_concurrency=CONCURRENCY, feed_concurrency=CONCURRENCY, feed_contact="https://example.org/",
        )  # fmt: skip
        await create_missing(settings)
        async with process("-m", "benchmarks.feeds_poll", "--serve", str(2 * given.interval)) as server:
            assert server.stdout
            port = int(await server.stdout.readline())
            async with process("-m", "streams", "feeds", "run", settings=settings) as worker:
                empty, full, used, took = await measured(given, settings, worker, port)
                worker.send_signal(signal.SIGTERM)
                await worker.wait()
            asked, _ = await server.communicate(b"")
            report(given, empty, full, used / took)
            await lateness(settings, orjson.loads(asked), port)


async def measured(
    given: Arguments, settings: Settings, worker: asyncio.subprocess.Process, port: int
) -> tuple[Usage, Usage, float, float]:
    """Memory without feeds, and with all of them; seconds of processor time in how many seconds."""
    await asyncio.sleep(SETTLE + settings.session_timeout / 3)
    empty = Usage.of(worker.pid)
    urls = [f"http://127.0.0.1:{port}/{number}" for number in range(given.feeds)]
    await configure(settings, {feed_id(url): FeedConfig(url=url, added=time.time()) for url in urls})
    await asyncio.sleep(2 * given.interval)  # the first round, in which every feed is due at once
    before, began = Usage.of(worker.pid), time.monotonic()
    await asyncio.sleep(max(1.0, given.seconds - 2 * given.interval))
    full = Usage.of(worker.pid)
    return empty, full, full.processor - before.processor, time.monotonic() - began


def report(given: Arguments, empty: Usage, full: Usage, share: float) -> None:
    """Print memory and processor time."""
    grown = full.memory - empty.memory
    print(f"{given.feeds:,} feeds every {given.interval:g} s for {given.seconds:g} s")
    print(f"processor: {100 * share:.0f} % of one, after the first round")
    print(
        f"memory: {empty.memory / 1e6:.0f} MB without feeds, {full.memory / 1e6:.0f} MB at the end "
        f"({grown / given.feeds / 1e3:.1f} KB a feed); parsers {full.parsers / 1e6:.0f} MB"
    )


async def lateness(settings: Settings, asked: dict[str, list[float]], port: int) -> None:
    """Print how late feeds were asked, by the records of the topic and the server's own clock."""
    states: dict[str, list[FeedState]] = defaultdict(list)
    for message in await messages(settings, "feeds"):
        place = split_key(message.key)
        if place and place[1] == "state" and message.value:
            states[place[0]].append(FeedState.from_bytes(message.value))
    first: list[float] = []
    later: list[tuple[float, float]] = []
    failed = 0
    for path, times in asked.items():
        known = states[feed_id(f"http://127.0.0.1:{port}{path}")]
        failed += sum(state.trouble is not None for state in known)
        for number, state in enumerate(known):
            arrival = bisect_left(times, state.tried)
            if number and arrival < len(times):
                due = known[number - 1].due
                later.append((due, max(0.0, times[arrival] - due)))
            elif arrival < len(times):
                first.append(times[arrival])
    total = sum(map(len, asked.values()))
    print(f"fetches: {total:,}, failed {failed}; articles in all {sum(s[-1].sent for s in states.values()):,}")
    print(f"first round: over {max(first) - min(first):.1f} s")
    settled = min(first) + CAUGHT_UP * (max(first) - min(first))
    for name, values in (
        ("while it catches up", [late for due, late in later if due < settled]),
        ("then", [late for due, late in later if due >= settled]),
    ):
        if values:
            half, most = percentile(values, 0.5), percentile(values, 0.99)
            print(
                f"late, {name}: p50 {half:.3f} s, p99 {most:.3f} s, most {max(values):.3f} s ({len(values):,} fetches)"
            )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many are at most."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextlib.asynccontextmanager
async def process(*arguments: str, settings: Settings | None = None) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process that is ended on leaving."""
    pipe = asyncio.subprocess.PIPE
    started = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=os.environ | (as_environment(settings) if settings else {}),
        stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL if settings else None, limit=1 << 28,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
            await started.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--interval", type=float, default=60.0, help="seconds between two fetches of a feed")
    parser.add_argument("--broker", help="kafka://host:port; the embedded one by default")
    parser.add_argument("--serve", type=float, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.serve:
        asyncio.run(serve(wanted.serve))
    else:
        asyncio.run(main(Arguments(wanted.feeds, wanted.seconds, wanted.interval, wanted.broker)))
