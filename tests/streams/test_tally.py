"""Counting what goes out and what a rebuild takes in."""

from __future__ import annotations

import pytest

from agents.records import Outgoing
from schemas.errors import SendError
from streams.tally import Counted, Tally
from tests.support.fakes import ListOutlet


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
