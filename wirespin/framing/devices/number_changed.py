"""number_changed: another figure, or another order of magnitude, for the same thing.

A figure counts as changed where the word behind it stayed: "400 people" and "40 people". Converted units, rounded or
spelled figures don't count, nor do times and dates that a house style rewrites.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.spelling import is_number
from wirespin.framing.view import FramingView

SEVERITY = 0.25
MAGNITUDE = 0.2
"""Added where the figures differ by half or more."""

ROUNDING = 0.06
"""Relative difference up to which a figure was only rounded."""

ORDERS = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6, "crore": 1e7,
    "crores": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
"""Words behind a figure that multiply it: India's papers write 212,000 as 2.12 lakh."""

FEW = frozenset({"few", "handful", "several", "some"})
"""Amounts that a fair editor puts for one another."""


def find(pair: Pair) -> list[Finding]:
    """Figures and amounts exchanged within linked sentences."""
    return [one for edit in pair.edits if (one := _exchanged(pair, edit))]


def _exchanged(pair: Pair, edit: Edit) -> Finding | None:
    before = [at for at in edit.original if _amount(pair.original, at) and not pair.original.quoted[at]]
    after = [at for at in edit.copy if _amount(pair.copy, at) and not pair.copy.quoted[at]]
    if len(before) != 1 or len(after) != 1 or not _same_thing(pair, edit, before[0], after[0]):
        return None
    left, right = pair.original.canon[before[0]], pair.copy.canon[after[0]]
    group = pair.groups[edit.group]
    if left in {pair.copy.canon[at] for at in group.copy_words} or right in {
        pair.original.canon[at] for at in group.original_words
    }:
        return None
    severity = _severity(left, right)
    if not severity or not _severity(_scaled(pair.original, before[0]), _scaled(pair.copy, after[0])):
        return None
    spans = clause(pair.original, before), clause(pair.copy, after)
    figures = range(before[0], _end(pair.original, before[0])), range(after[0], _end(pair.copy, after[0]))
    text = f"{plain(show(pair.original, figures[0]))} became {plain(show(pair.copy, figures[1]))}."
    return body_finding(pair, "number_changed", spans, severity, text)


def _amount(view: FramingView, at: int) -> bool:
    return is_number(view.canon[at]) or view.canon[at] in view.language.words("amounts")


def _end(view: FramingView, at: int) -> int:
    """Index behind a figure, whose further groups of digits ("1 250") are empty words."""
    end = at + 1
    while end < len(view.canon) and not view.canon[end]:
        end += 1
    return end


def _scaled(view: FramingView, at: int) -> str:
    """A figure multiplied by the word behind it; any other amount as it is."""
    end = _end(view, at)
    order = ORDERS.get(view.canon[end], 1.0) if end < len(view.canon) else 1.0
    try:
        return str(float(view.canon[at]) * order)
    except ValueError:
        return view.canon[at]


def _same_thing(pair: Pair, edit: Edit, before: int, after: int) -> bool:
    """Whether the figures count the same thing: nothing else was exchanged but a word or two, and no unit."""
    if len(edit.original) > 4 or len(edit.copy) > 4:
        return False
    if not _beside(pair, before, after):
        return False
    behind = _end(pair.original, before), _end(pair.copy, after)
    words = [pair.original.canon[behind[0] : behind[0] + 2], pair.copy.canon[behind[1] : behind[1] + 2]]
    units = pair.copy.language.words("units")
    return not any(word in units for side in words for word in side)


def _beside(pair: Pair, before: int, after: int) -> bool:
    """Whether the word before the figures or the one behind them is the same."""
    old, new = pair.original.stems, pair.copy.stems
    behind = _end(pair.original, before), _end(pair.copy, after)
    return old[behind[0] : behind[0] + 1] == new[behind[1] : behind[1] + 1] or (
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
