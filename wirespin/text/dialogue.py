"""Speech behind a dash: "– Nie mamy pieniędzy – powiedziała Nowak. – Trudno." Papers of some languages quote so.

A paragraph that begins with a dash is taken for speech only where a second dash leads to the writer's own words, which
begin in lower case; without them it may be an item of a list.
"""

from __future__ import annotations

import re

from wirespin.text.tokens import Span

LANGUAGES = frozenset("be bg ca el es eu fr gl hu lt lv mk pl pt ro ru sr tr uk".split())
"""Languages whose papers print speech behind dashes; others begin items of lists with them."""

ASIDE_WORDS = 20
"""Words of the writer's between two pieces of speech at most."""

_DASH = "[—–―]"
_OPENING = re.compile(rf"\s*{_DASH}\s*(?=[\w¿¡])")
_TURN = re.compile(rf"\s+{_DASH}\s*|{_DASH}(?=[\s.,;:!?]|$)")
_EDGE = " \u00a0\n.,;:"


def dialogue(text: str, paragraph: Span) -> list[Span]:
    """Spans of what is said in a paragraph of dialogue, dashes and the writer's words left out; else nothing.

    >>> dialogue("— No iremos —dijo Pérez—. No hay dinero.", (0, 40))
    [(2, 11), (26, 40)]
    """
    start, end = paragraph
    opening = _OPENING.match(text, start, end)
    if opening is None:
        return []
    at, found = opening.end(), list[Span]()
    turns = [(turn.start(), turn.end()) for turn in _TURN.finditer(text, at, end)]
    cuts = [*turns, (end, end)]
    for speech in range(0, len(cuts), 2):
        found.append(_strip(text, at, cuts[speech][0]))
        if speech + 1 >= len(cuts):
            break
        if not _is_aside(text[cuts[speech][1] : cuts[speech + 1][0]]):
            return []
        at = cuts[speech + 1][1]
    return [span for span in found if span[0] < span[1]] if turns else []


def _is_aside(words: str) -> bool:
    """Whether the words between two dashes are the writer's: few, and in lower case at their beginning."""
    return words[:1].islower() and len(words.split()) <= ASIDE_WORDS


def _strip(text: str, start: int, end: int) -> Span:
    """A piece of speech without the stops and blanks before it, and without the blanks and comma behind it."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in " \u00a0\n,":
        end -= 1
    return start, end
