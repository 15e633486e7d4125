"""Decisions of people about alerts, sent to their topic."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import ValidationError

from schemas.base import explain
from schemas.disposition import Disposition
from schemas.errors import InputError
from schemas.events import Event
from streams.client import Producer
from streams.desk.filters import outlet_of, time_of
from streams.settings import Settings
from streams.topics import declared


def disposition_of(alert: Event, verdict: str, *, by: str, reason: str = "", at: datetime | None = None) -> Disposition:
    """A decision about an alert, with what it was about.

    Args:
        alert: the alert as it was looked at.
        verdict: confirmed, dismissed or watching.
        by: who decided.
        reason: why; needed to dismiss.
        at: when; now where None.

    Raises:
        InputError: one of them does not fit, or the event is no alert.
    """
    if getattr(alert, "type", None) != "alert":
        raise InputError("only alerts are decided about", where=alert.id, remedy="decide about the event's alert")
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    given = {
        "alert": alert.key, "event": alert.id, "verdict": verdict, "by": by.strip(), "reason": reason.strip(),
        "at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "time": time_of(alert) or None, "outlet": outlet_of(alert) or None,
        "devices": list(dict.fromkeys(finding.device for finding in alert.framing.devices)),
    }  # fmt: skip
    try:
        return Disposition.model_validate(given)
    except ValidationError as error:
        raise InputError(explain(error), where="disposition", remedy="correct it and decide again") from error


async def send_disposition(settings: Settings, disposition: Disposition) -> None:
    """Send a decision and return when the broker has it on all its replicas.

    Raises:
        BrokerError: the broker cannot be reached or lacks the topic.
        SendError: delivery was not confirmed in time; it may have arrived.
    """
    await _send(settings, disposition.alert, disposition.to_bytes())


async def take_back(settings: Settings, alert: str) -> None:
    """Take back what was decided about the alert of a key; raises as `send_disposition`."""
    await _send(settings, alert, None)


async def _send(settings: Settings, key: str, value: bytes | None) -> None:
    topic = declared(settings)["dispositions"].name
    async with Producer(settings, [topic]) as producer:
        await producer.confirm([await producer.send(topic, value, key=key)])
