"""The two pages as they answer now, and whether the quoted texts still stand on them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from schemas.errors import FeedError, FetchError
from schemas.events import Event
from streams.evidence.layout import to_json
from streams.evidence.warc import archive
from streams.web.types import Ask, Fetched
from wirespin.feed.encoding import decoded
from wirespin.feed.head import head_of
from wirespin.text.html import to_text
from wirespin.text.tokens import tokenize

Side = Literal["original", "copy"]
Stands = Literal["exact", "same words", "not found"]
"""How a quoted text stands on a page: to the letter but for white space; with other punctuation or case; or not."""

NOT_FOUND = (
    "'not found' says that the text is not on the page as it was answered now. It may have been taken out, or stand "
    "behind a wall, on another page, or be put there by a script, which was not run."
)
"""What must be known to read the answer."""


class Pages(Protocol):
    """What fetches pages, robots.txt respected."""

    async def page(self, ask: Ask) -> Fetched:
        """The answer; raises FetchError."""


@dataclass(frozen=True)
class Visit:
    """One attempt to have a page.

    Attributes:
        side: whose page.
        url: that was asked, None where the event knows none.
        at: when it was asked, UTC.
        answer: what was answered, None where it could not be had.
        reason: why it could not be had.
    """

    side: Side
    url: str | None
    at: datetime
    answer: Fetched | None = None
    reason: str | None = None


async def fetched_pages(
    event: Event, pages: Pages, agent: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> dict[str, bytes]:
    """Ask for both pages and make the bundle's files about them; a page that cannot be had is told with its reason.

    Args:
        event: names both URLs.
        pages: fetches; guarded, and robots.txt respected.
        agent: User-Agent that it sends, for the archive.
        now: the time, UTC.
    """
    visits = [
        await _visit("original", event.original.url, pages, now),
        await _visit("copy", event.copy_.url, pages, now),
    ]
    told = {"note": NOT_FOUND, "pages": {visit.side: about(visit, event) for visit in visits}}
    return {"pages.json": to_json(told), "pages.warc.gz": archive(visits, agent)}


def about(visit: Visit, event: Event) -> dict[str, Any]:
    """What a visit came to, and for each text quoted of that side how it stands on the page."""
    told: dict[str, Any] = {"asked": visit.url, "at": visit.at.isoformat(timespec="seconds").replace("+00:00", "Z")}
    if visit.answer is None:
        return told | {"had": False, "reason": visit.reason}
    answer = visit.answer
    told |= {"had": True, "answered_by": answer.final, "status": answer.status, "bytes": len(answer.body or b"")}
    try:
        text = page_text(answer.body or b"", answer.headers, answer.final)
    except FeedError as error:
        return told | {"text": str(error), "quoted": []}
    return told | {"quoted": _quoted(event, visit.side, text)}


def page_text(body: bytes, headers: Mapping[str, str], url: str) -> str:
    """The title of a page and what a reader sees of it.

    Raises:
        FeedError: its characters cannot be read.
    """
    page, _ = decoded(body, headers, url)
    return f"{head_of(page, url).title or ''}\n\n{to_text(page)}"


def stands(quoted: str, text: str) -> Stands:
    """How a quoted text stands in a page's text.

    >>> stands("he “denied” it", "Yesterday he “denied” it."), stands("he denied it", "He “denied” it.")
    ('exact', 'same words')
    """
    if _spaced(quoted) in _spaced(text):
        return "exact"
    words = _words(quoted)
    return "same words" if words.strip() and words in _words(text) else "not found"


async def _visit(side: Side, url: str | None, pages: Pages, now: Callable[[], datetime]) -> Visit:
    at = now()
    if url is None:
        return Visit(side, None, at, reason="the article came without a URL")
    try:
        return Visit(side, url, at, await pages.page(Ask(url, "page")))
    except FetchError as error:
        return Visit(side, url, at, reason=f"{error.trouble}: {error}")


def _quoted(event: Event, side: Side, text: str) -> list[dict[str, Any]]:
    texts: Sequence[tuple[int, str]] = [
        (number, finding.original if side == "original" else finding.rewritten)
        for number, finding in enumerate(event.framing.devices, 1)
    ]
    return [{"finding": number, "quoted": quoted, "stands": stands(quoted, text)} for number, quoted in texts if quoted]


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _words(text: str) -> str:
    return f" {' '.join(token.norm for token in tokenize(text))} "
