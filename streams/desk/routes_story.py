"""The story, and how right the alerts were."""

from __future__ import annotations

import asyncio

from aiohttp import web

from streams.desk.context import DESK
from streams.desk.paths import from_segment
from streams.desk.view_precision import grouped
from streams.desk.view_rows import VERDICTS
from streams.desk.view_story import counted, entries
from streams.desk.views import render


async def show_story(request: web.Request) -> web.Response:
    """A wire story, its versions and all its copies."""
    first = from_segment(request.match_info["name"])
    story = await asyncio.to_thread(request.app[DESK].store.story, first)
    if story is None:
        raise web.HTTPNotFound(text="no copy of this story has come in, or all are older than what is kept")
    newest, original = (
        story.versions[-1] if story.versions else None,
        story.copies[0].event.original if story.copies else None,
    )
    return render(
        request,
        "story.html",
        entries=entries(story),
        counted=counted(story.copies),
        headline=newest.headline if newest else original.headline if original else "",
        wire=(newest.wire or newest.publisher) if newest else None,
        stands_in=any(one.event.original.stands_in for one in story.copies),
        verdicts=VERDICTS,
    )


async def show_precision(request: web.Request) -> web.Response:
    """How many of the alerts that people decided about were right, by device and by outlet."""
    store = request.app[DESK].store
    found = {}
    for by in ("device", "outlet"):
        whole = await asyncio.to_thread(store.precision, by, False)
        months = await asyncio.to_thread(store.precision, by, True)
        found[by] = grouped(whole, months)
    return render(request, "precision.html", found=found)


async def show_help(request: web.Request) -> web.Response:
    """What the keys, the devices and the decisions mean."""
    return render(request, "help.html")
