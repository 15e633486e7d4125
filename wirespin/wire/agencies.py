"""The table of news agencies and the names under which they are credited."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

TABLE = "agencies.json"

_GAPS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s+[-–—|/]\s+|\s*[()|]\s*|,\s+")

_NEUTRAL = "news agency newsagency newswire wire media international service"
_EDITIONS = (
    "newswires wires staff english deutsch español français world online desk reporter "
    "uk us usa india africa asia europe canada australia brasil italia"
)

SUFFIXES = frozenset(f"{_NEUTRAL} {_EDITIONS}".split())
"""Words that an agency's own editions and syndication lines add to its name; none of them makes another publisher."""

NEUTRAL_SUFFIXES = frozenset(_NEUTRAL.split())
"""The ones of them that may follow a form that means other things as well."""

LONGEST_NAME = 120
"""Characters. Longer strings are sentences, not names."""


@dataclass(frozen=True)
class Agency:
    """A news agency.

    Attributes:
        key: its identity in events, e.g. ``afp``.
        name: the name it is usually credited by.
        names: every printed form, that name and the full one among them.
        country: ISO 3166-1 alpha-2 code of its seat.
        languages: ISO 639-1 codes of its services.
        domains: hosts it publishes on.
        ambiguous: the printed forms that mean other things as well ("PA", "SPA", "Petra"); in running text they
            count only as printed, and only where the form around them is unmistakable.
    """

    key: str
    name: str
    names: tuple[str, ...]
    country: str
    languages: tuple[str, ...]
    domains: tuple[str, ...]
    ambiguous: frozenset[str]


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """All agencies, in the order of the data file (`agencies.json`, whose header tells where the rows come from)."""
    rows = json.loads(files(__package__).joinpath(TABLE).read_text(encoding="utf-8"))["agencies"]
    return tuple(
        Agency(
            key=row["key"],
            name=row["name"],
            names=tuple(row["names"]),
            country=row["country"],
            languages=tuple(row["languages"]),
            domains=tuple(row["domains"]),
            ambiguous=frozenset(row["ambiguous"]),
        )
        for row in rows
    )


def agency_named(text: str) -> Agency | None:
    """The agency that a publisher-like string names, or None.

    The whole string must be the name, up to case, punctuation, an article and words such as "News Agency" or "UK":
    ``AFP``, ``The Associated Press``, ``AFP - Agence France Presse``, ``Reuters UK``; not ``AP Herald``.
    """
    stripped = text.strip()
    if not stripped or len(stripped) > LONGEST_NAME:
        return None
    return _by_name(folded(stripped)) or _by_domain(stripped) or _by_parts(stripped)


def agency_printed(text: str) -> Agency | None:
    """Like `agency_named`, for a string cut from running text: ambiguous forms count only as they are printed."""
    found = agency_named(text)
    if found is None:
        return None
    printed = text.strip(" \t.,;:()[]（）【】［］/*–—-")
    loose = {folded(form) for form in found.ambiguous}
    exact = printed in found.names or text.strip() in found.names
    return None if folded(printed) in loose and not exact else found


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without case, punctuation and compatibility forms.

    >>> folded("Agence France-Presse")
    'agence france presse'
    """
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


@lru_cache(maxsize=1)
def _names() -> dict[str, Agency]:
    return {folded(name): agency for agency in reversed(agencies()) for name in agency.names}


@lru_cache(maxsize=1)
def _loose_names() -> frozenset[str]:
    return frozenset(folded(name) for agency in agencies() for name in agency.ambiguous)


@lru_cache(maxsize=1)
def _domains() -> dict[str, Agency]:
    return {domain: agency for agency in agencies() for domain in agency.domains}


def agency_of_host(host: str) -> Agency | None:
    """The agency on whose domain, or on a subdomain of it, a host lies."""
    labels = host.casefold().strip(".").split(".")[-8:]
    table = _domains()
    return next((table[name] for at in range(len(labels)) if (name := ".".join(labels[at:])) in table), None)


def _by_name(name: str) -> Agency | None:
    table = _names()
    words = name.removeprefix("the ").split(" ")
    dropped: list[str] = []
    while words:
        stem = " ".join(words)
        allowed = NEUTRAL_SUFFIXES if stem in _loose_names() else SUFFIXES
        if stem in table and all(word in allowed for word in dropped):
            return table[stem]
        dropped.append(words.pop())
        if dropped[-1] not in SUFFIXES:
            return None
    return None


def _by_domain(text: str) -> Agency | None:
    host = text.casefold().removeprefix("https://").removeprefix("http://").strip("/").removeprefix("www.")
    return _domains().get(host)


def _by_parts(text: str) -> Agency | None:
    """Several names of one agency: "AFP - Agence France Presse"."""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if not 2 <= len(parts) <= 3:
        return None
    found = [_by_name(folded(part)) for part in parts]
    return found[0] if all(agency is not None and agency is found[0] for agency in found) else None
