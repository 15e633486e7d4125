"""Real articles of outside files as background, in order of publication with the labelled stories among them."""

from __future__ import annotations

import lzma
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

import numpy as np
import orjson

from benchmarks.quality import GIVEN, Labelled
from schemas.article import Article

DAY = 86_400.0


@dataclass(frozen=True)
class Place:
    """An article of the mixture: when it was published (seconds, for the order), a drawn tie-breaker, where it lies."""

    time: float
    tie: float
    start: int


@dataclass
class Background:
    """Articles of outside files, spooled to disk, of which only dates and places stay in memory.

    Attributes:
        spool: their lines, uncompressed.
        places: one an article, in order of the files.
        moved: whole days by which every date was moved.
        unfit: lines without any text, left out as ingest would reject them.
    """

    spool: IO[bytes]
    places: list[Place] = field(default_factory=list)
    moved: int = 0
    unfit: int = 0

    def add(self, named: str, draw: random.Random) -> int:
        """Take in a file, named as ``FILE.jsonl.xz`` or ``FILE.jsonl.xz:N`` for its first N articles; returns how many.

        A line is a JSON object with ``text`` and ``title``, and as far as known ``id, url, source, date, subtitle``.
        """
        path, _, limit = named.partition(":")
        before = len(self.places)
        with lzma.open(path, "rb") if path.endswith(".xz") else Path(path).open("rb") as lines:
            for number, line in enumerate(islice(lines, int(limit) if limit else None)):
                row = {"file": Path(path).parent.name, "number": number, **orjson.loads(line)}
                if not any((row.get(name) or "").strip() for name in ("title", "subtitle", "text")):
                    self.unfit += 1
                    continue
                self.places.append(Place(_seconds(row.get("date")), draw.random(), self.spool.tell()))
                self.spool.write(orjson.dumps(row) + b"\n")
        return len(self.places) - before

    def move(self, times: list[float], window: float) -> None:
        """Move all dates by the whole days at which the most of them lie within `window` seconds of `times`.

        One distance for all files: their order and their gaps stay as they were.
        """
        dated = np.sort([place.time for place in self.places if np.isfinite(place.time)])
        spread = range(int((min(times) - dated[-1]) // DAY), int((max(times) - dated[0]) // DAY) + 2)
        if len(times) == 0 or window >= spread[-1] * DAY:
            return
        wanted = np.array(times)
        met = [_met(dated, wanted - days * DAY, window) for days in spread]
        self.moved = spread[int(np.argmax(met))]

    def met(self, times: list[float], window: float) -> float:
        """Background articles within `window` seconds of a time, on average over `times`."""
        dated = np.sort([place.time for place in self.places if np.isfinite(place.time)])
        return _met(dated, np.array(times) - self.moved * DAY, window) / len(times)

    def read(self, place: Place) -> Article:
        """An article, with its date moved."""
        self.spool.seek(place.start)
        return _article(orjson.loads(self.spool.readline()), self.moved)


@contextmanager
def spooled() -> Iterator[Background]:
    """An empty background on a temporary file."""
    with tempfile.TemporaryFile() as spool:
        yield Background(spool)


def mixed(background: Background, labelled: list[Labelled]) -> Iterator[Article]:
    """All articles in order of publication; those without a date come last, in drawn order."""
    entries: list[tuple[float, float, Place | Labelled]] = [
        (place.time + background.moved * DAY, place.tie, place) for place in background.places
    ]
    entries += [(datetime.fromisoformat(item["published_at"]).timestamp(), 0.0, item) for item in labelled]
    for _, _, entry in sorted(entries, key=itemgetter(0, 1)):
        if isinstance(entry, Place):
            yield background.read(entry)
        else:
            yield Article.from_data({name: entry[name] for name in GIVEN})


def _met(dated: Any, times: Any, window: float) -> float:
    return float((np.searchsorted(dated, times + window) - np.searchsorted(dated, times - window)).sum())


def _day(given: str | None) -> date | None:
    """The day of an ISO date or time, None where there is none that can be read."""
    try:
        return date.fromisoformat((given or "")[:10])
    except ValueError:
        return None


def _seconds(given: str | None) -> float:
    """Noon of a day in seconds since 1970, infinite where there is none."""
    day = _day(given)
    return datetime.combine(day, clock(12), UTC).timestamp() if day else float("inf")


def _article(row: dict[str, Any], days: int) -> Article:
    """A line as an article: a standfirst that the text does not repeat is its first paragraph."""
    text, first = row.get("text") or "", (row.get("subtitle") or "").strip()
    day = _day(row.get("date"))
    return Article.from_data(
        {
            "id": f"{row['file']}-{row.get('id', row['number'])}",
            "url": row.get("url"),
            "publisher": row.get("source"),
            "headline": row.get("title") or "",
            "body": f"{first}\n\n{text}" if first and first[:60] not in text else text,
            "published_at": str(day + timedelta(days=days)) if day else None,
        }
    )
