"""Tables in all formats, read back."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from schemas.disposition import Disposition
from schemas.errors import SettingsError
from schemas.events import Event
from streams.export import writers
from streams.export.cells import plain
from streams.export.columns import EVENT_COLUMNS, FINDING_COLUMNS, Column, Line, lines, table
from streams.export.writers import Format, writer
from tests.streams.evidence.cases import said
from tests.support.pipeline import ROOT

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DECIDED = Disposition(
    alert="k", event="e", verdict="dismissed", reason="=a correction", by="N. N.", at="2026-11-22T13:00:00Z"
)


def written(form: Format, columns: tuple[Column, ...] | Any, rows: list[Line]) -> bytes:
    target = io.BytesIO()
    one = writer(form, target, columns)
    for row in rows:
        one.write(row)
    one.close()
    return target.getvalue()


def headlined(headline: str) -> Event:
    event = said()[0]
    return event.model_copy(update={"copy_": event.copy_.model_copy(update={"headline": headline})})


def as_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def as_parquet(data: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


@given(texts)
def test_texts_come_back_from_every_format(headline: str) -> None:
    rows = [Line(headlined(headline), DECIDED)]
    assert plain(as_csv(written("csv", EVENT_COLUMNS, rows))[0]["copy_headline"]) == headline
    assert orjson.loads(written("jsonl", EVENT_COLUMNS, rows))["copy_headline"] == headline
    assert as_parquet(written("parquet", EVENT_COLUMNS, rows))[0]["copy_headline"] == headline


@pytest.mark.parametrize("columns", [EVENT_COLUMNS, FINDING_COLUMNS])
def test_all_formats_have_the_same_columns_and_values(columns: Any) -> None:
    rows = [row for event in said() for row in lines(event, DECIDED, findings=columns is FINDING_COLUMNS)]
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    flat = [orjson.loads(line) for line in written("jsonl", columns, rows).splitlines()]
    table_rows, cells = as_parquet(written("parquet", columns, rows)), as_csv(written("csv", columns, rows))
    assert len(flat) == len(table_rows) == len(cells) == len(rows)
    for one, other, cell in zip(flat, table_rows, cells, strict=True):
        assert list(one) == list(other) == list(cell) == names
        for column in columns:
            value = one[column.name]
            if column.kind != "time":
                assert other[column.name] == value
            if value is None:
                assert cell[column.name] == ""
            elif column.kind == "number":
                assert float(cell[column.name]) == value


def test_the_seeds_as_rows() -> None:
    (row,) = [orjson.loads(written("jsonl", EVENT_COLUMNS, lines(said()[1], None, findings=False)))]
    assert (row["kind"], row["wire"], row["credit"], row["altered"]) == ("alerts", "AFP", "removed", "yes")
    assert row["delay_seconds"] is None  # a day, and nothing: neither is a time
    assert row["verdict"] is None
    assert row["findings"] == len(lines(said()[1], None, findings=True))
    cell = as_csv(written("csv", EVENT_COLUMNS, lines(said()[1], DECIDED, findings=False)))[0]
    assert (cell["stands_in"], cell["verdict_reason"]) == ("true", "'=a correction")


def test_parquet_has_types_meanings_and_bounded_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "ROW_GROUP", 2)
    file = parquet.ParquetFile(io.BytesIO(written("parquet", EVENT_COLUMNS, [Line(said()[0])] * 5)))
    assert [file.metadata.row_group(number).num_rows for number in range(file.metadata.num_row_groups)] == [2, 2, 1]
    schema = file.schema_arrow
    assert str(schema.field("time").type) == "timestamp[ms, tz=UTC]"
    assert str(schema.field("score").type) == "double"
    meanings = {column.name: column.meaning for column in EVENT_COLUMNS}
    assert {name: schema.field(name).metadata[b"description"].decode() for name in schema.names} == meanings


def test_nothing_to_write_is_a_table_without_rows() -> None:
    assert as_csv(written("csv", EVENT_COLUMNS, [])) == []
    assert written("csv", EVENT_COLUMNS, []).startswith(b"id,key,kind")
    assert as_parquet(written("parquet", EVENT_COLUMNS, [])) == []


def test_parquet_without_pyarrow_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r"pip install 'wirespin\[report\]'"):
        writer("parquet", io.BytesIO(), EVENT_COLUMNS)


def test_the_documentation_has_these_very_columns() -> None:
    page = (ROOT / "docs" / "export.md").read_text()
    assert table(EVENT_COLUMNS) in page
    assert table(FINDING_COLUMNS) in page


def test_a_file_is_replaced_at_once_or_not_at_all(tmp_path: Path) -> None:
    from streams.cli.export import target

    path = tmp_path / "x.csv"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), target(str(path)) as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    with target(str(path)) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(SettingsError, match="cannot be written"), target(str(tmp_path / "no" / "x")):
        pass
