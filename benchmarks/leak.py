"""A leak loop: synthetic articles through the whole engine, many windows of event time, memory told as it goes.

    python -m benchmarks.leak --articles 1000000

Three articles of ten are copies of a recent one, cut or with words changed. All are sketched, placed and taken into the
library; a share of them is judged too, since that takes twenty times as long as the rest. Event time runs so that the
articles fill a dozen windows, thousands of times faster than the clock: what is measured is what is held.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from string import ascii_lowercase

from schemas.accepted import Accepted, Credit
from schemas.article import Article
from wirespin.reuse.sketch import sample, to_sketch
from wirespin.story.decide import handle
from wirespin.story.library import Library
from wirespin.story.pair import Comparer
from wirespin.story.place import Arrival, Placer
from wirespin.text.document import Document

WINDOW_DAYS = 3.0
WINDOWS = 12
BATCH = 64
WORDS = 100
"""Words a body, short ones: a million of them take a quarter of an hour."""

VOCABULARY = 4_000

COPIES = 0.3
"""Share of the articles that are copies, and of those that an agency publishes."""

START = 1.7e9
"""Event time of the first article, seconds since 1970."""

RECENT = 200
"""Articles back to which a copy may reach."""


@dataclass(frozen=True)
class Reading:
    """What is held after so many articles; `resident` in bytes."""

    articles: int
    resident: int
    indexed: int
    texts: int
    events: int


def articles(count: int, seed: int, days: float) -> Iterator[Accepted]:
    """Articles in order of time, spread over so many days."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(ascii_lowercase, k=6)) for _ in range(VOCABULARY)]
    recent: deque[list[str]] = deque(maxlen=RECENT)
    for number in range(count):
        body = chance.choices(words, k=WORDS)
        if recent and chance.random() < COPIES:
            body = chance.choice(recent)[: chance.randint(WORDS // 2, WORDS)]
            body[chance.randrange(len(body))] = chance.choice(words)
        recent.append(body)
        agency = "reuters" if chance.random() < COPIES else None
        time = datetime.fromtimestamp(START + number * days * 86_400 / count, UTC)
        yield _accepted(f"n{number}", " ".join(body), agency, time)


def _accepted(name: str, body: str, agency: str | None, time: datetime) -> Accepted:
    return Accepted(
        article=Article(id=name, publisher="Reuters" if agency else f"Outlet {name}", headline=body[:40], body=body),
        digest="1",
        published=f"{time:%Y-%m-%dT%H:%M:%SZ}",
        date_source="published_at",
        agency=agency,
        credits=[] if agency else [Credit(agency="reuters", name="Reuters", form="credit")],
        language="en",
        spans=[(0, len(body))],
        sketch=to_sketch(sample(Document(body))),
    )


def resident() -> int:
    """Resident memory of this process in bytes (Linux)."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 (no path of a project)
        return int(file.read().split()[1]) * 4_096


def loop(count: int, seed: int, kept_arrivals: int, every: int, judged: float) -> Iterator[Reading]:
    """Readings taken while so many articles go through the engine, a share of them as far as the events."""
    window = WINDOW_DAYS * 86_400
    placer, library, comparer = Placer(window, kept_arrivals), Library(window, kept_arrivals), Comparer()
    chance = random.Random(seed)
    offset = events = done = 0
    batch: list[Arrival] = []
    for number, accepted in enumerate(articles(count, seed, WINDOW_DAYS * WINDOWS), 1):
        batch.append(Arrival.of(accepted, 0, number))
        if len(batch) == BATCH or number == count:
            for items in placer.place(batch):
                for item in items:
                    if chance.random() < judged:
                        events += len(handle(item, offset, library, comparer).events)
                    else:
                        library.take(item, offset)
                    offset += 1
            batch.clear()
        if number // every > done:
            done = number // every
            yield Reading(number, resident(), len(placer.index), len(library), events)


def slope(readings: list[Reading]) -> float:
    """Least-squares growth of resident memory in bytes an article."""
    xs, ys = [one.articles for one in readings], [one.resident for one in readings]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def main() -> int:
    """Run the loop and print its readings."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=int, default=20_000, help="articles kept whatever their age")
    parser.add_argument("--judged", type=float, default=0.002, help="share of the articles that are judged too")
    options = parser.parse_args()
    began, readings = time.monotonic(), list[Reading]()
    for reading in loop(options.articles, options.seed, options.kept, max(1, options.articles // 48), options.judged):
        readings.append(reading)
        rate = reading.articles / (time.monotonic() - began)
        print(
            f"{reading.articles:>9,} articles  {reading.resident / 2**20:6.0f} MB  {reading.indexed:>8,} indexed  "
            f"{reading.texts:>8,} texts  {reading.events:>8,} events  {rate:5.0f}/s",
            flush=True,
        )
    steady = readings[len(readings) // 3 :]
    span = steady[-1].articles - steady[0].articles
    growth = slope(steady)
    print(f"after the fourth window: {growth:+.1f} bytes an article, {growth * span / 2**20:+.1f} MB over {span:,}")
    print(
        f"event time ran {WINDOW_DAYS * WINDOWS * 86_400 / (time.monotonic() - began):,.0f} times as fast as the clock"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
