"""wirespin's rolling index."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.window.articles import Article
from wirespin.reuse.index import RollingIndex
from wirespin.reuse.sketch import Sample, sample
from wirespin.text.document import Document

WINDOW = 7 * 86_400.0
"""Seconds, the program's default."""


class Wirespin:
    """The index as `agents/match` drives it.

    Args:
        articles: how many it will be given, which sets how fast its time goes.
    """

    def __init__(self, articles: int) -> None:
        self._index = RollingIndex(WINDOW)
        self._step = WINDOW / (articles + 1)

    def sketch(self, articles: Sequence[Article]) -> list[Sample]:
        """The kept hashes of each article."""
        return [sample(_document(article)) for article in articles]

    def fill(self, first: int, sketches: list[Sample]) -> None:
        """Add the articles, each a story of its own."""
        numbers = range(first, first + len(sketches))
        self._index.extend(sketches, self._times(numbers), numbers)

    def take(self, first: int, sketches: list[Sample]) -> list[list[int]]:
        """Look the micro-batch up and add it in one pass, then say of each article that it is a story of its own."""
        numbers = range(first, first + len(sketches))
        found = self._index.take(sketches, self._times(numbers))
        for number in numbers:
            self._index.settle(number, number)
        self._index.expire()
        return [[match.document for match in matches] for matches in found]

    def ask(self, sketches: list[Sample]) -> list[list[int]]:
        """Candidates of each."""
        now = self._index.watermark
        return [[match.document for match in self._index.find(taken, now)] for taken in sketches]

    def own_bytes(self) -> int:
        """What the index says it holds."""
        return self._index.statistics().bytes

    def _times(self, numbers: range) -> list[float]:
        """Event times of articles, one step after the other."""
        return [number * self._step for number in numbers]


def _document(article: Article) -> Document:
    """A document whose words are known already: taking text apart is not what is measured."""
    document = Document(body="")
    vars(document).update(tokens=article.tokens, quoted=article.quoted)
    return document
