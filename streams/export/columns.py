"""The columns of an export: the one place that says what each is called, holds and means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.disposition import Disposition
from schemas.events import Event, Finding
from streams.desk.filters import kind_of, outlet_of
from streams.export.facts import delay

Kind = Literal["text", "time", "number", "integer", "flag"]
"""Text, ISO 8601 time in UTC, floating point, whole number, true or false."""

Value = str | float | int | bool | None


@dataclass(frozen=True)
class Line:
    """What a row is made of.

    Attributes:
        event: the event.
        decided: what was decided about its alert.
        number: of the finding, from 1; 0 where the row is of the whole event.
        finding: the finding, where the row is of one.
    """

    event: Event
    decided: Disposition | None = None
    number: int = 0
    finding: Finding | None = None


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        name: in the header.
        kind: what it holds; any but flags and counts may be empty.
        meaning: in plain words.
        take: its value of a row.
    """

    name: str
    kind: Kind
    meaning: str
    take: Callable[[Line], Value]


def _event(name: str, kind: Kind, meaning: str, take: Callable[[Event], Value]) -> Column:
    return Column(name, kind, meaning, lambda line: take(line.event))


def _decided(name: str, kind: Kind, meaning: str, take: Callable[[Disposition], Value]) -> Column:
    return Column(name, kind, meaning, lambda line: None if line.decided is None else take(line.decided))


def _found(name: str, kind: Kind, meaning: str, take: Callable[[Finding], Value]) -> Column:
    return Column(name, kind, meaning, lambda line: None if line.finding is None else take(line.finding))


_WHICH = [
    _event("kind", "text", "alerts or republications", kind_of),
    _event("time", "time", "event time: the later known publication time of the two", lambda e: e.time),
    _event("agency", "text", "key of the wire agency, e.g. afp", lambda e: e.original.agency),
    _event("outlet", "text", "who printed the copy: publisher, else host of its URL", lambda e: outlet_of(e) or None),
    _event("copy_url", "text", "where the copy stands", lambda e: e.copy_.url),
    _event("copy_headline", "text", "headline of the copy", lambda e: e.copy_.headline),
]
"""What tells of which event a row is, in both tables."""

