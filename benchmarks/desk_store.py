"""How the desk's store does at a size: records a second taken in, and how long the desk's questions take.

``python -m benchmarks.desk_store --texts 1000000 --events 100000`` needs some 3 GB of disk and no broker. The texts'
words are drawn by Zipf's law, so that they compress about as prose does.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, get_args

import orjson

from agents.records import Record
from schemas.events import Device
from streams.desk.filters import Filter
from streams.desk.store import Store

SEED = 7
BATCH = 1_000
"""Records of a transaction, as the follower takes them."""

VOCABULARY, LENGTH = 60_000, 450
"""Words there are, and words of a text."""

START = datetime(2026, 11, 15, tzinfo=UTC)
WINDOW = timedelta(days=7)
KEEP = 10 * 86_400.0
OUTLETS, AGENCIES, COPIES = 400, 12, 8
"""Outlets and agencies that events name, and copies of a story on average."""

TOPICS = {f"b.{role}": role for role in ("accepted", "republications", "alerts", "dispositions")}
REPEATS = 15


class Maker:
    """Makes records like those of the topics, the same every time."""

    def __init__(self, texts: int) -> None:
        self._random = random.Random(SEED)
        letters = "etaoinshrdlucmfwypvbgk"
        self._words = ["".join(self._random.choices(letters, k=self._random.randint(2, 11))) for _ in range(VOCABULARY)]
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
        self._texts = texts

    def prose(self, words: int) -> str:
        """So many words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=words))

    def time(self, share: float) -> datetime:
        """A time by how much of the window lies before it."""
        return START + WINDOW * share

    def accepted(self) -> Iterator[Record]:
        """The texts, in order of time."""
        for number in range(self._texts):
            body = self.prose(LENGTH)
            moment = self.time(number / self._texts)
            value = {
                "article": {
                    "id": name_of(number), "headline": self.prose(9), "body": body,
                    "url": f"https://outlet{number % OUTLETS}.example/2026/11/{number}",
                    "publisher": f"Outlet {number % OUTLETS}",
                },
                "digest": digest_of(number), "published": stamp(moment), "date_source": "published_at",
                "language": "en", "spans": [[0, len(body)]], "schema_version": 1,
                "sketch": {"scale": 4, "shingles": LENGTH, "hashes": "A" * 1_200, "tenths": "A" * 150},
            }  # fmt: skip
            yield Record("b.accepted", 0, number, ms(moment), b"en", orjson.dumps(value))

    def events(self, count: int) -> Iterator[Record]:
        """Half republications and half their alerts, spread over the texts."""
        for number in range(count // 2):
            for role in ("republications", "alerts"):
                data = self._event(role.removesuffix("s"), number, number / (count // 2))
                moment = self.time(number / (count // 2))
                yield Record(f"b.{role}", 0, number, ms(moment), data["key"].encode(), orjson.dumps(data))

    def _event(self, kind: str, number: int, share: float) -> dict[str, Any]:
        wire = int(share * self._texts) // COPIES * COPIES
        copy = min(self._texts - 1, int(share * self._texts) + 1)
        skewed = int(OUTLETS * self._random.random() ** 2)
        devices = self._random.sample(get_args(Device), self._random.randint(1, 4))
        return {
            "schema_version": 1, "type": kind, "id": f"{kind}-{number:024x}", "key": f"{kind}-k{number:023x}",
            "time": stamp(self.time(share)), "rules": "bench",
            "original": {
                "id": name_of(wire), "first": name_of(wire), "agency": f"agency{number % AGENCIES}", "wire": "Wire",
                "headline": self.prose(9), "date_source": "published_at", "digest": digest_of(wire),
                "published": stamp(self.time(share)),
            },
            "copy": {
                "id": name_of(copy), "publisher": f"Outlet {skewed}", "headline": self.prose(9),
                "date_source": "published_at", "digest": digest_of(copy), "language": "en",
                "published": stamp(self.time(share)),
            },
            "direction": {"confidence": 0.9, "reason": "published by the agency itself"},
            "reuse": {
                "level": "edited", "original_share": 0.5, "copy_share": 0.5, "unquoted_share": 0.5,
                "original_tenths": 5, "copy_tenths": 5, "longest": 20,
                "passages": [{"original": [n, n + 9], "copy": [n, n + 9], "words": 9} for n in range(12)],
            },
            "credit": {"status": "removed"},
            "framing": {
                "altered": "yes", "score": round(self._random.random(), 3),
                "devices": [
                    {"device": device, "original": self.prose(15), "rewritten": self.prose(15), "severity": 0.5,
                     "explanation": self.prose(12)}
                    for device in devices
                ],
            },
            **({"republication": f"republication-{number:024x}"} if kind == "alert" else {}),
        }  # fmt: skip

    def questions(self) -> dict[str, Filter]:
        """What is asked for, by name."""
        return {
            "all": Filter(),
            "a common outlet": Filter(outlet="outlet 3"),
            "a rare outlet": Filter(outlet=f"outlet {OUTLETS - 1}"),
            "an outlet that is none": Filter(outlet="nobody"),
            "an agency": Filter(agency="agency5"),
            "a device": Filter(device="omission"),
            "a score that few have": Filter(score=0.999),
            "a day": Filter(since="2026-11-17T00:00:00Z", until="2026-11-18T00:00:00Z"),
            "a common word": Filter(text=self._words[0]),
            "a rare word": Filter(text=self._words[-1]),
            "a common beginning": Filter(text="e"),
            "two words and a device": Filter(text=f"{self._words[40]} {self._words[90]}", device="omission"),
            "all of these": Filter(agency="agency5", device="omission", score=0.5, text=self._words[0], language="en"),
        }


def name_of(number: int) -> str:
    """An id like those made of URLs."""
    return f"url-{number * 2_654_435_761 % (1 << 96):024x}"


def digest_of(number: int) -> str:
    """A digest."""
    return f"{number * 40_503 % (1 << 96):024x}"


def stamp(moment: datetime) -> str:
    """As events have times."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def ms(moment: datetime) -> int:
    """As Kafka has times."""
    return int(moment.timestamp() * 1000)


def take_all(store: Store, records: Iterator[Record], what: str) -> None:
    """Take records in, timing only the store, not the making of the records."""
    took, done = 0.0, 0
    while batch := list(islice(records, BATCH)):
        begun = time.perf_counter()
        store.take(batch)
        took += time.perf_counter() - begun
        done += len(batch)
        if done % 100_000 == 0:
            print(f"    {done:>9} {what}, {done / took:,.0f}/s so far", flush=True)
    print(f"{done:,} {what}: {took:.1f} s, {done / took:,.0f}/s", flush=True)


def ask(question: str, answer: Callable[[], object]) -> None:
    """Ask again and again, and print how long it took."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        answer()
        times.append(1000 * (time.perf_counter() - begun))
    print(f"  {question:<40} {statistics.median(times):8.1f} ms {max(times):8.1f} at most", flush=True)


def ask_all(store: Store, maker: Maker, texts: int) -> None:
    """Ask what the desk asks."""
    for name, chosen in maker.questions().items():
        ask(f"page of 50: {name}", lambda chosen=chosen: store.page(chosen))  # type: ignore[misc]
    deep = store.page(Filter(), f"{stamp(maker.time(0.01))}~x")
    assert deep.rows
    ask("page of 50: the last of all", lambda: store.page(Filter(), f"{stamp(maker.time(0.01))}~x"))
    ask("count: all", lambda: store.count(Filter()))
    ask("facets: all", lambda: store.facets(Filter()))
    ask("facets: a device", lambda: store.facets(Filter(device="omission")))
    row = deep.rows[0].event
    ask("event by id with both texts", lambda: store.found(row.id))
    ask("story", lambda: store.story(row.original.first))
    ask("text", lambda: store.text(name_of(texts // 2), digest_of(texts // 2)))
    ask("precision by device", lambda: store.precision("device"))


def purge(store: Store) -> None:
    """Drop what is old; the texts that events refer to stay."""
    begun, seen = time.perf_counter(), 0
    for _ in range(50):
        seen += store.purge((START + WINDOW).timestamp() + KEEP + 1)
    print(f"purge: {seen / (time.perf_counter() - begun):,.0f} texts/s")


def main() -> None:
    """Fill a store and ask it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=50_000)
    parser.add_argument("--events", type=int, default=10_000, help="half alerts, half republications")
    parser.add_argument("--scan", action="store_true", help="without the full-text index")
    given = parser.parse_args()
    maker = Maker(given.texts)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "desk.sqlite3", TOPICS, KEEP, indexed=not given.scan) as store,
    ):
        take_all(store, maker.accepted(), "texts")
        take_all(store, maker.events(given.events), "events")
        print(store.sizes())
        ask_all(store, maker, given.texts)
        purge(store)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
