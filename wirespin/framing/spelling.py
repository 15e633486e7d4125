"""House style: spellings, numbers and fixed phrases that differ between papers and mean the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
NUMBER_WORDS = {word: str(value) for value, word in enumerate(f"{_UNITS} eighteen nineteen".split())} | {
    "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90", "dozen": "12",
}  # fmt: skip

SAME = {
    "percent": "%", "pct": "%", "cent": "%", "km": "kilometer", "kms": "kilometer", "kilometre": "kilometer",
    "kilometres": "kilometer", "kilometers": "kilometer", "bn": "billion", "mn": "million", "m": "million",
    "favour": "favor", "grey": "gray", "defence": "defense", "offence": "offense", "licence": "license",
    "programme": "program", "programmes": "programs", "tonnes": "tons", "tonne": "ton", "cheque": "check",
    "centre": "center", "centres": "centers", "theatre": "theater", "metre": "meter", "metres": "meters",
    "judgement": "judgment", "ageing": "aging", "enquiry": "inquiry", "towards": "toward", "amongst": "among",
    "whilst": "while", "per": "%", "learnt": "learned", "burnt": "burned", "jewellery": "jewelry", "tyre": "tire",
    "ok": "okay", "sceptic": "skeptic", "sceptics": "skeptics", "sceptical": "skeptical",
    "dr": "doctor", "gen": "general", "col": "colonel", "maj": "major", "lt": "lieutenant", "sgt": "sergeant",
    "gov": "governor", "sen": "senator", "rep": "representative", "prof": "professor", "us": "us",
    "can't": "cannot",
}  # fmt: skip
"""Spelling to the one that stands for all."""

TITLES = frozenset("mr mrs ms miss sir dame lord lady dr doctor prof professor herr frau m mme".split())
_ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|es|ing|ation|ations|er|ers)$")
_OUR = re.compile(r"(?<=[a-z]{2})our(s|ed|ing|ite|ites|able|er|ers|hood)?$")
_LLED = re.compile(r"(?<=[aeiou]l)l(ed|ing|er|ers)$")
_NUMBER = re.compile(r"\d[\d.,:]*$")


@lru_cache(maxsize=1 << 16)
def canonical(norm: str) -> str:
    """The form in which spellings of one word are the same.

    >>> [canonical(word) for word in ("organised", "neighbours", "eighteen", "10,000", "cancelled")]
    ['organized', 'neighbors', '18', '10000', 'canceled']
    """
    word = norm.removesuffix("'")
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word in SAME:
        return SAME[word]
    if _NUMBER.match(word):
        return word.replace(",", "").removesuffix(".0")
    word = _ISE.sub(r"iz\1", word)
    word = _OUR.sub(r"or\1", word)
    return _LLED.sub(r"\1", word)


def is_number(canon: str) -> bool:
    """Whether a canonical form is a number in digits."""
    return canon[:1].isdigit()


def unaccented(name: str) -> str:
    """A name without accents, which papers put on or leave out.

    >>> unaccented("bragança")
    'braganca'
    """
    if name.isascii():
        return name
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
