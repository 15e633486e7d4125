"""Bylines: an agency as the author, or as the author's employer."""

from __future__ import annotations

import re

from wirespin.text.tokens import Span
from wirespin.wire.finding import Finding, findings
from wirespin.wire.names import Named, listed, mentioned, name_at

LONGEST = 160
"""Characters of a byline: three authors with their employer."""

_BY = re.compile(
    r"(?:written by|posted by|published by|story by|report by|by|von|par|por|di|da|door|av|af|от|автор"
    r"|redazione|agencia)"
    r"(?:\s*:\s*|\s+)(?:the\s+|der\s+|l['’]|la\s+|el\s+)?",
    re.IGNORECASE,
)
_PERSON = r"[^\W\d_a-z][\w.'’-]*(?:\s+(?:[^\W\d_a-z][\w.'’-]*|de|del|da|van|von|der|al|el|bin|ter)){1,4}"
_PEOPLE = re.compile(rf"{_PERSON}(?:(?:,|\s+and|\s+und|\s+et|\s+y|\s+e)\s+{_PERSON}){{0,4}}")
_PARTED = re.compile(
    r"\s*(?:,|\||/|[-–—•·]|\()\s*(?:for\s+)?(?:the\s+)?|\s+(?:for\s+|of\s+)?(?:the\s+)?|\s*\n\s*", re.IGNORECASE
)
_ROLE = re.compile(
    r"[\s,)|/–—-]*(?:(?:[A-Z]\w+ ){0,3}(?:staff|writers?|reporters?|correspondents?|editors?|journalists?|bureau|"
    r"news agency|news|in [A-Z]\w+)[\s,)]*)?[.]?(?:\s*\|.{0,60}|\s*,\s*[A-Z][\w ]{2,30})?",
    re.IGNORECASE,
)


def byline(text: str, span: Span) -> list[Finding]:
    """The agencies that a line names as its author: "AFP", "By Jane Roe, Reuters", "Reuters Staff", "von dpa".

    Args:
        text: a body, or the byline field of an article.
        span: the line.
    """
    start, end = span
    if not 0 < end - start <= LONGEST:
        return []
    by = _BY.match(text, start, end)
    at = by.end() if by else start
    alone = listed(text, at, end)
    if alone:
        return findings("byline", span, alone)
    names = _employer(text, at, end) if by else _signed(text, start, end)
    return findings("byline", span, names)


def _employer(text: str, start: int, end: int) -> list[Named]:
    """The agency behind the names of people, or in front of a role ("Reuters Staff Writer")."""
    named = name_at(text, start)
    if named is not None and _ROLE.fullmatch(text, named.end, end):
        return [named]
    return [
        name
        for name in mentioned(text, start, end)[:4]
        if _PARTED.search(text, max(start, name.start - 12), name.start)
        and _people_before(text, start, name.start)
        and _ROLE.fullmatch(text, name.end, end)
    ][:1]


def _people_before(text: str, start: int, end: int) -> bool:
    before = text[start:end].rstrip(" ,|/–—-•·(\t")
    before = re.sub(r"\s+(?:for|of|the|for the|of the)$", "", before, flags=re.IGNORECASE)
    return len(before) <= 120 and _PEOPLE.fullmatch(before) is not None


def _signed(text: str, start: int, end: int) -> list[Named]:
    """Without "by": people, a comma or bar, and the agency at the very end ("Jane Roe, Associated Press")."""
    return [
        name
        for name in mentioned(text, start, end)
        if text[name.end : end].strip(" .)|") == ""
        and re.search(r"[,|/(•·–—-]\s*(?:The\s+)?$", text[start : name.start])
        and _people_before(text, start, name.start)
    ]
