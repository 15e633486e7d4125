"""The examples of the document: records that the engine really wrote, kept in a file beside this module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

FILE = Path(__file__).with_name("examples.json")


@dataclass(frozen=True)
class Example:
    """A record as it was written.

    Attributes:
        record: name of its class.
        name: what it shows, in one word.
        key: its key, None where it had none.
        value: its JSON.
        headers: its headers.
    """

    record: str
    name: str
    key: str | None
    value: Any
    headers: dict[str, str] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        """As AsyncAPI's Message Example Object."""
        headers = {"headers": self.headers} if self.headers else {}
        return {"name": self.name, **headers, "payload": self.value}


def load(path: Path = FILE) -> dict[str, list[Example]]:
    """All examples by record."""
    found: dict[str, list[Example]] = {}
    for fields in orjson.loads(path.read_bytes()):
        example = Example(**fields)
        found.setdefault(example.record, []).append(example)
    return found


def written(examples: Iterable[Example]) -> bytes:
    """The file of some examples; equal ones give equal bytes."""
    fields = [vars(example) for example in examples]
    return orjson.dumps(fields, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
