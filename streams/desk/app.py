"""The desk as an aiohttp application."""

from __future__ import annotations

from aiohttp import web

from streams import served
from streams.desk import (
    routes_alert,
    routes_decide,
    routes_feed,
    routes_files,
    routes_list,
    routes_login,
    routes_story,
)
from streams.desk.context import DESK, Desk
from streams.desk.protect import add_headers, check_host, know_person, tell_errors
from streams.desk.view_alert import Comparisons
from streams.served import Health

LARGEST = 65_536
"""Bytes of a form: a reason of a page, in any script, percent-encoded."""


def application(desk: Desk, health: Health) -> web.Application:
    """What answers.

    Args:
        desk: what the handlers share.
        health: what the health paths say.
    """
    app = web.Application(middlewares=[tell_errors, check_host, know_person], client_max_size=LARGEST)
    app[DESK] = desk
    app[routes_alert.COMPARISONS] = Comparisons()
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_end_streams)
    app.add_routes(served.routes(health))
    app.add_routes(
        [
            web.get("/", routes_list.show_list),
            web.get("/stream", routes_list.stream, allow_head=False),
            web.get("/alerts.atom", routes_feed.show_feed),
            web.get("/alert/{name}", routes_alert.show_alert),
            web.post("/alert/{name}/decision", routes_decide.decide),
            web.get("/alerts/{name}", routes_alert.old_path),
            web.get("/story/{name}", routes_story.show_story),
            web.get("/precision", routes_story.show_precision),
            web.get("/help", routes_story.show_help),
            web.get("/login", routes_login.show_login),
            web.post("/login", routes_login.login),
            web.post("/logout", routes_login.logout),
            web.get("/static/{name}", routes_files.show_file),
        ]
    )
    return app


async def _end_streams(app: web.Application) -> None:
    app[DESK].live.close()
