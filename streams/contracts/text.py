"""The document as text: JSON, or YAML 1.2, of which JSON's scalars are a part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import orjson

Format = Literal["json", "yaml"]

BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""Characters that JSON leaves as they are and YAML reads as line breaks, or not at all (YAML 1.2, 5.1 and 5.4)."""

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./+-]*")
"""Keys that need no quotation marks, unless they are words that YAML 1.1 takes for something else."""

NOT_TEXT = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def rendered(document: dict[str, Any], form: Format = "json") -> bytes:
    """The document in a form; equal documents give equal bytes."""
    if form == "json":
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return "".join(f"{line}\n" for line in _block(document, 0)).encode()


def _block(value: Any, depth: int) -> Iterator[str]:
    """The lines of a list or an object that is not empty."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _entry(f"{_key(key)}:", inner, depth)
    else:
        for inner in value:
            yield from _entry("-", inner, depth)


def _entry(mark: str, value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, dict | list) and value:
        yield f"{indent}{mark}"
        yield from _block(value, depth + 1)
    else:
        yield f"{indent}{mark} {_scalar(value)}"


def _key(key: str) -> str:
    return key if PLAIN.fullmatch(key) and key.lower() not in NOT_TEXT else _scalar(key)


def _scalar(value: Any) -> str:
    return BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", orjson.dumps(value).decode())
