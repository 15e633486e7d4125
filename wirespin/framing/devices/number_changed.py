"""number_changed: another figure, or another order of magnitude, for the same thing.

A figure counts as changed where the word behind it stayed: "400 people" and "40 people". Converted units, rounded or
spelled figures don't count, nor do times and dates that a house style rewrites.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.lexicon import word_set
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.spelling import is_number

SEVERITY = 0.25
MAGNITUDE = 0.2
"""Added where the figures differ by half or more."""

ROUNDING = 0.06
"""Relative difference up to which a figure was only rounded."""

AMOUNTS = word_set("amounts")
UNITS = word_set("units")
FEW = frozenset({"few", "handful", "several", "some"})
"""Amounts that a fair editor puts for one another."""


def find(pair: Pair) -> list[Finding]:
    """Figures and amounts exchanged within linked sentences."""
    return [one for edit in pair.edits if (one := _exchanged(pair, edit))]


def _exchanged(pair: Pair, edit: Edit) -> Finding | None:
    before = [at for at in edit.original if _amount(pair.original.canon[at]) and not pair.original.quoted[at]]
    after = [at for at in edit.copy if _amount(pair.copy.canon[at]) and not pair.copy.quoted[at]]
    if len(before) != 1 or len(after) != 1 or not _same_thing(pair, edit, before[0], after[0]):
        return None
    left, right = pair.original.canon[before[0]], pair.copy.canon[after[0]]
    group = pair.groups[edit.group]
    if left in {pair.copy.canon[at] for at in group.copy_words} or right in {
        pair.original.canon[at] for at in group.original_words
    }:
        return None
    severity = _severity(left, right)
    if not severity:
        return None
    spans = clause(pair.original, before), clause(pair.copy, after)
    text = f"{plain(show(pair.original, before))} became {plain(show(pair.copy, after))}."
    return body_finding(pair, "number_changed", spans, severity, text)


def _amount(canon: str) -> bool:
    return is_number(canon) or canon in AMOUNTS


def _same_thing(pair: Pair, edit: Edit, before: int, after: int) -> bool:
    """Whether the figures count the same thing: nothing else was exchanged but a word or two, and no unit."""
    if len(edit.original) > 4 or len(edit.copy) > 4:
        return False
    if not _beside(pair, before, after):
        return False
    words = [pair.original.canon[before + 1 : before + 3], pair.copy.canon[after + 1 : after + 3]]
    return not any(word in UNITS for side in words for word in side)


def _beside(pair: Pair, before: int, after: int) -> bool:
    """Whether the word before the figures or the one behind them is the same."""
    old, new = pair.original.stems, pair.copy.stems
    return old[before + 1 : before + 2] == new[after + 1 : after + 2] or (
        old[max(0, before - 1) : before] == new[max(0, after - 1) : after]
    )


def _severity(left: str, right: str) -> float:
    """How far apart two figures are; 0 where one is the other rounded, or a figure stands against a word."""
    try:
        low, high = sorted((float(left), float(right)))
    except ValueError:
        vague = is_number(left) or is_number(right) or {left, right} <= FEW
        return 0.0 if vague else SEVERITY
    if high <= 0 or (high - low) / high <= ROUNDING:
        return 0.0
    return SEVERITY + MAGNITUDE * (low <= high / 2)
