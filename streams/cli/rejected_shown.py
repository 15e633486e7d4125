"""Rejections on a terminal: as a table, counted by reason, and one in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from agents.records import Record
from streams.rejected import Rejected

SHOWN = 4_000
"""Characters of a payload that is printed."""

REASON_SHOWN = 60
"""Characters of a reason in a table."""

REASONS_SHOWN = 30
"""Reasons in the count, the most frequent; a stream of random bytes makes hundreds."""

PROBLEM_SHOWN = 120
"""Characters of what was wrong in a table."""


def row(one: Rejected) -> dict[str, Any]:
    """A rejection without its payload, as JSON."""
    said = one.rejection
    return {
        "id": one.id,
        "at": one.at.isoformat(timespec="milliseconds"),
        "stage": said.stage,
        "topic": said.topic,
        "partition": said.partition,
        "offset": said.offset,
        "reason": one.reason,
        "error": said.error,
        "message": said.message,
        "bytes": one.size,
        "omitted": list(said.omitted),
        "replays": one.replays,
    }


def table(found: Sequence[Rejected]) -> Table:
    """Rejections, a row each."""
    rows = Table(box=None, pad_edge=False)
    for name in ("id", "rejected", "stage", "bytes", "again"):
        rows.add_column(name, justify="right" if name in ("bytes", "again") else "left", no_wrap=True)
    rows.add_column("what was wrong", overflow="fold")
    for one in found:
        cells = (one.id, f"{one.at:%Y-%m-%d %H:%M:%S}", one.rejection.stage, _bytes_of(one), str(one.replays or ""))
        rows.add_row(*cells, Text(printable(_problem(one))[:PROBLEM_SHOWN]))
    return rows


def counts(found: Sequence[Rejected]) -> Table | str:
    """How many there are of each reason."""
    if not found:
        return "nothing was rejected"
    rows = Table(box=None, pad_edge=False)
    rows.add_column("count", justify="right")
    rows.add_column(f"reason, of {len(found):,} records")
    reasons = Counter(one.reason for one in found).most_common()
    for reason, count in reasons[:REASONS_SHOWN]:
        rows.add_row(f"{count:,}", Text(printable(reason)[:REASON_SHOWN]))
    if others := reasons[REASONS_SHOWN:]:
        rows.add_row(f"{sum(count for _, count in others):,}", f"of {len(others):,} other reasons")
    return rows


def _problem(one: Rejected) -> str:
    """What was wrong, without the place, which stands beside it."""
    topic, partition, offset = one.place
    return one.rejection.message.removeprefix(f"{topic}[{partition}]@{offset}: ")


def print_rejection(one: Rejected) -> None:
    """Print one: what was wrong, where, and the record as it came, as far as it was kept."""
    record = one.record()
    for label, text in _facts(one, record):
        click.echo(f"{printable(label):11} {printable(text)}")
    value = record.value if record is not None else one.head
    if value:
        text = printable(_decoded(value), keep="\n\t")
        click.echo(f"\n{text[:SHOWN]}")
        if len(text) > SHOWN or record is None:
            click.echo(f"... ({sized(one)}; --raw FILE writes all of it)")


def _facts(one: Rejected, record: Record | None) -> list[tuple[str, str]]:
    said = one.rejection
    rows = [
        ("id", one.id),
        ("rejected", f"{one.at.isoformat(timespec='seconds')} by {said.stage}"),
        ("record", f"{said.topic}[{said.partition}]@{said.offset}, Kafka timestamp {said.timestamp}"),
        ("wrong", f"{said.error}: {_problem(one)}"),
        ("sent again", f"{one.replays} times" if one.replays else "never"),
    ]
    if record is not None:
        rows.append(("key", "none" if record.key is None else _decoded(record.key)))
        rows += [(f"header {name}", _decoded(value or b"")) for name, value in record.headers]
    return [*rows, ("value", sized(one))]


def printable(text: str, keep: str = "") -> str:
    r"""Text that cannot move the cursor of the one who reads it, nor the order of the words: the rest is escaped.

    >>> printable("a\x1b[2J\u202eb")
    'a\\x1b[2J\\u202eb'
    """
    return "".join(sign if sign.isprintable() or sign in keep else ascii(sign)[1:-1] for sign in text)


def _decoded(value: bytes) -> str:
    r"""Bytes as text, those that are no UTF-8 as ``\xff``."""
    return value[: 4 * SHOWN].decode("utf-8", "backslashreplace")


def _bytes_of(one: Rejected) -> str:
    return "none" if one.size is None else f"{one.size:,}"


def sized(one: Rejected) -> str:
    """How large its value is, and what was not kept."""
    size = "no value" if one.size is None else f"{one.size:,} bytes"
    left_out = ", ".join(one.rejection.omitted)
    digest = f", SHA-256 {one.rejection.sha256}" if one.rejection.sha256 else ""
    return f"{size}{f', too large to be kept: {left_out}{digest}' if left_out else ''}"
