"""Rows as CSV, JSON lines or Parquet, written as they come: nothing is kept but the batch at hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO, Literal, Protocol

import orjson

from schemas.errors import SettingsError
from streams.export.cells import safe
from streams.export.columns import Column, Kind, Line, Value

Format = Literal["csv", "jsonl", "parquet"]

ROW_GROUP = 2_000
"""Rows of a Parquet row group: all that is held in memory, about 10 MB where every row has 5 KB of text."""

FLAGS = {True: "true", False: "false"}


class Writer(Protocol):
    """Takes rows."""

    def write(self, line: Line) -> None:
        """Write a row."""

    def close(self) -> None:
        """Write what is left; the stream stays open."""


class Csv:
    """RFC 4180: comma, CRLF, a header, UTF-8 without byte order mark; texts never a formula (`streams.export.cells`).

    Args:
        target: where to.
        columns: of the table.
    """

    def __init__(self, target: BinaryIO, columns: Sequence[Column]) -> None:
        self._target, self._columns = target, columns
        self._row([column.name for column in columns])

    def write(self, line: Line) -> None:
        """Write a row."""
        self._row([_cell(column, column.take(line)) for column in self._columns])

    def close(self) -> None:
        """Nothing is left."""

    def _row(self, cells: Sequence[str]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerow(cells)
        self._target.write(text.getvalue().encode())


class JsonLines:
    """An object a line, with all columns.

    Args:
        target: where to.
        columns: of the table.
    """

    def __init__(self, target: BinaryIO, columns: Sequence[Column]) -> None:
        self._target, self._columns = target, columns

    def write(self, line: Line) -> None:
        """Write a row."""
        self._target.write(orjson.dumps({one.name: one.take(line) for one in self._columns}) + b"\n")

    def close(self) -> None:
        """Nothing is left."""


class Parquet:
    """Apache Parquet with zstd; each field has its meaning as metadata ``description``.

    Args:
        target: where to.
        columns: of the table.

    Raises:
        SettingsError: pyarrow is not installed.
    """

    def __init__(self, target: BinaryIO, columns: Sequence[Column]) -> None:
        self._arrow, parquet = _pyarrow()
        self._columns, self._rows = columns, list[list[Any]]()
        fields = [
            self._arrow.field(one.name, self._type(one.kind), metadata={"description": one.meaning}) for one in columns
        ]
        self._schema = self._arrow.schema(fields)
        self._writer = parquet.ParquetWriter(target, self._schema, compression="zstd")

    def write(self, line: Line) -> None:
        """Write a row; every `ROW_GROUP` of them go out together."""
        self._rows.append([_typed(one, one.take(line)) for one in self._columns])
        if len(self._rows) >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """Write the last rows and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            arrays = [
                self._arrow.array(values, field.type)
                for values, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
            self._rows.clear()

    def _type(self, kind: Kind) -> Any:
        arrow = self._arrow
        types = {
            "text": arrow.string(),
            "time": arrow.timestamp("ms", tz="UTC"),
            "number": arrow.float64(),
            "integer": arrow.int64(),
            "flag": arrow.bool_(),
        }
        return types[kind]


def writer(form: Format, target: BinaryIO, columns: Sequence[Column]) -> Writer:
    """What writes a format.

    Raises:
        SettingsError: the format needs what is not installed.
    """
    kinds: dict[Format, type[Csv] | type[JsonLines] | type[Parquet]] = {
        "csv": Csv,
        "jsonl": JsonLines,
        "parquet": Parquet,
    }
    return kinds[form](target, columns)


def _cell(column: Column, value: Value) -> str:
    """A value as CSV: only texts of others can be formulas, so numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return FLAGS[value]
    return safe(str(value)) if column.kind in ("text", "time") else str(value)


def _typed(column: Column, value: Value) -> Any:
    """A value as Arrow takes it; a time that cannot be read is left out."""
    if column.kind != "time" or value is None:
        return value
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # noqa: PLC0415 (an extra: only who writes Parquet needs it)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        remedy = "pip install 'wirespin[report]', or choose csv or jsonl"
        raise SettingsError("pyarrow is not installed", where="--format parquet", remedy=remedy) from error
    return pyarrow, parquet
