"""Words that another text has in the same order, whatever becomes of sentences, paragraphs and marks on the way."""

from __future__ import annotations

from collections.abc import Iterator

from wirespin.framing.view import UNCOUNTED, FramingView

SHARED = 3
"""Words in a row that both texts have: with fewer they meet by chance, with more a misprint hides its neighbours."""


LETTERS, LONGEST = 4, 30
"""Letters of a word that can be told from a misprint of it, at least and at most."""


def changed(original: FramingView, copy: FramingView) -> tuple[frozenset[int], frozenset[int]]:
    """Indices of the original's words that are gone and of the copy's that are new, misprints left out.

    A word is gone, or new, where it belongs to no run of SHARED words of the other text and is not one of the other's
    new, or gone, words with a letter too many, too few, exchanged or out of place.
    """
    gone, fresh = _unshared(original, copy), _unshared(copy, original)
    before, after = _spellings(original, gone), _spellings(copy, fresh)
    return (
        frozenset(at for at in gone if after.isdisjoint(near(original.norms[at]))),
        frozenset(at for at in fresh if before.isdisjoint(near(copy.norms[at]))),
    )


def _unshared(view: FramingView, other: FramingView) -> set[int]:
    counted = _counted(view)
    known = set(_in_rows([other.canon[at] for at in _counted(other)]))
    apart = set(counted)
    for at, run in enumerate(_in_rows([view.canon[at] for at in counted])):
        if run in known:
            apart.difference_update(counted[at : at + SHARED])
    return apart


def _spellings(view: FramingView, words: set[int]) -> set[str]:
    return {spelling for at in words for spelling in near(view.norms[at])}


def near(word: str) -> list[str]:
    """The word with each of its letters left out; two words that share one of these differ by a misprint."""
    if len(word) < LETTERS or len(word) > LONGEST or not word.isalpha():
        return []
    return [word[:at] + word[at + 1 :] for at in range(len(word))] + [word]


def misprinted(old: str, new: str) -> bool:
    """Whether one of two words is a misprint of the other; words too short for that are as they are.

    >>> misprinted("organization", "organizaton"), misprinted("not", "now")
    (True, False)
    """
    old, new = old.removesuffix("'s"), new.removesuffix("'s")
    return not {old, *near(old)}.isdisjoint({new, *near(new)})


def _counted(view: FramingView) -> list[int]:
    return [at for at, word in enumerate(view.canon) if word not in UNCOUNTED]


def _in_rows(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[skip:] for skip in range(SHARED)), strict=False)
