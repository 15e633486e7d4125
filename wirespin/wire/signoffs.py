"""Sign-offs: an agency's mark below the last sentence, or behind it."""

from __future__ import annotations

import re

from wirespin.text.tokens import Span
from wirespin.wire.agencies import Agency, agencies
from wirespin.wire.finding import Finding, findings
from wirespin.wire.names import Named, listed, name_at

LONGEST = 100
"""Characters of a sign-off: names, a dash, brackets, editors' initials."""

_CORE = re.compile(r"[\s(\[（【［/=*·|>–—#-]*(?P<core>.*?)[\s)\]）】］/=*.–—-]*", re.DOTALL)
_CAPITALS = re.compile(r"(?:[ \t]+[A-Z]{2,5}){1,5}")
_SMALL = re.compile(r"(?=[^/]{0,12}/)[ \t/]+[a-z]{1,6}\d?(?:[ /-]+[a-z]{1,6}\d?){0,6}")
_INITIALS = re.compile(r"(?:[a-z]{2,5}-)?[a-z]{1,4}(?:/[a-z]{1,5}(?:-[a-z]{1,4})?){1,5}")
_END = re.compile(r"[(\[]?End(?:item|it)[)\]]?\.?")


def signoff(body: str, span: Span) -> list[Finding]:
    """The sign-off that a span is, if it is one: "(AFP)", "-- Reuters", "EFE", "PTI SMK RBT", "dpa/lno", "AFP/AP".

    Editors' initials alone ("jho/mw/rl") are a region without a credit; "Enditem" is Xinhua's way to end.
    """
    start, end = span
    if not 0 < end - start <= LONGEST:
        return []
    if _END.fullmatch(body, start, end):
        return findings("signoff", span, [Named(_xinhua(), start, end)])
    if _INITIALS.fullmatch(body, start, end):
        return findings("signoff", span, _regional(body, start, end)) or [Finding(span)]
    core = _CORE.fullmatch(body, start, end)
    names = _names(body, *core.span("core")) if core else []
    return findings("signoff", span, names)


def _regional(body: str, start: int, end: int) -> list[Named]:
    """The agency in front of a desk's code, where it is printed as it prints itself: "dpa/lno", not "ap/mw"."""
    named = name_at(body, start)
    return [named] if named and named.end <= end and body[named.end : end][:1] in ("", "/") else []


def _names(body: str, start: int, end: int) -> list[Named]:
    names = listed(body, start, end)
    if names:
        return names
    named = name_at(body, start)
    if named is None:
        return []
    rest = _CAPITALS.fullmatch(body, named.end, end) or _SMALL.fullmatch(body, named.end, end)
    return [named] if rest else []


def _xinhua() -> Agency:
    return next(agency for agency in agencies() if agency.key == "xinhua")
