"""A pair of articles, compared: relation, reuse, framing. Pure functions of the two texts, remembered for a while."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from schemas.accepted import Accepted
from schemas.events import CreditChange, CreditStatus, Framing, Passage, Relation, Reuse
from wirespin.dates import seconds
from wirespin.framing import compare_framing
from wirespin.reuse.facts import Facts, Likeness, facts, likeness
from wirespin.reuse.overlap import Overlap, overlap
from wirespin.reuse.update import is_update, may_be_update, only_form, other_facts
from wirespin.reuse.verdict import level, relation
from wirespin.story.sources import names_agency, wire_agency
from wirespin.text.document import Document

PASSAGES_SHOWN = 40
"""Passages an event lists, longest first: more than a person reads, and a few kilobytes."""

REMEMBERED_TEXTS, REMEMBERED_PAIRS = 2_048, 16_384
"""Analysed texts (~100 KB each) and verdicts (~10 KB) kept for the newcomers of a running story."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True)
class Verdict:
    """What two articles have to do with each other."""

    relation: Relation
    overlap: Overlap


class Comparer:
    """Compares articles, each text analysed and each pair aligned once while it is remembered."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._framings: dict[tuple[str, str], Framing] = {}
        self._facts: dict[str, Facts] = {}
        self._updates: dict[tuple[str, str], bool] = {}

    def document(self, accepted: Accepted) -> Document:
        """An article's text, analysed."""
        return _remember(self._documents, accepted.uid, REMEMBERED_TEXTS, lambda: to_document(accepted))

    def verdict(self, source: Accepted, copy: Accepted) -> Verdict:
        """How a copy relates to a source, by wording and credit."""
        return _remember(self._verdicts, (source.uid, copy.uid), REMEMBERED_PAIRS, lambda: self._judge(source, copy))

    def framing(self, source: Accepted, copy: Accepted) -> Framing:
        """How the framing of the copy differs."""
        return _remember(self._framings, (source.uid, copy.uid), REMEMBERED_PAIRS, lambda: self._frame(source, copy))

    def is_update(self, left: Accepted, right: Accepted) -> bool:
        """Whether two articles of one house are versions of one story, whichever came first."""
        one, other = sorted((left, right), key=lambda accepted: accepted.uid)
        return _remember(self._updates, (one.uid, other.uid), REMEMBERED_PAIRS, lambda: self._judge_update(one, other))

    def other_facts(self, left: Accepted, right: Accepted) -> bool:
        """Whether two articles share a form that is filled with other names and numbers."""
        return other_facts(self._likeness(left, right))

    def _judge_update(self, left: Accepted, right: Accepted) -> bool:
        like, gap = self._likeness(left, right), _gap(left, right)
        if not may_be_update(like, gap):
            return False
        return is_update(like, overlap(self.document(left), self.document(right)), gap)

    def _likeness(self, left: Accepted, right: Accepted) -> Likeness:
        return likeness(self._fact(left), self._fact(right))

    def _fact(self, accepted: Accepted) -> Facts:
        return _remember(self._facts, accepted.uid, REMEMBERED_TEXTS, lambda: facts(self.document(accepted)))

    def _judge(self, source: Accepted, copy: Accepted) -> Verdict:
        found = overlap(self.document(source), self.document(copy))
        agency = wire_agency(source)
        credited = agency is not None and names_agency(copy, agency)
        stands_in = source.agency is None
        said = relation(found, credited=credited, stands_in=stands_in)
        if said == "republication" and only_form(self._likeness(source, copy), found):
            said = "independent"
        return Verdict(said, found)

    def _frame(self, source: Accepted, copy: Accepted) -> Framing:
        credit = credit_change(source, copy)
        return compare_framing(self.document(source), self.document(copy), credit=credit)


def to_document(accepted: Accepted) -> Document:
    """The article's text for comparison: clutter, datelines and credit lines stay outside."""
    return Document(
        accepted.article.body,
        accepted.article.headline,
        tuple(accepted.spans),
        accepted.language,
    )


def reuse(found: Overlap) -> Reuse:
    """Measured overlap as an event tells it."""
    longest_first = sorted(found.passages, key=lambda passage: (-passage.words, passage.copy))
    return Reuse(
        level=level(found),
        original_share=round(found.original_share, 4),
        copy_share=round(found.copy_share, 4),
        unquoted_share=round(found.unquoted_share, 4),
        unquoted_of_matched=round(found.unquoted_of_matched, 4),
        density=round(found.density, 4),
        original_tenths=found.original_tenths,
        copy_tenths=found.copy_tenths,
        longest=found.longest,
        passages=[
            Passage(original=passage.original, copy_=passage.copy, words=passage.words)
            for passage in longest_first[:PASSAGES_SHOWN]
        ],
    )


def credit_change(source: Accepted, copy: Accepted) -> CreditChange:
    """What became of the agency's credit."""
    return CreditChange(status=_credit_status(source, copy), original=source.credits, in_copy=copy.credits)


def _credit_status(source: Accepted, copy: Accepted) -> CreditStatus:
    agency = wire_agency(source)
    if agency is None:
        return "none"
    if names_agency(copy, agency):
        return "kept"
    return "changed" if copy.credits else "removed"


def _gap(left: Accepted, right: Accepted) -> float | None:
    """Seconds between two articles, None where one is undated."""
    first, second = seconds(left.published), seconds(right.published)
    return None if first is None or second is None else abs(second - first)


def _remember(cache: dict[Key, Value], key: Key, limit: int, make: Callable[[], Value]) -> Value:
    """A value made once while it is among the last `limit` used ones."""
    value = cache.pop(key) if key in cache else make()
    cache[key] = value
    if len(cache) > limit:
        del cache[next(iter(cache))]
    return value
