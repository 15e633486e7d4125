"""What every answer carries, and what is asked of every request."""

from __future__ import annotations

import base64
import binascii
import logging
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.typedefs import Handler

from schemas.errors import InputError
from streams.desk.context import DESK, PERSON, TICKET, Desk
from streams.desk.paths import is_local
from streams.desk.sessions import COOKIE
from streams.desk.views import error_page

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content Security Policy (level 3): nothing inline, nothing from elsewhere."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser posts forms with Origin: null (Fetch, 3.2.1)
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

OPEN = frozenset({"/live", "/ready", "/status", "/metrics", "/login"})
"""Paths that ask for no login: counts, no contents."""

UNNAMED = frozenset({"/live", "/ready", "/metrics"})
"""Paths that are asked by address, as orchestrators and Prometheus do."""

FEED = "/alerts.atom"
"""A path that feed readers ask, which log in by RFC 7617."""

SAFE = ("GET", "HEAD")


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A signal: the headers of every answer, those of errors included; what a handler set stays."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "wirespin"  # not which versions of what


@web.middleware
async def tell_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pages for errors; what is unforeseen is logged and told as nothing more than that."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        kept = {
            name: error.headers[name] for name in ("Allow", "Retry-After", "WWW-Authenticate") if name in error.headers
        }
        return error_page(request, error.status, error.text or error.reason, kept)
    except InputError as error:
        return error_page(request, 400, str(error))
    except ConnectionResetError:  # the reader went away
        raise
    except Exception:
        log.exception("%s %s", request.method, request.path)  # not the query, which may hold what is searched for
        return error_page(request, 500, "something went wrong here; the log tells what")


@web.middleware
async def check_host(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse to be asked by another name."""
    if request.path not in UNNAMED and not request.app[DESK].hosts.admits(request.host):
        raise web.HTTPMisdirectedRequest(
            text="the desk does not go by that name: ask for localhost, or set WIRESPIN_DESK_ALLOWED_HOSTS"
        )
    return await handler(request)


@web.middleware
async def know_person(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find out who asks, and send those that nobody knows to the login."""
    desk = request.app[DESK]
    request[TICKET] = request.cookies.get(COOKIE, "") if desk.people else ""
    if person := _person(request, desk):
        request[PERSON] = person
    elif request.path not in OPEN and not request.path.startswith("/static/"):
        raise _unknown(request)
    return await handler(request)


async def checked_form(request: web.Request) -> dict[str, str]:
    """The fields of a form that was sent from a page of this desk.

    Raises:
        web.HTTPForbidden: it was not.
    """
    if not from_here(request):
        raise web.HTTPForbidden(text="the form was sent from another site")
    form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    if not request.app[DESK].sessions.is_stamp(request[TICKET], form.get("stamp", "")):
        raise web.HTTPForbidden(
            text="the form is older than your login or than the desk: go back, load it anew, send it"
        )
    return form


def from_here(request: web.Request) -> bool:
    """Whether a browser says that a request comes from this desk; those that say nothing are not browsers of today."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    return origin is None or origin.partition("://")[2] == request.host


def _person(request: web.Request, desk: Desk) -> str | None:
    if desk.people is None:
        return desk.person
    if known := desk.sessions.who(request[TICKET]):
        return known if known in desk.people else None
    return _by_basic(request, desk) if request.method in SAFE else None


def _by_basic(request: web.Request, desk: Desk) -> str | None:
    """Who sends name and token with the request itself (RFC 7617), as feed readers and scripts do."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    address = request.remote or ""
    if desk.people is None or scheme.casefold() != "basic" or desk.attempts.wait(address):
        return None
    try:
        name, _, token = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    if desk.people.named(token) == name:
        return name
    desk.attempts.failed(address)
    return None


def _unknown(request: web.Request) -> web.HTTPException:
    """Where those go that nobody knows."""
    page = request.method in SAFE and request.path not in ("/stream", FEED)
    if page and "Authorization" not in request.headers:
        wanted = request.path_qs
        query = "?" + urlencode({"next": wanted}) if wanted != "/" and is_local(wanted) else ""
        return web.HTTPSeeOther("/login" + query)
    asks = {"WWW-Authenticate": 'Basic realm="wirespin desk", charset="UTF-8"'}
    return web.HTTPUnauthorized(text="log in first", headers=asks if request.method in SAFE else None)
