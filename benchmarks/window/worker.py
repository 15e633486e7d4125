"""A process with one engine in it: fills a window, then does on command what is timed.

Each engine has a process of its own, so that its memory is its own; blocks of all engines are timed by turns, so that
a slow minute of the machine is a slow minute for all.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import perf_counter

from benchmarks.window.articles import Article
from benchmarks.window.engines.base import Engine
from benchmarks.window.engines.making import make
from benchmarks.window.memory import held
from benchmarks.window.plan import MICRO_BATCH, Plan, Texts
from benchmarks.window.settings import Setting
from wirespin.reuse.shingles import word_hash

BLOCK = 4 * MICRO_BATCH
"""Live articles timed at one go."""


@dataclass(frozen=True)
class Filled:
    """A window that is full.

    Attributes:
        seconds: spent in the engine's insertions alone.
        words: seconds spent on shingles and signatures.
        bytes: memory that the index holds.
        own_bytes: what the engine says of it, None where it says nothing.
        real: how many of the articles are real.
    """

    seconds: float
    words: float
    bytes: int
    own_bytes: int | None
    real: int


@dataclass(frozen=True)
class Block:
    """A timed block of live articles: their number, seconds from words to signature and in the index, candidates."""

    articles: int
    signing: float
    indexing: float
    candidates: int


@dataclass(frozen=True)
class Found:
    """Of a group of derived articles: how many, how many found their original, other candidates of all of them."""

    asked: int
    found: int
    others: int


class Contestant:
    """An engine and the articles of a plan."""

    def __init__(self, plan: Plan, setting: Setting) -> None:
        self._plan = plan
        self._texts = Texts(plan)
        self._live = list(self._texts.live())
        self._setting = setting
        self._engine: Engine = make(setting, plan.window + plan.live)
        self._next = 0

    def fill(self) -> Filled:
        """Fill the window."""
        self._warm_up()
        before = held()
        gc.disable()
        signing = indexing = 0.0
        for batch in self._texts.filling():
            begin = perf_counter()
            sketches = self._engine.sketch(batch)
            signed = perf_counter()
            self._engine.fill(self._next, sketches)
            signing, indexing = signing + signed - begin, indexing + perf_counter() - signed
            self._next += len(batch)
        del sketches, batch
        holds = held() - before
        gc.freeze()  # the window is not garbage: no engine pays for walking it
        gc.enable()
        return Filled(indexing, signing, holds, self._engine.own_bytes(), self._texts.real)

    def block(self, number: int) -> Block:
        """Look up and insert a block of live articles under the clock."""
        first = number * BLOCK // MICRO_BATCH
        signing = indexing = 0.0
        candidates = articles = 0
        for batch in self._live[first : first + BLOCK // MICRO_BATCH]:
            begin = perf_counter()
            sketches = self._engine.sketch(batch)
            signed = perf_counter()
            found = self._engine.take(self._next, sketches)
            signing, indexing = signing + signed - begin, indexing + perf_counter() - signed
            candidates += sum(sum(map(at.__gt__, names)) for at, names in enumerate(found, self._next))
            self._next, articles = self._next + len(batch), articles + len(batch)
        return Block(articles, signing, indexing, candidates)

    def ask(self) -> dict[str, Found]:
        """What derived articles find in the window, by group."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        queries = self._texts.planted.queries
        for at in range(0, len(queries), MICRO_BATCH):
            some = queries[at : at + MICRO_BATCH]
            for query, names in zip(some, self._candidates([query.article for query in some]), strict=True):
                hit = self._texts.places[query.original] in names
                for group in query.groups:
                    counts[group] = [counts[group][0] + 1, counts[group][1] + hit, counts[group][2] + len(names) - hit]
        return {group: Found(*numbers) for group, numbers in counts.items()}

    def _candidates(self, articles: Sequence[Article]) -> list[set[int]]:
        return [set(names) for names in self._engine.ask(self._engine.sketch(articles))]

    def _warm_up(self) -> None:
        """Have caches and buffers filled before memory is counted."""
        for word in self._texts.words:
            word_hash(word)
        spare = make(self._setting, self._plan.window + self._plan.live)
        for batch in self._live[:4]:
            spare.take(0, spare.sketch(batch))


def serve(connection: Connection, plan: Plan, setting: Setting) -> None:
    """Do what the other end asks for: the number of a block, or `ask`. It ends this process when it has no more."""
    contestant = Contestant(plan, setting)
    connection.send(contestant.fill())
    while True:
        command = connection.recv()
        connection.send(contestant.ask() if command == "ask" else contestant.block(command))
