"""HTML that is safe by construction: what is not marked as HTML is escaped when it is put in."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit


class Html(str):
    """Text that is HTML already. Only this module makes it of anything else."""

    __slots__ = ()

    def __html__(self) -> str:
        """What template engines ask text for that is HTML already (the protocol of MarkupSafe)."""
        return self


NOTHING = Html("")

VOID = frozenset({"meta", "br"})
"""Elements without content or end tag (HTML Standard, 13.1.2)."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What no HTML text may hold (HTML Standard, 13.2.3.5), besides surrogates, which UTF-8 cannot."""

_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: a headline must not turn the words beside it."""


def text(value: str) -> Html:
    """Text to the letter, escaped. Unprintable characters become U+FFFD one for one, so that offsets stay true."""
    escaped = html.escape(_UNPRINTABLE.sub("\ufffd", value), quote=True)
    return Html(escaped.replace("\r", "&#13;"))


def line(value: str) -> str:
    """Text for a line of ours, such as a headline in a heading: white space joined, marks of direction made visible."""
    return " ".join(_DIRECTION.sub("\ufffd", value).split())


def element(name: str, /, *children: str, **attributes: str | None) -> Html:
    """An element. Children that are not HTML are escaped, values of attributes always; None leaves one out.

    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    return Html(opening(name, **attributes) + ("" if name in VOID else f"{joined(*children)}</{name}>"))


def opening(name: str, /, **attributes: str | None) -> Html:
    """A start tag; names of attributes lose a last underscore, others become hyphens."""
    written = (
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{''.join(written)}>")


def joined(*children: str) -> Html:
    """Children in a row."""
    return Html("".join(child if isinstance(child, Html) else text(child) for child in children))


def link(url: str) -> Html:
    """A URL as a link, or as mere text where it leads elsewhere than to the web."""
    shown = line(url)
    if not is_web(url):
        return text(shown)
    return element("a", shown, href=url.strip(), rel="noreferrer noopener nofollow", dir="ltr")


def is_web(url: str) -> bool:
    """Whether a URL is an http or https address without white space, control characters or a user's name."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    plain = url.strip().isprintable() and " " not in url.strip()
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
