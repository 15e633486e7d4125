"""URLs of entries: made absolute, and reduced to what names the article."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 2_048
"""Characters; what most of the web cuts URLs at."""

_TRACKING = re.compile(
    r"utm_\w+|at_(?:medium|campaign|custom\d|bbc_\w+|link_\w+|ptr_name|format)|fbclid|gclid|dclid|msclkid|mc_[ce]id|"
    r"xtor|cmpid|icid|ncid|ocid|wt_?(?:mc|zmc)|wtrid|smid|igshid|yclid|_hs(?:enc|mi)|cm_mmc|ns_(?:mchannel|campaign)|"
    r"ito|traffic_source|sref|from_rss",
    re.IGNORECASE,
)
"""Query fields that say where a reader came from, not what is read."""

_FEED_MARKS = frozenset({"rss", "feed", "partner", "source", "src", "from", "cid", "ref"})
"""Query fields that name an article on some sites, and are left out only where they say no more than that a feed led
here."""

_COUNTER = re.compile(r"\d{1,4}")
_WEB = frozenset({"http", "https"})


def absolute(base: str, link: str | None) -> str | None:
    """A link of a feed as an absolute http(s) URL of at most `LONGEST` characters; None where it is none."""
    if not link or not link.strip():
        return None
    try:
        url = urljoin(base, "".join(link.split()) if "\n" in link else link.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in _WEB or not parts.hostname or len(url) > LONGEST:
        return None
    return url


def is_web(text: str) -> bool:
    """Whether a text is an http(s) URL."""
    return text[:8].lower().startswith(("http://", "https://"))


def named(url: str) -> tuple[str, str]:
    """What names an article among a feed's: the host, and the rest of its URL.

    Left out are the scheme, a leading ``www.``, the default port, fields of tracking, and a fragment that is a number:
    the BBC counts an article's editions there. Case of the path is kept, since it names articles on many sites.

    >>> named("https://www.Example.org/news/a-1?utm_source=rss&id=7#3")
    ('example.org', '/news/a-1?id=7')
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return "", url.strip()
    if port not in {None, 80, 443}:
        host = f"{host}:{port}"
    fragment = "" if _COUNTER.fullmatch(parts.fragment) else parts.fragment
    return host, urlunsplit(("", "", parts.path or "/", _query(parts.query), fragment))


def _query(query: str) -> str:
    if not query:
        return ""
    fields = parse_qsl(query[:LONGEST], keep_blank_values=True)
    return urlencode([(name, value) for name, value in fields if not _tracks(name, value)])


def _tracks(name: str, value: str) -> bool:
    if name.lower() in _FEED_MARKS and value.lower() in {"rss", "feed", "rssfeed"}:
        return True
    return _TRACKING.fullmatch(name) is not None
