"""Closing lines by convention: Reuters' "(Reporting by ...; Editing by ...)" and copyright notices."""

from __future__ import annotations

import re

from wirespin.text.tokens import Span
from wirespin.wire.agencies import Agency, agencies
from wirespin.wire.finding import Finding, findings
from wirespin.wire.names import Named, mentioned

LONGEST_REPORTING = 600
"""Characters; a story filed from ten bureaus names them all."""

LONGEST_COPYRIGHT = 700
"""Characters; some notices spell out what may not be done with the text."""

_REPORTING = re.compile(
    r"[(\[*_\s]*(?P<by>(?:Additional |Further )?(?:Reporting|Writing|Compiled)"
    r"(?: and (?:writing|editing|additional reporting))? by)\b",
    re.IGNORECASE,
)
_EDITING = re.compile(r"\bEdit(?:ing|ed)(?: and writing)? by\b|\band editing by\b|Editing:", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b|℗", re.IGNORECASE)
_PICTURE = re.compile(r"\b(?:photos?|foto|image|picture|getty|video|handout)\b", re.IGNORECASE)
_RIGHTS = re.compile(
    r"rights reserved|alle rechte|tous droits|derechos reservados|direitos reservados|diritti riservati"
    r"|may not be|GmbH|redistribut|reproduc",
    re.IGNORECASE,
)

NAME_WITHIN = 60
"""Characters behind the copyright sign in which its owner is named: a year, a range of years, an article."""

SHORT_NOTICE = 90
"""Characters up to which a copyright line needs no further words to be one."""


def reporting(body: str, span: Span) -> list[Finding]:
    """Reuters, for "(Reporting by X; Editing by Y)"; a region without a credit where nobody edited."""
    start, end = span
    by = _REPORTING.match(body, start, end) if 0 < end - start <= LONGEST_REPORTING else None
    if by is None:
        return []
    if _EDITING.search(body, start, end):
        return findings("reporting", span, [Named(_reuters(), *by.span("by"))])
    return [Finding(span)] if body[start] in "([" else []


def copyright_line(body: str, span: Span) -> list[Finding]:
    """The owner of a text: "© 2024 AFP", "Copyright 2023 The Associated Press."; not the owner of a picture."""
    start, end = span
    if not 0 < end - start <= LONGEST_COPYRIGHT:
        return []
    sign = _COPYRIGHT.search(body, start, min(end, start + 40))
    if sign is None or _PICTURE.search(body, start, end):
        return []
    if end - start > SHORT_NOTICE and not _RIGHTS.search(body, start, end):
        return []
    return findings("copyright", span, mentioned(body, sign.end(), min(end, sign.end() + NAME_WITHIN)))


def _reuters() -> Agency:
    return next(agency for agency in agencies() if agency.key == "reuters")
