"""Small corpora and plans."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from benchmarks.quality import SETS, load
from benchmarks.window.corpus import Corpus
from benchmarks.window.plan import Plan

SEED = 7


def texts() -> list[str]:
    return [item["body"] for name in SETS for item in load(name)]


@cache
def small_corpus(seed: int = SEED) -> Corpus:
    return Corpus.of(texts(), live=0, seed=seed)


def small_plan(folder: Path, window: int = 192, live: int = 512) -> Plan:
    """A plan of made articles alone."""
    small_corpus().save(folder)
    return Plan(folder, window, live, real=False, rewrites=None, seed=SEED)
