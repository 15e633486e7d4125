"""credit_removed and credit_kept: what became of the agency's name.

Removed: the copy no longer says where the text comes from. Kept: the agency is named under a text that it did not
write like this, which is worse.
"""

from __future__ import annotations

from schemas.accepted import Credit
from schemas.events import Finding
from wirespin.framing.pair import Pair

REMOVED, KEPT = 0.1, 0.2
"""Severities: what becomes of the credit says nothing of the framing."""


def removed(pair: Pair) -> list[Finding]:
    """A finding where the credit is gone."""
    if pair.credit is None or pair.credit.status != "removed":
        return []
    credit = pair.credit.original[0] if pair.credit.original else None
    text = f"The copy no longer names the agency{f' ({credit.name})' if credit else ''}."
    name, span = _place(pair.original.document.body, credit)
    return [Finding(device="credit_removed", original=name, original_span=span, severity=REMOVED, explanation=text)]


def kept(pair: Pair) -> list[Finding]:
    """A finding where the credit stands under an altered text; for the caller to ask once it is altered."""
    if pair.credit is None or pair.credit.status != "kept":
        return []
    first = pair.credit.original[0] if pair.credit.original else None
    second = pair.credit.in_copy[0] if pair.credit.in_copy else None
    before, before_span = _place(pair.original.document.body, first)
    after, after_span = _place(pair.copy.document.body, second)
    name = second or first
    text = f"The altered text still bears the name of {name.name if name else 'the agency'}."
    return [
        Finding(
            device="credit_kept",
            original=before,
            original_span=before_span,
            rewritten=after,
            rewritten_span=after_span,
            severity=KEPT,
            explanation=text,
        )
    ]


def _place(body: str, credit: Credit | None) -> tuple[str, tuple[int, int] | None]:
    """The credit's text and span; its name alone where it stands in another field."""
    if credit is None:
        return "", None
    if 0 <= credit.start < credit.end <= len(body):
        return body[credit.start : credit.end], (credit.start, credit.end)
    return credit.name, None
