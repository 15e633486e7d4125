"""An event as its page shows it: with both texts where they are at hand, else with what the event itself quotes."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from schemas.errors import InputError
from schemas.events import Alert, Event, Finding
from streams.desk.store import Store
from streams.desk.types import Found
from wirespin import plain
from wirespin.page import Sections, render, sections
from wirespin.page.heading import heading
from wirespin.page.markup import Html, line

MOST_KEPT = 32
"""Pages' parts that are kept: an event's never change under its id. At most some megabytes, of long articles."""


@dataclass(frozen=True)
class Shown:
    """What the page of an event is filled with.

    Attributes:
        found: what is known of the id.
        event: the event that stands.
        related: the republication of an alert, or the alert of a republication; None where there is none.
        heading: the verdict and the names of the two.
        sections: the comparison; None where a text is not at hand.
    """

    found: Found
    event: Event
    related: Event | None
    heading: Html
    sections: Sections | None

    @property
    def is_alert(self) -> bool:
        """Whether it can be decided about."""
        return isinstance(self.event, Alert)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What else is known of the pair, told where the texts cannot be shown."""
        event = self.event
        return [
            ("Relation", plain.RELATIONS[event.relation]),
            ("Reuse", plain.reuse(event.reuse)),
            ("Credit", line(plain.credit(event.credit, event.original.wire))),
            ("Direction", line(plain.direction(event))),
            ("Original", event.original.url or event.original.id),
            ("Copy", event.copy_.url or event.copy_.id),
            ("Rules", event.rules),
        ]

    @property
    def findings(self) -> list[tuple[int, Finding]]:
        """The findings with their numbers."""
        return list(enumerate(self.event.framing.devices, 1))


class Comparisons:
    """Makes the parts of pages, and keeps the last ones."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Sections] = {}
        self._lock = threading.Lock()

    def shown(self, store: Store, found: Found, event: Event) -> Shown:
        """What the page of an event is filled with. It takes its time: to be called in a thread."""
        parts = self._sections(found, event)
        top = parts.heading if parts else heading(event)
        return Shown(found, event, store.related(event), top, parts)

    def _sections(self, found: Found, event: Event) -> Sections | None:
        key = (event.id, event.key)
        if known := self._kept.get(key):
            return known
        if found.original is None or found.copy is None:
            return None
        try:
            made = sections(event, found.original, found.copy)
        except InputError:  # another version than the event speaks of: its offsets would point at other words
            return None
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = made
        return made


def stand_alone(found: Found, event: Event) -> str | None:
    """The event's page as one file; None where a text is not at hand."""
    if found.original is None or found.copy is None:
        return None
    try:
        return render(event, found.original, found.copy)
    except InputError:
        return None
