"""Decisions as people make them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.errors import BrokerError, InputError
from streams.desk.decide import disposition_of, send_disposition
from streams.settings import Settings
from tests.support.desk import decision, event


def test_a_decision_tells_what_it_was_about() -> None:
    alert = event(devices=["omission", "doubt_added", "omission"], outlet="The  Lantern")
    moment = datetime(2026, 11, 18, 12, tzinfo=UTC)
    made = disposition_of(alert, "dismissed", by=" kim ", reason=" a correction ", at=moment)
    assert (made.alert, made.event, made.by, made.reason) == (alert.key, alert.id, "kim", "a correction")
    assert (made.at, made.time) == ("2026-11-18T12:00:00Z", alert.time)
    assert (made.outlet, made.devices) == ("The Lantern", ["omission", "doubt_added"])
    assert disposition_of(event(time=None, outlet=None), "watching", by="kim").time is None


def test_what_does_not_fit_is_refused() -> None:
    for event_of, verdict, by, reason in [
        (event(), "dismissed", "kim", " "),
        (event(), "perhaps", "kim", ""),
        (event(), "confirmed", " ", ""),
        (event("republication"), "confirmed", "kim", ""),
    ]:
        with pytest.raises(InputError):
            disposition_of(event_of, verdict, by=by, reason=reason)


async def test_no_broker_is_one_clear_error() -> None:
    with pytest.raises(BrokerError, match=r"kafka://127\.0\.0\.1:9"):
        await send_disposition(Settings(broker="kafka://127.0.0.1:9"), decision(event()))
