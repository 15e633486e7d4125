"""The comparison of two framings, from two documents to a verdict with its evidence."""

from __future__ import annotations

from schemas.events import CreditChange, Framing
from wirespin.framing import beside
from wirespin.framing.against import against
from wirespin.framing.decide import DEFAULT, Thresholds, score
from wirespin.framing.devices import (
    agency_shift,
    attribution,
    doubt,
    editorializing,
    headline_spin,
    label_change,
    loaded_language,
    number_changed,
    omission,
    polarity_flip,
    quotes,
    reordering,
    scare_quotes,
)
from wirespin.framing.devices import (
    credit as credits_of,
)
from wirespin.framing.pair import Pair
from wirespin.framing.strongest import strongest_first
from wirespin.framing.view import FramingView, view_of
from wirespin.text.document import Document

DEVICES = (
    headline_spin.find,
    loaded_language.find,
    editorializing.find,
    label_change.find,
    doubt.find,
    attribution.find,
    scare_quotes.find,
    quotes.find,
    agency_shift.find,
    number_changed.find,
    polarity_flip.find,
    omission.find,
    reordering.find,
    credits_of.removed,
)
"""All ways of altering the framing, each a pure function from a pair to its findings."""


def compare_framing(
    original: Document | FramingView,
    copy: Document | FramingView,
    *,
    credit: CreditChange | None = None,
    thresholds: Thresholds = DEFAULT,
) -> Framing:
    """Say whether a copy alters the framing of its original, with the evidence.

    Args:
        original: the wire story; a view that was built before is used as it is.
        copy: the article that is known to derive from it.
        credit: what became of the agency's credit, where known; a lost credit alone alters nothing.
        thresholds: the scores from which it counts as altered, or as unsure.

    Returns:
        The verdict; a score 0..1, the share of labelled pairs like this one that were altered; the findings with exact
        offsets, the three strongest first; and what speaks against.
    """
    pair = Pair(_as_view(original), _as_view(copy), credit)
    findings = [finding for device in DEVICES for finding in device(pair)]
    value = score(pair, findings)
    altered = thresholds.verdict(value)
    if altered == "yes":
        findings += beside.find(pair, findings)
        findings += credits_of.kept(pair)
    full = pair.original.is_full and pair.copy.is_full
    return Framing(
        altered=altered,
        score=value,
        devices=strongest_first(pair, findings),
        against=against(pair, findings),
        coverage="full" if full else "partial",
    )


def _as_view(document: Document | FramingView) -> FramingView:
    return document if isinstance(document, FramingView) else view_of(document)
