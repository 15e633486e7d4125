"""An event's facts in plain words, the same on a terminal and on a page."""

from __future__ import annotations

from typing import get_args

from schemas.events import CreditChange, Device, Event, Finding, Relation, Reuse
from wirespin.wire.labels import agency_name

MEANINGS: dict[Device, str] = {
    "loaded_language": "a neutral word was replaced by one that takes sides",
    "editorializing": "the copy adds a comment of its own",
    "doubt_added": "the copy casts doubt on what somebody said",
    "doubt_removed": "the copy states as fact what was said by somebody or was uncertain",
    "attribution_changed": "a statement is credited to somebody else, or by another verb",
    "quote_truncated": "a quotation was cut",
    "quote_altered": "words inside a quotation were changed",
    "quote_reattributed": "a quotation was put into somebody else's mouth",
    "scare_quotes": "quotation marks were put around words that nobody is quoted with",
    "omission": "something was left out that changes the picture",
    "reordering": "something was moved up or down",
    "label_change": "somebody or something is called by another name",
    "headline_spin": "the headline says something else",
    "agency_shift": "who did it is told in another way",
    "number_changed": "a number was changed",
    "polarity_flip": "a statement was turned into its opposite",
    "credit_removed": "the agency is no longer named",
    "credit_kept": "the agency is still named over altered text",
}
"""What each device is, in a clause for a reader who has never heard of it."""

assert set(MEANINGS) == set(get_args(Device))

RELATIONS: dict[Relation, str] = {
    "republication": "the copy was made from the original",
    "own_update": "both are versions of one story by one house",
    "common_source": "both were made from a third text",
    "background": "they share background only",
    "independent": "neither was made from the other",
}
"""What the texts have to do with each other."""

STRONG, MODERATE = 0.5, 0.25
"""Severity from which a finding is called strong, or moderate."""


def device_name(device: Device) -> str:
    """A device's name as a heading.

    >>> device_name("label_change")
    'Label change'
    """
    return device.replace("_", " ").capitalize()


def weight(severity: float) -> str:
    """How much a finding weighs, in a word."""
    return "strong" if severity >= STRONG else "moderate" if severity >= MODERATE else "slight"


def score(value: float) -> str:
    """A score to two digits; what rounds to nothing or to certainty is said as less than that.

    >>> score(0.934), score(0.9998)
    ('0.93', 'over 0.99')
    """
    if value > 0.99:
        return "over 0.99"
    return f"{value:.2f}" if value >= 0.01 else "under 0.01"


def verdict(event: Event) -> str:
    """The verdict as a heading; where the copy was not made from the original there is none on the framing."""
    if event.relation != "republication":
        return f"Not shown to be a republication: {RELATIONS[event.relation]}"
    return f"Framing altered: {event.framing.altered} ({score(event.framing.score)})"


def favours(finding: Finding) -> str:
    """Whom a change favours or blames, from "for X", "against X" or a mere name; nothing where that cannot be told."""
    said = " ".join((finding.favours or "").split())
    return f"works {said}" if said.startswith(("for ", "against ")) else f"favours or blames: {said}" if said else ""


def date(published: str | None, source: str) -> str:
    """A time of publication, no more exact than it is known."""
    if published is None:
        return "no date" if source == "missing" else f"no date ({source})"
    return published[:10] if source == "date_only" else published.replace("T", " ").replace("Z", " UTC")


def reuse(found: Reuse) -> str:
    """How much of the wording is reused."""
    return (
        f"{found.level}: {found.original_share:.0%} of the original's words stand in the copy and make "
        f"{found.copy_share:.0%} of it; longest passage {found.longest} words"
    )


def credit(change: CreditChange, wire: str | None) -> str:
    """What became of the agency's credit."""
    name = wire or "the agency"
    named = ", ".join(sorted({agency_name(found.agency) for found in change.in_copy}))
    return {
        "kept": f"{name} is named as the source",
        "removed": f"gone: the copy does not name {name}",
        "changed": f"changed: the copy names {named} instead of {name}",
        "none": "the original names no agency",
    }[change.status]


def direction(event: Event) -> str:
    """Why the one is held to be the original."""
    return f"{event.direction.reason} (confidence {event.direction.confidence:.2f})"
