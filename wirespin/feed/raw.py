"""An entry as the feed has it, whatever the format: between the formats' readers and `wirespin.feed.entry`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RawText:
    """A text of an entry.

    Attributes:
        value: as it stands in the feed.
        markup: whether it is HTML, or may be.
        whole: whether the format says that it is all of the article.
    """

    value: str
    markup: bool = True
    whole: bool = False


@dataclass(frozen=True)
class RawEntry:
    """What an entry states, unjudged.

    Attributes:
        guid: its identifier.
        link: absolute URL of the article.
        title: its headline.
        texts: its texts, whole or not.
        date: the words of its date.
        date_source: the element or field that the date stands in.
        authors: names of its authors.
        language: BCP 47 tag.
        publisher: who published it, where the entry itself says so.
        credit: the source that its text is credited to.
    """

    guid: str | None = None
    link: str | None = None
    title: RawText = RawText("")
    texts: tuple[RawText, ...] = ()
    date: str | None = None
    date_source: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    credit: str | None = None


@dataclass(frozen=True)
class RawFeed:
    """What a document states, unjudged; the fields are those of `wirespin.feed.types.ParsedFeed`."""

    entries: tuple[RawEntry, ...] = ()
    title: str | None = None
    home: str | None = None
    language: str | None = None
    every: float | None = None
    hub: str | None = None
    self_url: str | None = None
    problems: tuple[str, ...] = ()
    authors: tuple[str, ...] = field(default=())
