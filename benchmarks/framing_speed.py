"""Pairs a second of the framing comparison: ``python -m benchmarks.framing_speed [--repeats N] [--profile]``.

The labelled sets' derived articles against their originals, on one core, everything on. An original's analysis is
cached, as judge caches it; the copy's is done anew each time, from its text on. Prints the median of the repeats, in
seconds of the processor: other programs take their share of the clock, and none of these.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks.quality import SETS, articles, load
from wirespin.accept import accept
from wirespin.framing import FramingView, compare_framing
from wirespin.story.pair import to_document
from wirespin.text.document import Document

REPEATS = 5
LINES = 25
"""Functions that a profile names."""

Given = tuple[FramingView, Document]


def pairs() -> list[Given]:
    """Derived articles with the views of their originals."""
    received, found = datetime.now(UTC), []
    for name in SETS:
        items = load(name)
        document = {article.id: to_document(accept(article, received)) for article in articles(items)}
        views = {item["id"]: FramingView(document[item["id"]]) for item in items if item["kind"] == "original"}
        found += [(views[item["derived_from"]], document[item["id"]]) for item in items if item["derived_from"]]
    return found


def once(given: Sequence[Given]) -> float:
    """Pairs a second, the copies analysed anew."""
    fresh = [(view, _again(copy)) for view, copy in given]
    start = time.process_time()
    for view, copy in fresh:
        compare_framing(view, FramingView(copy))
    return len(fresh) / (time.process_time() - start)


def _again(document: Document) -> Document:
    """The same text, of which nothing is known yet."""
    return Document(document.body, document.headline, document.spans, document.language)


def main(arguments: list[str] | None = None) -> int:
    """Print the rate, and where the time goes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--profile", action="store_true", help="tell which functions take the time")
    given = parser.parse_args(arguments)
    known = pairs()
    once(known)
    rates = [once(known) for _ in range(given.repeats)]
    words = statistics.median(len(copy.tokens) for _, copy in known)
    print(f"{statistics.median(rates):.0f} pairs/s, median of {[round(rate) for rate in rates]};")
    print(f"{len(known)} pairs, copies of {words:.0f} words in the median")
    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(once, known)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(LINES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
