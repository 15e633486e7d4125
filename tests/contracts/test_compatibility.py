"""What was promised holds: old records parse, and no schema breaks those who read or write by the frozen one."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema as validators
import orjson
import pytest

from schemas.base import SCHEMA_VERSION, WireRecord
from schemas.compatibility import Break, breaks
from schemas.errors import RecordError
from schemas.jsonschema import RECORDS, files, schema_of
from tests.contracts import freeze
from tests.contracts.freeze import broken, frozen, main

CORPUS = Path(__file__).parent / "corpus"
TODAY = {path.name: orjson.loads(content) for path, content in files().items()}
ADVICE = (
    "Readers or writers of version {version} cannot live with this. Make the change one that they can (a new field that"
    " may be missing), or raise SCHEMA_VERSION in schemas/base.py, as docs/contracts.md says under 'Raising the"
    " version'. Do not edit tests/contracts/frozen."
)


@pytest.mark.parametrize("name", frozen())
def test_no_schema_breaks_what_was_promised(name: str) -> None:
    assert name in TODAY, f"{name} is gone. " + ADVICE.format(version=SCHEMA_VERSION)
    told = [str(one) for one in broken(name, frozen()[name], TODAY[name])]
    assert told == [], ADVICE.format(version=SCHEMA_VERSION)


def corpus() -> list[Any]:
    """Records that former commits wrote, with the class of today that is to read them."""
    named = {record.__name__: record for record in RECORDS}
    lines = [
        json.loads(line) for path in sorted(CORPUS.glob("v*/*.ndjson")) for line in path.read_text("utf-8").splitlines()
    ]
    return [
        pytest.param(named[line["record"]], line, id=f"{line['commit']}-{line['record']}-{number}")
        for number, line in enumerate(lines)
    ]


UNREADABLE = {("9afdd5f", "StoryItem")}
"""What match wrote for judge before anything was released: `log` and `offset` came with rebuilding the index."""

CASES = corpus()
GOOD = [one for one in CASES if (one.values[1]["commit"], one.values[1]["record"]) not in UNREADABLE]


def test_the_corpus_holds_every_record_that_was_ever_written() -> None:
    names = "Article Accepted StoryItem Republication Alert Rejection FeedConfig FeedState FeedSeen FeedPush"
    assert {one.values[0].__name__ for one in GOOD} >= set(names.split())
    assert len({one.values[1]["commit"] for one in GOOD}) >= 6


@pytest.mark.parametrize(("record", "line"), GOOD)
def test_old_records_parse_and_lose_nothing(record: type[WireRecord], line: dict[str, Any]) -> None:
    value = line["value"]
    back = json.loads(record.from_data(value).to_bytes())
    assert holds(back, value)


@pytest.mark.parametrize(("record", "line"), GOOD)
def test_old_records_fit_the_schema_of_today(record: type[WireRecord], line: dict[str, Any]) -> None:
    validators.Draft202012Validator(schema_of(record)).validate(line["value"])


def test_what_cannot_be_read_any_more_is_refused_and_not_misread() -> None:
    old = [one.values for one in CASES if one not in GOOD]
    assert len(old) == 2
    for record, line in old:
        with pytest.raises(RecordError, match="field log: Field required"):
            record.from_data(line["value"])


def holds(now: Any, before: Any) -> bool:
    """Whether all that stood in a record stands in it still; None is not written any more."""
    if isinstance(before, dict):
        return all(holds(now.get(name), value) for name, value in before.items())
    if isinstance(before, list):
        return len(now) == len(before) and all(map(holds, now, before))
    return bool(now == before)


OLD: dict[str, Any] = {
    "type": "object",
    "required": ["id", "part"],
    "additionalProperties": True,
    "properties": {
        "id": {"type": "string", "maxLength": 9},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
        "kind": {"enum": ["a", "b"], "type": "string"},
        "device": {"enum": ["a", "b"], "type": "string", "x-open-enum": True},
        "part": {"$ref": "#/$defs/Part"},
        "spans": {
            "type": "array",
            "items": {
                "type": "array", "minItems": 2, "maxItems": 2, "prefixItems": [{"type": "integer"}, {"type": "integer"}]
            },
        },
    },
    "$defs": {
        "Part": {
            "type": "object",
            "properties": {
                "score": {"type": "number", "minimum": 0, "maximum": 1},
                "inner": {"anyOf": [{"$ref": "#/$defs/Part"}, {"type": "null"}]},
            },
        }
    },
}  # fmt: skip


def changed(path: str, **values: Any) -> dict[str, Any]:
    """The schema with some keywords of one place replaced; None takes one away."""
    new = copy.deepcopy(OLD)
    place = new
    for step in path.split("/"):
        place = place[step] if step else place
    for keyword, value in values.items():
        if value is None:
            place.pop(keyword.replace("__", "$"), None)
        else:
            place[keyword] = value
    return new


def without(path: str, name: str) -> dict[str, Any]:
    new = copy.deepcopy(OLD)
    place = new
    for step in path.split("/"):
        place = place[step]
    del place[name]
    return new


SCORE, SPAN = "$defs/Part/properties/score", "properties/spans/items"
BREAKING: list[tuple[str, dict[str, Any], set[tuple[str, str]]]] = [
    ("a field is gone", without("properties", "note"), {("note", "readers"), ("note", "writers")}),
    ("newly required", changed("", required=["id", "part", "note"]), {("note", "writers")}),
    ("required and new", changed("", required=["id", "part", "extra"]), {("extra", "writers")}),
    ("may be missing", changed("", required=["id"]), {("part", "readers")}),
    ("another type", changed("properties/id", type="integer"), {("id", "readers"), ("id", "writers")}),
    ("null no more", changed("properties/note", anyOf=[{"type": "string"}]), {("note", "writers")}),
    ("null as well", changed("properties/id", type=["string", "null"]), {("id", "readers")}),
    ("a value less", changed("properties/kind", enum=["a"]), {("kind", "writers")}),
    ("a value more", changed("properties/kind", enum=["a", "b", "c"]), {("kind", "readers")}),
    ("any value", changed("properties/kind", enum=None), {("kind", "readers")}),
    ("only some values", changed("properties/id", enum=["x"]), {("id", "writers")}),
    ("one value", changed("properties/kind", enum=None, const="a"), {("kind", "writers")}),
    ("an open one less", changed("properties/device", enum=["a"]), {("device", "writers")}),
    ("closed", changed("properties/device", **{"x-open-enum": None}), {("device", "readers")}),
    ("shorter", changed("properties/id", maxLength=8), {("id", "writers")}),
    ("longer", changed("properties/id", maxLength=10), {("id", "readers")}),
    ("of any length", changed("properties/id", maxLength=None), {("id", "readers")}),
    ("not empty", changed("properties/id", minLength=1), {("id", "writers")}),
    ("a pattern", changed("properties/id", pattern="x"), {("id", "writers")}),
    ("deep: higher", changed(SCORE, maximum=2), {("part.score", "readers"), ("part.inner.score", "readers")}),
    ("deep: least", changed(SCORE, minimum=0.5), {("part.score", "writers"), ("part.inner.score", "writers")}),
    ("deep: whole", changed(SCORE, type="integer"), {("part.score", "writers"), ("part.inner.score", "writers")}),
    ("in a list", changed(SPAN, prefixItems=[{"type": "integer"}, {"type": "string"}]),
     {("spans[][1]", "readers"), ("spans[][1]", "writers")}),
    ("a place more", changed(SPAN, prefixItems=[{"type": "integer"}] * 3), {("spans[]", "readers"),
     ("spans[]", "writers")}),
    ("no fields beside", changed("", additionalProperties=False), {("{}", "writers")}),
]  # fmt: skip
HARMLESS: list[tuple[str, dict[str, Any]]] = [
    ("nothing", copy.deepcopy(OLD)),
    ("a new field", changed("properties", extra={"type": "string", "default": ""})),
    ("an open enumeration grew", changed("properties/device", enum=["a", "b", "c"])),
    ("words", changed("properties/id", description="what it goes by", title="Id", examples=["x"])),
    ("a new definition", changed("$defs", Other={"type": "string"})),
    ("least length 0", changed("properties/id", minLength=0)),
    ("spelled as a list", changed("properties/id", type=["string"])),
    ("null spelled otherwise", changed("properties/note", anyOf=None, type=["string", "null"])),
    ("written in place", changed("properties", part=OLD["$defs"]["Part"])),
]


@pytest.mark.parametrize(("new", "expected"), [case[1:] for case in BREAKING], ids=[case[0] for case in BREAKING])
def test_a_break_is_found_and_told_whom_it_hurts(new: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    found = {(one.where, one.hurts) for one in breaks(OLD, new)}
    assert found == {(where, hurts) for where, hurts in expected if ".inner" not in where}


@pytest.mark.parametrize("new", [case[1] for case in HARMLESS], ids=[case[0] for case in HARMLESS])
def test_what_adds_only_breaks_nothing(new: dict[str, Any]) -> None:
    assert breaks(OLD, new) == []


ADDS_WHEN_UNDONE = {"a field is gone", "required and new", "closed", "an open one less"}


@pytest.mark.parametrize("case", BREAKING, ids=[case[0] for case in BREAKING])
def test_what_is_undone_hurts_the_others(case: tuple[str, dict[str, Any], set[tuple[str, str]]]) -> None:
    name, new, expected = case
    found = {(one.where, one.hurts) for one in breaks(new, OLD)}
    others = {"readers": "writers", "writers": "readers"}
    turned = {(where, others[hurts]) for where, hurts in expected if ".inner" not in where}
    assert found == (set() if name in ADDS_WHEN_UNDONE else turned)


def test_whole_numbers_are_numbers() -> None:
    assert [one.hurts for one in breaks({"type": "integer"}, {"type": "number"})] == ["readers"]
    assert [one.hurts for one in breaks({"type": "number"}, {"type": "integer"})] == ["writers"]


def test_a_break_is_told_in_a_line() -> None:
    assert str(Break("a.b", "readers", "is gone")) == "a.b: is gone (breaks readers)"
    assert str(Break("", "writers", "may only be 1 now")).startswith("record: ")


def test_what_may_be_more_harms_nobody_where_others_write() -> None:
    wider = changed("properties/id", maxLength=10)
    assert broken("article.v1.json", OLD, wider) == []
    assert broken("alert.v1.json", OLD, wider) != []
    assert broken("article.v1.json", OLD, changed("properties/id", maxLength=8)) != []


def test_freezing_takes_what_breaks_nothing_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tmp_path) == 0
    assert frozen(folder=tmp_path) == TODAY
    path = tmp_path / f"v{SCHEMA_VERSION}" / "alert.v1.json"
    promised = json.loads(path.read_text())
    promised["properties"]["former"] = {"type": "string"}
    path.write_text(json.dumps(promised))
    assert main(tmp_path) == 1
    assert "alert.v1.json: former: is gone (breaks readers)" in capsys.readouterr().err
    assert "former" in json.loads(path.read_text())["properties"]
    (tmp_path / f"v{SCHEMA_VERSION}" / "older.v1.json").write_text("{}")
    assert main(tmp_path) == 1
    assert "older.v1.json: gone" in capsys.readouterr().err


def test_the_frozen_schemas_are_in_a_folder_of_their_version() -> None:
    assert frozen()
    assert frozen(version=SCHEMA_VERSION + 1) == {}
    assert freeze.FOLDER.name == "frozen"
