"""The two texts aligned, and where their words differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from schemas.events import Place
from wirespin.framing.pair import Pair
from wirespin.page.differences import changed_text, changed_words
from wirespin.page.marks import Marking
from wirespin.page.side import Letter, Side
from wirespin.text.tokens import Span

TAGS: dict[Letter, Literal["del", "ins"]] = {"o": "del", "c": "ins"}

WORDS: dict[Letter, str] = {"o": "taken out", "c": "put in"}
"""What a difference of words is. They may stand elsewhere in the other text."""

SENTENCES: dict[Letter, str] = {"o": "sentence not found in the copy", "c": "sentence not found in the original"}
"""What a sentence without counterpart is."""


@dataclass(frozen=True)
class Texts:
    """Original and copy."""

    original: Side
    copy: Side

    @cached_property
    def pair(self) -> Pair:
        """The two texts aligned."""
        return Pair(self.original.view, self.copy.view)

    def side(self, letter: Letter) -> Side:
        """One of them."""
        return self.original if letter == "o" else self.copy

    @cached_property
    def words(self) -> dict[tuple[Letter, Place], list[Marking]]:
        """Markings of the words that differ."""
        left, right = self.original.view.document, self.copy.view.document
        bodies, headlines = changed_words(self.pair), changed_text(left.headline_tokens, right.headline_tokens)
        found: dict[tuple[Letter, Place], list[Marking]] = {}
        for at, letter in enumerate(TAGS):
            found[letter, "body"] = _markings(letter, bodies[at])
            found[letter, "headline"] = _markings(letter, headlines[at])
        return found

    @cached_property
    def sentences(self) -> dict[Letter, list[Marking]]:
        """Markings of the sentences that the other text has nothing of."""
        gone = [number for number in self.pair.left_out if not self.pair.alignment.targets[number]]
        return {"o": self._whole("o", gone), "c": self._whole("c", self.pair.added)}

    def _whole(self, letter: Letter, numbers: list[int]) -> list[Marking]:
        sentences = (self.side(letter).view.sentences[number] for number in numbers)
        return [Marking((one.start, one.end), TAGS[letter], "whole", SENTENCES[letter], 1) for one in sentences]


def _markings(letter: Letter, spans: list[Span]) -> list[Marking]:
    return [Marking(span, TAGS[letter], None, WORDS[letter], 2) for span in spans]
