"""Writing the events that stand as a table."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from schemas.errors import SettingsError, WirespinError
from streams.cli.filtering import filter_of, filtering
from streams.cli.options import log_to_stderr, need_broker, run_async, with_settings
from streams.desk.filters import Filter
from streams.export.columns import EVENT_COLUMNS, FINDING_COLUMNS, lines
from streams.export.standing import chosen, decisions
from streams.export.writers import Format, Writer, writer
from streams.settings import Loaded, Settings


@click.command()
@click.option("--kind", type=click.Choice(["alerts", "republications"]), default="alerts", show_default=True)
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv", show_default=True)
@click.option("--findings", is_flag=True, help="A row for each finding, not for each event.")
@click.option("--out", metavar="FILE", help="Where to write it; standard output if not given.")
@filtering
@with_settings
def export(loaded: Loaded, kind: str, form: Format, findings: bool, out: str | None, **given: str | None) -> None:
    """Write the events that stand as a table: CSV, JSON lines or Parquet.

    The columns are those of docs/export.md. In CSV, texts that a spreadsheet would compute begin with an apostrophe.
    """
    need_broker(loaded.settings)
    log_to_stderr(loaded.settings, quiet=True)
    wanted = filter_of(given, kind)
    if form == "parquet" and out is None and sys.stdout.isatty():
        raise SettingsError("Parquet is no text for a terminal", where="--out", remedy="name a file")
    columns = FINDING_COLUMNS if findings else EVENT_COLUMNS
    with target(out) as stream:
        rows = writer(form, stream, columns)
        events, written = run_async(_write(loaded.settings, wanted, rows, findings=findings))
    click.echo(f"{events:,} events, {written:,} rows", err=True)


@contextlib.contextmanager
def target(out: str | None) -> Iterator[BinaryIO]:
    """Where to write: standard output, or a file that is replaced when all is written, or not at all.

    Raises:
        SettingsError: the file cannot be written.
    """
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(out)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as stream:
            yield stream
        beside.replace(path)
    except WirespinError:  # of which some are OSErrors: a broker that went away
        raise
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", where=out) from error
    finally:
        beside.unlink(missing_ok=True)


async def _write(settings: Settings, wanted: Filter, rows: Writer, *, findings: bool) -> tuple[int, int]:
    """Write all rows; how many events and rows there were."""
    events = written = 0
    decided = await decisions(settings, passed_over)
    async for event, found in chosen(settings, wanted, decided, passed_over):
        events += 1
        for line in lines(event, found, findings=findings):
            rows.write(line)
            written += 1
    rows.close()
    return events, written


def passed_over(problem: str) -> None:
    """Tell of a record that is none."""
    click.echo(f"wirespin: passed over: {problem}", err=True)
