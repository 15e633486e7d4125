"""Decisions about alerts, signed and sent to their topic."""

from __future__ import annotations

import asyncio

from aiohttp import web

from schemas.disposition import Disposition
from schemas.errors import BrokerError, InputError, SendError
from schemas.events import Alert, Event
from streams.desk.context import DESK, PERSON, Desk
from streams.desk.decide import disposition_of
from streams.desk.paths import alert_path, from_segment
from streams.desk.protect import checked_form
from streams.desk.routes_alert import page_of, standing
from streams.desk.types import Found

SEEN_WITHIN = 5.0
"""Seconds that a decision is waited for to come back from its topic, so that the next page shows it."""

LOOK_EVERY = 0.1
"""Seconds between two looks for it."""

TAKEN_BACK = "none"
"""The verdict that takes a decision back."""


async def decide(request: web.Request) -> web.Response:
    """Take a decision, and lead back to the alert when it is seen."""
    form = await checked_form(request)
    found, event = await standing(request, from_segment(request.match_info["name"]))
    given = form.get("verdict", ""), form.get("reason", "").replace("\r\n", "\n")
    if form.get("event") != event.id:
        problem = "the alert has changed while you read it: this is what stands now"
        return await page_of(request, found, event, status=409, problem=problem, given=given)
    try:
        said = _said(request, event, *given)
        await request.app[DESK].write(event.key, said)
    except InputError as error:
        problem = (
            "Say why it is dismissed." if given == ("dismissed", given[1]) and not given[1].strip() else str(error)
        )
        return await page_of(request, found, event, status=422, problem=problem, given=given)
    except (BrokerError, SendError):
        problem = "The broker did not confirm it, so it may not have been kept: try again."
        return await page_of(request, found, event, status=503, problem=problem, given=given)
    desk = request.app[DESK]
    desk.counts[said.verdict if said else "taken_back"] += 1
    seen = await _seen(desk, found, said)
    raise web.HTTPSeeOther(alert_path(event.id) + ("" if seen else "?sent") + "#decision")


def _said(request: web.Request, event: Event, verdict: str, reason: str) -> Disposition | None:
    """The decision, signed; None takes back.

    Raises:
        InputError: it cannot be decided so.
    """
    if verdict != TAKEN_BACK:
        return disposition_of(event, verdict, by=request[PERSON], reason=reason, at=request.app[DESK].now())
    if not isinstance(event, Alert):
        raise InputError("only alerts are decided about", where=event.id)
    return None


async def _seen(desk: Desk, found: Found, said: Disposition | None) -> bool:
    """Whether a decision has come back from its topic in time."""
    assert found.event is not None
    try:
        async with asyncio.timeout(SEEN_WITHIN):
            while await asyncio.to_thread(desk.store.disposition, found.event.key) != said:
                await asyncio.sleep(LOOK_EVERY)
    except TimeoutError:
        return False
    return True
