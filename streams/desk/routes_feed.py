"""The list as an Atom feed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from aiohttp import web

from streams.desk.context import DESK
from streams.desk.filters import Filter, time_of
from streams.desk.types import Page
from streams.desk.view_filters import told_in_words
from streams.out.atom import CONTENT_TYPE, atom

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was last changed."""


async def show_feed(request: web.Request) -> web.Response:
    """The newest of what a filter lets through."""
    chosen = Filter.from_query(request.query)
    page = await asyncio.to_thread(request.app[DESK].store.page, chosen)
    base = f"{request.scheme}://{request.host}"
    name = "Alerts" if chosen.kind == "alerts" else "Republications"
    title = ", ".join([f"wirespin: {name}", *(f"{label} {value}" for label, value, _ in told_in_words(chosen))])
    query = f"?{request.query_string}" if request.query_string else ""
    body = atom(
        [row.event for row in page.rows],
        self_url=f"{base}/alerts.atom{query}",
        title=title,
        updated=_updated(page),
        base_url=base,
    )
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})


def _updated(page: Page) -> datetime:
    """When the newest of the events was."""
    times = [time for row in page.rows if (time := time_of(row.event))]
    return max((datetime.fromisoformat(time) for time in times), default=BEGINNING)
