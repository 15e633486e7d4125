"""Two aligned documents and the words in which their linked sentences differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TypeVar, cast

from schemas.events import CreditChange
from wirespin.framing.align import Alignment, align
from wirespin.framing.lexicon import Mark
from wirespin.framing.view import FramingView
from wirespin.framing.wording import changed, misprinted

T = TypeVar("T")

CELLS = 200_000
"""Most word pairs that a word diff compares (450 words on either side); longer groups are left undiffed."""

SPELLED = 3
"""Words of an edit on either side that may be but another spelling."""

RUN = 3
"""Words that stand in the same order in both texts before they count as kept wording."""

FURNITURE_WORDS = 25
"""Words of a sentence that may still be site furniture."""

APPEAL_WORDS = 12
"""Words of an appeal to the reader at most."""

STOPS = ".!?…。！？؟۔।"
"""Signs that end a sentence, in all scripts; a line that ends otherwise is a caption or a link."""

CLOSING = "\"'”’“»«›‹」』)）"
"""Signs that may stand behind them."""

RELATED = 2
"""Words of meaning that a paragraph of the copy's own shares with the original where it speaks of the same matter."""

LEFT_OUT = 0.34
"""Share of a sentence's weight below which the copy does not hold it."""

STANDING = 0.25
"""Share of a sentence's words, that stand in no run of the copy's, below which it is there to the letter."""

VERBATIM = 0.9
"""Fidelity from which what is not there to the letter is not there: nothing was said in other words."""

ANCHORED = 0.5
"""Share of a sentence's names and numbers that, found together in the copy, show that a paraphrase kept it."""


COMMON, FEW_SENTENCES = 0.2, 2
"""Share of a text's sentences, but at least so many, that a name may stand in and still single one out."""


CUT = 3
"""Words that an edit takes out for each that it puts in, from which it is a cut."""

GOVERNED = 3
"""Words of meaning behind a word of caution that it is about."""


@dataclass(frozen=True)
class Edit:
    """Words of the original that the copy replaced; either side may be empty.

    Attributes:
        group: index of the group of linked sentences.
        original: indices of the words taken out.
        copy: indices of the words put in.
        original_near: the same, or the neighbours of the gap where nothing was taken out.
        copy_near: the same for the copy.
    """

    group: int
    original: tuple[int, ...]
    copy: tuple[int, ...]
    original_near: tuple[int, ...]
    copy_near: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Sentences linked with one another, and their words that count, as indices.

    Attributes:
        originals: sentences of the original.
        copies: sentences of the copy.
        original_words: their words.
        copy_words: their words.
        kept: share 0..1 of the copy's words that stand in runs of the original.
    """

    originals: tuple[int, ...]
    copies: tuple[int, ...]
    original_words: tuple[int, ...]
    copy_words: tuple[int, ...]
    kept: float


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
        groups: list[Group] = []
        edits: list[Edit] = []
        for originals, copies in _components(self.alignment):
            group, found = _diff(self, originals, copies, len(groups))
            groups.append(group)
            edits.extend(found)
        return groups, edits

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
        """Paragraphs of the copy with nothing of the original and something of the site, or with nothing to do with it.

        The latter only before the first and behind the last shared paragraph: there the site's own lines stand.
        """
        sources = self.alignment.sources
        paragraphs: dict[int, list[int]] = {}
        for number, sentence in enumerate(self.copy.sentences):
            paragraphs.setdefault(sentence.paragraph, []).append(number)
        shared = [paragraph for paragraph, numbers in paragraphs.items() if any(sources[n] for n in numbers)]
        return {
            paragraph
            for paragraph, numbers in paragraphs.items()
            if not any(sources[n] for n in numbers)
            and (
                any(is_furniture(self.copy, n) for n in numbers)
                or ((not shared or not shared[0] < paragraph < shared[-1]) and self._is_foreign(numbers))
            )
        }

    def _is_foreign(self, numbers: list[int]) -> bool:
        """Whether sentences share next to no word that carries meaning with the original."""
        words = frozenset[str]().union(*(self.copy.content[number] for number in numbers))
        return len(words & self.original.stem_set) < RELATED

    @cached_property
    def left_out(self) -> list[int]:
        """Sentences of the original that the copy does not hold, not even in other words."""
        return [
            number
            for number, kept in enumerate(self.alignment.kept)
            if kept < LEFT_OUT and not is_furniture(self.original, number) and not self._stands(number)
        ]

    def _stands(self, number: int) -> bool:
        """Whether the copy has a sentence after all: cut into pieces too small to be linked, or in other words."""
        sentence = self.original.sentences[number]
        missing = sum(at in self.gone for at in range(sentence.first, sentence.last))
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

    def new_marks(self, edit: Edit, *kinds: str) -> list[Mark]:
        """Marks on words that an edit put in, outside quotations, by kind."""
        return [mark for mark in self._marks(edit.copy, original=False) if mark.kind in kinds or mark.tag in kinds]

    def gone_marks(self, edit: Edit, *kinds: str) -> list[Mark]:
        """Marks on words that an edit took out, outside quotations, by kind."""
        return [mark for mark in self._marks(edit.original, original=True) if mark.kind in kinds or mark.tag in kinds]

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
        if not words:
            return []
        key = (original, words[0], words[-1])
        known = self._marked.get(key)
        if known is not None:
            return known
        view = self.original if original else self.copy
        marks = view.marks_in(words[0], words[-1] + 1)
        found = [mark for mark in marks if mark.first in words and not view.quoted[mark.first]]
        self._marked[key] = found
        return found

    def group_marks(self, view: FramingView, sentences: tuple[int, ...], *kinds: str) -> list[Mark]:
        """Marks in whole sentences, outside quotations, by kind."""
        return [
            mark
            for number in sentences
            for mark in view.marks_in(view.sentences[number].first, view.sentences[number].last)
            if (mark.kind in kinds or mark.tag in kinds) and not view.quoted[mark.first]
        ]


def is_furniture(view: FramingView, number: int) -> bool:
    """Whether a sentence looks like a site's furniture: an appeal to subscribe, a caption, a link to another story."""
    sentence = view.sentences[number]
    length = sentence.last - sentence.first
    if length > FURNITURE_WORDS:
        return False
    marks = view.marks_in(sentence.first, sentence.last)
    if any(mark.tag == "page.furniture" for mark in marks) or _appeals(view, number):
        return True
    if "|" in view.document.body[sentence.start : sentence.end]:
        return True
    ending = view.document.body[sentence.start : sentence.end].rstrip(CLOSING)[-1:]
    return ending not in STOPS and not any(mark.kind == "report" for mark in marks)


