"""polarity_flip: a sentence says the opposite: a negation came or went, or a word gave way to its opposite."""

from __future__ import annotations

from functools import lru_cache

from schemas.events import Finding
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.languages import Language
from wirespin.framing.lexicon import antonym_stems
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.view import FramingView

NEGATED, OPPOSITE = 0.5, 0.45
KEPT = 0.6
"""Share of a group's wording that must be kept; negations come and go in a fair paraphrase (63 % of them)."""

OPPOSITES = 5
"""Words at the head of an edit among which an opposite is looked for."""

PREFIXES = ("un", "dis", "non", "mis")
"""Beginnings of words that deny ("unsafe")."""

COMPANIONS = frozenset(
    ["any", "anybody", "anything", "failed", "fails", "refused", "refuses", "everybody", "everyone", "always", "able"]
)
"""Words that come and go with a negation, besides words without a meaning of their own."""

SHORT = 4
"""Words that an edit with a negation may exchange; in a longer one the negation belongs to something else."""


def find(pair: Pair) -> list[Finding]:
    """Negations that came or went, and words exchanged for their opposites."""
    found = []
    for edit in pair.edits:
        if pair.groups[edit.group].kept >= KEPT:
            one = _opposite(pair, edit) or _negation(pair, edit)
            if one:
                found.append(one)
    return found


def _opposite(pair: Pair, edit: Edit) -> Finding | None:
    pairs = pair.original.language.antonyms
    if bool(_negations(pair.original, edit.original)) != bool(_negations(pair.copy, edit.copy)):
        return None
    stems = antonym_stems() if pair.original.is_full else frozenset()
    for before in edit.original:
        for after in edit.copy[:OPPOSITES]:
            words = pair.original.norms[before], pair.copy.norms[after]
            if words in pairs or (pair.original.stems[before], pair.copy.stems[after]) in stems:
                text = (
                    f"{plain(show(pair.original, (before,)))} became its opposite, {plain(show(pair.copy, (after,)))}."
                )
                spans = clause(pair.original, (before,)), clause(pair.copy, (after,))
                return body_finding(pair, "polarity_flip", spans, OPPOSITE, text)
    return None


def _negation(pair: Pair, edit: Edit) -> Finding | None:
    """A negation that came or went with hardly a word beside it, inside quotations too."""
    if max(len(edit.original), len(edit.copy)) > SHORT or _reports(pair, edit):
        return None
    before, after = _negations(pair.original, edit.original), _negations(pair.copy, edit.copy)
    if bool(before) == bool(after) or _balanced(pair, edit):
        return None
    other = [pair.copy.stems[at] for at in edit.copy] if before else [pair.original.stems[at] for at in edit.original]
    if any(word in _implied(pair.original.language) or word.startswith(PREFIXES) for word in other):
        return None
    if pair.gone.isdisjoint(before) and pair.fresh.isdisjoint(after):
        return None
    if _belongs_elsewhere(pair, edit):
        return None
    word = "brings in" if after else "drops"
    old, new = plain(show(pair.original, edit.original_near)), plain(show(pair.copy, edit.copy_near))
    spans = clause(pair.original, edit.original_near), clause(pair.copy, edit.copy_near)
    return body_finding(pair, "polarity_flip", spans, NEGATED, f"The copy {word} a negation: {old} against {new}.")


def _belongs_elsewhere(pair: Pair, edit: Edit) -> bool:
    """Whether words of meaning came with the negation: "was not amused and" turns nothing round that was there.

    Nor does a paraphrase that exchanges them with it ("did not take part", "were left out").
    """
    old, new = _meaning(pair.original, edit.original), _meaning(pair.copy, edit.copy)
    return bool(new - old) and (not old or bool(old - new))


def _meaning(view: FramingView, words: tuple[int, ...]) -> set[str]:
    """Stems of words that carry meaning of their own, negations and their company left out."""
    passed, negations = view.language.stopwords, _negations(view, words)
    return {
        view.stems[at]
        for at in words
        if at not in negations and view.norms[at] not in passed and view.norms[at] not in COMPANIONS
    }


def _reports(pair: Pair, edit: Edit) -> bool:
    """Whether a verb of speech or a remark on evidence changed with it: then the negation is its business."""
    return bool(pair.gone_marks(edit, "report", "doubt") or pair.new_marks(edit, "report", "doubt"))


def _negations(view: FramingView, words: tuple[int, ...]) -> list[int]:
    negations = view.negations
    return [at for at in words if at in negations]


def _balanced(pair: Pair, edit: Edit) -> bool:
    """Whether the group's sentences hold as many negations, even or odd, on both sides."""
    group = pair.groups[edit.group]
    whole = len(_negations(pair.original, group.original_words)) - len(_negations(pair.copy, group.copy_words))
    return whole % 2 == 0


@lru_cache(maxsize=8)
def _implied(language: Language) -> frozenset[str]:
    """Stems of words that deny without a negation: "did not meet" and "fell short of" say the same."""
    return frozenset(map(language.stem, language.words("implied_negations")))
