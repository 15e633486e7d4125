"""Precision from decisions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.desk.precision import Judged, precision, wilson
from tests.support.desk import Log, decision, event, store


def test_watching_counts_as_neither_and_months_are_the_alerts_own() -> None:
    judged = [
        Judged("confirmed", "2026-10-31T23:59:59Z", ["omission", "doubt_added"]),
        Judged("dismissed", "2026-11-01T00:00:00Z", ["omission"]),
        Judged("confirmed", "2026-11-20T00:00:00Z", ["omission"]),
        Judged("watching", "2026-11-20T00:00:00Z", ["omission"]),
        Judged("dismissed", "", ["omission"]),
    ]
    monthly = [(one.name, one.month, one.confirmed, one.dismissed, one.share) for one in precision(judged, True)]
    assert monthly == [
        ("doubt_added", "2026-10", 1, 0, 1.0), ("omission", "2026-10", 1, 0, 1.0), ("omission", "2026-11", 1, 1, 0.5),
    ]  # fmt: skip
    overall = [(one.name, one.month, one.confirmed, one.dismissed) for one in precision(judged, False)]
    assert overall == [("doubt_added", None, 1, 0), ("omission", None, 2, 2)]


def test_wilson_is_as_published() -> None:
    """Newcombe 1998, Statistics in Medicine 17:857, table I."""
    for successes, trials, low, high in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
                                         (1, 29, 0.0061, 0.1718)]:  # fmt: skip
        assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 10_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_interval_holds_the_share(case: tuple[int, int]) -> None:
    low, high = wilson(*case)
    assert 0 <= low <= case[0] / case[1] + 1e-12
    assert case[0] / case[1] - 1e-12 <= high <= 1


def test_the_store_counts_by_device_and_outlet_as_the_decision_or_else_the_alert_tells(tmp_path: Path) -> None:
    told = event(copy="a", devices=["omission"], outlet="Lantern")
    bare = event(copy="b", devices=["omission", "omission", "doubt_added"], outlet="Beacon")
    later = event(copy="a", version="2", devices=["scare_quotes"], outlet="Lantern")
    log = Log()
    with store(tmp_path) as desk:
        desk.take(log.said(told, bare))
        desk.take(log.decided(decision(told, devices=["omission"], outlet="Lantern", time=told.time), decision(bare)))
        desk.take(log.said(later))
        by_device = {one.name: (one.month, one.confirmed) for one in desk.precision("device")}
        assert by_device == {"omission": ("2026-11", 2), "doubt_added": ("2026-11", 1)}
        assert [one.name for one in desk.precision("outlet", monthly=False)] == ["Beacon", "Lantern"]
