"""Whether a word of the lists stands as a verb of speech: many are nouns too, and parts of names."""

from __future__ import annotations

from wirespin.framing.lexicon import Mark, base_verbs, grammar, plurals
from wirespin.framing.names import Words
from wirespin.framing.phrases import Mention

NOUN_SIGNS = grammar("noun_signs")
"""Words before a noun and before no verb."""

MODALS = grammar("modals")
"""Words before the base form of a verb."""

OPENING = frozenset(["that", "he", "she", "they", "it", "we", "i", "there"])
"""Words behind a verb of speech with which what is said begins."""

OBJECTS = frozenset(["him", "her", "them", "us", "me", "you"])
"""Whom a verb of speech is about or spoken to."""


def may_report(words: Words, mark: Mark, floor: int) -> bool:
    """Whether a verb stands where one that reports can: no name ("Washington Post"), nor "asked about it, he …"."""
    opens = mark.first == floor or (mark.first == floor + 1 and words.norms[floor] in ("when", "if"))
    if opens and words.norms[mark.first] == "asked":
        return False
    return not words.capitals[mark.first] or mark.first == floor or words.quoted[mark.first - 1]


def is_noun(words: Words, mark: Mark, mention: Mention | None, floor: int) -> bool:
    """Whether a word that may be a noun too ("report", "comments") is one: no subject in its number stands at it."""
    norm = words.norms[mark.first]
    base = norm in base_verbs()
    if mark.last - mark.first > 1 or not (base or (norm.endswith("s") and verb_base(norm) in base_verbs())):
        return False
    before = words.norms[mark.first - 1] if mark.first > floor else ""
    if before in NOUN_SIGNS or before.endswith("'s"):
        return True
    if before == "to" or before in MODALS:
        return not base
    behind = words.norms[mark.last] if mark.last < len(words.norms) else ""
    if behind in OPENING or words.quoted[max(0, mark.first - 1)] or (base and _takes_object(words, mark.last)):
        return False
    if mention is None or mention.how == "clause":
        return True
    return base == _is_single(words, mention)


def _takes_object(words: Words, at: int) -> bool:
    """Whether what stands behind a verb is what it is about ("call Trump …", "call him …") or a quotation."""
    return at < len(words.norms) and (words.quoted[at] or words.capitals[at] or words.norms[at] in OBJECTS)


def verb_base(norm: str) -> str:
    """Base form of a verb's form in -s."""
    for ending, other in (("ies", "y"), ("es", ""), ("s", "")):
        if norm.endswith(ending) and norm[: -len(ending)] + other in base_verbs():
            return norm[: -len(ending)] + other
    return norm


def _is_single(words: Words, mention: Mention) -> bool:
    """Whether a subject takes a verb in -s."""
    norm = words.norms[mention.head]
    if mention.kind == "pronoun":
        return norm in ("he", "she", "it")
    return norm not in plurals() and (not norm.endswith("s") or norm.endswith("ss") or mention.kind == "name")
