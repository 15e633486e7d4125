"""From the words that differ to the text that a person would quote."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.events import Device, Finding
from wirespin.framing.pair import Pair
from wirespin.framing.view import FramingView
from wirespin.text.tokens import Span

BEFORE = 5
"""Words quoted before a difference."""

AFTER = 6
"""Words quoted behind it."""

WHOLE = 14
"""Words up to which a sentence is quoted whole."""

LONGEST = 40
"""Words that a quoted text has at most."""


def clause(view: FramingView, words: Sequence[int]) -> Span | None:
    """Span of a few words around some words of one sentence; None where there are none."""
    if not words:
        return None
    number = view.sentence_of(words[0])
    sentence = view.sentences[min(number, len(view.sentences) - 1)]
    if sentence.last - sentence.first <= WHOLE:
        return sentence.start, sentence.end
    inside = sorted(at for at in words if sentence.first <= at < sentence.last)
    first = max(sentence.first, inside[0] - BEFORE)
    last = min(sentence.last, inside[-1] + 1 + AFTER, first + LONGEST)
    return view.words_span(first, last)


def sentence_span(view: FramingView, number: int) -> Span:
    """Span of a sentence, or of its first words where it is very long."""
    sentence = view.sentences[number]
    if sentence.last - sentence.first <= LONGEST:
        return sentence.start, sentence.end
    return view.words_span(sentence.first, sentence.first + LONGEST)


def show(view: FramingView, words: Sequence[int]) -> str:
    """Words as they stand in the text, from the first to the last, shortened where long."""
    if not words:
        return ""
    end = words[-1] if words[-1] - words[0] < WHOLE else words[0] + WHOLE
    return view.text(view.words_span(words[0], end + 1))


def body_finding(
    pair: Pair,
    device: Device,
    spans: tuple[Span | None, Span | None],
    severity: float,
    explanation: str,
    favours: str | None = None,
) -> Finding:
    """A finding in the body; spans are (original, copy)."""
    left, right = spans
    return Finding(
        device=device,
        original=pair.original.text(left) if left else "",
        original_span=left,
        rewritten=pair.copy.text(right) if right else "",
        rewritten_span=right,
        severity=round(min(1.0, max(0.0, severity)), 3),
        explanation=explanation,
        favours=favours,
    )


def headline_finding(pair: Pair, device: Device, severity: float, explanation: str) -> Finding:
    """A finding that shows both headlines whole."""
    before, after = pair.original.document.headline, pair.copy.document.headline
    return Finding(
        device=device,
        where="headline",
        original=before,
        original_span=(0, len(before)) if before else None,
        rewritten=after,
        rewritten_span=(0, len(after)) if after else None,
        severity=round(min(1.0, max(0.0, severity)), 3),
        explanation=explanation,
    )


def plain(text: str) -> str:
    """A text on one line, in quotation marks, for an explanation."""
    return "'" + " ".join(text.split()) + "'"
