"""How strong a claim of cause and effect is, on the ladder of the InSciOut coding scheme.

Sumner et al., BMJ 2014;349:g7015: 2 two things go together ("linked to"), 3 it is left open which ("predicts"), 4 one
may bring about the other, 5 can, 6 does. 0 and 1 (no statement, no relation) are not told apart here: both are None.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from wirespin.framing.inflect import verb_forms
from wirespin.framing.lexicon import Lexicon, Mark, data_of

TIE, OPEN, MAY, CAN, CAUSE = 2, 3, 4, 5, 6
"""Steps of the ladder; 5 and 6 are hardly apart in the readers' minds, 2 and 6 never meet."""

REACH = 5
"""Words before a verb of cause in which "may" or "can" still governs it ("could in some people help prevent")."""


class Claim(NamedTuple):
    """A claim in a row of words.

    Attributes:
        first: index of its first telling word.
        last: index behind its last.
        step: its place on the ladder, 2 to 6.
        tag: ``tie``, ``compare``, ``predict``, ``cause`` or ``modal``.
    """

    first: int
    last: int
    step: int
    tag: str


@lru_cache(maxsize=1)
def _lists() -> tuple[Lexicon, frozenset[str], frozenset[str], frozenset[str]]:
    """The words, those that may be nouns, what stands before nouns, and the modal verbs."""
    data: dict[str, Any] = data_of("en-strength")
    cause = data["cause"]
    entries = [(phrase, tag) for tag in ("tie", "compare", "predict", "may", "can") for phrase in data[tag]]
    entries += [(form, "cause") for verb in cause["verbs"] for form in verb_forms(verb)]
    entries += [(form, "cause") for form in cause["forms"]]
    return (
        Lexicon(entries),
        frozenset(cause["nouns"]),
        frozenset(cause["before_nouns"]),
        frozenset(data["modals"]),
    )


def claims(norms: Sequence[str]) -> list[Claim]:
    """All claims in a row of folded English words, by position.

    >>> [claim.step for claim in claims("coffee is linked to longer life and may cut the risk".split())]
    [2, 4, 3]
    """
    words = list(norms)
    lexicon, _, _, modals = _lists()
    marks = lexicon.marks(words)
    tied = {at for mark in marks if mark.tag in ("tie", "compare") for at in range(mark.first, mark.last)}
    softeners = [mark for mark in marks if mark.tag in ("may", "can") and mark.first not in tied]
    found = [claim for mark in marks if (claim := _claim(words, mark, tied, softeners))]
    bare = next((mark for mark in softeners if words[mark.first] in modals), None)
    if bare and not any(claim.step >= MAY for claim in found):
        found.append(Claim(bare.first, bare.last, MAY if bare.tag == "may" else CAN, "modal"))
    return sorted(found)


def strength(norms: Sequence[str]) -> Claim | None:
    """The claim that a headline or sentence leads with: its first; None where it makes none.

    >>> strength("red wine prevents cancer".split()).step, strength("red wine could prevent cancer".split()).step
    (6, 4)
    """
    return min(claims(norms), default=None)


@lru_cache(maxsize=1)
def tie_words() -> frozenset[str]:
    """Words with which phrases of a tie begin ("linked", "associated"); cheap to look for before `claims`."""
    return frozenset(phrase.split()[0] for phrase in data_of("en-strength")["tie"])


def _claim(words: list[str], mark: Mark, tied: set[int], softeners: list[Mark]) -> Claim | None:
    """What a mark claims; None for words of a tie ("linked to a reduced risk") and for nouns ("a cure")."""
    _, nouns, before_nouns, _ = _lists()
    near = {other.tag for other in softeners if mark.first - REACH <= other.first < mark.first}
    if mark.tag in ("tie", "compare"):
        return Claim(mark.first, mark.last, MAY if "may" in near else TIE, mark.tag)
    if mark.tag not in ("predict", "cause") or mark.first in tied:
        return None
    if mark.tag == "predict":
        return Claim(mark.first, mark.last, OPEN, mark.tag)
    if mark.first and words[mark.first] in nouns and words[mark.first - 1] in before_nouns:
        return None
    return Claim(mark.first, mark.last, MAY if "may" in near else CAN if near else CAUSE, mark.tag)
