"""Whether a copy holds a sentence of the original after all: cut into small pieces, or in other words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from wirespin.framing.view import FramingView

STANDING = 0.25
"""Share of a sentence's words, that stand in no run of the copy's, below which it is there to the letter."""

VERBATIM = 0.9
"""Fidelity from which what is not there to the letter is not there: nothing was said in other words."""

ANCHORED = 0.5
"""Share of a sentence's names and numbers that, found together in the copy, show that a paraphrase kept it."""

COMMON, FEW_SENTENCES = 0.2, 2
"""Share of a text's sentences, but at least so many, that a name may stand in and still single one out."""


@dataclass(frozen=True)
class Held:
    """What there is to tell it by.

    Attributes:
        original: the original.
        copy: its copy.
        gone: words of the original that stand in no run of words of the copy.
        fidelity: share 0..1 of the copy's words that stand in runs of the original's wording.
    """

    original: FramingView
    copy: FramingView
    gone: frozenset[int]
    fidelity: float

    def stands(self, number: int) -> bool:
        """Whether the copy has a sentence after all: cut into pieces too small to be linked, or in other words."""
        sentence = self.original.sentences[number]
        missing = len(self.gone.intersection(range(sentence.first, sentence.last)))
        if missing < STANDING * (sentence.last - sentence.first):
            return True
        return self.fidelity < VERBATIM and self._anchored(number)

    def _anchored(self, number: int) -> bool:
        """Whether the names and numbers of a sentence stand close together in the copy."""
        anchors = self.original.anchors[number] - self._everywhere
        if len(anchors) < 2:
            return False
        return any(
            len(anchors & (held | after)) >= ANCHORED * len(anchors) and len(anchors & (held | after)) >= 2
            for held, after in zip(self._copy_stems, [*self._copy_stems[1:], frozenset[str]()], strict=False)
        )

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """Names that so many sentences have that they single out none."""
        count = Counter(name for names in self.original.anchors for name in names)
        most = max(FEW_SENTENCES, COMMON * len(self.original.anchors))
        return frozenset(name for name, times in count.items() if times > most)

    @cached_property
    def _copy_stems(self) -> list[frozenset[str]]:
        return [frozenset(self.copy.stems[s.first : s.last]) for s in self.copy.sentences]
