"""Noun phrases as far as the order of words, capital letters, stops and short lists show them.

There is no grammar here. Where the signs say nothing, nobody is named: a wrong speaker is worse than none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from wirespin.framing.lexicon import full_roles, grammar, roles
from wirespin.framing.names import DAYS, Words
from wirespin.framing.source import How
from wirespin.framing.stopwords import STOPWORDS

PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we"])

ARTICLES = grammar("articles")
BREAKS = grammar("breaks")
DETERMINERS = grammar("determiners")
PREPOSITIONS = grammar("prepositions")
TEMPORAL = grammar("temporal")

WINDOW = 12
"""Words of a noun phrase at most: "a senior official at the Ministry of Health of the Czech Republic"."""

HEADED = 6
"""Words before the preposition of a noun phrase within which its head is looked for."""

DESCRIBED = 3
"""Words of a description ("the Frenchman", "an elderly shepherd") whose head no list has."""

_PLURALS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("men", "man"))

PARTY = 1
"""Letters of a party's short form ("R-Texas"): it is no name."""


class Mention(NamedTuple):
    """Words that stand for a speaker: [first, last) with the head, the kind of words, and how they were found.

    `relative` is the place of the "who" that stands at the verb for them, or -1.
    """

    first: int
    last: int
    head: int
    kind: str
    how: How
    relative: int = -1


@lru_cache(maxsize=4096)
def role_of(norm: str) -> str:
    """A word for a person or body by its role in one form, or nothing.

    >>> role_of("spokeswomen"), role_of("witnesses"), role_of("gov"), role_of("table")
    ('spokeswoman', 'witness', 'governor', '')
    """
    norm = norm.removesuffix("'s")
    for ending, other in _PLURALS:
        base = norm[: len(norm) - len(ending)] + other
        if norm.endswith(ending) and base in roles():
            return full_roles().get(base, base)
    return ""


def is_role(norm: str) -> bool:
    """Whether a word is a person or body by its role, in the singular or plural."""
    return role_of(norm) != ""


def starting(words: Words, at: int, ceiling: int, how: How, floor: int) -> Mention | None:
    """The noun phrase that begins with a word."""
    last = at + 1
    while last < min(ceiling, at + WINDOW) and _goes_on(words, last):
        last += 1
    return _headed(words, at, last, how, floor)


def _goes_on(words: Words, at: int) -> bool:
    norm = words.norms[at]
    if words.quoted[at] or not words.joined(at - 1) or norm in DAYS:
        return False
    if norm == "of" and at + 1 < len(words.norms) and words.capitals[at - 1] and words.capitals[at + 1]:
        return words.links(at, 0)
    return words.capitals[at] or (norm not in PREPOSITIONS and norm not in BREAKS)


def ending(words: Words, last: int, floor: int, how: How) -> Mention | None:
    """The noun phrase that ends with a word."""
    if words.quoted[last]:
        return None
    if words.norms[last] in PRONOUNS:
        return Mention(last, last + 1, last, "pronoun", how)
    first = last
    while first > max(floor, last - WINDOW) and _reaches_back(words, first):
        first -= 1
    return _headed(words, first, last + 1, how, floor)


def _reaches_back(words: Words, first: int) -> bool:
    before = first - 1
    if words.quoted[before] or not words.joined(before):
        return False
    return words.norms[before] not in BREAKS and words.norms[before] not in TEMPORAL


def _headed(words: Words, first: int, last: int, how: How, floor: int) -> Mention | None:
    """The mention within a noun phrase: the head before its first preposition where that is a person, else the end."""
    while last - 1 > first and words.norms[last - 1] in DAYS:
        last -= 1
    if words.norms[first] in PREPOSITIONS and first < last - 1:
        found = noun(words, first + 1, last, how, floor)
        return found if found is not None and found.kind == "name" else None
    for at in range(first + 1, min(last - 1, first + HEADED)):
        if words.norms[at] in PREPOSITIONS and not _in_name(words, at):
            found = noun(words, first, at, how, floor) or _role_within(words, first, at, how)
            if found is not None:
                return found
            first = at + 1
            break
    return noun(words, first, last, how, floor)


def _role_within(words: Words, first: int, last: int, how: How) -> Mention | None:
    """The last role before a participle: "a source speaking to"."""
    for at in range(last - 2, first, -1):
        if is_role(words.norms[at]) and not words.capitals[at]:
            return Mention(first, at + 1, at, "role", how)
    return None


def _in_name(words: Words, at: int) -> bool:
    return (
        words.norms[at] == "of"
        and words.capitals[at - 1]
        and words.capitals[at + 1]
        and not is_role(words.norms[at - 1])
    )


def noun(words: Words, first: int, last: int, how: How, floor: int) -> Mention | None:
    """Name or role with which words [first, last) end."""
    head = last - 1
    norm = words.norms[head]
    if words.capitals[head] and norm not in STOPWORDS and norm not in DAYS and len(norm) > PARTY:
        begins = head in (floor, first)
        if begins and is_role(norm) and (head == floor or not words.capitals[max(floor, head - 1)]):
            return Mention(first, last, head, "role", how)
        start, end = words.run(head, first, last)
        return Mention(start, end, words.surname_at(start, end), "name", how)
    if is_role(norm):
        return Mention(first, last, head, "role", how)
    described = words.norms[first] in ARTICLES and 0 < head - first < DESCRIBED
    return Mention(first, last, head, "role", how) if described and norm not in STOPWORDS else None
