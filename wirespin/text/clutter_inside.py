"""Clutter within a line: bodies that come as one long line have it glued between their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirespin.text.clutter import LONGEST_LINE, LONGEST_NOTICE, glued, kind, may_be_glued, speaks_to_reader, word_count
from wirespin.text.quotation import in_quotation
from wirespin.text.sentences import split_sentences
from wirespin.text.tokens import Span

LEAST_WORDS = 3
"""Words of a sentence that is judged by its wording: "Print." and "Live." may be anything within a text."""

LONGEST_SENTENCE = 25
"""Words up to which a sentence within a line is judged."""

TO_THE_END = 3
"""Last words of such a sentence, which must speak to the reader too: a prompt without a stop of its own has run into
the sentence behind it, and that one is the article."""

_QUOTES = frozenset('"“”„«»')

LONGEST_BODY = 200_000
"""Characters up to which lines are looked into."""

_LINE = re.compile(r"\S[^\r\n\u2028\u2029]*")


def clutter_inside(body: str) -> list[Span]:
    """Regions within the lines of a body that are no part of the article.

    In any line that are advertisements, share bars and links in brackets that stand between two sentences; in lines
    too long to be one paragraph also sentences that speak to the reader.
    """
    if len(body) > LONGEST_BODY:
        return []
    signed = may_be_glued(body)
    return [span for line in _LINE.finditer(body) for span in _inside(body, line.start(), line.end(), signed)]


def _inside(body: str, start: int, end: int, signed: bool) -> Iterator[Span]:
    words = word_count(body[start:end])
    found = glued(body, start, end, signed) if words > LEAST_WORDS else []
    yield from found
    if words > LONGEST_NOTICE or end - start > LONGEST_LINE:
        behind = {stop for _, stop in found}
        for first, last in split_sentences(body, (start, end)):
            if not any(first <= stop < last for stop in behind) and _is_prompt(body, first, last):
                yield first, last


def _is_prompt(body: str, first: int, last: int) -> bool:
    text = body[first:last]
    words = text.split(None, LONGEST_SENTENCE)
    if not LEAST_WORDS <= len(words) <= LONGEST_SENTENCE or not speaks_to_reader(" ".join(words[-TO_THE_END:])):
        return False
    if in_quotation(body, first) or not _QUOTES.isdisjoint(text):
        return False
    return kind(text) in ("prompt", "furniture")
