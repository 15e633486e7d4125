"""A feed in the compacted topic of feeds: what a person asked for, how its polling stands, and what it has had.

Three records of one partition under keys of their own, so that none overwrites another: ``<id>/config`` is written by
the command line, ``<id>/state`` and ``<id>/seen`` by the worker that polls the feed. Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from pydantic import Field

from schemas.base import WireRecord

MAX_URL = 2_048
"""Characters of a feed's URL; what most of the web takes."""

MAX_SEEN = 2_000
"""Entries remembered of a feed; aggregators of 180,000 feeds take no more from a document."""


class FeedConfig(WireRecord):
    """What a person asked for.

    Attributes:
        url: of the feed, as it was added. Articles carry it as their `feed`, also after the feed has moved: what they
            go by must not change.
        title: a name given by a person.
        labels: a person's own groups.
        paused: not polled until resumed.
        full_text: whether the page is fetched where the feed has only a summary; as the setting says where None.
        ignore_http_cache: ask without validators and do not listen to what the server says of freshness, for servers
            that answer "not modified" although the feed was.
        added: when.
        resumed: when it was last resumed, which also lifts the mute of a feed that was gone.
    """

    url: str = Field(pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://\S+$", max_length=MAX_URL)
    title: str | None = None
    labels: list[str] = Field(default_factory=list)
    paused: bool = False
    full_text: bool | None = None
    ignore_http_cache: bool = False
    added: float = Field(default=0.0, ge=0)
    resumed: float = Field(default=0.0, ge=0)


class FeedState(WireRecord):
    """How the polling of a feed stands.

    Attributes:
        due: when it is to be fetched next.
        interval: seconds between two fetches, as adapted to how often it has something new.
        on_time: fetches in a row that came when they were due and were answered.
        etag: validator of the last answer, to the letter.
        modified: the same of its Last-Modified.
        body_hash: of the last body that was parsed.
        fetched_whole: when it was last fetched without validators.
        tried: when it was last asked.
        succeeded: when it last answered with a feed, or that it has not changed.
        changed: when it last had something new.
        failures: since the last success, counted in fractions: temporary troubles count less.
        trouble: kind of the last failure, None after a success.
        problem: the last failure in words.
        status: HTTP status of the last answer.
        gone: when it answered 410; it is not asked any more until resumed.
        redirect: where all answers of late said that it has moved for good.
        redirect_count: how many they were.
        redirect_since: when the first of them came.
        moved_to: the URL that is asked instead of the one that was added.
        title: the feed's own name.
        home: URL of the site it belongs to.
        hub: URL of its WebSub hub.
        self_url: the URL that it calls its own.
        sent: articles sent since it was added.
        worker: who wrote this.
    """

    due: float = 0.0
    interval: float = Field(gt=0)
    on_time: int = Field(default=0, ge=0)
    etag: str | None = None
    modified: str | None = None
    body_hash: str | None = None
    fetched_whole: float = 0.0
    tried: float = 0.0
    succeeded: float = 0.0
    changed: float = 0.0
    failures: float = Field(default=0.0, ge=0)
    trouble: str | None = None
    problem: str | None = None
    status: int | None = None
    gone: float | None = None
    redirect: str | None = None
    redirect_count: int = Field(default=0, ge=0)
    redirect_since: float = 0.0
    moved_to: str | None = None
    title: str | None = None
    home: str | None = None
    hub: str | None = None
    self_url: str | None = None
    sent: int = Field(default=0, ge=0)
    worker: str = ""


class FeedSeen(WireRecord):
    """What a feed has had, so that an entry is sent once per version.

    Attributes:
        entries: an entry's key in the feed to the digest of the version that was sent last, the newest last.
    """

    entries: dict[str, str] = Field(default_factory=dict, max_length=MAX_SEEN)
