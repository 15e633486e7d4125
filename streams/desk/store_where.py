"""Filters as SQL conditions. `Filter.matches` says the same in Python, and a test compares the two."""

from __future__ import annotations

from collections.abc import Collection

from streams.desk.filters import Filter, folded
from streams.desk.words import encoded, wanted

Condition = tuple[str, list[str | float]]
"""SQL, and the values for its question marks."""


def where(chosen: Filter, indexed: bool, without: Collection[str] = ()) -> Condition:
    """The condition that a row of `events` meets if and only if the filter lets the event through.

    Args:
        chosen: the filter.
        indexed: whether the words are in a full-text index.
        without: names of conditions to leave out.
    """
    found: list[Condition] = [("kind = ?", [chosen.kind])]
    plain = {
        "agency": ("agency = ?", chosen.agency),
        "outlet": ("outlet = ?", chosen.outlet and folded(chosen.outlet)),
        "language": ("language = ?", chosen.language),
        "verdict": ("verdict = ?", chosen.verdict),
        "device": ("number IN (SELECT number FROM devices WHERE device = ?)", chosen.device),
        "score": ("score >= ?", chosen.score),
        "since": ("time >= ?", chosen.since),
        "until": ("time <> '' AND time < ?", chosen.until),
    }
    found += [(sql, [value]) for name, (sql, value) in plain.items() if value is not None and name not in without]
    if chosen.text is not None and "text" not in without:
        found += _text(chosen.text, indexed)
    return " AND ".join(sql for sql, _ in found), [value for _, values in found for value in values]


def _text(query: str, indexed: bool) -> list[Condition]:
    """Every word must begin one that is there; a query without words asks for nothing."""
    begun = [encoded(word) for word in wanted(query)]
    if not begun:
        return []
    if indexed:
        terms = " AND ".join(f'"{word}"*' for word in begun)
        return [("number IN (SELECT rowid FROM search WHERE search MATCH ?)", [terms])]
    holds = " AND ".join("instr(words, ?)" for _ in begun)
    return [(f"number IN (SELECT rowid FROM search WHERE {holds})", [f" {word}" for word in begun])]  # noqa: S608
