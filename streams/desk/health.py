"""How the desk is: what its health port and its metrics say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from streams.desk.context import Desk
from streams.exposition import Family, counter, gauge
from streams.health import Problem, Standstill
from streams.served import Health

DECIDED = ("confirmed", "dismissed", "watching", "taken_back")

LOGINS = {"login": "done", "login_failed": "failed"}


class Condition:
    """What is wrong with a desk, if anything.

    Args:
        desk: the desk.
        lag_timeout: seconds that records may wait, none of them read.
        clock: seconds that only grow.
    """

    def __init__(self, desk: Desk, lag_timeout: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._desk, self._limit, self._clock = desk, lag_timeout, clock
        self._standstill = Standstill(clock())
        self.sizes: Mapping[str, int] = {}

    def problems(self) -> Iterator[Problem]:
        """What is wrong."""
        following = self._desk.following
        waiting = sum(following.lag.values())
        idle = following.connected and following.caught_up and not waiting
        standing = self._standstill.update(self._clock(), sum(following.read.values()), idle=idle)
        if not following.connected:
            yield Problem("broker gone", following.trouble or "the broker does not answer")
        if not following.caught_up:
            yield Problem("catching up", f"{waiting:,} records are left to read")
        elif following.connected and standing > self._limit:
            yield Problem("lag grows", f"{waiting:,} records wait, none was read for {standing:.0f} s")

    def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether the list is as the topics are."""
        found = [asdict(problem) for problem in self.problems()]
        return not found, {"ready": not found, "problems": found}

    def status(self) -> dict[str, Any]:
        """What else is known."""
        following = self._desk.following
        told = {"connected": following.connected, "caught_up": following.caught_up, "trouble": following.trouble}
        counts = {"lag": following.lag, "read": following.read, "bad": following.bad, "restarts": following.restarts}
        return {"desk": {**told, **counts, "readers": len(self._desk.live), "sizes": dict(self.sizes)}}

    def families(self) -> Iterator[Family]:
        """The desk's own metrics. Topics are those that it follows, so labels are few."""
        desk, following = self._desk, self._desk.following
        yield gauge("wirespin_desk_lag_records", "Records not read yet, by topic.", following.lag, "topic")
        yield counter("wirespin_desk_records_total", "Records read, by topic.", following.read, "topic")
        yield counter("wirespin_desk_bad_records_total", "Records that could not be read.", following.bad, "topic")
        yield gauge("wirespin_desk_caught_up", "Whether all that was there has been read, 1 or 0.", following.caught_up)
        yield gauge("wirespin_desk_live_readers", "Open live lists.", len(desk.live))
        refused = {"dropped": desk.live.dropped, "refused": desk.live.refused}
        yield counter(
            "wirespin_desk_live_ended_total", "Live lists that were too slow, or too many.", refused, "reason"
        )
        decided = {verdict: desk.counts[verdict] for verdict in DECIDED}
        yield counter("wirespin_desk_decisions_total", "Decisions made at this desk.", decided)
        logins = {outcome: desk.counts[name] for name, outcome in LOGINS.items()}
        yield counter("wirespin_desk_logins_total", "Logins at this desk.", logins)
        if self.sizes:
            kept = {name: count for name, count in self.sizes.items() if name != "bytes"}
            yield gauge("wirespin_desk_kept", "What the store holds.", kept, "kind")
            yield gauge("wirespin_desk_store_bytes", "Size of the store's file.", self.sizes.get("bytes", 0))

    def health(self, silent: Callable[[], float] | None = None) -> Health:
        """As the health port wants it."""
        return Health(ready=self.ready, status=self.status, families=self.families, silent=silent)
