"""The feeds of one partition of the topic of feeds, as its records make them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

import orjson
import zstandard

from schemas.base import WireRecord
from schemas.errors import RecordError
from schemas.feed import FeedConfig, FeedSeen, FeedState
from schemas.push import FeedPush
from streams.feeds.schedule import Policy, first, resumed, runs, url_of
from wirespin.identity import digest, normal_url

log = logging.getLogger(__name__)

Record = TypeVar("Record", bound=WireRecord)
Piece = Literal["config", "state", "seen", "push"]
"""The records of a feed."""


def feed_id(url: str) -> str:
    """What a feed goes by for ever: a hash of the URL that it was added by."""
    return "feed-" + digest(normal_url(url))


def key_of(feed: str, piece: Piece) -> str:
    """Key of a record in the topic."""
    return f"{feed}/{piece}"


def split_key(key: bytes | None) -> tuple[str, Piece] | None:
    """Feed and record of a key, None where it is no key of ours."""
    feed, _, piece = (key or b"").decode("utf-8", "replace").rpartition("/")
    return (feed, piece) if feed and piece in get_args(Piece) else None  # type: ignore[return-value]


def packed(entries: bytes) -> bytes:
    """What a feed has had, given as JSON, as it is kept in memory: half the bytes."""
    return zstandard.compress(entries, 1)


def unpacked(data: bytes | None) -> bytes:
    """What was packed, as JSON; an empty object for None."""
    return zstandard.decompress(data) if data else b"{}"


@dataclass(slots=True)
class Feed:
    """A feed that this worker has.

    Attributes:
        id: its name.
        config: what was asked for.
        state: how its polling stands.
        seen: what it has had, packed; None for nothing.
        push: its subscription at a hub; None for none.
    """

    id: str
    config: FeedConfig
    state: FeedState
    seen: bytes | None = None
    push: FeedPush | None = None

    @property
    def url(self) -> str:
        """The URL to ask."""
        return url_of(self.config, self.state)

    @property
    def runs(self) -> bool:
        """Whether it is polled at all."""
        return runs(self.config, self.state)


@dataclass
class Book:
    """A partition's feeds, while this worker has the partition.

    Attributes:
        partition: its number.
        feeds: by id; empty until it was read to its end.
        lost: whether the partition was taken away; nothing more is written to it then.
        ready: whether it was read to its end.
        orphans: records of feeds that are no more.
    """

    partition: int
    feeds: dict[str, Feed] = field(default_factory=dict)
    lost: bool = False
    ready: bool = False
    orphans: set[tuple[str, Piece]] = field(default_factory=set)
    _last: dict[tuple[str, Piece], bytes] = field(default_factory=dict)

    def take(self, key: bytes | None, value: bytes | None) -> None:
        """Take a record in while the partition is read for the first time: the last of a key counts."""
        place = split_key(key)
        if place is None:
            log.warning("feeds[%d]: a record under the key %r is none of ours", self.partition, key)
        elif value is None:
            self._last.pop(place, None)
        else:
            self._last[place] = packed(value) if place[1] == "seen" else value

    def open(self, policy: Policy, now: float) -> None:
        """Make the feeds of what was read."""
        for (name, piece), value in self._last.items():
            if piece == "config":
                self._make(name, value, policy, now)
        self.orphans = {(name, piece) for name, piece in self._last if piece != "config" and name not in self.feeds}
        self._last.clear()
        self.ready = True

    def configure(self, name: str, value: bytes | None, policy: Policy, now: float) -> Feed | None:
        """Take in what a person has just asked for; the feed, or None where it was removed."""
        if value is None:
            self.feeds.pop(name, None)
            return None
        config = read(FeedConfig, value, name)
        if config is None:
            return self.feeds.get(name)
        feed = self.feeds.get(name) or Feed(name, config, first(policy, now))
        feed.config, feed.state = config, resumed(feed.state, config, policy, now)
        self.feeds[name] = feed
        return feed

    def _make(self, name: str, value: bytes, policy: Policy, now: float) -> None:
        config = read(FeedConfig, value, name)
        if config is None:
            return
        state = read(FeedState, self._last.get((name, "state")), name)
        known = first(policy, now) if state is None else resumed(state, config, policy, now)
        push = read(FeedPush, self._last.get((name, "push")), name)
        self.feeds[name] = Feed(name, config, known, _entries(self._last.get((name, "seen")), name), push)


def _entries(record: bytes | None, name: str) -> bytes | None:
    """The entries of a packed record of what a feed has had, packed; a thousand such records must not take seconds."""
    if record is None:
        return None
    try:
        entries = FeedSeen.decoded(zstandard.decompress(record), where=name).get("entries")
    except RecordError as error:
        log.warning("a record of a feed is left out: %s", error)
        return None
    return packed(orjson.dumps(entries)) if isinstance(entries, dict) else None


def read(kind: type[Record], value: bytes | None, name: str) -> Record | None:
    """A record, or None where there is none or it cannot be read: one bad record must not stop a thousand feeds."""
    if value is None:
        return None
    try:
        return kind.from_bytes(value, where=name)
    except RecordError as error:
        log.warning("a record of a feed is left out: %s", error)
        return None
