"""Two aligned documents and the words in which their linked sentences differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from schemas.events import CreditChange
from wirespin.framing.align import Alignment, align
from wirespin.framing.furniture import is_furniture, site_paragraphs
from wirespin.framing.held import Held
from wirespin.framing.lexicon import Mark, is_among
from wirespin.framing.view import FramingView
from wirespin.framing.worddiff import Edit, Group, diff
from wirespin.framing.wording import changed

__all__ = ["Edit", "Group", "Pair", "is_furniture"]

T = TypeVar("T")

LEFT_OUT = 0.34
"""Share of a sentence's weight below which the copy does not hold it."""

CUT = 3
"""Words that an edit takes out for each that it puts in, from which it is a cut."""

GOVERNED = 3
"""Words of meaning behind a word of caution that it is about."""


@dataclass(frozen=True)
class Pair:
    """An original and its copy, as all devices see them."""

    original: FramingView
    copy: FramingView
    credit: CreditChange | None = None

    @cached_property
    def _worked_out(self) -> dict[object, object]:
        """What functions made of the pair, by function."""
        return {}

    def once(self, work: Callable[[Pair], T]) -> T:
        """What a function makes of the pair, worked out for the first device that asks and kept for the others."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return cast("T", self._worked_out[work])

    @cached_property
    def alignment(self) -> Alignment:
        """Links between sentences."""
        return align(self.original, self.copy)

    @cached_property
    def _diffed(self) -> tuple[list[Group], list[Edit]]:
        return diff((self.original, self.copy), self.alignment)

    @cached_property
    def groups(self) -> list[Group]:
        """Groups of linked sentences, in the copy's order."""
        return self._diffed[0]

    @cached_property
    def edits(self) -> list[Edit]:
        """What differs within the groups, in the copy's order."""
        return self._diffed[1]

    @cached_property
    def fidelity(self) -> float:
        """Share 0..1 of the copy's words (site furniture left out) that stand in runs of the original's wording."""
        kept = sum(group.kept * len(group.copy_words) for group in self.groups)
        words = sum(len(group.copy_words) for group in self.groups)
        words += sum(sentence.last - sentence.first for sentence in (self.copy.sentences[n] for n in self.added))
        return kept / words if words else 0.0

    @cached_property
    def new_words(self) -> int:
        """Words of the copy that were put in: within linked sentences and in sentences of its own."""
        inside = sum(len(edit.copy) for edit in self.edits)
        return inside + sum(self.copy.sentences[n].last - self.copy.sentences[n].first for n in self.added)

    @cached_property
    def hinges(self) -> frozenset[str]:
        """Words on which the sense of a sentence turns, in either text's language."""
        return self.original.language.words("hinges") | self.copy.language.words("hinges")

    @property
    def fresh(self) -> frozenset[int]:
        """Words of the copy that stand in no run of words of the original, wherever its sentences end."""
        return self._changed[1]

    @property
    def gone(self) -> frozenset[int]:
        """Words of the original that stand in no run of words of the copy."""
        return self._changed[0]

    @cached_property
    def _changed(self) -> tuple[frozenset[int], frozenset[int]]:
        return changed(self.original, self.copy)

    def marks_paired(self, original: int, copy: int) -> bool:
        """Whether quotation marks come in pairs in a paragraph of the original and in one of the copy.

        Where they do not, where a quotation begins and ends is a guess: only its words can be held against it.
        """
        return original not in self.original.document.unbalanced and copy not in self.copy.document.unbalanced

    @cached_property
    def added(self) -> list[int]:
        """Sentences of the copy that come from no sentence of the original, site furniture left out."""
        return [
            number
            for number, sources in enumerate(self.alignment.sources)
            if not sources
            and not is_furniture(self.copy, number)
            and self.copy.sentences[number].paragraph not in self._site_paragraphs
        ]

    @cached_property
    def _site_paragraphs(self) -> set[int]:
        return site_paragraphs(self.original, self.copy, self.alignment)

    @cached_property
    def left_out(self) -> list[int]:
        """Sentences of the original that the copy does not hold, not even in other words."""
        missing = [
            number
            for number, kept in enumerate(self.alignment.kept)
            if kept < LEFT_OUT and not is_furniture(self.original, number)
        ]
        if not missing:
            return []
        held = Held(self.original, self.copy, self.gone, self.fidelity)
        return [number for number in missing if not held.stands(number)]

    def new_marks(self, edit: Edit, *kinds: str) -> list[Mark]:
        """Marks on words that an edit put in, outside quotations, by kind."""
        marks = self._marks(edit.copy, original=False) if edit.copy else None
        return [mark for mark in marks if is_among(mark.tag, kinds)] if marks else []

    def gone_marks(self, edit: Edit, *kinds: str) -> list[Mark]:
        """Marks on words that an edit took out, outside quotations, by kind."""
        marks = self._marks(edit.original, original=True) if edit.original else None
        return [mark for mark in marks if is_among(mark.tag, kinds)] if marks else []

    def takes_along(self, edit: Edit, mark: Mark) -> bool:
        """Whether an edit cuts a mark of the original with what it is about ("often blamed on lax rules")."""
        if len(edit.original) < CUT * max(1, len(edit.copy)):
            return False
        view, passed = self.original, self.original.language.stopwords
        last = view.sentences[view.sentence_of(mark.first)].last
        about = [at for at in range(mark.last, last) if view.norms[at] not in passed][:GOVERNED]
        return bool(about) and set(about) <= set(edit.original) and not self.copy.has([view.stems[at] for at in about])

    @cached_property
    def _marked(self) -> dict[tuple[bool, int, int], list[Mark]]:
        """Marks on the words of edits, as far as they were asked for, by side, first and last word."""
        return {}

    def _marks(self, words: tuple[int, ...], *, original: bool) -> list[Mark]:
        key = (original, words[0], words[-1])
        known = self._marked.get(key)
        if known is not None:
            return known
        view = self.original if original else self.copy
        found = view.told_in(words[0], words[-1] + 1)
        if found and len(words) <= words[-1] - words[0]:
            inside = frozenset(words)
            found = [mark for mark in found if mark.first in inside]
        self._marked[key] = found
        return found

    def group_marks(self, view: FramingView, sentences: tuple[int, ...], *kinds: str) -> list[Mark]:
        """Marks in whole sentences, outside quotations, by kind."""
        return [
            mark
            for number in sentences
            for mark in view.told_in(view.sentences[number].first, view.sentences[number].last)
            if is_among(mark.tag, kinds)
        ]

    @cached_property
    def _group_stems(self) -> dict[tuple[int, bool], frozenset[str]]:
        """Stems of the words of groups, as far as they were asked for, by group and side."""
        return {}

    def group_stems(self, number: int, *, original: bool) -> frozenset[str]:
        """Stems of the words of a group, of one side."""
        known = self._group_stems.get((number, original))
        if known is not None:
            return known
        group = self.groups[number]
        view, words = (self.original, group.original_words) if original else (self.copy, group.copy_words)
        found = self._group_stems[number, original] = frozenset([view.stems[at] for at in words])
        return found
