"""Counts by upper bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.spread import Spread

BOUNDS = (0.5, 1.0, 10.0)


@given(st.lists(st.floats(-1, 100)))
def test_each_value_is_counted_under_all_bounds_that_it_is_not_above(values: list[float]) -> None:
    spread = Spread(BOUNDS)
    for value in values:
        spread.add(value)
    assert spread.at_most == {bound: sum(value <= bound for value in values) for bound in BOUNDS}
    assert spread.count == len(values)
    assert spread.total == pytest.approx(sum(values))
