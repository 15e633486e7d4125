"""Texts that have broken parsers, regular expressions and terminals, and ordinary ones to break."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

HOSTILE = (
    "\"“”„«»‹›「」『』``''‘’'",  # quotation marks without end
    "“",
    "‘a ",
    '"a" ',
    "“He said so.\n\n",
    '.""""""""""""""""',
    "\0",
    "a\0b ",
    "\u202e\u202dgnikaerb\u202c\u2066\u2069",  # marks of direction
    "\u200b\u200d\ufeff\u2060",  # no width
    "e\u0301\u0302\u0303\u0304 ",
    "👨‍👩‍👧‍👦",
    "\U0010ffff\ufffe\ufdd0",  # no characters
    "\ue000\uf8ff",  # private use
    "\x1b[2J\x1b]0;owned\x07",  # what moves a terminal's cursor
    "İıſKÅﬁ",  # what changes its length when its case is folded
    "a\u2028b\u2029\x85",
    "a\n",
    "\r",
    "    ",
    "-",
    "1.",
    "1e",
    "A. ",
    "(((((",
    "[[{{<<",
    "&amp;&#x0;&#55296;",
    "<p>news <div class='x'>",
    "<!-- ",
    "<b ",
    "(AFP) ",
    "By Jane Roe, ",
    "(Reporting by Jane Roe; with input from AFP, © Reuters) - dpa/xx\n",
    "Read more\nA headline of the list\n",
    "https://www.example.org/a/b?c=d ",
    "据气象部门预测，未来五天气温将继续偏高。",
    "กรมอุตุนิยมวิทยาคาดว่าฝนจะตก ",
    "قال المتحدث باسم الحكومة. ",
    "%s%n{}{0.__class__}$(x)`x`",
    "'; DROP TABLE articles; --",
    "../../../../etc/passwd\0",
)
"""What is repeated to fill a text."""

DATES = (
    "1795-01-01T00:00:00Z",
    "2126-11-22T12:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31",
    "0000-00-00",
    "-0044-03-15",
    "+012026-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2026-02-30T25:61:61Z",
    "2026-W01-1",
    "20260101T000000Z",
    "1700000000",
    "1700000000000",
    "1" * 4_000,
    "12:00",
    "24:00",
    "Mon, 22 Nov 2126 12:00:00 +9999",
    "Mon, 22 Nov 2026 12:00:00 IST",
    "２０２６-１１-２２",
    "٢٠٢٦-١١-٢٢T10:00:00Z",
    "now",
    "NaN",
    "1e400",
    "2026-11-22T10:00:00+99:99",
    "2026-11-22T10:00:00\0Z",
    "tomorrow " * 400,
)
"""Times of publication that are none, or none that can be believed."""

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63 - 1, 2**64 - 1, -(2**63), 1.5, 1e308, -0.0, "", " ", "\0", "x", "NaN",
    "9" * 400, [], [[]], {}, {"": ""}, [None], [0], ["x"], {"$ref": "#"}, {"__proto__": {}}, "A" * 5_000, *DATES[:6],
)  # fmt: skip
"""What stands where something else should."""

SYLLABLES = "ka lo mi ne ru sta ver pol dun ish orm tak gel bri fos wen".split()
VOCABULARY = tuple("".join(some) for some in product(SYLLABLES, repeat=3)) + tuple(
    f"{one}{two}." for one, two in product(SYLLABLES, repeat=2)
)
WORDS = len(VOCABULARY)
SHORTEST, LONGEST = 30, 120
LONGEST_PIECE = 16
"""Characters of a piece in a mixed text: fewer words than a shingle has."""

LONGEST_FOREIGN = 3
"""The same of a piece in another script, of which each sign may be a word."""

LONGEST_MIXED = 5_000
"""Characters of a hostile text up to which it is mixed."""


def words(dice: random.Random, count: int) -> list[str]:
    """Words of a made-up language, with a stop here and there; two texts rarely have four in a row in common."""
    return [VOCABULARY[dice.randrange(WORDS)] for _ in range(count)]


def article(dice: random.Random, name: str) -> dict[str, Any]:
    """An ordinary article."""
    body = words(dice, dice.randrange(SHORTEST, LONGEST))
    text = "\n\n".join(" ".join(body[at : at + 40]) for at in range(0, len(body), 40))
    return {
        "id": name,
        "url": f"https://outlet{dice.randrange(40)}.example/{name}",
        "publisher": dice.choice(("AFP", "Outlet", "The Lantern", "Reuters")),
        "headline": " ".join(words(dice, 8)),
        "body": f"{text} {dice.choice(('(AFP)', '(Reuters)', '', ''))}".strip(),
        "published_at": f"2026-11-{dice.randrange(10, 22)}T{dice.randrange(24):02}:{dice.randrange(60):02}:07Z",
    }


def filled(dice: random.Random, size: int) -> str:
    """Hostile text of so many characters: pieces behind ordinary words; in a long one it is one piece, repeated.

    In a short one the pieces are mixed with words, or all such texts were copies of each other, and the run measured
    one story of thousands.
    """
    if size > LONGEST_MIXED:
        ordinary, piece = " ".join(words(dice, 5)), dice.choice(HOSTILE)
        return f"{ordinary} {piece * (size // len(piece) + 1)}"[:size]
    text = ""
    while len(text) < size:
        piece = dice.choice(HOSTILE)
        piece = piece[: LONGEST_PIECE if piece.isascii() else LONGEST_FOREIGN]
        text += f"{piece * dice.choice((1, 1, 2))}{' '.join(words(dice, dice.randrange(2, 5)))} "
    return text[:size]
