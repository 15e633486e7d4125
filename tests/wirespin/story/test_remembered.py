"""What is remembered, and what has to go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirespin.story.remembered import Remembered


def test_a_value_is_made_once_while_it_is_among_the_last_used() -> None:
    made: list[str] = []
    kept = Remembered[str, str](2)

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    def get(key: str) -> str:
        return kept.get(key, lambda: make(key))

    assert [get(key) for key in "abacab"] == list("ABACAB")
    assert made == list("abcb")  # "b" went when "c" came, since "a" had been used after it


def test_one_heavy_value_is_kept_alone() -> None:
    kept = Remembered[str, int](10, lambda value: value)
    for key, weight in (("a", 4), ("b", 5), ("c", 400)):
        kept.get(key, lambda weight=weight: weight)  # type: ignore[misc]
    assert len(kept) == 1
    assert kept.get("c", lambda: 0) == 400
    kept.get("d", lambda: 3)
    assert len(kept) == 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30))))
def test_the_weight_stays_within_the_limit(asked: list[tuple[int, int]]) -> None:
    kept = Remembered[int, int](50, lambda value: value)
    for key, weight in asked:
        assert kept.get(key, lambda weight=weight: weight) >= 0  # type: ignore[misc]
        held = [value for value, _ in kept._values.values()]
        assert sum(held) <= 50 or len(held) == 1
        assert sum(held) == kept._weight
