"""Style, script and icon, read once and served from memory; nothing else of the disk can be asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aiohttp import web

FILES = {
    "desk.css": ("streams.desk", "static/desk.css", "text/css"),
    "desk.js": ("streams.desk", "static/desk.js", "text/javascript"),
    "icon.svg": ("streams.desk", "static/icon.svg", "image/svg+xml"),
    "texts.css": ("wirespin.page", "texts.css", "text/css"),
}
"""Name in the address to package, path in it, and media type."""


@dataclass(frozen=True)
class File:
    """A file: its bytes, its media type, and a tag that changes when it does."""

    content: bytes
    kind: str
    tag: str


@cache
def file(name: str) -> File:
    """A file; raises `KeyError` where there is none of that name."""
    package, path, kind = FILES[name]
    content = files(package).joinpath(path).read_bytes()
    return File(content, kind, hashlib.sha256(content).hexdigest()[:20])


async def show_file(request: web.Request) -> web.Response:
    """A file, or that the one the browser has is the same."""
    if request.match_info["name"] not in FILES:
        raise web.HTTPNotFound(text="no such file")
    found = file(request.match_info["name"])
    headers = {"ETag": f'"{found.tag}"', "Cache-Control": "no-cache"}
    if any(tag.value == found.tag for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    return web.Response(body=found.content, content_type=found.kind, charset="utf-8", headers=headers)
