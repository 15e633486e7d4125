"""wirespin's rolling index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
        for number, taken in enumerate(sketches, first):
            self._index.add(taken, number * self._step, number)

    def take(self, first: int, sketches: list[Sample]) -> list[list[int]]:
        """Look the micro-batch up in one pass, then find and add one article after the other."""
        candidates = []
        for number, (taken, found) in enumerate(zip(sketches, self._look_up(sketches), strict=True), first):
            matches = self._index.find(taken, number * self._step, **found)
            candidates.append([match.document for match in matches])
            self._index.add(taken, number * self._step, number)
        return candidates

    def _look_up(self, sketches: list[Sample]) -> list[dict[str, Any]]:
        if hasattr(self._index, "look_up"):
            return [{"found": found} for found in self._index.look_up(sketches)]
        return [{} for _ in sketches]

    def ask(self, sketches: list[Sample]) -> list[list[int]]:
        """Candidates of each."""
        now = self._index.watermark
        found = self._look_up(sketches)
        pairs = zip(sketches, found, strict=True)
        return [[match.document for match in self._index.find(taken, now, **hit)] for taken, hit in pairs]

    def own_bytes(self) -> int:
        """What the index says it holds."""
        return self._index.postings() * 13


def _document(article: Article) -> Document:
    """A document whose words are known already: taking text apart is not what is measured."""
    document = Document(body="")
    vars(document).update(tokens=article.tokens, quoted=article.quoted)
    return document
