"""What is committed: never beyond what is not finished, and everything in the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.out.webhooks.positions import Position


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=30), st.randoms())
def test_nothing_open_is_ever_passed(records: list[tuple[int, bool]], random: st.DrawFn) -> None:
    position, offset, left = Position(5), 5, set()
    last = 5
    for gap, wanted in records:  # compaction leaves gaps
        offset += gap
        if wanted:
            position.begin(offset)
            left.add(offset)
        else:
            position.passed(offset)
    order = sorted(left)
    random.shuffle(order)  # type: ignore[attr-defined]
    end = offset + 1 if records else 5
    for one in order:
        assert position.committable == min(left)
        assert position.committable >= last
        last = position.committable
        position.done(one)
        left.remove(one)
    assert position.committable == end


def test_what_is_done_twice_is_done() -> None:
    position = Position(0)
    position.begin(0)
    position.done(0)
    position.done(0)
    assert position.committable == 1
