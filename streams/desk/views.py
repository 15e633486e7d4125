"""Templates: everything that is put into a page is escaped, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from streams.desk.context import DESK, PERSON, TICKET
from streams.desk.paths import alert_path, story_path
from wirespin import plain
from wirespin.page.markup import Html, element, is_web, line, text

HERE = Path(__file__).parent

SHOWN = 300
"""Characters of a headline or a name in a list."""


_SECONDS = re.compile(r"(\d\d:\d\d):\d\d UTC")


@cache
def environment() -> Environment:
    """Templates with what they may call. What is not there is an error, not an empty place."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(line=line, short=short, query=urlencode)
    made.globals.update(plain=plain, alert_path=alert_path, story_path=story_path, is_web=is_web, moment=moment)
    return made


def render(request: web.Request, template: str, *, status: int = 200, **values: object) -> web.Response:
    """A page.

    Args:
        request: tells who is logged in.
        template: its name.
        status: of the answer.
        values: what the template names.
    """
    desk = request.app[DESK]
    about = {
        "person": request.get(PERSON),
        "logs_in": desk.people is not None,
        "stamp": desk.sessions.stamp(request.get(TICKET, "")),
        "path": request.path,
    }
    html = fill(template, **about, **values)
    return web.Response(text=html, status=status, content_type="text/html", charset="utf-8")


def fill(template: str, **values: object) -> str:
    """A template, filled."""
    return environment().get_template(template).render(values)


def error_page(request: web.Request, status: int, said: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A page that says what is wrong."""
    response = render(request, "error.html", status=status, code=status, said=said)
    response.headers.update(headers or {})
    return response


def short(value: str, most: int = SHOWN) -> str:
    """A text for a line of a list: white space joined, marks of direction made visible, not endless."""
    joined = line(value[: 4 * most])
    return joined if len(joined) <= most else joined[: most - 1].rstrip() + "…"


def moment(published: str | None, source: str) -> Html:
    """A time of publication, no more exact than it is known, and for a list to the minute."""
    shown = _SECONDS.sub(r"\1 UTC", plain.date(published, source))
    return element("time", shown, datetime=published) if published else text(shown)


def _printable(value: object) -> object:
    """What no HTML text may hold becomes U+FFFD; what is HTML already stays."""
    return text(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
