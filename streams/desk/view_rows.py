"""An event as the list shows it."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.disposition import Disposition
from schemas.events import Device, Event
from streams.desk.filters import outlet_of
from streams.desk.types import Listed
from streams.desk.views import fill
from wirespin import plain
from wirespin.page.side import direction

DEVICES = 4
"""Devices that a row names; the others are counted."""

VERDICTS = {"confirmed": "Confirmed", "dismissed": "Dismissed", "watching": "Watching"}
"""What was decided, in a word."""


@dataclass(frozen=True)
class Row:
    """What a row's template is filled with.

    Attributes:
        event: the event.
        outlet: who printed the copy.
        devices: the strongest ones, each once.
        more: further ones.
        decided: what was decided, None where nothing was.
        earlier: whether about an earlier version.
        direction: of the copy's headline, as is that of the original's.
        original_direction: of the original's.
    """

    event: Event
    outlet: str
    devices: tuple[str, ...]
    more: int
    decided: Disposition | None
    earlier: bool

    @property
    def language(self) -> str | None:
        """BCP 47 tag of the copy, None where it is not known."""
        return None if self.event.copy_.language == "und" else self.event.copy_.language

    @property
    def direction(self) -> str:
        """Of the copy's headline."""
        return direction(self.event.copy_.headline[:2_000])

    @property
    def altered(self) -> str:
        """The verdict in a word."""
        return {"yes": "altered", "no": "not altered", "unsure": "unsure"}[self.event.framing.altered]


def row_of(listed: Listed) -> Row:
    """A row."""
    event = listed.event
    named: list[Device] = list(dict.fromkeys(finding.device for finding in event.framing.devices))
    names = tuple(plain.device_name(device) for device in named)
    outlet = outlet_of(event) or "unknown outlet"
    return Row(event, outlet, names[:DEVICES], max(0, len(names) - DEVICES), listed.disposition, listed.earlier)


def row_html(listed: Listed) -> str:
    """A row as the live list puts it in."""
    return fill("row.html", row=row_of(listed), verdicts=VERDICTS)
