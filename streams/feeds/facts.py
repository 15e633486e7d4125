"""What was found out about a feed, before anybody judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from schemas.accepted import DateSource
from schemas.errors import Trouble

BodyKind = Literal["xml", "html", "json", "text", "binary", "empty"]
"""What a body is by its own bytes, whatever its header says."""

Again = Literal["not_modified", "same", "changed", "failed", "not_asked"]
"""What came of asking a second time with the validators of the first answer."""


@dataclass(frozen=True)
class Answer:
    """An answer of the web.

    Attributes:
        hops: the URLs asked, the first as it was given, the last the one that answered.
        permanent: the URL that it has moved to for good, as the redirects say.
        downgraded: whether a redirect led from https to http.
        status: of the last hop.
        content_type: header of that name, None where it is missing.
        cache_control: the same.
        expires: the same.
        etag: validator that can be sent back.
        modified: the same, of Last-Modified.
        fresh_for: seconds that the server says the answer is good for.
        took: seconds.
    """

    hops: tuple[str, ...]
    permanent: str | None = None
    downgraded: bool = False
    status: int = 200
    content_type: str | None = None
    cache_control: str | None = None
    expires: str | None = None
    etag: str | None = None
    modified: str | None = None
    fresh_for: float | None = None
    took: float = 0.0


@dataclass(frozen=True)
class Refusal:
    """Why nothing could be had.

    Attributes:
        trouble: kind, as `FetchError` has it; None where a file cannot be read.
        problem: in words.
        remedy: what helps, where that is known.
        status: of the answer, if there was one.
        retry_after: seconds that the server asks to wait.
        hops: the URLs asked until then.
    """

    trouble: Trouble | None
    problem: str
    remedy: str = ""
    status: int | None = None
    retry_after: float | None = None
    hops: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """A body as it came.

    Attributes:
        size: bytes, decompressed.
        kind: what it is.
        by_header: the encoding that the content type names.
        by_document: the one that the document names (XML declaration, meta).
        real: the one that its bytes prove (a byte order mark, UTF-8 beyond ASCII, ASCII); None where they prove none.
        readable: whether the encoding that is stated first can read all of it; None where none is stated.
        links: feeds that an HTML page names as its own.
    """

    size: int
    kind: BodyKind
    by_header: str | None = None
    by_document: str | None = None
    real: str | None = None
    readable: bool | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntryFacts:
    """One entry.

    Attributes:
        name: headline, else URL, for a person to find it by.
        guid: the feed's own identifier of it.
        url: where it stands.
        full: whether the feed has its whole text.
        characters: of the text.
        raw_date: as the feed has it.
        date: how far it can be believed.
        time: when it was published, where that can be believed.
        language: as stated.
    """

    name: str
    guid: str | None = None
    url: str | None = None
    full: bool = False
    characters: int = 0
    raw_date: str | None = None
    date: DateSource = "missing"
    time: datetime | None = None
    language: str | None = None


@dataclass(frozen=True)
class FeedFacts:
    """What a parser read.

    Attributes:
        kind: the format.
        title: its name.
        home: URL of its site.
        language: stated for all entries.
        every: seconds between fetches that it asks for.
        hub: URL of its WebSub hub.
        self_url: the URL that it calls its own.
        problems: what the parser passed over.
        entries: in the document's order.
        shared: identifiers that several entries have, and how many.
    """

    kind: str
    title: str | None = None
    home: str | None = None
    language: str | None = None
    every: float | None = None
    hub: str | None = None
    self_url: str | None = None
    problems: tuple[str, ...] = ()
    entries: tuple[EntryFacts, ...] = ()
    shared: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """All that was found out about one feed.

    Attributes:
        source: URL or file.
        at: when.
        answer: None for a file, and where nothing could be had.
        refusal: why nothing could be had.
        again: what came of asking a second time.
        body: what came; None where nothing did.
        not_feed: why it is no feed.
        feed: what was read, where it is one.
        robots: whether robots.txt allows the page of an entry, None where that was not asked.
        page: that page.
        first: what the ingest topic would get of the first entry.
    """

    source: str
    at: datetime
    answer: Answer | None = None
    refusal: Refusal | None = None
    again: Again = "not_asked"
    body: Body | None = None
    not_feed: str | None = None
    feed: FeedFacts | None = None
    robots: bool | None = None
    page: str | None = None
    first: dict[str, object] | None = None
