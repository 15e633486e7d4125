"""What the lines of a web page are, by what stands around them: lists of other stories, repeats, biographies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from wirespin.text.clutter import Kind, ends_sentence, kind, word_count
from wirespin.text.tokens import Span, fold

HEADLINE_WORDS = 22
"""Words of the longest headline in a list of other stories."""

TEASER_WORDS = 45
"""Words of the longest teaser below such a headline."""

REPEAT_WORDS = 4
"""Words from which a line that stands twice is a repeat; shorter ones are marks, initials, refrains."""

TITLE_LINES = 8
"""Lines at the top among which the headline may be printed once more."""

_WRAPPED = 45
"""Characters from which a line that does not end a sentence may be one of a paragraph broken into lines."""

_LINE = re.compile(r"\S[^\r\n\u2028\u2029]*")
_WORDS = re.compile(r"[^\W_]+")
_BIO = re.compile(
    r"^[\[(*_]*(?:(?:[^\W\d_a-z][\w.'’-]+ ){1,4}(?:is|are|ist|est|es|é) "
    r"(?:an? |the |eine? |un[ea]? )?(?:[\w'’-]+ ){0,6}?"
    r"(?:reporter|correspondent|journalist|editor|writer|columnist|producer|contributor|fellow|redakteur(?:in)?|"
    r"journaliste|periodista|redactor[a]?|jornalista)\b"
    r"|(?:about|über) the (?:author|writer)s?\b"
    r"|(?:[Ff]ollow|[Ee]-?mail|[Cc]ontact|[Rr]each) (?:him|her|them|[A-Z]\w+ [A-Z]\w+) (?:on|at|via)\b)"
)
_BIO_SIGN = re.compile(
    r"@\w|twitter|\bX at\b|e-?mail|covers|covering|based in|writes (?:about|on|for)|follow (?:him|her|them)"
    r"|reach(?:ed)? at|contributed to this|previously|has (?:worked|written)|joined|years of experience|linkedin",
    re.IGNORECASE,
)


_WHOLE_BIO = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.'’-]+ ){2,4}(?:"
    r"covers [\w ,&'’-]{3,60} for (?:the )?[A-Z][\w ]+\.?$"
    r"|joined (?:the )?[A-Z][\w '’]{2,40} in \d{4} and (?:covers|writes|reports)\b"
    r"|(?:can|may) be reached (?:at|by|via|on)\b"
    r"|is (?:the |an? )?[A-Z][\w '’]{2,40}['’]s? (?:[\w-]+ ){0,3}"
    r"(?:correspondent|reporter|editor|columnist|writer)\.?$)"
)
"""Biographies whose one sentence leaves no doubt."""


class Unit(NamedTuple):
    """A line, or a paragraph broken into lines: its span, its text, its words, what its wording makes of it."""

    start: int
    end: int
    text: str
    words: int
    kind: Kind | None


def units(body: str) -> list[Unit]:
    """The lines of a body; lines that a paragraph was broken into stay together."""
    found: list[Unit] = []
    for start, end in _joined(body, _lines(body)):
        text = body[start:end]
        found.append(Unit(start, end, text, word_count(text), kind(" ".join(text.split()) if "\n" in text else text)))
    return found


def clutter(found: Sequence[Unit], headline: str) -> list[bool]:
    """For each unit, whether it is no part of the article."""
    dropped = [unit.kind is not None for unit in found]
    _mark_lists(found, dropped)
    _mark_titles(found, dropped, headline)
    _mark_biographies(found, dropped)
    _mark_repeats(found, dropped)
    return dropped


def _lines(body: str) -> list[Span]:
    return [(line.start(), line.start() + len(line.group().rstrip())) for line in _LINE.finditer(body)]


def _joined(body: str, lines: list[Span]) -> list[Span]:
    """Join a line to the one before it where that one breaks off in mid-sentence and this one goes on with it."""
    joined: list[Span] = []
    for start, end in lines:
        if joined and _goes_on(body, joined[-1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(body: str, before: Span, start: int) -> bool:
    gap = body[before[1] : start]
    wrapped_from = before[1] - _WRAPPED
    if gap.count("\n") > 1 or before[0] > wrapped_from or body.find("\n", wrapped_from, before[1]) >= 0:
        return False
    return body[start].islower() and body[before[1] - 1] not in ".!?:…|"


def _headline_like(unit: Unit) -> bool:
    return (
        unit.kind is not None
        or (unit.words <= HEADLINE_WORDS and not ends_sentence(unit.text))
        or (unit.words <= HEADLINE_WORDS and unit.text.endswith(("?", "!")) and unit.text.count(". ") == 0)
    )


def _mark_lists(found: Sequence[Unit], dropped: list[bool]) -> None:
    """Drop the headlines that follow the head of a list, and teasers between them."""
    closing = _closing(found) if any(unit.kind == "head" for unit in found) else []
    for number, unit in enumerate(found):
        if unit.kind == "head":
            _mark_list(found, dropped, number + 1, closing[number + 1])


def _mark_list(found: Sequence[Unit], dropped: list[bool], at: int, to_the_end: bool) -> None:
    while at < len(found) and found[at].kind != "head":
        unit = found[at]
        if not (to_the_end or (_headline_like(unit) and not unit.text[0].islower())):
            return
        dropped[at] = True
        at += 1


def _closing(found: Sequence[Unit]) -> list[bool]:
    """For each unit, whether from it on nothing but a list follows, and False for the end.

    A list is headlines and teasers in turns, with no two running sentences in a row.
    """
    closing = [False] * (len(found) + 1)
    headlines, ran = 0, False
    for number in range(len(found) - 1, -1, -1):
        unit = found[number]
        runs = not _headline_like(unit)
        if unit.words > TEASER_WORDS or (runs and ran):
            break
        headlines += not runs and unit.kind is None
        closing[number] = not runs and headlines >= 2
        ran = runs
    return closing


def _mark_titles(found: Sequence[Unit], dropped: list[bool], headline: str) -> None:
    """Drop the headline printed once more at the top."""
    title = _norm(headline)
    if not title:
        return
    for number, unit in enumerate(found[:TITLE_LINES]):
        words = _norm(unit.text) if unit.words <= 60 and _begins(unit.text, title[0]) else ()
        if words and (
            words == title or (len(title) >= 4 and words[: len(title)] == title and len(words) - len(title) <= 4)
        ):
            dropped[number] = dropped[number] or not ends_sentence(unit.text) or words == title


def _mark_biographies(found: Sequence[Unit], dropped: list[bool]) -> None:
    """Drop lines about the author below the article."""
    for number in range(len(found) - 1, -1, -1):
        unit = found[number]
        if dropped[number]:
            continue
        if unit.words <= TEASER_WORDS and _is_biography(unit.text):
            dropped[number] = True
        elif unit.words > 6:
            return


def _is_biography(text: str) -> bool:
    return bool(_WHOLE_BIO.search(text) or (_BIO.search(text) and _BIO_SIGN.search(text)))


def _mark_repeats(found: Sequence[Unit], dropped: list[bool]) -> None:
    """Drop a line that has stood, and was kept, before."""
    seen: set[str] = set()
    for number, unit in enumerate(found):
        if dropped[number] or unit.words < REPEAT_WORDS:
            continue
        text = " ".join(unit.text.split())
        dropped[number] = text in seen
        seen.add(text)


def _begins(text: str, norm: str) -> bool:
    """Whether the first word of a text is a certain one."""
    first = _WORDS.search(text)
    return first is not None and fold(first.group()) == norm


def _norm(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _WORDS.findall(text))
