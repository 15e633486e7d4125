"""Who published an article: an agency itself, or which outlet."""

from __future__ import annotations

from urllib.parse import urlsplit

from wirespin.text.tokens import fold
from wirespin.wire.agencies import Agency, agency_named, agency_of_host

_FRONT_DOORS = ("www.", "m.", "mobile.", "amp.")


def publishing_agency(publisher: str | None, url: str | None) -> Agency | None:
    """The agency that published an article itself, or None for everybody else.

    Args:
        publisher: the publisher's name; an agency only where the whole name is one ("AP Herald" is a newspaper).
        url: where the article stands; an agency where the host is one of its domains or lies under one.
    """
    named = agency_named(publisher) if publisher else None
    return named or (agency_of_host(_host(url)) if url else None)


def outlet(publisher: str | None, url: str | None) -> str | None:
    """The outlet that an article stands at: the host of its URL, else its publisher's name folded, else None.

    >>> outlet("The Lantern", "https://www.lantern.example/a/1"), outlet("The  Lantern", None)
    ('lantern.example', 'the lantern')
    """
    host = _host(url).lower() if url else ""
    for door in _FRONT_DOORS:
        host = host.removeprefix(door)
    return host or " ".join(fold(publisher or "").split()) or None


def _host(url: str) -> str:
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
