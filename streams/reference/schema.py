"""JSON Schemas and JSON values in words, short enough for a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from streams.reference.markup import code

LONGEST = 160
"""Characters of a text in an example; a whole article would hide the rest."""

MOST = 3
"""Elements of a list in an example."""

BOUNDS = {"minimum": "≥ ", "exclusiveMinimum": "> ", "maximum": "≤ ", "maxLength": "at most "}


def kind_of(schema: Mapping[str, Any]) -> str:
    """What a field holds, in words, from its JSON Schema; parts are linked to where the page tells of them."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(kind_of(one) for one in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return ", ".join(_value(one) for one in schema.get("enum", [schema.get("const")]))
    return _typed(schema)


def shortened(value: Any) -> Any:
    """A JSON value for reading: long texts cut, long lists too."""
    if isinstance(value, str) and len(value) > LONGEST:
        return value[:LONGEST].rstrip() + "…"
    if isinstance(value, list):
        return [shortened(one) for one in value[:MOST]] + (["…"] if len(value) > MOST else [])
    return {name: shortened(one) for name, one in value.items()} if isinstance(value, dict) else value


def _value(value: object) -> str:
    return code(orjson.dumps(value).decode())


def _typed(schema: Mapping[str, Any]) -> str:
    """A list, an object of something, or a plain value with its bounds."""
    if fixed := schema.get("prefixItems"):
        return "\\[" + ", ".join(kind_of(one) for one in fixed) + "]"
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    if isinstance(inner := schema.get("additionalProperties"), dict):
        return f"object of {kind_of(inner)}"
    types = schema.get("type", "any")
    return " or ".join([types] if isinstance(types, str) else types) + _bounds(schema)


def _bounds(schema: Mapping[str, Any]) -> str:
    """Least and most of a number, longest text."""
    shown = [f"{words}{schema[name]:,}" for name, words in BOUNDS.items() if name in schema]
    return f" ({', '.join(shown)})" if shown else ""
