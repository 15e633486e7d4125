"""scare_quotes: quotation marks around one to three words that the original reports without them.

Nobody is quoted: the marks hold the words at arm's length ("had passed an “inspection”").
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import against, voice
from wirespin.framing.evidence import body_finding, clause, plain
from wirespin.framing.pair import Pair
from wirespin.framing.quotes import SCARE_WORDS, Quote
from wirespin.framing.view import FramingView
from wirespin.framing.wording import misprinted

SEVERITY = 0.6

OWN_WORDS = 2
"""Words in quotation marks that are the copy's own ("evacuated" for "moved out") at most."""

WORDING_KEPT = 0.45
"""Fidelity from which such words count; a paraphrase may quote what its writer heard."""


def find(pair: Pair) -> list[Finding]:
    """Short quotations of the copy whose words the original has, but not in quotation marks."""
    found = []
    for quote in pair.copy.quotes:
        if quote.last - quote.first > SCARE_WORDS or _is_name(pair, quote):
            continue
        words = [pair.copy.stems[at] for at in range(quote.first, quote.last)]
        where = _plain_place(pair, quote, words)
        if where is None or _is_quoted_too(pair, quote):
            continue
        if not _is_sure(pair, quote, where):
            continue
        text = f"The copy puts {plain(pair.copy.text(quote.span))} in quotation marks; the original reports it plainly."
        spans = clause(pair.original, (where,)), clause(pair.copy, range(quote.first, quote.last))
        sentence = pair.original.sentences[pair.original.sentence_of(where)]
        side = against(voice(pair.original, sentence.first, sentence.last))
        found.append(body_finding(pair, "scare_quotes", spans, SEVERITY, text, side))
    return found


def _is_sure(pair: Pair, quote: Quote, where: int) -> bool:
    """Whether the marks are what they seem, since they come in pairs here, or the words are the copy's own."""
    home = pair.original.sentences[pair.original.sentence_of(where)].paragraph
    own = all(at in pair.fresh for at in range(quote.first, quote.last))
    return own or pair.marks_paired(home, quote.paragraph)


def _is_quoted_too(pair: Pair, quote: Quote) -> bool:
    """Whether the original has the words in quotation marks somewhere, misprints passed over."""
    views, size = (pair.original, pair.copy), quote.last - quote.first
    return any(
        all(_is_same(views, at + step, quote.first + step) for step in range(size))
        for said in pair.original.quotes
        for at in range(said.first, said.last - size + 1)
    )


def _is_same(views: tuple[FramingView, FramingView], before: int, after: int) -> bool:
    original, copy = views
    return original.stems[before] == copy.stems[after] or misprinted(original.norms[before], copy.norms[after])


def _is_name(pair: Pair, quote: Quote) -> bool:
    """Whether all words are capitalised: a title, a ship, a nickname."""
    return all(pair.copy.capitals[at] for at in range(quote.first, quote.last))


def _plain_place(pair: Pair, quote: Quote, words: list[str]) -> int | None:
    """Where the linked sentences of the original have the same words unquoted, or others in their place."""
    for source in pair.alignment.sources[pair.copy.sentence_of(quote.first)]:
        sentence = pair.original.sentences[source]
        for at in range(sentence.first, sentence.last - len(words) + 1):
            if pair.original.stems[at : at + len(words)] == words:
                return at
    number = pair.copy.sentence_of(quote.first)
    sources = pair.alignment.sources[number]
    if quote.scare and sources and len(words) <= OWN_WORDS and pair.fidelity >= WORDING_KEPT:
        return _opposite(pair, quote, sources[0])
    return None


def _opposite(pair: Pair, quote: Quote, source: int) -> int | None:
    """Word of the source that stands where the quoted words stand in the copy; None where it is quoted too."""
    for edit in pair.edits:
        if edit.copy and edit.copy[0] < quote.last and quote.first <= edit.copy[-1]:
            if any(pair.original.quoted[at] for at in edit.original):
                return None
            return edit.original_near[0] if edit.original_near else pair.original.sentences[source].first
    return pair.original.sentences[source].first
