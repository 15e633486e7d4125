"""The leak loop in short: a dozen windows of synthetic articles, and what is held after four of them."""

from __future__ import annotations

import tracemalloc

import pytest

from benchmarks.leak import BATCH, WINDOWS, Reading, articles, loop, slope
from wirespin.reuse import index

COUNT = 960


def test_memory_is_flat_after_the_first_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SMALL", 0)
    tracemalloc.start()
    try:
        readings = loop(COUNT, seed=3, kept_arrivals=10, every=COUNT // WINDOWS // 2, judged=0.0)
        held = [(reading, tracemalloc.get_traced_memory()[0]) for reading in readings]
    finally:
        tracemalloc.stop()
    steady = held[len(held) // 3 :]
    assert len(steady) >= WINDOWS
    assert max(reading.indexed for reading, _ in steady) <= 1.2 * COUNT / WINDOWS + BATCH
    assert max(reading.texts for reading, _ in steady) <= 4 * COUNT / WINDOWS
    early, late = steady[: len(steady) // 2], steady[len(steady) // 2 :]
    assert max(size for _, size in late) < 1.15 * max(size for _, size in early)


def test_the_synthetic_articles_are_the_same_every_time() -> None:
    assert list(articles(20, 5, 1.0)) == list(articles(20, 5, 1.0))
    assert list(articles(20, 5, 1.0)) != list(articles(20, 6, 1.0))


def test_the_slope_is_the_growth_an_article() -> None:
    assert slope([Reading(n, 1_000 + 3 * n, 0, 0, 0) for n in range(0, 100, 10)]) == pytest.approx(3)
