"""The labelled stories among real articles: ``python -m benchmarks.background --background FILE.jsonl.xz[:N] ...``.

Mixes both labelled sets into the background in order of publication, runs the whole engine without a broker and counts
what it says of the labelled articles. Every event about the background goes to ``--pairs`` for reading, and every
compared pair that did not fire to ``--near``: whether those are right only a reader can say.

The background's dates are moved, all by the same whole days, to where the labelled articles meet the most of it within
the window; ``--window 9000`` (days) lets everything meet everything, without any move that matters.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from benchmarks.chain import Chain
from benchmarks.mixing import DAY, Background, mixed, spooled
from benchmarks.quality import SETS, Labelled, load
from schemas.accepted import Accepted
from schemas.events import Alert, Event
from wirespin.reuse.overlap import Overlap
from wirespin.story.pair import Comparer, Verdict

FOREIGN = ("independent", "neighbour")
PROGRESS = 1_000
"""Articles between two lines of progress."""

Row = dict[str, Any]


class Noting(Comparer):
    """A comparer that keeps the figures of every pair it compared."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: dict[tuple[str, str], Row] = {}

    def _judge(self, source: Accepted, copy: Accepted) -> Verdict:
        verdict = super()._judge(source, copy)
        self.pairs[source.id, copy.id] = {
            "original": _who(source),
            "copy": _who(copy),
            "relation": verdict.relation,
            **measures(verdict.overlap),
        }
        return verdict


def measures(found: Overlap) -> Row:
    """The figures of an overlap, without its passages."""
    rounded = {name: value for name, value in vars(found).items() if name != "passages"}
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in rounded.items()}


def _who(accepted: Accepted) -> Row:
    article = accepted.article
    return {
        "id": accepted.id,
        "publisher": article.publisher,
        "headline": article.headline,
        "published": accepted.published,
        "agency": accepted.agency,
        "credits": sorted({credit.agency for credit in accepted.credits}),
    }


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that no later one took the place of, one a key."""
    last = {event.key: event for event in events}
    gone = {name for event in last.values() for name in event.supersedes}
    return [event for event in last.values() if event.id not in gone]


def figures(labelled: list[Labelled], events: list[Event]) -> Row:
    """What was said of the labelled articles."""
    kinds = {item["id"]: item["kind"] for item in labelled}
    source = {item["id"]: item["derived_from"] for item in labelled}
    pairs = {(event.copy_.id, event.original.id) for event in events if event.copy_.id in kinds}
    right = {(copy, name) for copy, name in pairs if source[copy] in (name, source.get(name))}
    wanted = [name for name, kind in kinds.items() if source[name] and kind != "update"]
    found = {copy for copy, _ in right}
    rewrites = [name for name in wanted if kinds[name] == "neutral_rewrite"]
    return {
        "derived articles": len(wanted),
        "recall": sum(name in found for name in wanted) / len(wanted),
        "recall of neutral_rewrite": sum(name in found for name in rewrites) / len(rewrites),
        "false pairs of independent and neighbour": len({p for p in pairs if kinds[p[0]] in FOREIGN}),
        "wrong originals": len({p for p in pairs - right if p[0] in wanted}),
        "events for update": len({p for p in pairs if kinds[p[0]] == "update"}),
        "background copies of a labelled article": len(
            {event.copy_.id for event in events if event.original.id in kinds and event.copy_.id not in kinds}
        ),
    }


def background_pairs(events: list[Event], labelled: list[Labelled], noted: dict[tuple[str, str], Row]) -> list[Row]:
    """Every standing republication with a background article in it, with its figures."""
    ours = {item["id"] for item in labelled}
    alerted = {event.republication for event in events if isinstance(event, Alert)}
    return [
        {
            **noted[event.original.id, event.copy_.id],
            "level": event.reuse.level,
            "altered": event.framing.altered,
            "score": event.framing.score,
            "alert": event.id in alerted,
            "devices": [finding.device for finding in event.framing.devices],
            "credit": event.credit.status,
            "direction": event.direction.reason,
            "confidence": event.direction.confidence,
        }
        for event in events
        if not isinstance(event, Alert) and not ours.issuperset((event.copy_.id, event.original.id))
    ]


def main() -> int:
    """Print the figures; 1 where a labelled article came out wrong."""
    given = _arguments()
    print(f"seed {given.seed}")
    labelled = [item for name in SETS for item in load(name)]
    comparer = Noting()
    with spooled() as background:
        _fill(background, given, labelled)
        events, counts = _run(background, labelled, Chain(window=given.window * DAY, comparer=comparer))
        said, pairs = figures(labelled, events), background_pairs(events, labelled, comparer.pairs)
        fired = {(row["original"]["id"], row["copy"]["id"]) for row in pairs}
        near = [row for key, row in comparer.pairs.items() if key not in fired and row["relation"] != "republication"]
        _write(given.pairs, pairs, background if given.texts else None)
        _write(given.near, near, background if given.texts else None)
    for name, value in {**said, **counts, **_counts(pairs, comparer)}.items():
        print(f"{name:44} {value:.3f}" if isinstance(value, float) else f"{name:44} {value}")
    return int(any(said[name] for name in said if name.startswith(("false", "wrong", "events"))))


def _fill(background: Background, given: argparse.Namespace, labelled: list[Labelled]) -> None:
    """Take in the named files and move their dates to the labelled stories'."""
    draw = random.Random(given.seed)
    for named in given.background:
        print(f"{background.add(named, draw)} articles of {Path(named.partition(':')[0]).parent.name}")
    times = [datetime.fromisoformat(item["published_at"]).timestamp() for item in labelled]
    if background.places:
        background.move(times, given.window * DAY)
        met = background.met(times, given.window * DAY)
        print(f"background moved by {background.moved} days: {met:.0f} within the window of a labelled article")
        print(f"{background.unfit} without any text left out")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--background", nargs="*", default=[], metavar="FILE[:N]")
    parser.add_argument("--window", type=float, default=7.0, help="days over which articles are compared")
    parser.add_argument("--seed", type=int, default=1, help="draws the order of articles of one day")
    parser.add_argument("--pairs", type=Path, help="where the events about the background go, one a line")
    parser.add_argument("--near", type=Path, help="where the compared pairs that did not fire go")
    parser.add_argument("--texts", action="store_true", help="write the bodies of those pairs too")
    return parser.parse_args()


