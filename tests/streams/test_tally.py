"""Counting what goes out and what is done with."""

from __future__ import annotations

import pytest

from agents.records import Outgoing
from schemas.errors import SendError
from streams.tally import Counted, Tally
from tests.support.fakes import NOON, ListOutlet, record


async def test_only_what_was_delivered_is_counted() -> None:
    tally, outlet = Tally(), ListOutlet(fails=1)
    counted = Counted(outlet, tally, lambda: NOON / 1000 + 2)
    rejected = Outgoing("rejected", "c", b"", reason="record")
    await counted.deliver([Outgoing("stories", "a", b""), Outgoing("alerts", "b", b"", arrived=NOON), rejected])
    with pytest.raises(SendError):
        await counted.deliver([rejected, Outgoing("alerts", "d", None)])
    assert tally.sent == {"stories": 1, "alerts": 1, "rejected": 1}
    assert tally.rejected == {"record": 1}
    assert not tally.withdrawn
    assert (tally.delays.count, tally.delays.total) == (1, 2.0)
    assert len(outlet.sent) == 3


def test_a_batch_counts_once_all_of_it_is_acknowledged() -> None:
    tally = Tally()
    tally.delivered([Outgoing("rejected", "c", b"", reason="record")] * 2, 0.0)
    assert not tally.outcomes
    tally.finished([record(b"", offset) for offset in range(5)], 0.5)
    tally.finished([record(b"", offset) for offset in range(3)], 0.25)
    assert tally.outcomes == {"worked": 6, "rejected": 2}
    assert (tally.batches.count, tally.batches.total) == (2, 0.75)
    assert tally.waits.count == 8
