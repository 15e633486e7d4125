"""loaded_language: words that judge, in the outlet's own voice, where the original has plain ones.

Only words that stand nowhere in the original count, and none inside quotation marks. Words that a fair report may
carry too ("mild") count where several meet, or where next to nothing else was changed.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import agreed, judged
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair

STRONG = 0.5
CHARGED_VERB = 0.55
MILD = 0.2
MINIMIZER = 0.3
INTENSIFIER = 0.15
"""Severity of one word of each degree; a further word in the same edit adds half of its own."""

NONE_OF = (["without"], ["no"])
"""Words before something that there was none of ("without bloodshed")."""

EXCHANGE = 4
"""Words of an exchange, on either side, up to which one side can be said to stand for the other."""

LEAST = 0.2
"""Severity below which a finding is not worth a reader's time."""


def find(pair: Pair) -> list[Finding]:
    """One finding for each edit that puts in words that judge."""
    found = []
    for edit in pair.edits:
        marks = _judging(pair, edit)
        severity = _severity(pair, edit, marks)
        if severity >= LEAST:
            spans = clause(pair.original, edit.original_near), clause(pair.copy, [mark.first for mark in marks])
            words = " and ".join(plain(show(pair.copy, range(mark.first, mark.last))) for mark in marks[:3])
            swapped = edit.original and max(len(edit.original), len(edit.copy)) <= EXCHANGE
            was = f" where the original has {plain(show(pair.original, edit.original))}" if swapped else ""
            text = f"The copy says {words}{was}: a judgement in the outlet's own voice."
            side = agreed(judged(pair.copy, mark) for mark in marks)
            found.append(body_finding(pair, "loaded_language", spans, severity, text, side))
    return found


def _judging(pair: Pair, edit: Edit) -> list[Mark]:
    """Marks of judging words whose stems the original has nowhere, one for each word."""
    judging = pair.new_marks(edit, "tone.strong", "tone.mild", "tone.minimizer", "tone.intensifier", "report.charged")
    if not judging:
        return []
    reporting = {mark.first for mark in pair.new_marks(edit, "report") if mark.register != "charged"}
    best: dict[int, Mark] = {}
    for mark in judging:
        known = pair.original.has(pair.copy.stems[mark.first : mark.last])
        named = (
            pair.copy.capitals[mark.first]
            and pair.copy.sentences[pair.copy.sentence_of(mark.first)].first != mark.first
        )
        before = pair.copy.norms[max(0, mark.first - 2) : mark.first]
        denied = before[-1:] in NONE_OF or before == ["up", "for"]
        if not (known or named or denied or mark.first in reporting) and _weight(mark) > (
            _weight(best[mark.first]) if mark.first in best else 0.0
        ):
            best[mark.first] = mark
    return list(best.values())


def _weight(mark: Mark) -> float:
    return {"report.charged": CHARGED_VERB, "tone.strong": STRONG, "tone.mild": MILD, "tone.minimizer": MINIMIZER}.get(
        mark.tag, INTENSIFIER
    )


def _severity(pair: Pair, edit: Edit, marks: list[Mark]) -> float:
    weights = sorted((_weight(mark) for mark in marks), reverse=True)
    if not weights:
        return 0.0
    total = weights[0] + sum(weights[1:]) / 2
    return total * (0.5 + 0.5 * pair.groups[edit.group].kept) if weights[0] < STRONG else total
