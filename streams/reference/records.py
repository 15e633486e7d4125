"""The page of events and records, from the JSON Schemas and the docstrings of their classes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import orjson
from pydantic import BaseModel

from schemas.accepted import Accepted
from schemas.article import Article
from schemas.base import SCHEMA_VERSION, WireRecord
from schemas.events import Alert, CopyRef, OriginalRef, Republication
from schemas.jsonschema import RECORDS, schema_of
from streams.contracts.examples import load
from streams.reference.docstrings import attributes, read
from streams.reference.examples import examples
from streams.reference.markup import code, fenced, heading, page, paragraphs, prose, table
from streams.reference.schema import LONGEST, MOST, kind_of, shortened

FIRST = (Alert, Republication, Article)
"""What most readers come for."""

REFERENCES = (OriginalRef, CopyRef)
"""Parts that repeat what an article says of itself under the names it has there."""

INTRODUCTION = f"""\
Values are one JSON object in UTF-8. A field that is not required may be left out, unknown fields are kept and passed
on, and fields that hold null are not written. Places (`span`, `start`, `end`) count Unicode characters from 0, the end
behind the last one. The schemas are files too, for validators: [article](../schemas/article.v1.json),
[alert](../schemas/alert.v1.json), [republication](../schemas/republication.v1.json), and beside them the others.

Examples are what the engine makes of the two articles in `seeds/` (the records of feeds: of a made one), or else those
of the [contracts](../asyncapi.json). Texts are cut at {LONGEST} characters and lists at {MOST} elements; `…` stands for
the rest.
"""


def records_page(seeds: Path) -> str:
    """Every record with its parts and, where the engine makes one, an example.

    Args:
        seeds: folder of the two seed articles.
    """
    made = _examples(seeds)
    others = (record for record in RECORDS if record not in FIRST)
    ordered: list[type[WireRecord]] = [*FIRST, *others]
    rows = [(f"[{record.__name__}](#{anchor(record)})", _first_sentence(record)) for record in ordered]
    sections = [_record(record, made.get(record.__name__)) for record in ordered]
    parts = {part.__name__: part for record in ordered for part in _parts(record) if part not in ordered}
    schemas = {name: schema for record in RECORDS for name, schema in schema_of(record).get("$defs", {}).items()}
    below = [_part(parts[name], schemas[name]) for name in sorted(parts) if name in schemas]
    overview = table(("Record", "What it is"), rows)
    return page("Events and records", INTRODUCTION, overview, *sections, heading(2, "Parts", "parts"), *below)


def anchor(kind: type[BaseModel]) -> str:
    """Anchor of a record or a part on the page."""
    return kind.__name__.lower()


def _examples(seeds: Path) -> dict[str, object]:
    """Name of a record to one as JSON: made now where the engine makes it, else the first of the contracts' own."""
    kept = {name: found[0].value for name, found in load().items()}
    fresh = examples(seeds).values()
    made = {type(one).__name__: one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in fresh}
    return kept | made


def _record(record: type[WireRecord], example: object) -> str:
    name = f"{anchor(record)}.v{SCHEMA_VERSION}.json"
    text = paragraphs(read(record.__doc__).text)
    blocks = [heading(2, record.__name__, anchor(record)), text, f"JSON Schema: [{code(name)}](../schemas/{name})"]
    blocks.append(_fields(record, schema_of(record)))
    if example is not None:
        shown = orjson.dumps(shortened(example), option=orjson.OPT_INDENT_2).decode()
        title = f'??? example "{record.__name__}, shortened"'
        blocks.append(f"{title}\n\n{textwrap.indent(fenced(shown, 'json'), '    ')}")
    return "\n\n".join(blocks)


def _part(part: type[BaseModel], schema: Mapping[str, Any]) -> str:
    text = paragraphs(read(part.__doc__).text)
    return "\n\n".join([heading(3, part.__name__, anchor(part)), text, _fields(part, schema)])


def _fields(kind: type[BaseModel], schema: Mapping[str, Any]) -> str:
    required = schema.get("required", [])
    told = _meanings(kind)
    rows = []
    for name, field in schema.get("properties", {}).items():
        must = "yes" if name in required else ""
        rows.append((code(name), kind_of(field), must, _default(field), prose(told.get(name, ""))))
    return table(("Field", "Holds", "Required", "Default", "Meaning"), rows)


def _meanings(kind: type[BaseModel]) -> dict[str, str]:
    """Field to what it means: as its class says, else what the part is that it holds, or the same in an article."""
    told: dict[str, str] = {}
    if kind in REFERENCES:
        told |= attributes(Article) | attributes(Accepted) | attributes(OriginalRef)
    for name, field in kind.model_fields.items():
        part = next(_models(field.annotation), None)
        told |= {field.alias or name: read(part.__doc__).text.partition("\n")[0]} if part else {}
    return told | attributes(kind)


def _default(schema: Mapping[str, Any]) -> str:
    value = schema.get("default")
    return "" if value in (None, "", []) else code(orjson.dumps(value).decode())


def _parts(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All classes that a record is made of, however deep."""
    for field in kind.model_fields.values():
        for part in _models(field.annotation):
            yield part
            yield from _parts(part)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _first_sentence(record: type[WireRecord]) -> str:
    return prose(read(record.__doc__).text.partition("\n\n")[0])
