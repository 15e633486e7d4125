"""Readers of the live list."""

from __future__ import annotations

import pytest

from streams.desk.live import MOST_KEPT, MOST_WAITING, FullError, Live
from streams.desk.types import Changes, Gone, Listed
from tests.support.desk import event


def change(number: int = 0) -> Changes:
    return Changes(changed=(Listed(event(copy=f"copy-{number}")),))


async def test_each_reader_hears_of_each_change_in_order() -> None:
    live = Live()
    with live.reading() as one, live.reading() as other:
        live.tell(Changes(changed=(Listed(event()),), gone=(Gone("k", "i"),)))
        for reader in (one, other):
            first, second = await reader.next(1), await reader.next(1)
            assert first
            assert second
            assert isinstance(first.change, Listed)
            assert second.change == Gone("k", "i")
            assert second.position == live.position
    assert len(live) == 0


async def test_who_comes_back_hears_what_was_missed_and_no_more() -> None:
    live = Live()
    start = live.position
    live.tell(change(1))
    seen = live.position
    live.tell(change(2))
    live.tell(change(3))
    assert [told.change for told in live.since(seen) or ()] == [*change(2).changed, *change(3).changed]
    assert len(live.since(start) or ()) == 3
    assert live.since(live.position) == []


@pytest.mark.parametrize("position", ["", "x", "0.0", "1", "life.", "²", "0." + "9" * 40])
def test_a_position_of_another_life_is_not_known(position: str) -> None:
    assert Live().since(position) is None


def test_positions_of_the_future_and_of_long_ago_are_not_known() -> None:
    live = Live()
    life = live.position.partition(".")[0]
    assert live.since(f"{life}.1") is None
    start = live.position
    for number in range(MOST_KEPT):
        live.tell(change(number))
    assert len(live.since(start) or ()) == MOST_KEPT
    live.tell(change())
    assert live.since(start) is None


async def test_a_slow_reader_is_dropped_and_the_others_are_not() -> None:
    live = Live()
    with live.reading() as slow, live.reading() as quick:
        for number in range(MOST_WAITING + 1):
            live.tell(change(number))
            assert await quick.next(1) is not None
        assert slow.dropped
        assert not quick.dropped
        assert await slow.next(1) is None
    assert live.dropped == 1


def test_there_is_an_end_to_readers() -> None:
    live = Live(most=1)
    with live.reading(), pytest.raises(FullError), live.reading():
        pytest.fail("one too many")
    assert live.refused == 1
    with live.reading():
        assert len(live) == 1


async def test_all_go_when_it_closes_and_quiet_is_told() -> None:
    live = Live()
    with live.reading() as reader:
        with pytest.raises(TimeoutError):
            await reader.next(0.01)
        live.close()
        assert await reader.next(1) is None
