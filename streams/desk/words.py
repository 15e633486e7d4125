"""Words as the desk's search compares them, the same in Python and in SQLite's full-text index."""

from __future__ import annotations

import re
import unicodedata

MOST = 64
"""Words of a query that are looked for; the rest is passed over. SQLite's query trees are at most 256 deep."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxy0123456789")

_ACCENTS = re.compile(r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
"""Accents that stand alone after decomposition: Latin, Greek and Cyrillic ones, Hebrew points, Arabic vowels."""

_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963\u0966-\u0dff])+")
"""Letters and digits; the vowel signs of India's scripts are marks to Python and parts of a word to everybody else."""

_ALONE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that leave no space between words (Thai, Lao, Burmese, Khmer, kana, ideographs): each stands for
itself, so that a word is found inside a sentence."""


def words(text: str) -> list[str]:
    """The words of a text, each once, in order: case folded, accents left out, compatible forms as one.

    >>> words("Président Müller’s 2.5 «Café»"), words("北京 AB")
    (['president', 'muller', 's', '2', '5', 'cafe'], ['北', '京', 'ab'])
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold())).casefold()
    return list(dict.fromkeys(_WORD.findall(_ALONE.sub(r" \g<0> ", bare))))


def wanted(query: str) -> list[str]:
    """The words that a query asks for."""
    return words(query)[:MOST]


def encoded(word: str) -> str:
    """A word in ASCII letters and digits, letter by letter, so that the beginning of a word stays its beginning.

    What SQLite's tokenizers hold to be a letter depends on the Unicode version they were made for; of these they agree.

    >>> encoded("zoo"), encoded("нет")
    ('z00007aoo', 'z00043dz000435z000442')
    """
    return "".join(char if char in _PLAIN else f"z{ord(char):06x}" for char in word)
