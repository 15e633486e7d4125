"""Re-issues and templates on a real wire: ``python -m benchmarks.reuters --articles FILE.jsonl.xz [--pairs OUT]``.

Streams Reuters-21578 (one JSON object a line: ``id``, ``date_iso``, ``title``, ``dateline``, ``text``) in order of time
through the engine without a broker, and tells for each pair that meets at a story whether it is an own update, a
template or neither. All articles are of one agency: every event is an error. Constants were chosen on odd days of the
month (of the later article); the figures to report are those of even days. The texts are not shipped.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

from benchmarks.chain import WINDOW
from schemas.accepted import Accepted
from schemas.article import Article
from wirespin.accept import accept
from wirespin.story.decide import handle
from wirespin.story.library import Library
from wirespin.story.pair import Comparer
from wirespin.story.place import Arrival, Placer

RECEIVED = datetime(1988, 1, 1, tzinfo=UTC)
"""Arrival of all: after the last of them, or their dates were held to lie in the future."""

BANDS = (0.3, 0.5, 0.7, 0.9, 1.01)
"""Bounds of the shared share of 4-grams by which agreement with computed labels is told."""

Row = dict[str, Any]


@dataclass
class Found:
    """What came of the stream: pairs by name, and what the engine said and counted."""

    pairs: list[Row] = field(default_factory=list)
    relations: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    events: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"accept": 0.0, "match": 0.0, "judge": 0.0})


def rows(path: Path) -> list[Row]:
    """The lines of a file, packed or not."""
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return [orjson.loads(line) for line in data.splitlines()]


def wire(given: list[Row]) -> Iterator[Article]:
    """Articles in order of time; a line that begins with a blank begins a paragraph."""
    for row in sorted(given, key=lambda row: (row["date_iso"] or "9", row["id"])):
        text = re.sub(r"\n[ \t]+", "\n\n", row["text"].strip("\n"))
        if text.strip() or row["title"].strip():
            yield Article(
                id=str(row["id"]),
                publisher="Reuters",
                headline=row["title"],
                body=f"{row['dateline'] or ''} {text}".strip(),
                published_at=f"{row['date_iso']}Z" if row["date_iso"] else None,
                language="en",
            )


def stream(articles: Iterator[Article]) -> Found:
    """Run them through accept, match and judge, and name what each pair that met came to."""
    placer, library, comparer, found = Placer(WINDOW), Library(WINDOW), Comparer(), Found()
    record, clock = 0, time.perf_counter
    for offset, article in enumerate(articles):
        begun = clock()
        accepted = accept(article, RECEIVED)
        taken = clock()
        [items] = placer.place([Arrival.of(accepted, 0, offset)])
        placed = clock()
        met: dict[str, Accepted] = {}
        for item in items:
            output = handle(item, record, library, comparer)
            record += 1
            found.relations += output.relations
            found.events += len(output.events)
            members = library.story(item.story).members
            met |= {one.uid: members[one.uid].accepted for one in item.candidates if one.uid in members}
        judged = clock()
        for name, spent in (("accept", taken - begun), ("match", placed - taken), ("judge", judged - placed)):
            found.seconds[name] += spent
        found.pairs += [pair(earlier, accepted, comparer) for earlier in met.values()]
        found.articles += 1
    return found


def pair(earlier: Accepted, later: Accepted, comparer: Comparer) -> Row:
    """A pair by its ids, and what it is."""
    kind = "neither"
    if comparer.is_update(earlier, later):
        kind = "own_update"
    elif comparer.other_facts(earlier, later):
        kind = "template"
    even = later.published is not None and datetime.fromisoformat(later.published).day % 2 == 0
    return {"earlier": earlier.id, "later": later.id, "is": kind, "even": even}


def agreement(pairs: list[Row], silver: list[Row]) -> Iterator[str]:
    """How many of the pairs of each band of computed overlap are called own updates."""
    called = {frozenset((row["earlier"], row["later"])): row["is"] for row in pairs}
    for low, high in pairwise(BANDS):
        band = [row for row in silver if low <= row["containment4_min"] < high]
        kinds = Counter(called.get(frozenset((str(row["id_a"]), str(row["id_b"]))), "not met") for row in band)
        yield f"  {low:.1f} to {min(high, 1.0):.1f}: {len(band):5} pairs  {dict(sorted(kinds.items()))}"


def report(found: Found, seed: int, silver: list[Row]) -> Iterator[str]:
    """The figures, in lines."""
    total = sum(found.seconds.values())
    spent = ", ".join(f"{name} {spent:.0f} s" for name, spent in found.seconds.items())
    yield f"{found.articles} articles, {found.articles / total:.0f} a second ({spent}); events: {found.events}"
    yield f"counted by judge at the stories: {dict(found.relations)}"
    for name, even in (("odd days (tuned on)", False), ("even days (reported)", True)):
        kinds = Counter(row["is"] for row in found.pairs if row["even"] == even)
        yield f"{name}: {sum(kinds.values())} pairs  {dict(sorted(kinds.items()))}"
    if silver:
        yield "shared share of 4-grams (both ways) of computed pairs, all days:"
        yield from agreement(found.pairs, silver)
    pick = random.Random(seed)
    for kind, others in (("own_update", False), ("anything else", True)):
        pool = [row for row in found.pairs if row["even"] and (row["is"] != "own_update") == others]
        pool.sort(key=lambda row: (int(row["later"]), int(row["earlier"])))
        chosen = " ".join(f"{row['earlier']}-{row['later']}" for row in pick.sample(pool, min(25, len(pool))))
        yield f"25 to read of {kind} (seed {seed}): {chosen}"


def main(arguments: list[str]) -> int:
    """Print the figures; 1 where an article was said to be a copy of one of the same agency."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reuters", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=Path, required=True, help="Reuters-21578, JSON lines, may be packed with xz")
    parser.add_argument("--silver", type=Path, help="pairs by computed overlap: id_a, id_b, containment4_min")
    parser.add_argument("--pairs", type=Path, help="where to write all pairs, one JSON object a line")
    parser.add_argument("--seed", type=int, default=1, help="which pairs are drawn to be read")
    parser.add_argument("--first", type=int, help="only so many articles")
    asked = parser.parse_args(arguments)
    found = stream(wire(rows(asked.articles)[: asked.first]))
    for line in report(found, asked.seed, rows(asked.silver) if asked.silver else []):
        print(line)
    if asked.pairs:
        asked.pairs.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in found.pairs))
    return int(found.events > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
