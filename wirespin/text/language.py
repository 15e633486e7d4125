"""The language of an article that does not name its own."""

from __future__ import annotations

import re
from functools import lru_cache

from wirespin.text.langid import Identifier

SAMPLE = 1_000
"""Characters looked at: enough for a certain answer."""

FEWEST_LETTERS = 20
"""Below this a guess is worth nothing."""

BEGINNING = 64
"""Characters among which those letters mostly are."""

UNKNOWN = "und"
"""BCP 47 tag of an undetermined language."""


@lru_cache(maxsize=1)
def _identifier() -> Identifier:
    """The model of langid.py, which its package carries; loading takes a second."""
    return Identifier()


def primary_tag(tag: str | None) -> str | None:
    """The language of a BCP 47 tag without region and script, None where it is no tag.

    >>> primary_tag("pt_BR")
    'pt'
    """
    if not tag:
        return None
    primary = tag.strip().replace("_", "-").split("-")[0].lower()
    return primary if re.fullmatch("[a-z]{2,3}", primary) else None


def language_of(text: str, declared: str | None = None) -> str:
    """Primary tag of the language: the declared one, else what the words say, else ``und``."""
    stated = primary_tag(declared)
    if stated and stated != UNKNOWN:
        return stated
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample[:BEGINNING])) < FEWEST_LETTERS > sum(map(str.isalpha, sample)):
        return UNKNOWN
    return _identifier().classify(sample) or UNKNOWN
