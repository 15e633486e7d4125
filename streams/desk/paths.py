"""Ids as segments of a path: an article's id may hold any character, a slash, a dot alone, or a bidirectional mark.

What a browser would change (``..`` even as ``%2E%2E``, WHATWG URL, 4.4) never stands in a path: an id that is not
plain is written as ``~`` and its base64url (RFC 4648, 5).
"""

from __future__ import annotations

import base64
import binascii
import re

from schemas.errors import InputError

CODED = "~"
"""Begins a segment that is coded; no plain one does."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,199}")


def to_segment(name: str) -> str:
    """An id as a segment of a path.

    >>> to_segment("3f2a"), to_segment("https://a.example/1")
    ('3f2a', '~aHR0cHM6Ly9hLmV4YW1wbGUvMQ')
    """
    if _PLAIN.fullmatch(name):
        return name
    return CODED + base64.urlsafe_b64encode(name.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def from_segment(segment: str) -> str:
    """The id of a segment.

    Raises:
        InputError: it is none that `to_segment` writes.
    """
    if _PLAIN.fullmatch(segment):
        return segment
    coded = segment.removeprefix(CODED)
    try:
        name = base64.b64decode(coded + "=" * (-len(coded) % 4), altchars=b"-_", validate=True)
        found = name.decode("utf-8", "surrogatepass")
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise InputError("is no id", where=segment[:80], remedy="follow a link of the list") from error
    if to_segment(found) != segment:
        raise InputError("is no id", where=segment[:80], remedy="follow a link of the list")
    return found


def alert_path(event_id: str) -> str:
    """Where an event stands, alert or republication."""
    return f"/alert/{to_segment(event_id)}"


def story_path(first: str) -> str:
    """Where the story of a wire original stands."""
    return f"/story/{to_segment(first)}"


def is_local(path: str) -> bool:
    """Whether a path leads to this desk, wherever a browser would take it: ``//host`` and a backslash lead away."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
