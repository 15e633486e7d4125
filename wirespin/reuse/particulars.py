"""What a paraphrase leaves as it is: numbers and names.

They speak for a paraphrase where the words around them are others: those of a recycled paragraph come along with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from wirespin.text.document import Document

_WITHIN_A_SENTENCE = frozenset((" ", ", ", "-", "–", "/", "\xa0", "\n"))
"""What may stand between two words of one sentence; behind anything else a capital may only begin a sentence."""


def shared_numbers(original: Document, copy: Document, matched: Sequence[bool]) -> tuple[float, int]:
    """Share of the copy's distinct numbers that the original has, and how many that is.

    Args:
        original: the one text.
        copy: the other.
        matched: for each word of the copy whether it stands in a matched passage; such words do not count.
    """
    found = _numbers(copy, matched)
    if not found:
        return 0.0, 0
    shared = len(found & _words(original))
    return shared / len(found), shared


def shared_names(original: Document, copy: Document, matched: Sequence[bool]) -> tuple[float, int]:
    """Share of the copy's distinct names that are words of the original too, and how many that is; as for numbers.

    A name is a word with a capital inside a sentence and outside quotation marks; nouns too in German, none in scripts
    without capitals. Names in quotations are left out since those are counted as quotations.
    """
    found = _names(copy, matched)
    if not found:
        return 0.0, 0
    words = _words(original)
    shared = sum(f"{name}'s" in words or (name in words and _bare(name) == name) for name in found)
    return shared / len(found), shared


def _words(document: Document) -> set[str]:
    """All words, folded."""
    return {token.norm for token in document.tokens}


def _numbers(document: Document, matched: Sequence[bool]) -> set[str]:
    """Numbers of two digits or more."""
    words = zip(document.tokens, matched, strict=True)
    return {token.norm for token, hit in words if not hit and token.norm[0].isdigit() and len(token.norm) > 1}


def _names(document: Document, matched: Sequence[bool]) -> set[str]:
    body = document.body
    words = zip(pairwise(document.tokens), document.quoted[1:], matched[1:], strict=True)
    return {
        _bare(token.norm)
        for (before, token), quoted, hit in words
        if body[token.start].isupper() and not (quoted or hit) and body[before.end : token.start] in _WITHIN_A_SENTENCE
    }


def _bare(norm: str) -> str:
    """A word without its possessive ending."""
    return norm.removesuffix("'s")
