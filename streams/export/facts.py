"""What follows from an event's fields."""

from __future__ import annotations

from schemas.events import Event
from wirespin.dates import seconds
from wirespin.identity import event_key

KNOWN_TO_THE_MINUTE = "published_at"
"""The one source of a date that is known to the minute (`schemas.accepted.DateSource`)."""


def delay(event: Event) -> float | None:
    """Seconds from the original's publication to the copy's, negative where the copy's is the earlier one.

    None unless both are known to the minute: a day, or a time of no stated zone, is off by hours.
    """
    sides = (event.original, event.copy_)
    first, second = (seconds(side.published) for side in sides)
    if first is None or second is None or any(side.date_source != KNOWN_TO_THE_MINUTE for side in sides):
        return None
    return second - first


def alert_key(event: Event) -> str:
    """Key of the alert about an event's copy and original, under which is decided (`schemas.disposition`)."""
    return event_key("alert", event.copy_.id, event.original.first)
