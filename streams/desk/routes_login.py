"""Logging in with a token, and out."""

from __future__ import annotations

import math

from aiohttp import web

from streams.desk.context import DESK, PERSON, TICKET
from streams.desk.paths import is_local
from streams.desk.protect import checked_form, from_here
from streams.desk.sessions import COOKIE, HOURS
from streams.desk.views import render

LONGEST = 1_000
"""Characters of a token that are looked at."""


async def show_login(request: web.Request) -> web.Response:
    """The form, or the list for who needs none."""
    if PERSON in request:
        raise web.HTTPSeeOther(_next(request.query.get("next", "/")))
    return render(request, "login.html", next=_next(request.query.get("next", "/")), problem="")


async def login(request: web.Request) -> web.Response:
    """Log in: a right token gives a cookie that no script can read and no other site can have sent."""
    if not from_here(request):
        raise web.HTTPForbidden(text="the form was sent from another site")
    desk, address = request.app[DESK], request.remote or ""
    form = await request.post()
    wanted, token = _next(str(form.get("next", "/"))), str(form.get("token", ""))[:LONGEST].strip()
    if desk.people is None:
        raise web.HTTPSeeOther(wanted)
    if wait := desk.attempts.wait(address):
        headers = {"Retry-After": str(math.ceil(wait))}
        raise web.HTTPTooManyRequests(text=f"too many wrong tokens: try again in {math.ceil(wait)} s", headers=headers)
    name = desk.people.named(token)
    if name is None:
        desk.attempts.failed(address)
        desk.counts["login_failed"] += 1
        return render(request, "login.html", status=401, next=wanted, problem="Nobody has that token.")
    desk.counts["login"] += 1
    response = web.HTTPSeeOther(wanted)
    seconds = int(HOURS * 3_600)
    response.set_cookie(
        COOKIE, desk.sessions.begin(name), max_age=seconds, httponly=True, samesite="Strict", secure=request.secure
    )
    raise response


async def logout(request: web.Request) -> web.Response:
    """End the session."""
    await checked_form(request)
    request.app[DESK].sessions.end(request[TICKET])
    response = web.HTTPSeeOther("/login")
    response.del_cookie(COOKIE, httponly=True, samesite="Strict")
    raise response


def _next(path: str) -> str:
    """Where to go on: a page of this desk, whatever was asked for."""
    return path if is_local(path) else "/"
