"""English word forms: from a base form to its inflections, and from a form to a rough stem."""

from __future__ import annotations

from functools import lru_cache

VOWELS = "aeiou"
SHORTEST_STEM = 3
"""Letters that a stem keeps at least, so that "used" and "us" stay apart."""

_SUFFIXES = (
    "ations",
    "ation",
    "ingly",
    "ings",
    "edly",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
    "e",
    "y",
)


def verb_forms(base: str) -> list[str]:
    """Base, third person, past and participle of a regular verb; the last letter is doubled in a spare set of forms.

    Some forms that no one uses come out too ("helpped"); they match nothing.

    >>> verb_forms("claim")
    ['claim', 'claims', 'claimed', 'claiming', 'claimmed', 'claimming']
    """
    head, _, tail = base.partition(" ")
    rest = f" {tail}" if tail else ""
    return [form + rest for form in _single_verb_forms(head)]


def _single_verb_forms(base: str) -> list[str]:
    if base.endswith("e"):
        return [base, base + "s", base + "d", base[:-1] + "ing"]
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    plural = base + ("es" if base.endswith(("s", "x", "z", "sh", "ch")) else "s")
    forms = [base, plural, base + "ed", base + "ing"]
    if base[-1:] not in VOWELS + "wxys" and base[-2:-1] in VOWELS:
        forms += [base + base[-1] + "ed", base + base[-1] + "ing"]
    return forms


def noun_forms(base: str) -> list[str]:
    """Singular and plural.

    >>> noun_forms("bully")
    ['bully', 'bullies']
    """
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return [base, base[:-1] + "ies"]
    return [base, base + ("es" if base.endswith(("s", "x", "z", "sh", "ch")) else "s")]


def adjective_forms(base: str) -> list[str]:
    """Adjective and adverb.

    >>> adjective_forms("shabby")
    ['shabby', 'shabbily']
    """
    if base.endswith("y"):
        return [base, base[:-1] + "ily"]
    if base.endswith("le"):
        return [base, base[:-1] + "y"]
    return [base, base + ("ally" if base.endswith("ic") else "ly")]


@lru_cache(maxsize=1 << 16)
def stem(norm: str) -> str:
    """A rough stem, good enough to see that two words are forms of one.

    >>> stem("protesters"), stem("protested"), stem("cut")
    ('protest', 'protest', 'cut')
    """
    word = norm.removesuffix("'s").removesuffix("'")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    doubled = len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in VOWELS + "sl"
    return word[:-1] if doubled else word
