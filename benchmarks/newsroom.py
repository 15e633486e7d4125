"""Synthetic news for measuring speed: wire stories, what outlets make of them, and what nobody copies.

Words are the labelled sets', their order is chance, so that two articles share nothing unless one was made from the
other; lengths, paragraphs, quotations and credits are as in the sets (2.7 KB an article).
"""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from benchmarks.quality import SETS
from streams.sources import Waiting

FOLDER = Path(__file__).parent / "sets"
PARAGRAPHS = (8, 16)
WORDS = (15, 45)
"""Words of a paragraph."""

WIRES = 0.2
"""Share of what is no copy that an agency publishes."""

RECENT = 50
"""Wire stories back to which a copy may reach."""

QUOTED = 0.25
"""Share of the paragraphs that are quotations."""

AGENCIES = ("Reuters", "AFP", "The Associated Press")


@dataclass(frozen=True)
class Wire:
    """A wire story."""

    agency: str
    headline: str
    paragraphs: list[str]


class Newsroom:
    """Articles without end, a second of event time apart.

    Args:
        republished: share of the articles that are copies of a recent wire story.
        seed: of all chance.
        start: event time of the first, seconds since 1970.
    """

    def __init__(self, republished: float, seed: int, start: float) -> None:
        self._chance = random.Random(seed)
        self._words = _vocabulary()
        self._recent: deque[Wire] = deque(maxlen=RECENT)
        self._republished, self._seed, self._time = republished, seed, start
        self._number = 0

    def articles(self, count: int) -> Iterator[Waiting]:
        """The next articles."""
        for _ in range(count):
            self._number += 1
            self._time += 1.0
            name = f"{self._seed}-{self._number}"
            time = datetime.fromtimestamp(self._time, UTC)
            fields = {"id": name, "url": f"https://news.example/{name}", "published_at": time.isoformat()}
            yield Waiting(orjson.dumps(fields | self._written(name)), name, time)

    def _written(self, name: str) -> dict[str, str]:
        if self._recent and self._chance.random() < self._republished:
            return self._copied(self._chance.choice(self._recent), name)
        headline, paragraphs = self._sentence(9), [self._paragraph() for _ in range(self._chance.randint(*PARAGRAPHS))]
        if self._chance.random() >= WIRES:
            return {"publisher": f"Outlet {name}", "headline": headline, "body": "\n\n".join(paragraphs)}
        wire = Wire(self._chance.choice(AGENCIES), headline, paragraphs)
        self._recent.append(wire)
        return {"publisher": wire.agency, "headline": headline, "body": "\n\n".join(paragraphs)}

    def _copied(self, wire: Wire, name: str) -> dict[str, str]:
        """A copy that leaves paragraphs out and changes a word in some of those that it keeps."""
        kept = [self._edited(one) for one in wire.paragraphs if self._chance.random() < 0.85] or wire.paragraphs
        body = "\n\n".join([f"PRAGUE ({wire.agency}) - {kept[0]}", *kept[1:]])
        return {"publisher": f"Outlet {name}", "headline": wire.headline, "body": body}

    def _edited(self, paragraph: str) -> str:
        words = paragraph.split(" ")
        if self._chance.random() < 0.3:
            words[self._chance.randrange(len(words))] = self._chance.choice(self._words)
        return " ".join(words)

    def _paragraph(self) -> str:
        text = self._sentence(self._chance.randint(*WORDS))
        return f'"{text[:-1]}," said {self._sentence(2)}' if self._chance.random() < QUOTED else text

    def _sentence(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, k=words)).capitalize() + "."


def _vocabulary() -> list[str]:
    lines = [line for name in SETS for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines()]
    bodies = [orjson.loads(line)["body"] for line in lines]
    return sorted({word for body in bodies for word in re.findall(r"[a-z]+", body)})
