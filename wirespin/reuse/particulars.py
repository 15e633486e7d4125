"""What a paraphrase leaves as it is: numbers and names."""

from __future__ import annotations

from itertools import pairwise

from wirespin.text.document import Document

_WITHIN_A_SENTENCE = frozenset((" ", ", ", "-", "–", "/", "\xa0", "\n"))
"""What may stand between two words of one sentence; behind anything else a capital may only begin a sentence."""


def shared_numbers(original: Document, copy: Document) -> tuple[float, int]:
    """Share of the copy's distinct numbers that the original has, and how many that is."""
    left, right = _numbers(original), _numbers(copy)
    return (len(left & right) / len(right) if right else 0.0), len(left & right)


def shared_names(original: Document, copy: Document) -> tuple[float, int]:
    """Share of the copy's distinct names that are words of the original too, and how many that is.

    A name is a word with a capital inside a sentence and outside quotation marks; nouns too in German, none in scripts
    without capitals. Names in quotations are left out since those are counted as quotations.
    """
    right = _names(copy)
    left = {_bare(token.norm) for token in original.tokens}
    return (len(left & right) / len(right) if right else 0.0), len(left & right)


def _numbers(document: Document) -> set[str]:
    """Numbers of two digits or more."""
    return {token.norm for token in document.tokens if token.norm[0].isdigit() and len(token.norm) > 1}


def _names(document: Document) -> set[str]:
    body = document.body
    return {
        _bare(token.norm)
        for (before, token), quoted in zip(pairwise(document.tokens), document.quoted[1:], strict=True)
        if body[token.start].isupper() and not quoted and body[before.end : token.start] in _WITHIN_A_SENTENCE
    }


def _bare(norm: str) -> str:
    """A word without its possessive ending."""
    return norm.removesuffix("'s")
