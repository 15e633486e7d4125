"""Words with their places in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
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
_TOKEN = re.compile(rf"[{UNSPACED}]|\d+(?:[.,:]\d+)*|{_LETTERS}(?:['’ʼ]{_LETTERS})*")
_PLAIN_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
"""The same for a text without unspaced scripts and marks: such sets of signs take half of the time."""

_RARE = re.compile(f"[{UNSPACED}{_MARKS}]")
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


_token: Callable[[type[Token], tuple[str, int, int]], Token] = tuple.__new__
"""Makes a `Token` in half the time that its own constructor takes."""

LONGEST_KEPT = 64
"""Characters of a word whose folded form is remembered; a "word" can be as long as the text it is all of."""


def fold(word: str) -> str:
    """The form in which two spellings of a word are the same.

    >>> fold("Don’t")
    "don't"
    """
    return _fold(word) if len(word) <= LONGEST_KEPT else _fold.__wrapped__(word)


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word.translate(_HIDDEN)).casefold().replace("’", "'").replace("ʼ", "'")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words of text[start:end] in order; offsets count from the beginning of `text`.

    >>> [token.norm for token in tokenize("PM's 6.25% rate-cut")]
    ["pm's", '6.25', 'rate', 'cut']
    """
    stop = len(text) if end is None else end
    words = (_TOKEN if _RARE.search(text, start, stop) else _PLAIN_TOKEN).finditer(text, start, stop)
    return [
        _token(Token, (_fold(word) if len(word := at[0]) <= LONGEST_KEPT else fold(word), at.start(), at.end()))
        for at in words
    ]


def is_unspaced(norm: str) -> bool:
    """Whether a token is a character of a script without spaces."""
    return len(norm) == 1 and _UNSPACED.match(norm) is not None
