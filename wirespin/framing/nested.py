"""Quotations within quotations: what somebody quoted says that others said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wirespin.framing.lexicon import Mark
from wirespin.framing.names import Words
from wirespin.framing.quotes import Quote
from wirespin.framing.reporting import Reporting
from wirespin.framing.speakers import People
from wirespin.framing.speech import verbs_of_speech
from wirespin.text.quotation import quotations
from wirespin.text.tokens import Span


def find_nested(words: Words, marks: Sequence[Mark], people: People, quotes: Sequence[Quote]) -> list[Quote]:
    """Quotations that stand within the given ones, in order, with the verb and speaker beside them."""
    return [nested for quote in quotes for nested in _inside(words, marks, people, quote)]


def _inside(words: Words, marks: Sequence[Mark], people: People, quote: Quote) -> list[Quote]:
    """The quotations within one, outermost of them only."""
    spans = quotations(words.document.body, [quote.span])
    if not spans:
        return []
    shown = _read_alone(words, quote, spans)
    within = [mark for mark in marks if quote.first <= mark.first < quote.last]
    reporting = Reporting(shown, verbs_of_speech(shown, within, people), people)
    found = []
    for span in spans:
        first, last = words.document.token_range(span)
        if first < last:
            said = reporting.of(first, last, quote.paragraph)
            nested = Quote(span, first, last, quote.paragraph, "nested", within=quote.span)
            found.append(replace(nested, source=said.source, cue=said.cue) if said else nested)
    return found


def _read_alone(words: Words, quote: Quote, spans: list[Span]) -> Words:
    """The words as if the quotation were all of the text, and what is nested in it quoted."""
    quoted = [True] * len(words.norms)
    quoted[quote.first : quote.last] = [False] * (quote.last - quote.first)
    for span in spans:
        first, last = words.document.token_range(span)
        quoted[first:last] = [True] * (last - first)
    return replace(words, quoted=quoted)
