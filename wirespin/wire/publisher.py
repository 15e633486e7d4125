"""Was an article published by an agency itself?"""

from __future__ import annotations

from urllib.parse import urlsplit

from wirespin.wire.agencies import Agency, agency_named, agency_of_host


def publishing_agency(publisher: str | None, url: str | None) -> Agency | None:
    """The agency that published an article itself, or None for everybody else.

    Args:
        publisher: the publisher's name; an agency only where the whole name is one ("AP Herald" is a newspaper).
        url: where the article stands; an agency where the host is one of its domains or lies under one.
    """
    named = agency_named(publisher) if publisher else None
    return named or (agency_of_host(_host(url)) if url else None)


def _host(url: str) -> str:
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
