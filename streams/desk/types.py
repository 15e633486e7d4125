"""What the desk's store answers with, and what it tells of a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.accepted import Accepted
from schemas.disposition import Disposition
from schemas.events import Event


@dataclass(frozen=True)
class Listed:
    """A standing event as a list shows it.

    Attributes:
        event: an `Alert` or a `Republication`.
        disposition: what was decided about it, None where nothing was; only alerts have one.
        replaces: in `Changes`, the id that this one took the place of; None elsewhere.
    """

    event: Event
    disposition: Disposition | None = None
    replaces: str | None = None

    @property
    def earlier(self) -> bool:
        """Whether the decision was about an earlier version of the event."""
        return self.disposition is not None and self.disposition.event != self.event.id


@dataclass(frozen=True)
class Page:
    """Some events, the newest first.

    Attributes:
        rows: the events.
        next: what to ask for the following page with, None where there is none.
    """

    rows: tuple[Listed, ...]
    next: str | None = None


@dataclass(frozen=True)
class Found:
    """What is known of an event's id, also where it no longer stands.

    Attributes:
        id: the id that was asked for.
        event: the event that stands now under its key: with this id if `current`, else the one that came in its
            place; None where it was withdrawn.
        original: the version of the wire story that the event measures against, its sketch left out; None where the
            text is not at hand.
        copy: the article made from it; None likewise.
        disposition: what was decided about the alert.
    """

    id: str
    event: Event | None
    original: Accepted | None = None
    copy: Accepted | None = None
    disposition: Disposition | None = None

    @property
    def current(self) -> bool:
        """Whether the id asked for is the one that stands."""
        return self.event is not None and self.event.id == self.id

    @property
    def current_id(self) -> str | None:
        """The id that stands under the same key, None where the event was withdrawn."""
        return self.event.id if self.event else None

    @property
    def earlier(self) -> bool:
        """Whether the decision was about an earlier version of the event."""
        return self.event is not None and Listed(self.event, self.disposition).earlier


@dataclass(frozen=True)
class Version:
    """A version of a wire story that events were measured against, or that is at hand as a text of the same id.

    Attributes:
        id: the article's id.
        digest: of its headline and body; `id` and `digest` name the text.
        number: its place among the versions as the events count them, from 1; None where no event names it.
        headline: its headline.
        published: when, UTC, ISO 8601; None where not known.
        publisher: who published it.
        agency: key of its agency.
        wire: the agency's name.
        url: where it stands.
        at_hand: whether `Store.text` has it.
    """

    id: str
    digest: str
    number: int | None
    headline: str
    published: str | None
    publisher: str | None
    agency: str | None
    wire: str | None
    url: str | None
    at_hand: bool


@dataclass(frozen=True)
class Copied:
    """A copy of a story.

    Attributes:
        event: the republication that stands; the alert where only that has come so far.
        alert: the alert that stands about it, None where there is none.
        disposition: what was decided about the alert.
    """

    event: Event
    alert: Event | None = None
    disposition: Disposition | None = None


@dataclass(frozen=True)
class Story:
    """A wire story and what was made of it.

    Attributes:
        first: id of its first version, by which it is asked for.
        versions: of the wire story, in order of time, undated ones last.
        copies: in order of their publication, undated ones last.
    """

    first: str
    versions: tuple[Version, ...]
    copies: tuple[Copied, ...]


Counts = tuple[tuple[str, int], ...]
"""Values with how many events have them, the most frequent first, ties by name."""


@dataclass(frozen=True)
class Facets:
    """What can be filtered by. Each is counted under the filter without its own condition, at most the first 200.

    Attributes:
        total: events that the whole filter lets through.
        agencies: keys of agencies.
        outlets: as `streams.desk.filters.outlet_of` has them.
        devices: events that have at least one finding of the device.
        languages: of the copies.
        verdicts: of the decisions, and ``undecided``.
    """

    total: int
    agencies: Counts
    outlets: Counts
    devices: Counts
    languages: Counts
    verdicts: Counts


@dataclass(frozen=True)
class Precision:
    """How many of the alerts that people decided about were right.

    Attributes:
        name: the device, or the outlet.
        month: of the alerts' event time, as 2026-11; None for all months together.
        confirmed: alerts that were confirmed.
        dismissed: alerts that were dismissed. Those that are being watched count as neither.
        share: confirmed of both together, 0..1.
        low: lower end of its 95 % interval (Wilson 1927).
        high: upper end.
    """

    name: str
    month: str | None
    confirmed: int
    dismissed: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Gone:
    """An event that was withdrawn.

    Attributes:
        key: its key.
        id: the id that stood.
    """

    key: str
    id: str


@dataclass(frozen=True)
class Changes:
    """What a batch of records changed, once it is in the store.

    Attributes:
        changed: events that came, or replaced another, or were decided about: as they stand now, each once.
        gone: events that were withdrawn.
        texts: texts that came.
        bad: by topic, records that could not be read; they are logged and passed over.
    """

    changed: tuple[Listed, ...] = ()
    gone: tuple[Gone, ...] = ()
    texts: int = 0
    bad: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


@dataclass
class Following:
    """How far the follower has come; it alone writes it, whoever likes reads it.

    Attributes:
        connected: whether the broker answers.
        caught_up: whether all that was there when it began has been read at least once.
        lag: records not read yet, by topic.
        read: records read since the start, by topic.
        bad: records that could not be read, by topic.
        restarts: times that a topic had to be read anew.
        trouble: what keeps it from reading, empty while nothing does.
    """

    connected: bool = False
    caught_up: bool = False
    lag: dict[str, int] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    bad: dict[str, int] = field(default_factory=dict)
    restarts: int = 0
    trouble: str = ""
