"""A piece that stood in many articles, and what is remembered of those while boilerplate is learned."""

from __future__ import annotations

import heapq
from array import array
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from wirespin.text.boilerplate_runs import Run
from wirespin.text.pieces import KEY_WORDS, Piece

SAMPLE = 12
"""Articles of each candidate that are looked at closely."""

LEAST_WORDS = 8
"""Telling words that the rest of an article must have to show that it tells another story."""

ALIKE = 0.2
"""Share of the rest's telling words from which two articles may tell the same story. Between articles of one outlet
on different matters it is 0.02 to 0.12, between versions of one story 0.3 and more."""


class Key(NamedTuple):
    """What is counted: the outlet, and a whole piece, or the words that one begins or ends with."""

    outlet: str
    form: Literal["whole", "opening", "ending"]
    text: str

    def words_of(self, piece: Piece) -> tuple[int, int]:
        """The slice of words that this covers of a piece."""
        if self.form == "opening":
            return piece.first, piece.first + KEY_WORDS
        return (piece.last - KEY_WORDS if self.form == "ending" else piece.first), piece.last


@dataclass(frozen=True)
class Host:
    """An article that a candidate stood in.

    Attributes:
        order: a number that orders articles at random, the same in every run.
        words: signature of the telling words of what else it says.
        day: when it was published, ISO 8601.
    """

    order: int
    words: array[int]
    day: str | None


class Printed(NamedTuple):
    """How a candidate stood in an article.

    Attributes:
        text: the piece, or what it begins or ends with.
        line: whether it was a whole line.
        quoted: whether it stood inside quotation marks.
        telling: its telling words.
        echoed: those of them that stand in the rest of the article too.
    """

    text: str | Run
    line: bool
    quoted: bool
    telling: int
    echoed: int


@dataclass
class Candidate:
    """What is known of a piece.

    Attributes:
        articles: that it stood in.
        lines: of those, where it was a whole line.
        quoted: of those, where it stood inside quotation marks.
        telling: telling words in all of them.
        echoed: of those, how many stood in the rest of the article too.
        first: earliest day.
        last: latest day.
        hosts: the articles with the smallest numbers, each with the piece as it stood there.
    """

    articles: int = 0
    lines: int = 0
    quoted: int = 0
    telling: int = 0
    echoed: int = 0
    first: str | None = None
    last: str | None = None
    hosts: list[tuple[int, Host, str | Run]] = field(default_factory=list)

    def note(self, host: Host, printed: Printed) -> None:
        """Count one more article."""
        self.articles += 1
        self.lines += printed.line
        self.quoted += printed.quoted
        self.telling += printed.telling
        self.echoed += printed.echoed
        if host.day is not None:
            self.first = min(self.first or host.day, host.day)
            self.last = max(self.last or host.day, host.day)
        entry = (-host.order, host, printed.text)
        if len(self.hosts) < SAMPLE:
            heapq.heappush(self.hosts, entry)
        elif entry[0] > self.hosts[0][0]:
            heapq.heapreplace(self.hosts, entry)

    @property
    def texts(self) -> list[str | Run]:
        """The piece as it stood in the articles looked at."""
        return [text for _, _, text in sorted(self.hosts, key=lambda entry: -entry[0])]

    def stories(self) -> int:
        """How many of the articles looked at tell different stories, so that no two share much of their other words."""
        kept: list[frozenset[int]] = []
        for _, host, _ in sorted(self.hosts, key=lambda entry: -entry[0]):
            words = frozenset(host.words)
            if len(words) >= LEAST_WORDS and all(likeness(words, other) < ALIKE for other in kept):
                kept.append(words)
        return len(kept)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Estimated share of words in common (Jaccard) of two signatures of smallest hashes (Broder 1997)."""
    size = min(len(one), len(other))
    smallest = sorted(one | other)[:size]
    return sum(value in one and value in other for value in smallest) / size if size else 1.0
