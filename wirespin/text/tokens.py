"""Words with their places in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate, repeat
from typing import NamedTuple

Span = tuple[int, int]
"""[start, end) in Unicode characters of the original text."""

UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff"  # Hiragana, Katakana
    "\u3400-\u9fff"  # Han
    "\uf900-\ufaff"
    "\U00020000-\U0003134f"
)
"""Scripts written without spaces between words: each character is a token of its own."""

_UNSPACED = re.compile(f"[{UNSPACED}]")

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060"
"""Soft hyphen, zero-width space, (non-)joiners, word joiner: in a word, but no letters of it."""

LAST_MARK = 0x1E00
"""Combining marks of living scripts lie below it. Vowel signs of Indic scripts and loose accents are no \\w."""

_MARKS = HIDDEN + "".join(
    mark
    for mark in map(chr, range(0x300, LAST_MARK))
    if unicodedata.category(mark) in ("Mn", "Mc") and not _UNSPACED.match(mark)
)
_LETTERS = rf"[^\W\d_{UNSPACED}]++(?:[{_MARKS}]++[^\W\d_{UNSPACED}]*+)*+"
_WORD = rf"{_LETTERS}(?:['’ʼ]{_LETTERS})*+"
_ASCII = r"[A-Za-z]++(?:'[A-Za-z]++)*+(?!'?[^\x00-\x7f])"
"""A word of letters that nothing but ASCII follows: tried first, since it takes half the time."""

_PIECES = re.compile(rf"({_ASCII}|{_WORD}|\d++(?:[.,:]\d++)*+|[{UNSPACED}])")
"""A word. A text split by it is gaps and words in turns, at half the cost of a match object for each word."""

_HIDDEN = str.maketrans("", "", HIDDEN)


class Token(NamedTuple):
    """A word.

    Attributes:
        norm: folded form: NFKC, case folded, apostrophes alike.
        start: offset of its first character.
        end: offset behind its last.
    """

    norm: str
    start: int
    end: int


LONGEST_KEPT = 64
"""Characters of a word whose folded form is remembered; a "word" can be as long as the text it is all of."""

MOST_KEPT = 1 << 16
"""Folded forms that are remembered; then all are forgotten, which costs as much as to read a few dozen articles."""


def fold(word: str) -> str:
    """The form in which two spellings of a word are the same.

    >>> fold("Don’t")
    "don't"
    """
    return _FOLDED[word] if len(word) <= LONGEST_KEPT else _fold(word)


def folded(words: Sequence[str]) -> Iterable[str]:
    """The folded form of each of some words."""
    return map(_FOLDED.__getitem__ if max(map(len, words), default=0) <= LONGEST_KEPT else fold, words)


class _Folded(dict[str, str]):
    """Folded forms of words, made when they are asked for. To read one takes half as long as of an `lru_cache`."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[word] = norm = _fold(word)
        return norm


_FOLDED = _Folded()


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word.translate(_HIDDEN)).casefold().replace("’", "'").replace("ʼ", "'")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words of text[start:end] in order; offsets count from the beginning of `text`.

    >>> [token.norm for token in tokenize("PM's 6.25% rate-cut")]
    ["pm's", '6.25', 'rate', 'cut']
    """
    pieces = _PIECES.split(text[start:end])
    places = list(accumulate(map(len, pieces), initial=start))
    return list(map(tuple.__new__, repeat(Token), zip(folded(pieces[1::2]), places[1::2], places[2::2], strict=False)))


def is_unspaced(norm: str) -> bool:
    """Whether a token is a character of a script without spaces."""
    return len(norm) == 1 and _UNSPACED.match(norm) is not None
