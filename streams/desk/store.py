"""The desk's store: what stands in the logs, in one SQLite file that answers the desk's questions.

It is a cache. What it holds can be read again from the broker, for as long as the broker keeps it, so a file that is
damaged or of another version is thrown away and filled anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from agents.records import Record
from schemas.accepted import Accepted
from schemas.disposition import Disposition
from schemas.events import Event
from streams.desk.filters import Filter
from streams.desk.types import Changes, Facets, Found, Page, Precision, Story
from streams.settings import Settings

PAGE = 50
"""Events of a page unless asked otherwise."""


class Store:
    """Texts, standing events and decisions, as a context manager. All methods block; any thread may call them.

    Args:
        path: the file; made where missing.
        topics: name of a topic to what it carries: accepted, republications, alerts or dispositions.
        keep: seconds after its arrival for which a text is kept that no standing event refers to.

    Raises:
        StateError: another process has the file, or it cannot be written.
    """

    def __init__(self, path: Path, topics: Mapping[str, str], keep: float) -> None:
        self.path = path

    @classmethod
    def of(cls, settings: Settings) -> Store:
        """The store of these settings: in the folder `desk_data`, or in a temporary one that goes with the store."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        raise NotImplementedError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raise NotImplementedError

    def take(self, records: Sequence[Record]) -> Changes:
        """Take records in, and note that they were read, in one transaction: each has its effect exactly once."""
        raise NotImplementedError

    def page(self, chosen: Filter, after: str | None = None, limit: int = PAGE) -> Page:
        """Standing events that a filter lets through, the newest first, undated ones last.

        Args:
            chosen: the filter.
            after: `next` of the page before; the first page where None.
            limit: events at most, 1 to 500.

        Raises:
            InputError: `after` is none of ours.
        """
        raise NotImplementedError

    def count(self, chosen: Filter) -> int:
        """How many standing events a filter lets through."""
        raise NotImplementedError

    def facets(self, chosen: Filter) -> Facets:
        """What can be filtered by, with counts."""
        raise NotImplementedError

    def found(self, event_id: str) -> Found | None:
        """What is known of an event's id, with both texts; None for an id never seen. Also of an event's key."""
        raise NotImplementedError

    def related(self, event: Event) -> Event | None:
        """The standing alert of a republication, or the standing republication of an alert."""
        raise NotImplementedError

    def story(self, first: str) -> Story | None:
        """A wire story by the id of its first version; None where no standing event is about it."""
        raise NotImplementedError

    def text(self, article_id: str, digest: str) -> Accepted | None:
        """A version of an article, its sketch left out; None where it is not at hand."""
        raise NotImplementedError

    def disposition(self, alert: str) -> Disposition | None:
        """What was decided about the alert of a key."""
        raise NotImplementedError

    def precision(self, by: Literal["device", "outlet"], monthly: bool = True) -> tuple[Precision, ...]:
        """How many of the decided alerts were right, by device or outlet, by name and month.

        An alert counts for each of its devices. What is being watched does not count.

        Args:
            by: what to group by.
            monthly: whether each month of the alerts' time stands alone; alerts of no known time then do not count.
        """
        raise NotImplementedError

    def sizes(self) -> dict[str, int]:
        """How many there are: texts, alerts, republications, dispositions; and bytes of the file."""
        raise NotImplementedError

    def purge(self, now: float) -> int:
        """Drop texts and events whose time is over; how many. A little at a time: call it until it answers 0.

        Args:
            now: seconds since 1970.
        """
        raise NotImplementedError
