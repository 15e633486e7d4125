"""The page of an event, and the same as a file and as JSON."""

from __future__ import annotations

import asyncio

from aiohttp import web

from schemas.disposition import MAX_REASON
from schemas.events import Event
from streams.desk.context import DESK
from streams.desk.paths import alert_path, from_segment, to_segment
from streams.desk.types import Found
from streams.desk.view_alert import Comparisons, Shown, stand_alone
from streams.desk.view_rows import VERDICTS
from streams.desk.views import render
from wirespin.page import style_hash

COMPARISONS = web.AppKey("comparisons", Comparisons)

FILE_POLICY = (
    f"default-src 'none'; style-src {style_hash()}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Of the stand-alone page, which has its style within itself."""

FORMS = (".html", ".json")
"""Ends of a path that ask for another form; no segment of ours holds a dot."""


async def show_alert(request: web.Request) -> web.Response:
    """An event as a page, as a file of its own (``.html``), or as it stands on its topic (``.json``)."""
    name = request.match_info["name"]
    form = next((end for end in FORMS if name.endswith(end)), "")
    found, event = await standing(request, from_segment(name.removesuffix(form)))
    if not form:
        return await page_of(request, found, event)
    if not found.current:
        raise web.HTTPSeeOther(alert_path(event.id) + form)
    return await _file(found, event) if form == ".html" else _json(event)


async def old_path(request: web.Request) -> web.Response:
    """Where feeds and hooks say that an event stands."""
    raise web.HTTPPermanentRedirect(alert_path(request.match_info["name"]))


async def standing(request: web.Request, event_id: str) -> tuple[Found, Event]:
    """What is known of an id, and the event that stands.

    Raises:
        web.HTTPNotFound: the id was never seen here.
        web.HTTPGone: the event was withdrawn.
    """
    found = await asyncio.to_thread(request.app[DESK].store.found, event_id)
    if found is None:
        raise web.HTTPNotFound(text="no event of this id has come in, or it is older than what is kept")
    if found.event is None:
        raise web.HTTPGone(text="this event was withdrawn: it no longer stands")
    return found, found.event


async def page_of(
    request: web.Request,
    found: Found,
    event: Event,
    *,
    status: int = 200,
    problem: str = "",
    given: tuple[str, str] = ("", ""),
) -> web.Response:
    """The page of an event.

    Args:
        request: asks for it.
        found: what is known.
        event: the event that stands.
        status: of the answer.
        problem: what is wrong with the decision that was sent, if anything.
        given: verdict and reason as they were sent.
    """
    shown = await asyncio.to_thread(request.app[COMPARISONS].shown, request.app[DESK].store, found, event)
    verdict, reason = given
    return render(
        request,
        "alert.html",
        status=status,
        shown=shown,
        event=event,
        segment=to_segment(event.id),
        decided=found.disposition,
        verdicts=VERDICTS,
        problem=problem,
        verdict=verdict or _standing_verdict(shown),
        reason=reason,
        longest=MAX_REASON,
        sent="sent" in request.query,
    )


def _standing_verdict(shown: Shown) -> str:
    decided = shown.found.disposition
    return decided.verdict if decided and not shown.found.earlier else ""


async def _file(found: Found, event: Event) -> web.Response:
    html = await asyncio.to_thread(stand_alone, found, event)
    if html is None:
        raise web.HTTPNotFound(text="a text is no longer at hand, so there is no page of both")
    headers = {"Content-Security-Policy": FILE_POLICY}
    return web.Response(body=html.encode(), headers=headers, content_type="text/html", charset="utf-8")


def _json(event: Event) -> web.Response:
    return web.Response(body=event.to_bytes(), content_type="application/json")
