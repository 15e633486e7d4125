"""Double quotation marks and which way each one faces, by its sign and by what stands on either side of it.

A straight mark opens behind white space, a bracket or a dash and before a word; it closes behind a word or a stop and
before white space, a stop or the end. Counting marks instead turns a text inside out from the first stray one on.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from wirespin.text.tokens import UNSPACED

Place = Literal["open", "close", "either", "neither"]
Role = Literal["open", "close", "plain"]

FAMILY = frozenset(['"', "“", "”", "„", "``", "''"])
"""Signs that sites mix: any of them may close what another one opened."""

CLOSING = {
    '"': ('"',), "“": ("”",), "„": ("“", "”"), "”": ("”",), "``": ("''",), "''": ("''",),
    "«": ("»",), "»": ("«", "»"), "‹": ("›",), "›": ("‹", "›"), "「": ("」",), "『": ("』",),
}  # fmt: skip
"""Opening mark to its own closing marks; "»…«" is the German, "«…»" the French, "»…»" the Finnish way."""

SIGNS = (*CLOSING, "」", "』")
"""All double marks."""

_FACING = {"«": "»", "»": "«", "‹": "›", "›": "‹"}
_SIGN = r"[\"“”„«»‹›「」『』`'](?:(?<![`'])|(?<=`)`|(?<=')')"
_MARK = re.compile(rf"({_SIGN})((?:{_SIGN}){{3,}}+)?")
"""A mark; four and more in a row are an ornament. It begins with a set of signs, which are quick to look for."""

_UNSPACED = re.compile(f"[{UNSPACED}\uac00-\ud7af]")
"""Scripts in which a mark has letters on both sides, Korean too: its particles stand right behind a closing mark."""

_SKIPPED = "\"“”„«»‹›'‘’`"
"""Marks beside a mark, which say nothing of where it stands."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015/|"
_BEFORE_OPENING = frozenset("([{<¿¡=（【《〈「『" + _DASHES)
_BEHIND_CLOSING = frozenset(".,;:!?…)]}>*†。，、；：！？）】》〉」』" + _DASHES)
_LEADING = frozenset("…*" + _DASHES)
"""Signs behind a closing mark with which a quotation may also begin."""

_STOPS = ".,?!'’"
"""What stands before the space before a closing mark that went astray, or that follows a single one (he is ‘in,’ ”)."""

BESIDE = 5
"""Characters on either side that are looked at, other marks among them."""


MOST_MARKS = 10_000
"""Marks of one paragraph that are looked at: 5,000 quotations, more than the dialogue of a book in one line holds."""


class QuoteMark(NamedTuple):
    """A double quotation mark.

    Attributes:
        sign: the mark.
        start: offset of its first character.
        end: offset behind its last.
        place: what its neighbours let it do.
        doubtful: whether it may be no quotation mark at all: an inch sign, a sign within a word, one that
            stands alone.
    """

    sign: str
    start: int
    end: int
    place: Place
    doubtful: bool


def find_marks(text: str, start: int, end: int) -> list[QuoteMark]:
    """The double quotation marks of a part of a text, the first MOST_MARKS of them, in order."""
    found = []
    for mark in islice(_MARK.finditer(text, start, end), MOST_MARKS):
        if not mark[2]:
            first, last = mark.span()
            left, right = text[max(start, first - BESIDE) : first], text[last : min(end, last + BESIDE)]
            found.append(QuoteMark(mark[1], first, last, *_look(left, right)))
    return found


def role(mark: QuoteMark, opened: Collection[str]) -> Role:
    """What a mark does where quotations with the given opening signs are open."""
    sign, place = mark.sign, mark.place
    if sign == '"':
        if place == "either":
            return "open" if FAMILY.isdisjoint(opened) else "close"
        return "plain" if place == "neither" else place
    if sign in ("”", "''"):
        partners = {"``"} if sign == "''" else {"“", "„"}
        return "open" if place == "open" and partners.isdisjoint(opened) else "close"
    if sign == "“":
        return "close" if place == "close" or ("„" in opened and place != "open") else "open"
    if sign in _FACING:
        return _guillemet(mark, opened)
    return "open" if sign in CLOSING else "close"


def closes(sign: str, opening: str) -> bool:
    """Whether a mark can close what another one opened, its own or one of those that sites mix it with."""
    return own(sign, opening) or (sign in FAMILY and opening in FAMILY)


def own(sign: str, opening: str) -> bool:
    """Whether a mark is the one that closes what another one opened."""
    return sign in CLOSING[opening]


def in_family(sign: str, other: str) -> bool:
    """Whether two opening marks are the same or such as sites mix, so that neither begins a quotation in the other."""
    return sign == other or (sign in FAMILY and other in FAMILY)


def _guillemet(mark: QuoteMark, opened: Collection[str]) -> Role:
    """Guillemets point either way: by what is open first, then by their place."""
    sign, place = mark.sign, mark.place
    if sign in ("«", "‹"):
        return "close" if place == "close" or (_FACING[sign] in opened and place != "open") else "open"
    if _FACING[sign] in opened or (sign in opened and place != "open"):
        return "close"
    return "open" if place in ("open", "either") else "close"


@lru_cache(maxsize=8192)
def _look(left: str, right: str) -> tuple[Place, bool]:
    """Place of a mark between some characters of its paragraph, and whether it may be none."""
    left, right = left.rstrip(_SKIPPED), right.lstrip(_SKIPPED)
    before, behind = left[-1:], right[:1]
    place = _place(before, behind, right[1:2])
    if place == "neither" and left[-2:-1] and left[-2] in _STOPS:
        return "close", left[-2] not in _SKIPPED
    return place, (place == "close" and before.isdecimal()) or (place == "either" and _in_a_word(before, behind))


def _place(left: str, right: str, second: str) -> Place:
    """What a mark may do between two characters; empty ones stand for the paragraph's edge."""
    gap_left, gap_right = not left or left.isspace(), not right or right.isspace()
    if gap_left and gap_right:
        return _between_gaps(left, right)
    begins = not gap_right and (right not in _BEHIND_CLOSING or right in _LEADING or _begins(right, second))
    opening = begins and (gap_left or left in _BEFORE_OPENING)
    closing = gap_right or right in _BEHIND_CLOSING
    if opening and closing:
        return "open" if gap_left or left not in _DASHES else "either"
    if opening or closing:
        return "open" if opening else "close"
    return "open" if gap_left else "close" if right in _BEFORE_OPENING and left not in ":：" else "either"


def _begins(right: str, second: str) -> bool:
    """Whether dots begin a quotation ("...we", ".5 per cent", ".@name")."""
    return right == "." and (second in (".", "@") or second.isdecimal())


def _between_gaps(left: str, right: str) -> Place:
    """A mark with white space on both sides stands with the word that a no-break space ties it to, if any."""
    if right in ("\u00a0", "\u202f") and left not in ("\u00a0", "\u202f"):
        return "open"
    if left in ("\u00a0", "\u202f") and right not in ("\u00a0", "\u202f"):
        return "close"
    if left and right:
        return "neither"
    return "close" if left or not right else "either"


def _in_a_word(left: str, right: str) -> bool:
    """Whether a mark stands between letters of a script that parts its words."""
    return left.isalnum() and right.isalnum() and not _UNSPACED.match(left) and not _UNSPACED.match(right)