def _run(background: Background, labelled: list[Labelled], chain: Chain) -> tuple[list[Event], Row]:
    """Events that stand at the end, and what the run took."""
    received, began, events = datetime.now(UTC), time.perf_counter(), []
    for number, article in enumerate(mixed(background, labelled), start=1):
        events += chain.take(article, received)
        if number % PROGRESS == 0:
            sys.stderr.write(f"{number} articles, {number / (time.perf_counter() - began):.0f} a second\n")
    seen = chain.placer.statistics
    return standing(events), {
        "articles": seen.articles,
        "of them the same again": seen.duplicates,
        "articles a second": seen.articles / (time.perf_counter() - began),
        "candidates an article": seen.candidates / max(1, seen.articles),
        "records of stories an article": chain.records / max(1, seen.articles),
        "stories": seen.new_stories,
        "events said": len(events),
        "peak memory (MB)": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _counts(pairs: list[Row], comparer: Noting) -> Row:
    levels = Counter(row["level"] for row in pairs)
    return {
        "pairs compared": len(comparer.pairs),
        "background pairs that fired": len(pairs),
        "of them by level": " ".join(f"{name} {count}" for name, count in sorted(levels.items())),
        "of them altered yes / unsure": f"{_altered(pairs, 'yes')} / {_altered(pairs, 'unsure')}",
        "of them alerts": sum(row["alert"] for row in pairs),
    }


def _altered(pairs: list[Row], verdict: str) -> int:
    return sum(row["altered"] == verdict for row in pairs)


def _write(path: Path | None, rows: list[Row], background: Background | None) -> None:
    """A JSON object a line; with bodies where a background is handed in."""
    if path is None:
        return
    bodies = {}
    if background is not None:
        wanted = {row[side]["id"] for row in rows for side in ("original", "copy")}
        articles = (background.read(place) for place in background.places)
        bodies = {article.id: article.body for article in articles if article.id in wanted}
    with path.open("wb") as out:
        for row in rows:
            for side in ("original", "copy"):
                if row[side]["id"] in bodies:
                    row[side]["body"] = bodies[row[side]["id"]]
            out.write(orjson.dumps(row) + b"\n")


if __name__ == "__main__":
    sys.exit(main())
