"""Agency names within a text: a list of nothing but names, or names among other words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from wirespin.text.tokens import UNSPACED, Span
from wirespin.wire.agencies import Agency, agencies, agency_printed

LONGEST_LIST = 90
"""Characters. "AFP/Reuters/dpa/EFE/ANSA" and a city desk fit; a sentence does not."""

_SEPARATOR = re.compile(r"[/,;|+=·]|\s(?:and|und|et|y|e|en|og|och|i|и|ve|&)(?=\s)")
_DESK = re.compile(
    r"[a-z]{1,6}\d?|[A-Z]{2,5}|(?:other |news |local )?agencies|agencias|agences|Agenturen|agenzie|wires|staff"
    r"|own (?:research|reports?|reporting|sources)|Redaktion|redacción",
    re.IGNORECASE,
)
_UNSPACED = re.compile(f"[{UNSPACED}가-힣]")


class Named(NamedTuple):
    """An agency's name: the agency, and [start, end) in the text."""

    agency: Agency
    start: int
    end: int


def listed(text: str, start: int, end: int) -> list[Named]:
    """Names of a span that holds nothing but names (and desk codes): "AFP", "AFP/Reuters", "dpa/lno", "AFP and AP".

    Empty where anything else stands in it.
    """
    start, end = _trim(text, start, end)
    if not 0 < end - start <= LONGEST_LIST:
        return []
    whole = agency_printed(text[start:end])
    if whole is not None:
        return [Named(whole, start, end)]
    found: list[Named] = []
    for first, last in _items(text, start, end):
        agency = agency_printed(text[first:last])
        if agency is not None:
            found.append(Named(agency, first, last))
        elif first < last and not _DESK.fullmatch(text, first, last):
            return []
    return found


def mentioned(text: str, start: int, end: int) -> list[Named]:
    """Names that stand in a span among other words, longest form first, in order."""
    return [_named(found) for found in _any_name().finditer(text, start, end)]


def mentions(text: str, agency: str) -> bool:
    """Whether a text names an agency anywhere ("AFP reports"), by a form that means nothing else.

    >>> mentions("The notices run from August, Ritzau reports.", "ritzau")
    True
    """
    return any(
        found.agency.key == agency and text[found.start : found.end] not in found.agency.ambiguous
        for found in mentioned(text, 0, len(text))
    )


def name_at(text: str, at: int) -> Named | None:
    """The name that begins at an offset."""
    found = _any_name().match(text, at)
    return _named(found) if found else None


def _named(found: re.Match[str]) -> Named:
    return Named(_owners()[found.group()], found.start(), found.end())


def _items(text: str, start: int, end: int) -> list[Span]:
    spans, at = [], start
    for separator in _SEPARATOR.finditer(text, start, end):
        spans.append(_trim(text, at, separator.start()))
        at = separator.end()
    return [*spans, _trim(text, at, end)]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ".,"):
        start += 1
    while end > start and (text[end - 1].isspace() or (text[end - 1] in ".," and text[start:end] != "A.P.")):
        end -= 1
    return start, end


@lru_cache(maxsize=1)
def _owners() -> dict[str, Agency]:
    forms = {name: agency for agency in reversed(agencies()) for name in agency.names}
    return {name.upper(): agency for name, agency in forms.items() if name not in agency.ambiguous} | forms


@lru_cache(maxsize=1)
def _any_name() -> re.Pattern[str]:
    forms = sorted(_owners(), key=lambda name: (-len(name), name))
    joined = "|".join(re.escape(name) for name in forms if _UNSPACED.search(name))
    spaced = "|".join(re.escape(name) for name in forms if not _UNSPACED.search(name))
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|(?:{joined})")
