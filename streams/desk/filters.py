"""One language of filters for the desk, the Atom feed, webhooks, export and statistics."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from schemas.disposition import TIME, Disposition
from schemas.errors import InputError
from schemas.events import Alert, Device, Event
from streams.desk.words import wanted, words
from wirespin.wire.publisher import outlet

Kind = Literal["alerts", "republications"]
VerdictWanted = Literal["confirmed", "dismissed", "watching", "undecided"]

LONGEST = 500
"""Characters of a value: more than any name, and no query is longer."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(rf"{_DAY.pattern}(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_MIDNIGHT = "T00:00:00Z"
_FORMS = {"since": "a day or a time, as 2026-11-22 or 2026-11-22T10:00:00Z", "score": "a number from 0 to 1"}


def outlet_of(event: Event) -> str:
    """The outlet that printed the copy: its publisher's name, else the host of its URL, else empty."""
    name = " ".join((event.copy_.publisher or "").split())
    return name or outlet(None, event.copy_.url) or ""


def time_of(event: Event) -> str:
    """When the event happened, as it sorts: its time in UTC with seconds, empty where it has none that can be read."""
    return event.time if event.time and TIME.fullmatch(event.time) else ""


def kind_of(event: Event) -> Kind:
    """Which list an event stands in."""
    return "alerts" if isinstance(event, Alert) else "republications"


def searched(event: Event) -> str:
    """The texts of an event that are searched: headlines, outlet, agency and the evidence."""
    found = [text for finding in event.framing.devices for text in (finding.original, finding.rewritten)]
    return "\n".join(
        (event.original.headline, event.copy_.headline, outlet_of(event), event.original.wire or "", *found)
    )


@dataclass(frozen=True)
class Filter:
    """Which events to let through: those that fit all that is given.

    Attributes:
        agency: key of the wire story's agency.
        outlet: name of the outlet as `outlet_of` has it, in either case.
        device: one of the devices that the event found.
        score: least score of the framing, 0..1.
        language: BCP 47 primary tag of the copy.
        since: least event time, UTC, ISO 8601 with seconds; undated events do not pass.
        until: event time before which it must lie; undated events do not pass.
        text: words that all must stand, or begin a word, in what `searched` gives; in any case, accents left out.
        verdict: what was decided about the alert, or ``undecided``.
        kind: alerts, or republications (of which the altered ones have an alert of their own).

    Raises:
        InputError: a value is not what its parameter holds.
    """

    agency: str | None = None
    outlet: str | None = None
    device: Device | None = None
    score: float | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    verdict: VerdictWanted | None = None
    kind: Kind = "alerts"

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, str):
                _check_text(one.name, value)
        if self.score is not None and not 0 <= self.score <= 1:
            raise _unfit("score", repr(self.score), _FORMS["score"])
        for name, known in (("device", Device), ("verdict", VerdictWanted), ("kind", Kind)):
            value = getattr(self, name)
            if value is not None and value not in get_args(known):
                raise _unfit(name, value, "one of " + ", ".join(get_args(known)))
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not _is_time(value):
                raise _unfit(name, value, _FORMS["since"])

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filter:
        """Read the parameters of a query; empty ones count as left out.

        A day as `until` includes that day; a time of no stated zone is UTC.

        Raises:
            InputError: a parameter that does not exist, or a value that it cannot hold.
        """
        names = [one.name for one in fields(cls)]
        for name in query:
            if name not in names:
                raise InputError("no such filter", where=name, remedy="use " + ", ".join(names))
        given = {name: value.strip() for name, value in query.items() if value.strip()}
        read: dict[str, Callable[[str, str], object]] = {"score": _score, "since": _moment, "until": _moment}
        values: dict[str, Any] = {name: read.get(name, _as_is)(name, value) for name, value in given.items()}
        return cls(**values)

    def to_query(self) -> dict[str, str]:
        """The parameters from which `from_query` makes an equal filter, sorted by name; the defaults left out."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        shown = {name: _shown(name, value) for name, value in given.items() if value is not None}
        return {name: value for name, value in sorted(shown.items()) if (name, value) != ("kind", "alerts")}

    def matches(self, event: Event, disposition: Disposition | None = None) -> bool:
        """Whether an event passes.

        Args:
            event: an alert or a republication.
            disposition: what was decided about it.
        """
        verdict = disposition.verdict if disposition else "undecided"
        named = {finding.device for finding in event.framing.devices}
        return (
            kind_of(event) == self.kind
            and self.agency in (None, event.original.agency)
            and (self.outlet is None or folded(self.outlet) == folded(outlet_of(event)))
            and (self.device is None or self.device in named)
            and (self.score is None or event.framing.score >= self.score)
            and self.language in (None, event.copy_.language)
            and self._in_time(time_of(event))
            and self.verdict in (None, verdict)
            and self._in_text(event)
        )

    def _in_time(self, time: str) -> bool:
        if self.since is None and self.until is None:
            return True
        return bool(time) and (self.since or "") <= time and (self.until is None or time < self.until)

    def _in_text(self, event: Event) -> bool:
        if self.text is None:
            return True
        there = words(searched(event))
        return all(any(one.startswith(begun) for one in there) for begun in wanted(self.text))


def folded(name: str) -> str:
    """A name as it is compared: case and white space folded."""
    return " ".join(name.casefold().split())


def _unfit(name: str, value: str, form: str) -> InputError:
    return InputError(f"{value[:80]!r} is not {form}", where=name, remedy=f"correct the filter '{name}' or leave it")


def _check_text(name: str, value: str) -> None:
    """Refuse what no query can hold: else two filters that differ would be written alike."""
    if not value or value != value.strip():
        raise _unfit(name, value, "a text without white space around it")
    if len(value) > LONGEST:
        raise _unfit(name, value, f"at most {LONGEST} characters long")
    if name != "text" and any("\ud800" <= char <= "\udfff" for char in value):
        raise _unfit(name, value, "text (it holds half a character)")


def _is_time(value: str) -> bool:
    if not TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _as_is(_: str, value: str) -> str:
    return value


def _score(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise _unfit(name, value, _FORMS[name]) from None


def _moment(name: str, value: str) -> str:
    """A day or time as UTC with seconds; a day's end where it is what must be before."""
    try:
        moment = datetime.fromisoformat(value if _MOMENT.fullmatch(value) else "")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        if name == "until" and _DAY.fullmatch(value):
            moment += timedelta(days=1)
        written = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        written = ""
    if not _is_time(written):
        raise _unfit(name, value, _FORMS["since"])
    return written


def _shown(name: str, value: str | float) -> str:
    """A value as a query has it; whole days as days, as the browser's field for dates wants them."""
    if name == "score":
        return repr(float(value))
    text = str(value)
    if name == "since" and text.endswith(_MIDNIGHT):
        return text.removesuffix(_MIDNIGHT)
    if name == "until" and text.endswith(_MIDNIGHT) and text > f"1000-01-01{_MIDNIGHT}":
        return (datetime.fromisoformat(text) - timedelta(days=1)).strftime("%Y-%m-%d")
    return text
