"""The list, and its live end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

import orjson
from aiohttp import web

from streams.desk.context import DESK, TICKET, Desk
from streams.desk.filters import Filter, kind_of
from streams.desk.live import FullError, Reader, Told
from streams.desk.types import Gone
from streams.desk.view_filters import choices, told_in_words
from streams.desk.view_rows import VERDICTS, row_html, row_of
from streams.desk.views import render

HEARTBEAT = 15.0
"""Seconds between two signs of life: proxies end what is silent for a minute."""

WRITE_WITHIN = 10.0
"""Seconds that a reader may take to take what it is sent."""

RETRY_MS = 3_000
"""Milliseconds after which a browser that lost the stream asks again."""

OURS = ("before", "after")
"""Parameters of the list and of the stream that are no filters: the cursor of a page, the position in the stream."""


def filter_of(query: Mapping[str, str]) -> Filter:
    """The filter of a query.

    Raises:
        InputError: a value that a filter cannot hold, or a parameter that is none.
    """
    return Filter.from_query({name: value for name, value in query.items() if name not in OURS})


async def show_list(request: web.Request) -> web.Response:
    """A page of the list, the newest first."""
    desk, before = request.app[DESK], request.query.get("before")
    chosen, position = filter_of(request.query), desk.live.position  # asked for before the page is: none is missed
    if "" in request.query.values():  # a form sends its empty fields, too
        raise web.HTTPSeeOther("/" + (f"?{urlencode(chosen.to_query())}" if chosen.to_query() else ""))
    page = await asyncio.to_thread(desk.store.page, chosen, before)
    facets = await asyncio.to_thread(desk.store.facets, chosen)
    query = chosen.to_query()
    return render(
        request,
        "list.html",
        nav=chosen.kind,
        rows=[row_of(one) for one in page.rows],
        verdicts=VERDICTS,
        older=urlencode({**query, "before": page.next}) if page.next else None,
        first_page=before is None,
        chosen=chosen,
        choices=choices(chosen, facets),
        told=told_in_words(chosen),
        query=urlencode(query),
        total=facets.total,
        stream="/stream?" + urlencode({**query, "after": position}),
        catching_up=not desk.following.caught_up,
    )


async def stream(request: web.Request) -> web.StreamResponse:
    """Changes of the list as server-sent events: ``row``, ``leave`` and ``reset`` (load the list anew)."""
    desk, chosen = request.app[DESK], filter_of(request.query)
    after = request.headers.get("Last-Event-ID") or request.query.get("after") or desk.live.position
    try:
        with desk.live.reading() as reader:
            missed = desk.live.since(after)
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
            await response.prepare(request)
            with contextlib.suppress(TimeoutError, ConnectionError):
                async for piece in _pieces(request, reader, chosen, missed):
                    await asyncio.wait_for(response.write(piece), WRITE_WITHIN)
            return response
    except FullError:
        raise web.HTTPServiceUnavailable(
            text="too many live lists are open: close some", headers={"Retry-After": "30"}
        ) from None


async def _pieces(
    request: web.Request, reader: Reader, chosen: Filter, missed: list[Told] | None
) -> AsyncIterator[bytes]:
    """What is written, until the reader is to go."""
    desk: Desk = request.app[DESK]
    yield f"retry: {RETRY_MS}\n\n".encode()
    if missed is None:
        yield _event("reset", desk.live.position, {})
    for told in missed or ():
        yield _written(told, chosen)
    while True:
        try:
            new = await reader.next(HEARTBEAT)
        except TimeoutError:
            if desk.people and desk.sessions.who(request[TICKET]) is None and "Authorization" not in request.headers:
                return
            yield b": still here\n\n"
            continue
        if new is None:
            return
        yield _written(new, chosen)


def _written(told: Told, chosen: Filter) -> bytes:
    """A change as a filter's list sees it; nothing but its position where it is no concern of that list."""
    change = told.change
    if not isinstance(change, Gone) and kind_of(change.event) != chosen.kind:
        return f"id: {told.position}\n\n".encode()
    if isinstance(change, Gone):
        return _event("leave", told.position, {"key": change.key})
    if chosen.matches(change.event, change.disposition):
        return _event("row", told.position, {"key": change.event.key, "html": row_html(change)})
    return _event("leave", told.position, {"key": change.event.key})


def _event(kind: str, position: str, data: dict[str, str]) -> bytes:
    return f"event: {kind}\nid: {position}\ndata: {orjson.dumps(data).decode()}\n\n".encode()
