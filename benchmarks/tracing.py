"""What traces cost: processor time of the three agents an article, off and on in turns, in one run.

    python -m benchmarks.tracing --articles 400 --rounds 9

The agents run without a broker, so that nothing else is in the figure; what encodes and sends the spans, to a
collector in a process of its own, is. Each turn works on the same articles with new state; turns go off, on, one in a
hundred, then the other way round, so that what a busy machine does to one it does to all.
"""

from __future__ import annotations

import argparse
import asyncio
import http.server
import json
import multiprocessing
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from multiprocessing.connection import Connection

from agents.ingest import ingest
from agents.judge import Bench, judge
from agents.match import match
from agents.records import Outgoing, Record
from benchmarks.newsroom import Newsroom
from streams.settings import DAY, Settings
from streams.tracing.switch import Tracers, tracing
from wirespin.story.library import Library
from wirespin.story.place import Placer

SHARES: dict[str, float | None] = {"off": None, "all": 1.0, "one in a hundred": 0.01}
BATCH = 64
WINDOW = 7 * DAY
BEGAN = 1_700_000_000.0


class Kept:
    """An outlet that keeps what is sent, as the next stage's records, and confirms it."""

    def __init__(self) -> None:
        self.records: dict[str, list[Record]] = {}

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        """Keep all."""
        for one in outgoing:
            kept = self.records.setdefault(one.role, [])
            if one.delivered is not None:
                one.delivered(0, len(kept))
            key = one.key.encode()
            kept.append(Record(one.role, 0, len(kept), int(BEGAN * 1_000), key, one.value, one.headers))


async def batches(records: Sequence[Record]) -> AsyncIterator[Sequence[Record]]:
    """Records as a stage takes them."""
    for begin in range(0, len(records), BATCH):
        yield records[begin : begin + BATCH]


async def acknowledge(_: Record) -> None:
    """Nothing to do."""


async def through(articles: Sequence[Record], tracers: Tracers) -> int:
    """All three stages, one after the other; how many events came of it."""
    outlet, kept = Kept(), Kept()
    await ingest(batches(articles), outlet, acknowledge, None, tracers("ingest", "b-ingest"))
    accepted = outlet.records["accepted"]
    await match(batches(accepted), {0: Placer(WINDOW)}, outlet, acknowledge, tracers("match", "b-match"))
    bench = Bench({0: Library(WINDOW)}, "/b")
    await judge(batches(outlet.records["stories"]), bench, kept, acknowledge, tracers("judge", "b-judge"))
    return sum(map(len, kept.records.values()))


async def turn(url: str, share: float | None, articles: Sequence[Record]) -> tuple[float, int]:
    """Seconds of processor time, the spans sent included, and how many events came."""
    on = {} if share is None else {"otel_endpoint": url, "otel_sample": share}
    began = time.process_time()
    async with tracing(Settings().model_copy(update=on)) as tracers:
        events = await through(articles, tracers)
    return time.process_time() - began, events


def run(url: str, count: int, rounds: int) -> None:
    """Print the middle of all turns of each kind."""
    room = Newsroom(0.3, 1, BEGAN)
    values = enumerate(room.articles(count))
    articles = [Record("articles", 0, at, int(BEGAN * 1_000), b"k", one.value) for at, one in values]
    asyncio.run(turn(url, 1.0, articles))  # warm
    found: dict[str, list[float]] = {name: [] for name in SHARES}
    for number in range(rounds):
        for name, share in list(SHARES.items())[:: 1 if number % 2 == 0 else -1]:
            seconds, events = asyncio.run(turn(url, share, articles))
            found[name].append(seconds / count * 1_000)
    for name, ones in found.items():
        told = {"traces": name, "ms_an_article": round(statistics.median(ones), 3), "least": round(min(ones), 3)}
        print(json.dumps(told | {"articles": count, "events": events, "turns": rounds}))


class _Takes(http.server.BaseHTTPRequestHandler):
    """A collector that takes everything."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _collect(said: Connection) -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), _Takes)
    said.send(server.server_port)
    server.serve_forever()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    heard, said = multiprocessing.Pipe()
    collector = multiprocessing.get_context("spawn").Process(target=_collect, args=(said,), daemon=True)
    collector.start()
    try:
        run(f"http://127.0.0.1:{heard.recv()}", given.articles, given.rounds)
    finally:
        collector.terminate()


if __name__ == "__main__":
    main()
