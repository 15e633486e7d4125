"""Words that another text has in the same order, whatever becomes of sentences, paragraphs and marks on the way."""

from __future__ import annotations

from functools import lru_cache

from wirespin.framing.view import FramingView

LETTERS, LONGEST = 4, 30
"""Letters of a word that can be told from a misprint of it, at least and at most."""

UNKNOWN = bytes(3)
"""The three rows that a word belongs to, where the other text has none of them."""


def changed(original: FramingView, copy: FramingView) -> tuple[frozenset[int], frozenset[int]]:
    """Indices of the original's words that are gone and of the copy's that are new, misprints left out.

    A word is gone, or new, where it belongs to no three words in a row of the other text (`FramingView.rows`) and is
    not one of the other's new, or gone, words with a letter too many, too few, exchanged or out of place.
    """
    gone, fresh = _unshared(original, copy), _unshared(copy, original)
    before, after = _spellings(original, gone), _spellings(copy, fresh)
    return (
        frozenset(at for at in gone if after.isdisjoint(near(original.norms[at]))),
        frozenset(at for at in fresh if before.isdisjoint(near(copy.norms[at]))),
    )


def _unshared(view: FramingView, other: FramingView) -> set[int]:
    """Counted words that belong to no three in a row of the other text: where three rows on end are not known."""
    counted, found = view.counted, set()
    known = bytes(2) + bytes(map(other.row_set.__contains__, view.rows)) + bytes(2)
    at = known.find(UNKNOWN)
    while 0 <= at < len(counted):
        found.add(counted[at])
        at = known.find(UNKNOWN, at + 1)
    return found


def _spellings(view: FramingView, words: set[int]) -> set[str]:
    return set[str]().union(*map(near, {view.norms[at] for at in words}))


@lru_cache(maxsize=1 << 15)
def near(word: str) -> frozenset[str]:
    """The word with each of its letters left out; two words that share one of these differ by a misprint."""
    if len(word) < LETTERS or len(word) > LONGEST or not word.isalpha():
        return frozenset()
    return frozenset([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))])


def misprinted(old: str, new: str) -> bool:
    """Whether one of two words is a misprint of the other; words too short for that are as they are.

    >>> misprinted("organization", "organizaton"), misprinted("not", "now")
    (True, False)
    """
    old, new = old.removesuffix("'s"), new.removesuffix("'s")
    if old == new or abs(len(old) - len(new)) > 1:
        return old == new
    return not {old, *near(old)}.isdisjoint({new, *near(new)})
