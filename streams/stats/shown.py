"""The figures on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from streams.stats.share import LEAST, Share, duration
from streams.stats.summary import Data
from streams.web.words import shown

WIDTH = 32
"""Characters of a name."""

FEW = 3
"""Delays from which quartiles are told; of fewer, the median only."""

NOTE = (
    f"Shares: count, of how many, and from {LEAST} on the percentage with its 95% interval (Wilson; copies of one "
    "story are not independent, so the true one is wider). Delays: median (quartiles) between the publication times, "
    "where both are known to the minute and the original is the wire's own; n says of how many."
)
"""What must be known to read the figures."""


def show(console: Console, found: Data, top: int) -> None:
    """Print the figures.

    Args:
        console: where to.
        found: what `streams.stats.summary.summary` says.
        top: rows of the tables by agency and outlet, the largest.
    """
    for line in _head(found):
        console.print(Text(line))
    if not found["events"]:
        return
    for title, table in _tables(found, top):
        console.print(Text(f"\n{title}", "bold"))
        console.print(table)
    console.print(Text(f"\n{NOTE}", "dim"))


def _head(found: Data) -> Iterator[str]:
    yield f"{found['events']:,} republications stand"
    if not found["events"]:
        return
    yield f"framing altered: {_share(found['altered'])}; unsure: {_share(found['unsure'])}"
    late = f"; {found['delay']['before_the_original']:,} dated before the original"
    yield f"delay: {_delay(found['delay'])}{late if found['delay']['before_the_original'] else ''}"
    if found["stand_ins"]:
        yield f"{found['stand_ins']:,} have an original that only stands for the wire's: left out of the delays"
    if found["undated"]:
        yield f"{found['undated']:,} are undated: left out of the days"


def _tables(found: Data, top: int) -> Iterator[tuple[str, Table]]:
    for title, rows, names in (
        ("Who republishes whom", found["pairs"], ("agency", "outlet")),
        ("By agency", found["agencies"], ("agency",)),
        ("By outlet", found["outlets"], ("outlet",)),
    ):
        more = f" (the largest {top} of {len(rows)})" if len(rows) > top else ""
        yield title + more, _who(rows[:top], names)
    shares = {"in_altered": "of the altered ones", "in_all": "of all"}
    yield "How altered: republications in which a device was found", _shares(found["devices"], "device", shares)
    shares = {"events": "republications", "altered": "of them altered"}
    yield "How closely", _shares(found["reuse"], "level", shares)
    yield "The agency's credit", _shares(found["credit"], "status", {"events": "republications"})
    last = f" (the last {top} of {len(found['days'])})" if len(found["days"]) > top else ""
    yield f"By day of the copy{last}", _days(found["days"][-top:])


def _who(rows: list[Data], names: tuple[str, ...]) -> Table:
    table = _table(*names, "republications", "altered", "delay")
    for row in rows:
        told = [f"{row['events']:,}", _share(row["altered"]), _delay(row["delay"])]
        table.add_row(*(Text(shown(row[name], WIDTH)) for name in names), *told)
    return table


def _shares(rows: list[Data], name: str, shares: Mapping[str, str]) -> Table:
    table = _table(name, *shares.values())
    for row in rows:
        table.add_row(row[name], *(_share(row[share]) for share in shares))
    return table


def _days(rows: list[Data]) -> Table:
    table = _table("day", "republications", "altered")
    for row in rows:
        table.add_row(row["day"], str(row["events"]), str(row["altered"]))
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name)
    return table


def _share(data: dict[str, Any]) -> str:
    return str(Share(data["count"], data["of"]))


def _delay(data: dict[str, Any]) -> str:
    """A spread in words: of few values no quartiles."""
    if data["median"] is None:
        return "-"
    quartiles = (
        f" ({duration(data['lower_quartile'])} to {duration(data['upper_quartile'])})" if data["n"] >= FEW else ""
    )
    return f"{duration(data['median'])}{quartiles}, n={data['n']:,}"
