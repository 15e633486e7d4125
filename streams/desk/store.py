"""The desk's store: what stands in the logs, in one SQLite file that answers the desk's questions.

It is a cache. What it holds can be read again from the broker, for as long as the broker keeps it, so a file that is
damaged or of another version is thrown away and filled anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from agents.records import Record
from schemas.accepted import Accepted
from schemas.disposition import Disposition
from schemas.events import Event
from streams.desk import store_keep, store_read, store_sums, store_write
from streams.desk.filters import Filter
from streams.desk.precision import precision
from streams.desk.store_file import File
from streams.desk.store_rows import Packer
from streams.desk.store_story import story
from streams.desk.types import Changes, Facets, Found, Gone, Page, Precision, Story
from streams.settings import DAY, Settings
from streams.topics import SLACK_DAYS, declared

PAGE = 50
"""Events of a page unless asked otherwise."""

ROLES = ("dispositions", "alerts", "republications", "accepted")
"""What is read, in the order of what people miss first."""


class Store:
    """Texts, standing events and decisions, as a context manager. All methods block; any thread may call them.

    Args:
        path: the file; made where missing, begun anew where it is damaged or of another version.
        topics: name of a topic to what it carries: accepted, republications, alerts or dispositions.
        keep: seconds after its arrival for which a text is kept that no standing event refers to.
        indexed: whether to search by SQLite's full-text index where there is one.

    Raises:
        StateError: another process has the file, or it cannot be written.
    """

    def __init__(self, path: Path, topics: Mapping[str, str], keep: float, *, indexed: bool = True) -> None:
        self.path, self.topics, self._keep = path, dict(topics), keep
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._pack = Packer()
        self._file = File(path, indexed)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The store of these settings: in the folder `desk_data`, or in a temporary one that goes with the store.

        Raises:
            StateError: as for the class.
        """
        temporary = None if settings.desk_data else tempfile.TemporaryDirectory(prefix="wirespin-desk-")
        folder = Path(settings.desk_data or (temporary.name if temporary else ""))
        topics = {topic.name: role for role, topic in declared(settings).items() if role in ROLES}
        made = cls(folder / f"{settings.prefix}.sqlite3", topics, (settings.window_days + SLACK_DAYS) * DAY)
        made._temporary = temporary
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing may be asked any more."""
        self._file.close()
        if self._temporary:
            self._temporary.cleanup()

    def take(self, records: Sequence[Record]) -> Changes:
        """Take records in, and note that they were read, in one transaction: each has its effect exactly once.

        Args:
            records: of the store's topics, in order of their offsets; what was taken in before is passed over.

        Raises:
            AnewError: the last record that was read is there again and is another one: the topic was made anew.
        """
        with self._file.writing() as connection:
            return store_write.Batch(connection, self.topics, self._pack).take(records)

    def page(self, chosen: Filter, after: str | None = None, limit: int = PAGE) -> Page:
        """Standing events that a filter lets through, the newest first, undated ones last.

        Args:
            chosen: the filter.
            after: `next` of the page before; the first page where None.
            limit: events at most, 1 to 500.

        Raises:
            InputError: `after` is none of ours.
        """
        with self._file.reading() as connection:
            return store_read.page(connection, self._file.indexed, chosen, after, limit)

    def count(self, chosen: Filter) -> int:
        """How many standing events a filter lets through."""
        with self._file.reading() as connection:
            return store_read.count(connection, self._file.indexed, chosen)

    def facets(self, chosen: Filter) -> Facets:
        """What can be filtered by, with counts."""
        with self._file.reading() as connection:
            return store_read.facets(connection, self._file.indexed, chosen)

    def found(self, event_id: str) -> Found | None:
        """What is known of an event's id, with both texts; None for an id never seen. An event's key does as well."""
        with self._file.reading() as connection:
            return store_read.found(connection, event_id)

    def related(self, event: Event) -> Event | None:
        """The standing alert of a republication, or the standing republication of an alert."""
        with self._file.reading() as connection:
            return store_read.related(connection, event)

    def story(self, first: str) -> Story | None:
        """A wire story by the id of its first version; None where no standing event is about it."""
        with self._file.reading() as connection:
            return story(connection, first)

    def text(self, article_id: str, digest: str) -> Accepted | None:
        """A version of an article, its sketch left out; None where it is not at hand."""
        with self._file.reading() as connection:
            return store_read.text(connection, article_id, digest)

    def disposition(self, alert: str) -> Disposition | None:
        """What was decided about the alert of a key."""
        with self._file.reading() as connection:
            return store_write.decided(connection, alert)

    def precision(self, by: Literal["device", "outlet"], monthly: bool = True) -> tuple[Precision, ...]:
        """How many of the decided alerts were right, by device or outlet, by name and month.

        An alert counts for each of its devices. What is being watched does not count.

        Args:
            by: what to group by.
            monthly: whether each month of the alerts' time stands alone; alerts of no known time then do not count.
        """
        with self._file.reading() as connection:
            return precision(store_sums.judged(connection, by), monthly)

    def sizes(self) -> dict[str, int]:
        """How many there are: texts, alerts, republications, dispositions; and bytes of the file."""
        with self._file.reading() as connection:
            return store_sums.sizes(connection)

    def purge(self, now: float) -> int:
        """Drop texts and events whose time is over: a little at a time, so call it until it answers 0.

        Args:
            now: seconds since 1970.

        Returns:
            How many rows were looked at or dropped.
        """
        with self._file.writing() as connection:
            return store_keep.purge(connection, now, self._keep)

    def positions(self) -> dict[tuple[str, int], tuple[int, int]]:
        """By topic and partition: the offset to go on at, and the mark of the record before it."""
        with self._file.reading() as connection:
            return store_write.positions(connection)

    def restart(self, topic: str) -> None:
        """Read a topic anew from its beginning; what it does not tell of again goes with `sweep`."""
        with self._file.writing() as connection:
            store_keep.restart(connection, topic)

    def unswept(self) -> set[str]:
        """Topics that are being read anew."""
        with self._file.reading() as connection:
            return store_keep.unswept(connection)

    def sweep(self, topic: str) -> tuple[Gone, ...]:
        """Drop what a topic told of before it was begun anew and has not told of again.

        Returns:
            The events among that.
        """
        with self._file.writing() as connection:
            return store_keep.sweep(connection, topic, self.topics[topic])

    def fact(self, name: str) -> float | None:
        """A number that was noted under a name."""
        with self._file.reading() as connection:
            return store_sums.fact(connection, name)

    def note(self, name: str, value: float) -> None:
        """Note a number under a name."""
        with self._file.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    @property
    def damaged(self) -> bool:
        """Whether the file was found to be damaged; `renew` mends that."""
        return self._file.damaged

    def renew(self, why: str) -> None:
        """Throw the file away and begin an empty one."""
        self._file.renew(why)
