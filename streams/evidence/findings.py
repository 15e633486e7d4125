"""The findings of an event, each held against the stored articles: does the text stand where the event says?"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from schemas.accepted import Accepted
from schemas.events import Event, Finding, Span
from streams.export.cells import safe

State = Literal["equal", "differs", "outside", "unplaced", "none"]
"""How a quoted text stands to the article.

``equal``: it is what stands at the span. ``differs``: something else stands there. ``outside``: the span reaches beyond
the text. ``unplaced``: the event quotes a text and names no place (an agency's name taken from a field, say), so that
only whether it occurs can be said. ``none``: nothing is quoted of this side, as for an omission or an addition.
"""

Check = Literal["verified", "unplaced", "unverifiable"]
"""A finding as a whole: every text that is quoted stands at its place; one has no place; one does not stand there."""

_BAD: frozenset[State] = frozenset({"differs", "outside"})


def checked(event: Event, original: Accepted, copy: Accepted) -> list[dict[str, Any]]:
    """The findings in the event's order, with what stands in the articles at their spans.

    Args:
        event: the event.
        original: the stored article that it names as the original.
        copy: the stored article that it names as the copy.

    Returns:
        One object a finding: ``number`` from 1, the finding's own fields, for each side ``quoted``, ``span``, ``found``
        (the text at the span, null without one), ``state`` (see `State`) and ``occurs``, and ``check`` (see `Check`).
    """
    return [
        _row(number, finding, original.article.model_dump(), copy.article.model_dump())
        for number, finding in enumerate(event.framing.devices, 1)
    ]


def counts(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How many findings came out as what; all three are named, also where there are none."""
    found: Counter[str] = Counter(row["check"] for row in rows)
    return {name: found[name] for name in ("verified", "unplaced", "unverifiable")}


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """The findings as a table, one a line: UTF-8, CRLF, texts safe from being read as formulas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["number", "check", "device", "where", "severity", *_heads("original"), *_heads("copy"), "words"])
    for row in rows:
        told = [row[name] for name in ("number", "check", "device", "where", "severity")]
        writer.writerow([*told, *_cells(row["original"]), *_cells(row["copy"]), safe(row["explanation"])])
    return text.getvalue().encode()


def _row(number: int, finding: Finding, original: dict[str, Any], copy: dict[str, Any]) -> dict[str, Any]:
    left = _side(finding.original, finding.original_span, original[finding.where])
    right = _side(finding.rewritten, finding.rewritten_span, copy[finding.where])
    return {
        "number": number,
        "check": _check(left["state"], right["state"]),
        "device": finding.device,
        "where": finding.where,
        "severity": finding.severity,
        "explanation": finding.explanation,
        "favours": finding.favours,
        "original": left,
        "copy": right,
    }


def _side(quoted: str, span: Span | None, text: str) -> dict[str, Any]:
    state = _state(quoted, span, text)
    found = text[span[0] : span[1]] if span is not None and state != "outside" else None
    return {"quoted": quoted, "span": span, "found": found, "state": state, "occurs": bool(quoted) and quoted in text}


def _state(quoted: str, span: Span | None, text: str) -> State:
    if span is None:
        return "unplaced" if quoted else "none"
    start, end = span
    if not 0 <= start <= end <= len(text):
        return "outside"
    return "equal" if text[start:end] == quoted else "differs"


def _check(*states: State) -> Check:
    if _BAD.intersection(states):
        return "unverifiable"
    return "unplaced" if "unplaced" in states else "verified"


def _heads(side: str) -> list[str]:
    return [f"{side}_{name}" for name in ("state", "start", "end", "quoted", "found")]


def _cells(side: dict[str, Any]) -> list[Any]:
    start, end = side["span"] or ("", "")
    return [side["state"], start, end, safe(side["quoted"]), safe(side["found"] or "")]
