"""Names in running text, told by their capital letters alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wirespin.framing.spelling import unaccented
from wirespin.framing.stopwords import STOPWORDS
from wirespin.text.document import Document

DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])

LINKS = frozenset(
    ["of", "de", "da", "do", "dos", "del", "della", "di", "van", "von", "der", "den", "la", "le", "al", "bin"]
)
"""Small words within a name, where a capital follows: "Ursula von der Leyen", "Department of Justice"."""

RUN = 12
"""Words on either side of a capitalised one that may belong to one name; a line in capitals is none."""

ENDINGS = frozenset(["jr", "sr", "ii", "iii", "iv"])
"""What stands behind a surname."""

_JOINTS = frozenset([" ", "-", ". ", ".", "\u00a0", "’ ", "' ", ".\u00a0"])
_PARTING = frozenset(',;:()[]"“”„«»—–…?!/|')


@dataclass(frozen=True)
class Words:
    """The words of a document as the rules for speakers read them.

    Attributes:
        document: the document.
        norms: folded words.
        capitals: for each word, whether it begins with a capital letter.
        quoted: for each word, whether it stands within quotation marks.
    """

    document: Document
    norms: Sequence[str]
    capitals: Sequence[bool]
    quoted: Sequence[bool]

    def gap(self, at: int) -> str:
        """What stands between a word and the next one."""
        tokens = self.document.tokens
        return self.document.body[tokens[at].end : tokens[at + 1].start]

    def joined(self, at: int) -> bool:
        """Whether nothing parts a word from the next one: no comma, dash, bracket or quotation mark."""
        return is_joint(self.gap(at))

    def key(self, at: int) -> str:
        """A word as names are compared: folded, without accents and genitive."""
        return unaccented(self.norms[at].removesuffix("'s"))

    def run(self, at: int, floor: int, ceiling: int) -> tuple[int, int]:
        """[first, last) of the capitalised words around `at` within [floor, ceiling)."""
        first, last = at, at + 1
        floor, ceiling = max(floor, at - RUN), min(ceiling, at + RUN)
        while first > floor and self._links_back(first, floor):
            first -= 1
        while not self.capitals[first]:
            first += 1
        while last < ceiling and self._links_on(last, ceiling):
            last += 1
        while last - 1 > at and not self.capitals[last - 1]:
            last -= 1
        return first, last

    def _links_back(self, first: int, floor: int) -> bool:
        before = first - 1
        if self.quoted[before] or self.gap(before) not in _JOINTS or self.norms[before].endswith("'s"):
            return False
        if self.capitals[before]:
            return self.norms[before] not in DAYS
        if before <= floor or not self.links(before, floor) or not self.joined(before - 1):
            return False
        return self.capitals[before - 1] or (before - 1 > floor and self.links(before - 1, floor))

    def _links_on(self, last: int, ceiling: int) -> bool:
        if self.quoted[last] or self.gap(last - 1) not in _JOINTS or self.norms[last - 1].endswith("'s"):
            return False
        if self.capitals[last]:
            return self.norms[last] not in DAYS
        if last + 1 >= ceiling or not self.links(last, 0):
            return False
        return self.capitals[last + 1] or (self.links(last + 1, 0) and last + 2 < ceiling and self.capitals[last + 2])

    def links(self, at: int, floor: int) -> bool:
        """Whether a small word links two parts of a name; "of" only behind its first word: not "Ann Hart of Ohio"."""
        if self.norms[at] != "of":
            return self.norms[at] in LINKS
        second = at - 2
        if second < floor or not self.capitals[second] or self.norms[second] in STOPWORDS:
            return True
        return self.gap(second) not in _JOINTS

    def surname_at(self, first: int, last: int) -> int:
        """Index of the surname in a run of capitalised words: the last one, "Jr" and the like left out."""
        while last - 1 > first and self.norms[last - 1] in ENDINGS:
            last -= 1
        return last - 1


@lru_cache(maxsize=4096)
def is_joint(gap: str) -> bool:
    """Whether what stands between two words of a clause does not part them."""
    return _PARTING.isdisjoint(gap) and "--" not in gap and " - " not in gap and "\n" not in gap
