"""Docstrings in the Google style, taken apart."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field

_SECTION = re.compile(r"(Args|Attributes|Returns|Yields|Raises):")
UNNAMED = ("Returns", "Yields")
"""Sections that hold text, not items."""

_ITEM = re.compile(r"(?:    |\*{1,2})?([\w.* ,]+?): (.*)")


@dataclass(frozen=True)
class Docstring:
    """What a docstring says.

    Attributes:
        text: all before the first section.
        sections: name of the section to its items, name to meaning; text without names stands under ``""``.
    """

    text: str = ""
    sections: dict[str, dict[str, str]] = field(default_factory=dict)


def read(docstring: str | None) -> Docstring:
    """Take a docstring apart."""
    text: list[str] = []
    sections: dict[str, list[str]] = {}
    current = text
    for line in inspect.cleandoc(docstring or "").splitlines():
        if found := _SECTION.fullmatch(line):
            current = sections.setdefault(found[1], [])
        elif line.strip() and not line.startswith(" ") and current is not text:
            current = text  # what stands behind the sections at the margin is text again
            text += ["", line]
        else:
            current.append(line)
    return Docstring("\n".join(text).strip(), {name: _read(name, lines) for name, lines in sections.items()})


def attributes(kind: type) -> dict[str, str]:
    """Meaning of the attributes of a class, as it and its bases tell it."""
    told: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        told |= read(vars(base).get("__doc__")).sections.get("Attributes", {})
    return told


def _read(section: str, lines: list[str]) -> dict[str, str]:
    """A section's items; what is returned has no name."""
    if section in UNNAMED:
        return {"": " ".join(line.strip() for line in lines if line.strip())}
    return _items(lines)


def _items(lines: list[str]) -> dict[str, str]:
    """Items of a section: one begins at four spaces, and goes on where a line stands further in."""
    items: dict[str, str] = {}
    last = ""
    for line in lines:
        named = _ITEM.fullmatch(line) if not line.startswith("     ") else None
        if named:
            last = named[1].strip()
            items[last] = named[2].strip()
        elif line.strip():
            items[last] = f"{items.get(last, '')} {line.strip()}".strip()
    return items
