"""What is to be done about a subscription, and what becomes of it: pure functions of records and time."""

from __future__ import annotations

import hmac
import secrets
from typing import Literal
from urllib.parse import urlsplit

from schemas.feed import FeedConfig, FeedState
from schemas.push import FeedPush
from streams.feeds.schedule import DAY, runs, url_of

Todo = Literal["subscribe", "unsubscribe"]

LEASE = 10 * DAY
"""Seconds asked for; hubs commonly grant five to ten days and decide by themselves (WebSub, 5.1)."""

SHORTEST, LONGEST = 300.0, 30 * DAY
"""Seconds of a lease that are believed: a shorter one would be renewed without end, a longer one never."""

RENEW_IN = 0.2
"""Share of a lease that is left when it is renewed: of ten days two, so a hub may be down for a day."""

UNANSWERED = 3_600.0
"""Seconds until a hub that was asked, and has not verified, is asked again; doubled each time, at most a week."""

DENIED = 7 * DAY
"""Seconds until a hub that refused is asked again."""

MISSES = 3
"""Polls in a row that found what the hub had not delivered, after which it is no longer relied on."""

RELAXED = 4.0
"""How many times longer the interval of a feed is while its hub delivers."""

TOKEN_BYTES, SECRET_BYTES = 24, 32
"""Random bytes of the end of a callback, and of a secret (under 200 bytes when written, WebSub, 5.1)."""


def wanted(config: FeedConfig, state: FeedState, base: str) -> tuple[str, str] | None:
    """Hub and topic that a feed should be subscribed at, None where it should not."""
    if not base or not runs(config, state) or not state.hub:
        return None
    hub, topic = state.hub, state.self_url or url_of(config, state)
    return (hub, topic) if _is_web(hub) and _is_web(topic) else None


def todo(config: FeedConfig, state: FeedState, push: FeedPush | None, base: str, now: float) -> Todo | None:
    """What is to be done now.

    Args:
        config: what was asked for of the feed.
        state: how its polling stands.
        push: its subscription, if any.
        base: URL that callbacks begin with; empty where there are none.
        now: seconds since 1970.
    """
    goal = wanted(config, state, base)
    if push is None:
        return "subscribe" if goal else None
    if goal is None:
        return "unsubscribe"
    if (push.hub, push.topic) != goal or not push.callback.startswith(base.rstrip("/") + "/"):
        return "subscribe"
    return "subscribe" if now >= next_request(push) else None


def next_request(push: FeedPush) -> float:
    """When the hub is to be asked next, in seconds since 1970."""
    if push.status == "denied":
        return push.asked + DENIED
    again = push.asked + min(DENIED, UNANSWERED * 2 ** min(10, push.attempts - 1)) if push.attempts else 0.0
    if push.status == "active":
        return max(again, push.expires - RENEW_IN * (push.expires - push.confirmed))
    return again


def asked(feed: str, push: FeedPush | None, goal: tuple[str, str], base: str, now: float) -> FeedPush:
    """The subscription as it is when the hub is asked: the same callback and secret again where it is only renewed.

    A renewal leaves one that is active as it is, for it goes on until it ends.
    """
    hub, topic = goal
    start = base.rstrip("/") + "/"
    if push is not None and (push.hub, push.topic) == goal and push.callback.startswith(start):
        status = "active" if push.status == "active" and now < push.expires else "asked"
        return push.model_copy(update={"status": status, "asked": now, "attempts": push.attempts + 1})
    callback = f"{start}{feed}/{secrets.token_urlsafe(TOKEN_BYTES)}"
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return FeedPush(hub=hub, topic=topic, callback=callback, secret=secret, asked=now, attempts=1)


def verified(push: FeedPush, lease: float | None, now: float) -> FeedPush:
    """The subscription after the hub has verified it (WebSub, 5.3)."""
    length = min(LONGEST, max(SHORTEST, lease or LEASE))
    changes = {
        "status": "active",
        "confirmed": now,
        "expires": now + length,
        "attempts": 0,
        "reason": None,
        "missed": 0,
    }
    return push.model_copy(update=changes)


def refused(push: FeedPush, status: Literal["denied", "failed"], reason: str) -> FeedPush:
    """The subscription after the hub has refused it, or could not be asked; one still running goes on if it failed."""
    goes_on = status == "failed" and push.status == "active" and push.asked < push.expires
    return push.model_copy(update={"status": "active" if goes_on else status, "reason": reason[:500]})


def delivered(push: FeedPush, now: float) -> FeedPush:
    """The subscription after a delivery."""
    return push.model_copy(update={"delivered": now, "deliveries": push.deliveries + 1, "missed": 0})


def polled(push: FeedPush, fresh: int) -> FeedPush:
    """The subscription after a poll that found so many entries which the hub had not delivered."""
    return push.model_copy(update={"missed": push.missed + 1}) if fresh else push


def delivers(push: FeedPush | None, now: float) -> bool:
    """Whether the hub can be relied on."""
    return push is not None and push.status == "active" and now < push.expires and push.missed < MISSES


def relaxed(due: float, now: float, push: FeedPush | None, most: float) -> float:
    """When a feed is polled next, later where its hub delivers.

    Args:
        due: when it would be without a hub.
        now: seconds since 1970.
        push: its subscription.
        most: seconds between two polls at most.
    """
    if not delivers(push, now):
        return due
    return max(due, now + min(most, RELAXED * (due - now)))


def is_callback(push: FeedPush, token: str) -> bool:
    """Whether a callback ends as this subscription's does; compared in constant time."""
    return hmac.compare_digest(push.callback.rpartition("/")[2].encode(), token.encode())


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
