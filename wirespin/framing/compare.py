"""The comparison of two framings, from two documents to a verdict with its evidence."""

from __future__ import annotations

from schemas.events import CreditChange, Finding, Framing
from wirespin.framing.decide import score, verdict
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

VERBATIM = 0.75
"""Fidelity from which it is worth saying that the wording was kept."""


def compare_framing(
    original: Document | FramingView, copy: Document | FramingView, *, credit: CreditChange | None = None
) -> Framing:
    """Say whether a copy alters the framing of its original, with the evidence.

    Args:
        original: the wire story; a view that was built before is used as it is.
        copy: the article that is known to derive from it.
        credit: what became of the agency's credit, where known; a lost credit alone alters nothing.

    Returns:
        The verdict, a score 0..1, the findings with exact offsets, the strongest first, and what speaks against.
    """
    pair = Pair(_as_view(original), _as_view(copy), credit)
    findings = [finding for device in DEVICES for finding in device(pair)]
    value = score(pair, findings)
    altered = verdict(value)
    if altered == "yes":
        findings += credits_of.kept(pair)
    findings.sort(key=_strongest_first)
    full = pair.original.is_full and pair.copy.is_full
    return Framing(
        altered=altered,
        score=value,
        devices=findings,
        against=against(pair, findings),
        coverage="full" if full else "partial",
    )


def against(pair: Pair, findings: list[Finding]) -> list[str]:
    """What speaks against an altered framing, in plain sentences."""
    said = []
    if pair.fidelity >= VERBATIM:
        said.append(f"{pair.fidelity:.0%} of the copy's words stand in the original's wording.")
    quoted = {"quote_altered", "quote_truncated", "quote_reattributed"}
    if pair.copy.quotes and pair.original.quotes and not any(one.device in quoted for one in findings):
        said.append("The quotations that the copy prints are the original's, with their speakers.")
    if pair.original.headline_stems and pair.original.headline_stems == pair.copy.headline_stems:
        said.append("The headline is the original's.")
    if not pair.left_out:
        said.append("Every sentence of the original is found in the copy.")
    return said


def _as_view(document: Document | FramingView) -> FramingView:
    return document if isinstance(document, FramingView) else view_of(document)


def _strongest_first(finding: Finding) -> tuple[float, int, str]:
    place = finding.rewritten_span or finding.original_span or (0, 0)
    return -finding.severity, place[0], finding.device
