"""Counting what goes out and what a rebuild takes in."""

from __future__ import annotations

import pytest

from agents.records import Outgoing, Record
from schemas.errors import SendError
from streams.tally import Counted, Tally
from tests.support.fakes import ListOutlet, record


async def test_only_what_was_delivered_is_counted() -> None:
    tally, outlet = Tally(), ListOutlet(fails=1)
    counted = Counted(outlet, tally)
    await counted.deliver(
        [Outgoing("stories", "a", b""), Outgoing("stories", "b", b""), Outgoing("rejected", "c", b"")]
    )
    with pytest.raises(SendError):
        await counted.deliver([Outgoing("stories", "d", b"")])
    assert tally.sent == {"stories": 2, "rejected": 1}
    assert len(outlet.sent) == 3


def test_restoring_is_counted_where_a_record_is_unfit_too() -> None:
    tally = Tally()
    taken: list[Record] = []

    def restore(state: list[Record], one: Record) -> None:
        if one.value is None:
            raise ValueError("a tombstone")
        state.append(one)

    counted = tally.counting(restore)
    counted(taken, record(b"a"))
    with pytest.raises(ValueError, match="tombstone"):
        counted(taken, record(None))
    assert (tally.restored, len(taken)) == (2, 1)
