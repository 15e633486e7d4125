"""How a feed is, from its records: in a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from schemas.feed import FeedConfig, FeedState
from streams.feeds.schedule import DAY, FAILING

Health = Literal["new", "ok", "silent", "failing", "moved", "gone", "paused"]
"""``new`` was never polled; ``silent`` answers but has had nothing new; ``moved`` is asked at another URL now, or says
each time that it has one."""

HEALTHS: tuple[Health, ...] = get_args(Health)

SILENT_AFTER = 14 * DAY
"""Seconds without anything new after which a feed is listed as silent: a weekly column is not."""


def health(config: FeedConfig, state: FeedState | None, now: float, silent_after: float = SILENT_AFTER) -> set[Health]:
    """All that is to be said of a feed; ``ok`` where nothing else is.

    Args:
        config: what was asked for.
        state: how its polling stands; None where it never was polled.
        now: seconds since 1970.
        silent_after: seconds without anything new.
    """
    found: set[Health] = {"paused"} if config.paused else set()
    if state is None or not state.tried:
        return found or {"new"}
    if state.gone is not None and config.resumed <= state.tried:
        return found | {"gone"}
    if state.failures >= FAILING or (state.failures and not state.succeeded):  # what never worked may be a slip
        found.add("failing")
    if state.moved_to or state.redirect:
        found.add("moved")
    if state.succeeded and now - max(state.changed, config.added) > silent_after:
        found.add("silent")
    return found or {"ok"}


def count(all_of: Iterable[set[Health]]) -> dict[Health, int]:
    """How many feeds each word is said of."""
    counts = dict.fromkeys(HEALTHS, 0)
    for said in all_of:
        for word in said:
            counts[word] += 1
    return counts
