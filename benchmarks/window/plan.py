"""Which articles stand in the window, which come after it, and who must be found: the same for every engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from benchmarks.window.articles import Article
from benchmarks.window.corpus import Corpus
from benchmarks.window.planted import Planted, labelled, passages, together

MICRO_BATCH = 64
"""Articles looked up in one pass."""

FILLING, LIVE = 0, 1
"""Streams of made articles."""


@dataclass(frozen=True)
class Plan:
    """One measurement, small enough to be sent to a process.

    Attributes:
        folder: where the corpus was saved.
        window: articles in the window.
        live: articles that come after it, looked up and inserted under the clock.
        real: whether real texts may stand in the window, or only serve to make others.
        rewrites: file of rewritten passages, None where there is none.
        seed: of all that is drawn.
    """

    folder: Path
    window: int
    live: int
    real: bool
    rewrites: Path | None
    seed: int


class Texts:
    """The articles of a plan.

    Attributes:
        words: all words of the corpus.
        planted: originals in the window and the articles derived from them.
        places: where in the window each original stands.
        real: real articles handed out by `filling` so far.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._corpus = Corpus.load(plan.folder, plan.seed)
        self.words = self._corpus.vocabulary.words()
        self.planted: Planted = together([labelled()] + [passages(path) for path in (plan.rewrites,) if path])
        step = plan.window / len(self.planted.originals)
        self.places = [int((number + 0.5) * step) for number in range(len(self.planted.originals))]
        self.real = 0

    def live(self) -> Iterator[list[Article]]:
        """Live articles: real ones that stand nowhere else, or made ones of a stream of their own."""
        real = self._corpus.live() if self._plan.real else iter(())
        yield from batches(islice(chain(real, self._corpus.made(LIVE)), self._plan.live))

    def filling(self) -> Iterator[list[Article]]:
        """The window's articles in order, the originals at their places."""
        planted = dict(zip(self.places, self.planted.originals, strict=True))
        background = chain(self._real(), self._corpus.made(FILLING))
        yield from batches(planted[at] if at in planted else next(background) for at in range(self._plan.window))

    def _real(self) -> Iterator[Article]:
        if self._plan.real:
            for article in self._corpus.real():
                self.real += 1
                yield article


def batches(articles: Iterator[Article]) -> Iterator[list[Article]]:
    """Micro-batches."""
    while some := list(islice(articles, MICRO_BATCH)):
        yield some
