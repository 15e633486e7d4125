"""JSON Schema files: current, valid, and of one mind with the code about what is a record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema as validators
import pytest

from schemas import jsonschema
from schemas.article import Article
from schemas.base import WireRecord
from schemas.errors import InputError
from schemas.events import Republication
from tests.schemas.examples import EXAMPLES

LEAST = {"id": "a", "headline": "x"}


def test_files_are_current() -> None:
    assert jsonschema.stale() == []


def test_no_file_is_left_of_a_record_that_is_gone() -> None:
    assert set(jsonschema.FOLDER.iterdir()) == set(jsonschema.files())


@pytest.mark.parametrize("record", jsonschema.RECORDS)
def test_schemas_are_valid_2020_12(record: type[WireRecord]) -> None:
    schema = jsonschema.schema_of(record)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:wirespin:{record.__name__.lower()}.v1"
    validators.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("record", "data"), EXAMPLES)
def test_examples_validate_as_given_and_as_written(record: type[WireRecord], data: dict[str, Any]) -> None:
    schema = validators.Draft202012Validator(jsonschema.schema_of(record))
    schema.validate(data)
    schema.validate(json.loads(record.from_data(data).to_bytes()))


@pytest.mark.parametrize(
    "data",
    [
        LEAST,
        {"url": "https://x.example/1", "body": "x"},
        {"guid": "g", "headline": None, "body": "x"},
        {"guid": "g", "id": None, "headline": "x", "unknown": {"a": 1}},
        {"id": "a", "headline": "", "body": " x "},
        {"headline": "x"},
        {"id": "a"},
        {"id": None, "headline": "x"},
        {"id": " ", "headline": "x"},
        {"id": "", "url": "u", "headline": "x"},
        {"id": "a", "headline": " ", "body": "\n"},
        {"id": "a", "headline": None},
        {**LEAST, "version": -1},
        {**LEAST, "pub_status": "killed"},
        {**LEAST, "body": 1},
        {**LEAST, "language": "x" * 36},
        {**LEAST, "schema_version": 0},
    ],
)
def test_schema_and_code_agree_about_articles(data: dict[str, Any]) -> None:
    try:
        Article.from_data(data)
        fit = True
    except InputError:
        fit = False
    assert validators.Draft202012Validator(jsonschema.schema_of(Article)).is_valid(data) == fit


def test_the_copy_is_called_copy_in_the_schema() -> None:
    schema = jsonschema.schema_of(Republication)
    assert "copy" in schema["properties"]
    assert "copy" in schema["required"]
    assert "copy_" not in schema["properties"]
    assert "copy" in schema["$defs"]["Passage"]["properties"]


def test_the_command_writes_what_is_missing_and_only_reports_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(jsonschema, "FOLDER", tmp_path / "json")
    assert jsonschema.main(["--check"]) == 1
    assert not (tmp_path / "json").exists()
    assert "article.v1.json" in capsys.readouterr().err
    assert jsonschema.main([]) == 0
    assert jsonschema.main(["--check"]) == 0
    (tmp_path / "json" / "alert.v1.json").write_text("{}")
    assert [path.name for path in jsonschema.stale()] == ["alert.v1.json"]
