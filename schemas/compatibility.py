"""What a change of a JSON Schema breaks, for those who read such records and for those who write them.

Only the structure is compared, as far as the records' schemas use it: types, properties, required ones, enumerations,
bounds, patterns, items, references and alternatives. That a field means something else is seen by nobody but people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Schema = dict[str, Any]
NAMED = "$named"
"""Keyword under which a schema that was referred to keeps the reference, while it is compared."""

Party = Literal["readers", "writers"]

OPEN = "x-open-enum"
"""Mark of an enumeration that may grow: readers take a value that they do not know for "another one"."""

LEAST = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
MOST = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
NO_BOUND = {"minLength": 0, "minItems": 0, "minProperties": 0}
"""What the absence of a bound says as much as this number."""

WHOLE = ("pattern", "format", "allOf", "not", "oneOf", "patternProperties")
"""Keywords whose change is told but not understood: a person must look. Each rules out more where there was none."""


@dataclass(frozen=True)
class Break:
    """A change that somebody cannot live with.

    Attributes:
        where: path of the field, e.g. ``framing.devices[].severity``; empty for the record.
        hurts: readers, who may meet what the old schema ruled out, or miss what it promised; or writers, whose records
            (old ones in a log among them) are refused or not heeded any more.
        what: the change, in words.
    """

    where: str
    hurts: Party
    what: str

    def __str__(self) -> str:
        return f"{self.where or 'record'}: {self.what} (breaks {self.hurts})"


@dataclass(frozen=True)
class _Sides:
    """The two documents, in which references are looked up."""

    old: Schema
    new: Schema


def breaks(old: Schema, new: Schema) -> list[Break]:
    """What changed for the worse between two schemas of one record, in order of the fields.

    Args:
        old: the schema that was promised.
        new: the schema as it is now.

    Returns:
        Nothing where only fields were added that need not be there, descriptions changed, or open enumerations grew.
    """
    return list(_compared(_Sides(old, new), old, new, "", frozenset()))


def _compared(sides: _Sides, old: Schema, new: Schema, where: str, seen: frozenset[Any]) -> Iterator[Break]:
    befores, afters = _forms(sides.old, old), _forms(sides.new, new)
    for kind in sorted(befores.keys() - afters.keys()):
        if kind != "integer" or "number" not in afters:
            yield Break(where, "writers", f"may not be {kind} any more")
    for kind in sorted(afters.keys() - befores.keys()):
        if kind != "integer" or "number" not in befores:
            yield Break(where, "readers", f"may be {kind} now")
    for kind in sorted(befores.keys() & afters.keys()):
        before, after = befores[kind], afters[kind]
        pair = (before.get(NAMED), after.get(NAMED))
        if None in pair or pair not in seen:  # else a schema that holds itself
            yield from _one_kind(sides, before, after, where, seen | {pair})


def _forms(root: Schema, schema: Schema) -> dict[str, Schema]:
    """The alternatives of a schema by their JSON type; ``any`` where it names none."""
    schema = _followed(root, schema)
    if "anyOf" in schema:
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        found: dict[str, Schema] = {}
        for one in schema["anyOf"]:
            for kind, form in _forms(root, {**rest, **_followed(root, one)}).items():
                found[kind if kind not in found else f"{kind} ({len(found)})"] = form
        return found
    kinds = schema.get("type", "any")
    return dict.fromkeys([kinds] if isinstance(kinds, str) else kinds, schema)


def _followed(root: Schema, schema: Schema) -> Schema:
    """A schema without a reference at its head."""
    while "$ref" in schema:
        found: Any = root
        for step in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found[step]
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**found, NAMED: schema["$ref"], **rest}
    return schema


def _one_kind(sides: _Sides, old: Schema, new: Schema, where: str, seen: frozenset[Any]) -> Iterator[Break]:
    yield from _values(old, new, where)
    yield from _bounds(old, new, where)
    yield from _wholes(old, new, where)
    yield from _properties(sides, old, new, where, seen)
    yield from _items(sides, old, new, where, seen)


def _wholes(old: Schema, new: Schema, where: str) -> Iterator[Break]:
    for keyword in WHOLE:
        before, after = old.get(keyword), new.get(keyword)
        if before == after:
            continue
        if before is not None:
            yield Break(where, "readers", f"{keyword} changed from {before!r} to {after!r}")
        if after is not None:
            yield Break(where, "writers", f"{keyword} changed from {before!r} to {after!r}")


def _values(old: Schema, new: Schema, where: str) -> Iterator[Break]:
    """Changes of the values that are allowed at all."""
    before, after = _allowed(old), _allowed(new)
    if before is not None and old.get(OPEN) and not new.get(OPEN):
        yield Break(where, "readers", "the enumeration was open and is closed")
    if after is None:
        if before is not None and not old.get(OPEN):
            yield Break(where, "readers", f"may be other values now than {_told(before)}")
        return
    if before is None:
        yield Break(where, "writers", f"may only be {_told(after)} now")
        return
    if gone := [value for value in before if value not in after]:
        yield Break(where, "writers", f"may not be {_told(gone)} any more")
    if (added := [value for value in after if value not in before]) and not old.get(OPEN):
        yield Break(where, "readers", f"may be {_told(added)} now")


def _allowed(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    values: list[Any] | None = schema.get("enum")
    return values


def _told(values: list[Any]) -> str:
    return ", ".join(repr(value) for value in values)


def _bounds(old: Schema, new: Schema, where: str) -> Iterator[Break]:
    for keyword in sorted(LEAST | MOST):
        before, after = (schema.get(keyword, NO_BOUND.get(keyword)) for schema in (old, new))
        if before == after:
            continue
        narrower = before is None or (after is not None and (after > before) == (keyword in LEAST))
        yield Break(where, "writers" if narrower else "readers", f"{keyword} changed from {before} to {after}")


def _properties(sides: _Sides, old: Schema, new: Schema, where: str, seen: frozenset[Any]) -> Iterator[Break]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed_before, needed_after = set(old.get("required", ())), set(new.get("required", ()))
    for name, field in before.items():
        place = f"{where}.{name}" if where else name
        if name not in after:
            yield Break(place, "readers", "is gone")
            yield Break(place, "writers", "is gone")
            continue
        yield from _compared(sides, field, after[name], place, seen)
    for name in sorted(needed_after - needed_before):
        yield Break(f"{where}.{name}" if where else name, "writers", "must be there now")
    for name in sorted((needed_before - needed_after) & after.keys()):
        yield Break(f"{where}.{name}" if where else name, "readers", "may be missing now")


def _items(sides: _Sides, old: Schema, new: Schema, where: str, seen: frozenset[Any]) -> Iterator[Break]:
    before, after = old.get("prefixItems", ()), new.get("prefixItems", ())
    if len(before) != len(after):
        yield Break(where, "readers", f"has {len(after)} places now, not {len(before)}")
        yield Break(where, "writers", f"has {len(after)} places now, not {len(before)}")
    for number, (one, other) in enumerate(zip(before, after, strict=False)):
        yield from _compared(sides, one, other, f"{where}[{number}]", seen)
    for keyword, mark in (("items", "[]"), ("additionalProperties", "{}")):
        yield from _rest(sides, old.get(keyword, True), new.get(keyword, True), where + mark, seen)


def _rest(sides: _Sides, old: Schema | bool, new: Schema | bool, where: str, seen: frozenset[Any]) -> Iterator[Break]:
    """Changes of what a list or an object may hold beyond what is named: a schema, anything, or nothing."""
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _compared(sides, old, new, where, seen)
    elif old != new:
        wider = new is True or old is False
        yield Break(where, "readers" if wider else "writers", "may hold more now" if wider else "may hold less now")
