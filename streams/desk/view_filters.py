"""The filters as a form, and as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from streams.desk.filters import Filter, VerdictWanted, folded
from streams.desk.types import Counts, Facets
from wirespin import plain
from wirespin.wire.labels import agency_name

SCORES = ("0.5", "0.6", "0.7", "0.8", "0.9")
"""Least scores that are offered; any other can be written into the address."""

WORDS = {
    "agency": "agency", "outlet": "outlet", "device": "device", "score": "score from", "language": "language",
    "since": "since", "until": "until", "text": "text", "verdict": "decision",
}  # fmt: skip
"""What the filters are called."""


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen.

    Attributes:
        value: as the query has it.
        label: as people read it.
        chosen: whether it is.
    """

    value: str
    label: str
    chosen: bool


def choices(chosen: Filter, facets: Facets) -> dict[str, list[Choice]]:
    """What each menu offers, with counts. What is chosen is offered also where nothing has it."""
    outlet = next((name for name, _ in facets.outlets if folded(name) == folded(chosen.outlet or "")), chosen.outlet)
    verdicts = dict(facets.verdicts)
    return {
        "agency": _menu(facets.agencies, chosen.agency),
        "outlet": _menu(facets.outlets, outlet),
        "device": _menu(facets.devices, chosen.device),
        "language": _menu(facets.languages, chosen.language),
        "verdict": _menu(tuple((one, verdicts.get(one, 0)) for one in get_args(VerdictWanted)), chosen.verdict),
        "score": _scores(chosen.score),
    }


def told_in_words(chosen: Filter) -> list[tuple[str, str, str]]:
    """What is filtered by: name, value, and the query without it."""
    query = chosen.to_query()
    return [
        (WORDS[name], _name(name, value), urlencode({one: of for one, of in query.items() if one != name}))
        for name, value in query.items()
        if name != "kind"
    ]


def _menu(counts: Counts, chosen: str | None) -> list[Choice]:
    known = dict(counts)
    if chosen is not None and chosen not in known:
        known[chosen] = 0
    return [Choice(value, f"{_label(value)} ({count:,})", value == chosen) for value, count in known.items()]


def _scores(chosen: float | None) -> list[Choice]:
    offered = {float(score): score for score in SCORES}
    if chosen is not None:
        offered.setdefault(chosen, f"{chosen:g}")
    return [Choice(repr(score), f"{score:g} and more", score == chosen) for score in sorted(offered)]


def _label(value: str) -> str:
    """A value as people read it: devices as headings, agencies by name."""
    if value in plain.MEANINGS:
        return plain.device_name(value)
    name = agency_name(value)
    return value if name == value else name


def _name(name: str, value: str) -> str:
    return value if name in ("text", "outlet") else _label(value)