EVENT_COLUMNS: Sequence[Column] = (
    _event("id", "text", "id of the event", lambda e: e.id),
    _event("key", "text", "key of the event: the last one of a key stands", lambda e: e.key),
    *_WHICH,
    _event("rules", "text", "version of the rules, and thresholds", lambda e: e.rules),
    _event("supersedes", "text", "ids of events that no longer stand, by spaces", lambda e: " ".join(e.supersedes)),
    _event("wire", "text", "name of the agency", lambda e: e.original.wire),
    _event("original_id", "text", "id of the version that the copy is closest to", lambda e: e.original.id),
    _event("original_first", "text", "id of the story's first version", lambda e: e.original.first),
    _event("original_version", "integer", "position among the versions seen, from 1", lambda e: e.original.version),
    _event("stands_in", "flag", "a credited copy stands for an unread wire feed", lambda e: e.original.stands_in),
    _event("original_url", "text", "where the original stands", lambda e: e.original.url),
    _event("original_publisher", "text", "who published the original", lambda e: e.original.publisher),
    _event("original_headline", "text", "headline of the original", lambda e: e.original.headline),
    _event("original_published", "time", "publication of the original", lambda e: e.original.published),
    _event("original_date_source", "text", "how well that is known", lambda e: e.original.date_source),
    _event("original_digest", "text", "BLAKE2b of headline and body", lambda e: e.original.digest),
    _event("copy_id", "text", "id of the copy", lambda e: e.copy_.id),
    _event("copy_publisher", "text", "who published the copy, as given", lambda e: e.copy_.publisher),
    _event("copy_published", "time", "publication of the copy", lambda e: e.copy_.published),
    _event("copy_date_source", "text", "how well that is known", lambda e: e.copy_.date_source),
    _event("copy_language", "text", "BCP 47 primary tag, or und", lambda e: e.copy_.language),
    _event("copy_digest", "text", "BLAKE2b of headline and body", lambda e: e.copy_.digest),
    _event(
        "delay_seconds", "number", "copy's publication less original's; empty unless both known to the minute", delay
    ),
    _event("direction_confidence", "number", "0..1, that the original came first", lambda e: e.direction.confidence),
    _event("direction_reason", "text", "why, in words", lambda e: e.direction.reason),
    _event("reuse_level", "text", "verbatim, excerpt, edited or rewritten", lambda e: e.reuse.level),
    _event(
        "original_share", "number", "share of the original's words in the copy, 0..1", lambda e: e.reuse.original_share
    ),
    _event("copy_share", "number", "share of the copy's words from the original, 0..1", lambda e: e.reuse.copy_share),
    _event("unquoted_share", "number", "the same outside quotation marks, 0..1", lambda e: e.reuse.unquoted_share),
    _event("longest_passage", "integer", "words of the longest shared passage", lambda e: e.reuse.longest),
    _event("credit", "text", "the agency's credit: kept, removed, changed or none", lambda e: e.credit.status),
    _event("altered", "text", "yes, no or unsure", lambda e: e.framing.altered),
    _event("score", "number", "score of the framing, 0..1", lambda e: e.framing.score),
    _event("coverage", "text", "full, or partial where word lists lack the language", lambda e: e.framing.coverage),
    _event("findings", "integer", "number of findings", lambda e: len(e.framing.devices)),
    _event("devices", "text", "devices found, strongest first, by spaces", lambda e: " ".join(devices(e))),
    _event("against", "text", "what speaks against, a line each", lambda e: "\n".join(e.framing.against)),
    _decided("verdict", "text", "what was decided: confirmed, dismissed or watching", lambda d: d.verdict),
    _decided("verdict_by", "text", "who decided", lambda d: d.by),
    _decided("verdict_at", "time", "when", lambda d: d.at),
    _decided("verdict_reason", "text", "why", lambda d: d.reason),
    _decided("verdict_about", "text", "id of the alert that was looked at; perhaps an earlier one", lambda d: d.event),
)
"""Columns of a table with a row for each event."""

FINDING_COLUMNS: Sequence[Column] = (
    _event("event_id", "text", "id of the event", lambda e: e.id),
    *_WHICH,
    Column(
        "number",
        "integer",
        "number of the finding within its event, the strongest first, from 1",
        lambda line: line.number,
    ),
    _found("device", "text", "the way in which the framing differs", lambda f: f.device),
    _found("where", "text", "headline or body: what the places count in", lambda f: f.where),
    _found("severity", "number", "how much it weighs, 0..1", lambda f: f.severity),
    _found("original_text", "text", "what the original says, empty for an addition", lambda f: f.original),
    _found("original_start", "integer", "its place, in Unicode characters from 0", lambda f: _at(f.original_span, 0)),
    _found("original_end", "integer", "behind its last character", lambda f: _at(f.original_span, 1)),
    _found("copy_text", "text", "what the copy says, empty for an omission", lambda f: f.rewritten),
    _found("copy_start", "integer", "its place, in Unicode characters from 0", lambda f: _at(f.rewritten_span, 0)),
    _found("copy_end", "integer", "behind its last character", lambda f: _at(f.rewritten_span, 1)),
    _found("explanation", "text", "one sentence for a person", lambda f: f.explanation),
    _found("favours", "text", "whom it favours or blames, where that can be read", lambda f: f.favours),
)
"""Columns of a table with a row for each finding."""


def devices(event: Event) -> list[str]:
    """The devices of an event's findings, each once, in their order."""
    return list(dict.fromkeys(finding.device for finding in event.framing.devices))


def lines(event: Event, decided: Disposition | None, *, findings: bool) -> list[Line]:
    """The rows of an event: one, or one for each finding."""
    if not findings:
        return [Line(event, decided)]
    return [Line(event, decided, number, finding) for number, finding in enumerate(event.framing.devices, 1)]


def table(columns: Sequence[Column]) -> str:
    """The columns as a Markdown table, as the documentation has it."""
    rows = [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in columns]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def _at(span: tuple[int, int] | None, side: int) -> int | None:
    return None if span is None else span[side]
