"""Figures as papers of different languages write them, in one form: digits 0-9, no thousands marks, a decimal point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from wirespin.text.tokens import Token

POINT = frozenset({"en", "zh", "ja", "ko", "th", "he", "hi", "ms"})
"""Languages that write 1,234.5."""

EITHER = frozenset({"es", "ar", "fa", "ur", "und"})
"""Languages that write it both ways, by country (1,234.5 in Mexico, 1.234,5 in Spain): the shape of a figure decides.
All others write 1.234,5 or 1 234,5."""

GROUP_GAPS = " \u00a0\u2009\u202f'’"
"""Signs between groups of three digits (12 300, 12'300)."""

_NUMBER = re.compile(r"\d[\d.,:]*$")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*$")
_HEAD = re.compile(r"\d{1,3}$")
_GROUP = re.compile(r"\d{3}$")
_LAST_GROUP = re.compile(r"\d{3}(?:[.,]\d+)?$")


def decimal_of(language: str) -> str | None:
    """The decimal mark of a language, None where either sign may be it."""
    if language in EITHER:
        return None
    return "." if language in POINT else ","


def figure(norm: str, decimal: str | None) -> str:
    """A figure in the one form, any other word as it is.

    >>> [figure(number, ",") for number in ("1.234,5", "12.300", "2,0", "٤٠٠")]
    ['1234.5', '12300', '2', '400']
    >>> figure("1,234.5", None)
    '1234.5'
    """
    if not _NUMBER.match(norm):
        return norm
    text = norm if norm.isascii() else "".join(str(unicodedata.digit(sign, sign)) for sign in norm)
    mark = _decimal_mark(text, decimal)
    whole, _, part = text.rpartition(mark) if mark else (text, "", "")
    if _GROUPED.match(whole):
        whole = whole.replace(".", "").replace(",", "")
    return f"{whole}.{part}".removesuffix(".0") if part else whole.replace(":", ".")


def _decimal_mark(text: str, decimal: str | None) -> str:
    """The sign behind which a figure's decimals stand; nothing where it has none."""
    signs = [sign for sign in text if sign in ".,"]
    if not signs or ":" in text:
        return ""
    if len(set(signs)) > 1:
        return signs[-1]
    if len(signs) > 1:
        return ""
    if decimal is None:
        return "" if _GROUPED.match(text) and not text.startswith("0") else signs[0]
    return signs[0] if signs[0] == decimal else ""


def join_groups(text: str, tokens: Sequence[Token], words: list[str], decimal: str | None) -> None:
    """Write figures in groups of digits ("12 300") into `words` as one; what is left of their tokens is empty."""
    at = 0
    while at < len(tokens):
        last = _last_group(text, tokens, at)
        if last > at:
            figures = [token.norm for token in tokens[at : last + 1]]
            words[at] = figure("".join(figures), decimal)
            words[at + 1 : last + 1] = [""] * (last - at)
        at = last + 1


def _last_group(text: str, tokens: Sequence[Token], at: int) -> int:
    """Index of the last group of the figure that begins at a token; the token's own where no group follows."""
    if not _HEAD.match(tokens[at].norm):
        return at
    last = at
    while last + 1 < len(tokens) and _follows(text, tokens[last], tokens[last + 1]):
        last += 1
        if not _GROUP.match(tokens[last].norm):
            break
    return last


def _follows(text: str, before: Token, after: Token) -> bool:
    gap = text[before.end : after.start]
    return len(gap) == 1 and gap in GROUP_GAPS and _LAST_GROUP.match(after.norm) is not None
