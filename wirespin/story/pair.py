"""A pair of articles, compared: relation, reuse, framing. Pure functions of the two texts, remembered for a while."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.accepted import Accepted
from schemas.events import CreditChange, CreditStatus, Framing, Passage, Relation, Reuse
from wirespin.dates import seconds
from wirespin.framing import DEFAULT, Thresholds, compare_framing
from wirespin.identity import rules
from wirespin.reuse.facts import Facts, Likeness, facts, likeness
from wirespin.reuse.overlap import Overlap, overlap
from wirespin.reuse.update import is_update, may_be_update, only_form, other_facts
from wirespin.reuse.verdict import level, relation
from wirespin.story.remembered import Remembered
from wirespin.story.sources import names_agency, wire_agency
from wirespin.text.document import Document
from wirespin.wire.names import mentions

PASSAGES_SHOWN = 40
"""Passages an event lists, longest first: more than a person reads, and a few kilobytes."""

REMEMBERED_CHARACTERS = 8_000_000
"""Characters of analysed texts that are kept for the newcomers of a running story: about 2,000 articles, 200 MB."""

REMEMBERED_PAIRS = 16_384
"""Pairs of which verdict and framing are kept, a pair of many passages counting as several: about 10 KB each."""

PASSAGES_A_PAIR = 20
"""Matched passages that count as one more pair."""

REMEMBERED_FACTS = 8_192
"""Articles whose names and numbers are kept, about 5 KB each."""


Pair = tuple[str, str]


@dataclass(frozen=True)
class Verdict:
    """What two articles have to do with each other."""

    relation: Relation
    overlap: Overlap


class Comparer:
    """Compares articles, each text analysed and each pair aligned once while it is remembered.

    Args:
        thresholds: scores from which a framing counts as altered, or as unsure.

    Attributes:
        rules: what its events say that they were judged by.
    """

    def __init__(self, thresholds: Thresholds = DEFAULT) -> None:
        self.rules = rules(thresholds.alert, thresholds.unsure)
        self._thresholds = thresholds
        self._documents = Remembered[str, Document](REMEMBERED_CHARACTERS, lambda document: 1 + len(document.body))
        self._verdicts = Remembered[Pair, Verdict](REMEMBERED_PAIRS, _verdict_weight)
        self._framings = Remembered[Pair, Framing](REMEMBERED_PAIRS, lambda framing: 1 + len(framing.devices))
        self._facts = Remembered[str, Facts](REMEMBERED_FACTS)
        self._updates = Remembered[Pair, bool](REMEMBERED_PAIRS)
        self._other_facts = Remembered[Pair, bool](REMEMBERED_PAIRS)

    def document(self, accepted: Accepted) -> Document:
        """An article's text, analysed."""
        return self._documents.get(accepted.uid, lambda: to_document(accepted))

    def verdict(self, source: Accepted, copy: Accepted) -> Verdict:
        """How a copy relates to a source, by wording and credit."""
        return self._verdicts.get((source.uid, copy.uid), lambda: self._judge(source, copy))

    def framing(self, source: Accepted, copy: Accepted) -> Framing:
        """How the framing of the copy differs."""
        return self._framings.get((source.uid, copy.uid), lambda: self._frame(source, copy))

    def is_update(self, left: Accepted, right: Accepted) -> bool:
        """Whether two articles of one house are versions of one story, whichever came first."""
        one, other = sorted((left, right), key=lambda accepted: accepted.uid)
        return self._updates.get((one.uid, other.uid), lambda: self._judge_update(one, other))

    def other_facts(self, left: Accepted, right: Accepted) -> bool:
        """Whether two articles share a form that is filled with other names and numbers."""
        return self._other_facts.get((left.uid, right.uid), lambda: other_facts(self._likeness(left, right)))

    def _judge_update(self, left: Accepted, right: Accepted) -> bool:
        like, gap = self._likeness(left, right), _gap(left, right)
        if not may_be_update(like, gap):
            return False
        return is_update(like, overlap(self.document(left), self.document(right)), gap)

    def _likeness(self, left: Accepted, right: Accepted) -> Likeness:
        return likeness(self._fact(left), self._fact(right))

    def _fact(self, accepted: Accepted) -> Facts:
        return self._facts.get(accepted.uid, lambda: facts(self.document(accepted)))

    def _judge(self, source: Accepted, copy: Accepted) -> Verdict:
        found = overlap(self.document(source), self.document(copy))
        agency = wire_agency(source)
        credited = agency is not None and names_agency(copy, agency)
        stands_in = source.agency is None
        named = agency is not None and mentions(copy.article.body, agency)
        said = relation(found, credited=credited, stands_in=stands_in, mentioned=named)
        if said == "republication" and only_form(self._likeness(source, copy), found):
            said = "independent"
        return Verdict(said, found)

    def _frame(self, source: Accepted, copy: Accepted) -> Framing:
        credit = credit_change(source, copy)
        return compare_framing(self.document(source), self.document(copy), credit=credit, thresholds=self._thresholds)


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


def _verdict_weight(verdict: Verdict) -> int:
    return 1 + len(verdict.overlap.passages) // PASSAGES_A_PAIR