def _appeals(view: FramingView, number: int) -> bool:
    """Whether a short sentence tells the reader to do something with the site."""
    sentence = view.sentences[number]
    return sentence.last - sentence.first <= APPEAL_WORDS and view.norms[sentence.first] in view.language.words(
        "appeals"
    )


def _components(alignment: Alignment) -> list[tuple[list[int], list[int]]]:
    """Groups of linked sentences, (original, copy), in the copy's order."""
    found: list[tuple[list[int], list[int]]] = []
    seen: set[int] = set()
    for start, sources in enumerate(alignment.sources):
        if start in seen or not sources:
            continue
        originals: set[int] = set()
        copies, waiting = {start}, [start]
        while waiting:
            for source in set(alignment.sources[waiting.pop()]) - originals:
                originals.add(source)
                fresh = set(alignment.targets[source]) - copies
                copies |= fresh
                waiting.extend(fresh)
        seen |= copies
        found.append((sorted(originals), sorted(copies)))
    return found


def _words(view: FramingView, sentences: list[int]) -> list[int]:
    """Indices of the words of sentences that the word diff counts."""
    canon, uncounted = view.canon, view.language.uncounted
    return [
        at
        for number in sentences
        for at in range(view.sentences[number].first, view.sentences[number].last)
        if canon[at] not in uncounted
    ]


def _only_spelled(pair: Pair, cut: list[int], put: list[int]) -> bool:
    """Whether words differ by a misprint, a hyphen or a space alone ("organizaton", "co-operate", "coast guard").

    What makes a word of the lists ("claimed" of "clammed") or unmakes a negation ("never", "ever") is no misprint.
    """
    if max(len(cut), len(put)) > SPELLED:
        return False
    before, after = [pair.original.norms[at] for at in cut], [pair.copy.norms[at] for at in put]
    if "".join(before) == "".join(after):
        return True
    if len(cut) != len(put) or not all(map(misprinted, before, after)):
        return False
    known = {mark.tag for at in cut for mark in pair.original.marks_in(at, at + 1)}
    negated = any(tag.startswith("polarity.") for tag in known)
    return not negated and all(mark.tag in known for at in put for mark in pair.copy.marks_in(at, at + 1))


def _diff(pair: Pair, originals: list[int], copies: list[int], number: int) -> tuple[Group, list[Edit]]:
    """The word diff of one group."""
    left, right = _words(pair.original, originals), _words(pair.copy, copies)
    before = [pair.original.canon[at] for at in left]
    after = [pair.copy.canon[at] for at in right]
    edits: list[Edit] = []
    kept = len(right)
    if before != after:
        kept = 0
        if len(left) * len(right) <= CELLS:
            for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
                if tag == "replace" and _only_spelled(pair, left[i:j], right[k:m]):
                    continue
                if tag != "equal":
                    near = tuple(left[max(0, i - 1) : i + 1]), tuple(right[max(0, k - 1) : k + 1])
                    cut, put = tuple(left[i:j]), tuple(right[k:m])
                    edits.append(Edit(number, cut, put, cut or near[0], put or near[1]))
                elif j - i >= RUN:
                    kept += m - k
    share = kept / len(right) if right else 1.0
    return Group(tuple(originals), tuple(copies), tuple(left), tuple(right), share), edits
