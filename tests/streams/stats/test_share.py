"""Shares and spreads."""

from __future__ import annotations

import math
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.stats.share import LEAST, Share, Spread, Z, duration

shares = st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
seconds = st.lists(st.floats(-1e6, 1e9), max_size=50)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 2, 0.0945, 0.9055),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_known_intervals(count: int, of: int, low: float, high: float) -> None:
    """The last is of Newcombe 1998 (Statistics in Medicine 17, table I, method 3)."""
    interval = Share(count, of).interval
    assert interval is not None
    assert [round(bound, 4) for bound in interval] == [low, high]


@given(shares)
def test_an_interval_holds_its_share_and_solves_the_score_test(given_share: tuple[int, int]) -> None:
    count, of = given_share
    share = Share(count, of)
    assert share.interval is not None
    assert share.value is not None
    low, high = share.interval
    assert 0 <= low <= share.value <= high <= 1
    for bound in (low, high):
        if 0 < bound < 1:
            score = abs(share.value - bound) / math.sqrt(bound * (1 - bound) / of)
            assert math.isclose(score, Z, rel_tol=1e-6)


def test_of_few_and_of_none_there_is_no_percentage() -> None:
    assert str(Share(3, LEAST - 1)) == f"3 of {LEAST - 1}"
    assert str(Share(0, 0)) == "0 of 0"
    assert str(Share(3, 10)) == "3 of 10, 30% (11-60%)"
    assert str(Share(1, 1_000)) == "1 of 1,000, under 1% (0-1%)"
    assert Share(0, 0).to_data() == {"count": 0, "of": 0, "share": None, "low": None, "high": None}


@given(seconds)
def test_spreads(values: list[float]) -> None:
    spread = Spread.of(values)
    assert spread.n == len(values)
    if not values:
        assert spread.quartiles is None
        return
    assert spread.quartiles is not None
    low, middle, high = spread.quartiles
    assert math.isclose(middle, median(values), rel_tol=1e-9, abs_tol=1e-6)
    slack = 1e-6 * (1 + max(map(abs, values)))
    assert min(values) - slack <= low <= middle + slack
    assert middle - slack <= high <= max(values) + slack


@given(st.floats(-1e9, 1e9))
def test_durations_are_short(value: float) -> None:
    assert duration(value).split()[1] in ("s", "min", "h", "d")
