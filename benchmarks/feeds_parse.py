"""Entries read per second of processor time, beside plain feedparser on the same documents.

Run: python -m benchmarks.feeds_parse [--entries 200] [--rounds 3]
"""

from __future__ import annotations

import argparse
import io
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser

from schemas.errors import FeedError
from wirespin.feed.parse import parse_feed

FEEDS = Path(__file__).parents[1] / "tests" / "fixtures" / "feeds"
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
KINDS = {".xml", ".rdf", ".atom"}


def documents() -> list[bytes]:
    """The fixtures that both readers can read."""
    found = []
    for path in sorted(FEEDS.iterdir()):
        data = path.read_bytes()
        if path.suffix in KINDS and _entries(data) and feedparser.parse(io.BytesIO(data)).entries:
            found.append(data)
    return found


def large(entries: int) -> list[bytes]:
    """The WordPress fixture with its one entry so many times, each under a guid of its own."""
    data = (FEEDS / "wordpress.xml").read_bytes()
    start, end = data.index(b"<item>"), data.index(b"</item>") + len(b"</item>")
    items = b"".join(data[start:end].replace(b"?p=4711", b"?p=%d" % number) for number in range(entries))
    return [data[:start] + items + data[end:]]


def _entries(data: bytes) -> int:
    try:
        return len(parse_feed(data, {}, "https://feed.example/", NOW).entries)
    except FeedError:
        return 0


def _plain(data: bytes) -> int:
    return len(feedparser.parse(io.BytesIO(data)).entries)


def rate(read: Callable[[bytes], int], texts: list[bytes], rounds: int) -> float:
    """Entries a second of processor time."""
    began, entries = time.process_time(), 0
    for _ in range(rounds):
        entries += sum(map(read, texts))
    return entries / (time.process_time() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    for name, texts in (("fixtures", documents()), (f"{options.entries} entries with text", large(options.entries))):
        plain, ours = rate(_plain, texts, options.rounds), rate(_entries, texts, options.rounds)
        print(f"{name}: {ours:,.0f} entries/s to articles, feedparser alone {plain:,.0f}, ratio {ours / plain:.2f}")


if __name__ == "__main__":
    main()
