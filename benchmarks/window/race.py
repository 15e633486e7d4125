"""All engines on one window, block by block in turn."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

from benchmarks.window.plan import Plan
from benchmarks.window.settings import Setting
from benchmarks.window.worker import BLOCK, Block, Filled, Found, serve

LONGEST = 180.0
"""Seconds of timed blocks after which an engine is given no more of them."""


@dataclass(frozen=True)
class Measured:
    """One engine at one window.

    Attributes:
        setting: the engine and its setting.
        window: articles in the window.
        skipped: why it was not run; all else is empty then.
        heat: which race of the window it ran in.
        blocks: the timed blocks, the first one left out.
        recall: by group of derived articles.
    """

    setting: Setting
    window: int
    skipped: str = ""
    heat: int = 0
    filled: Filled | None = None
    blocks: list[Block] = field(default_factory=list)
    recall: dict[str, Found] = field(default_factory=dict)

    @property
    def pace(self) -> float:
        """Articles a second from words to candidates, look-up and insertion; the median block's."""
        return median(block.articles / (block.signing + block.indexing) for block in self.blocks)

    @property
    def index_pace(self) -> float:
        """Articles a second from ready signature to candidates, look-up and insertion; the median block's."""
        return median(block.articles / block.indexing for block in self.blocks)

    @property
    def mean_pace(self) -> float:
        """Articles a second from words to candidates over all blocks, so that no rare costly step is left out."""
        return self._articles / sum(block.signing + block.indexing for block in self.blocks)

    @property
    def mean_index_pace(self) -> float:
        """Articles a second from ready signature to candidates over all blocks."""
        return self._articles / sum(block.indexing for block in self.blocks)

    @property
    def candidates(self) -> float:
        """Earlier articles named for a live article."""
        return sum(block.candidates for block in self.blocks) / self._articles

    @property
    def bytes_an_article(self) -> float:
        """Memory of the index for one article of the window."""
        return self.filled.bytes / self.window if self.filled else 0.0

    @property
    def _articles(self) -> int:
        return sum(block.articles for block in self.blocks)

    def share_found(self, group: str) -> float:
        """Recall in a group of derived articles."""
        return self.recall[group].found / self.recall[group].asked if group in self.recall else 0.0


def race(plan: Plan, settings: Sequence[Setting], heat: int = 0) -> Iterator[Measured]:
    """Measure engines on one window."""
    filled: dict[Setting, tuple[Connection, Filled]] = {}
    with ExitStack() as running:
        for setting in settings:
            connection = running.enter_context(_process(plan, setting))
            try:
                filled[setting] = (connection, connection.recv())
            except EOFError:
                yield Measured(setting, plan.window, "not run: its process ended while the window was filled", heat)
        blocks = _turns(plan.live // BLOCK, {setting: connection for setting, (connection, _) in filled.items()})
        for setting, (connection, full) in filled.items():
            recall: dict[str, Found] = _call(connection, "ask")
            yield Measured(setting, plan.window, "", heat, full, blocks[setting][1:], recall)


def _turns(count: int, connections: dict[Setting, Connection]) -> dict[Setting, list[Block]]:
    """So many blocks of each, by turns."""
    done: dict[Setting, list[Block]] = {setting: [] for setting in connections}
    for number in range(count):
        for setting, connection in connections.items():
            if len(done[setting]) < 2 or sum(block.signing + block.indexing for block in done[setting]) < LONGEST:
                done[setting].append(_call(connection, number))
    return done


def _call(connection: Connection, command: object) -> Any:
    connection.send(command)
    return connection.recv()


@contextmanager
def _process(plan: Plan, setting: Setting) -> Iterator[Connection]:
    """A fresh interpreter with one engine in it."""
    fresh = multiprocessing.get_context("spawn")
    here, there = fresh.Pipe()
    process = fresh.Process(target=serve, args=(there, plan, setting), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        process.kill()
        process.join()
        here.close()
