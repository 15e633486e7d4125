"""A feed's subscription at its hub (W3C WebSub), beside the feed's other records in the compacted topic of feeds.

It stands under ``<id>/push`` and is written by the worker that polls the feed. Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import WireRecord

PushStatus = Literal["asked", "active", "denied", "failed"]
"""``asked``: the hub has not come back to verify it; ``denied``: the hub refused; ``failed``: it could not be asked."""


class FeedPush(WireRecord):
    """How a subscription stands.

    Attributes:
        status: what the hub last did.
        hub: URL of the hub.
        topic: what is subscribed to: the URL that the feed calls its own.
        callback: where the hub delivers; its end is known to the hub and to us only.
        secret: what deliveries are signed with.
        asked: when the hub was last asked.
        confirmed: when the hub last verified it.
        expires: when it ends, unless it is renewed; 0 before it was verified.
        attempts: requests in a row that came to nothing.
        reason: why it was denied or failed, in words.
        delivered: when the hub last delivered something that was signed as it should be.
        deliveries: how many there were.
        missed: polls in a row that had something new which the hub had not delivered.
    """

    status: PushStatus = "asked"
    hub: str
    topic: str
    callback: str
    secret: str = Field(repr=False)
    asked: float = 0.0
    confirmed: float = 0.0
    expires: float = 0.0
    attempts: int = Field(default=0, ge=0)
    reason: str | None = None
    delivered: float = 0.0
    deliveries: int = Field(default=0, ge=0)
    missed: int = Field(default=0, ge=0)
