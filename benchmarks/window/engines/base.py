"""What the benchmark asks of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from benchmarks.window.articles import Article
from wirespin.reuse.shingles import WORDS_A_SHINGLE, Hashes, distinct, shingle_hashes

Sketches = Any
"""What an engine keeps of a micro-batch of articles: its own form, which nobody else looks into."""


class Engine(Protocol):
    """An index of near-duplicates that is asked and filled in micro-batches."""

    def sketch(self, articles: Sequence[Article]) -> Sketches:
        """Shingle the articles and make their signatures."""

    def fill(self, first: int, sketches: Sketches) -> None:
        """Take a micro-batch in, numbered from `first`, without asking."""

    def take(self, first: int, sketches: Sketches) -> list[list[int]]:
        """Take a micro-batch in and name, for each article, the earlier ones that may share text with it.

        Numbers that are no earlier article's may stand among them (the article itself, later ones of its batch).
        """

    def ask(self, sketches: Sketches) -> list[list[int]]:
        """Candidates of each article, which is not taken in."""

    def own_bytes(self) -> int | None:
        """Bytes that the engine says it holds; None where it does not say."""


def shingles(article: Article) -> Hashes:
    """The distinct shingles of an article, the same for all engines: 64-bit hashes of its word 4-grams."""
    return distinct(shingle_hashes(article.tokens, WORDS_A_SHINGLE))[0]
