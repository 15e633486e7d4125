"""The figures as drawings. Needs matplotlib (the extra ``report``); draws to files only, no screen is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from streams.stats.share import LEAST
from streams.stats.summary import Data
from streams.stats.tally import Tally
from streams.web.words import shown

Form = Literal["svg", "png"]

BLUE, VERMILLION, GREY = "#0072B2", "#D55E00", "#BBBBBB"
"""Told apart by colour-blind readers too (Okabe and Ito 2008); altered ones are hatched as well."""

HATCH = "///"
INK, FAINT = "#333333", "#DDDDDD"
ROWS = 20
"""Bars of a drawing; of more the largest."""

NAME = 34
"""Characters of a name."""

DPI = 150
"""Dots an inch of a PNG."""

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "wirespin",
}
"""``parse_math`` off: an outlet named $x$ is no formula."""

HOUR = 3_600.0

SHARES = (
    ("agencies", "altered", f"Share with altered framing, by agency (of at least {LEAST} republications)"),
    ("outlets", "altered", f"Share with altered framing, by outlet (of at least {LEAST} republications)"),
    ("devices", "in_altered", "Share of altered republications in which a device was found"),
    ("reuse", "events", "How closely: share of republications"),
)
"""Drawings of shares: rows and share of the summary, title. Of fewer than `LEAST` cases no share is drawn."""

NAMED = {"agencies": "agency", "outlets": "outlet", "devices": "device", "reuse": "level"}
"""Field of a row that names it."""

MONTHS_FROM = 92
"""Days from the first to the last from which months are drawn: more bars are too thin to be seen."""


def draw(found: Data, tally: Tally, folder: Path, form: Form) -> list[Path]:
    """Draw all that there is something to draw of; the paths of the files.

    Args:
        found: what `streams.stats.summary.summary` says.
        tally: what it was made of, for the single delays.
        folder: made where it is missing.
        form: of the files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with mpl.rc_context(STYLE):
        for name, figure in _figures(found, list(tally.whole.delays)):
            path = folder / f"{name}.{form}"
            figure.savefig(path, format=form, dpi=DPI, metadata={"Date": None} if form == "svg" else {})
            paths.append(path)
    return paths


def _figures(found: Data, delays: list[float]) -> Iterator[tuple[str, Figure]]:
    if not found["events"]:
        return
    yield "pairs", _counts(found["pairs"], lambda row: f"{row['agency']} → {row['outlet']}", "Who republishes whom")
    for side, share, title in SHARES:
        rows = [(row[NAMED[side]], row[share]) for row in found[side] if row[share]["of"] >= LEAST]
        if rows:
            yield side, _intervals(rows, title)
    if len(delays) > 1:
        yield "delay", _delay(delays)
    if found["days"]:
        yield "days", _days(found["days"])


def _counts(rows: list[Data], name: Callable[[Data], str], title: str) -> Figure:
    """Bars of republications, the altered ones hatched."""
    rows = rows[:ROWS]
    figure, axes = _bars([shown(name(row), 2 * NAME) for row in rows], title)
    for at, row in enumerate(rows):
        altered = row["altered"]["count"]
        axes.barh(at, row["events"] - altered, color=BLUE, label="not altered, or unsure" if at == 0 else None)
        axes.barh(
            at, altered, left=row["events"] - altered, color=VERMILLION, hatch=HATCH, edgecolor="white", linewidth=0,
            label="framing altered" if at == 0 else None,
        )  # fmt: skip
    axes.set_xlabel("republications that stand (number)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False, loc="lower right")
    return figure


def _intervals(rows: list[tuple[str, Data]], title: str) -> Figure:
    """Shares as dots with their intervals, and of how many."""
    rows = rows[:ROWS]
    figure, axes = _bars([f"{shown(name, NAME)} (n={data['of']:,})" for name, data in rows], title)
    for at, (_, data) in enumerate(rows):
        axes.plot([100 * data["low"], 100 * data["high"]], [at, at], color=GREY, linewidth=3, solid_capstyle="butt")
        axes.plot([100 * data["share"]], [at], "o", color=BLUE)
    axes.set_xlim(-2, 102)
    axes.set_xlabel("share (%), with 95% interval after Wilson")
    return figure


def _bars(names: Sequence[str], title: str) -> tuple[Figure, Any]:
    """Room for a row for each name, the first on top."""
    figure = Figure(figsize=(8, 1.4 + 0.3 * len(names)), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    return figure, axes


def _delay(delays: list[float]) -> Figure:
    """How many of the copies were out after so long."""
    figure = Figure(figsize=(8, 4), layout="constrained")
    axes = figure.subplots()
    hours = sorted(delay / HOUR for delay in delays)
    axes.step(hours, [100 * (rank + 1) / len(hours) for rank in range(len(hours))], where="post", color=BLUE)
    axes.set_title(f"How fast: delay between the publications (n={len(hours):,})")
    axes.set_xscale("symlog", linthresh=0.1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel("hours after the original (logarithmic beyond 0.1)")
    axes.set_ylabel("copies published by then (%)")
    axes.set_ylim(0, 102)
    return figure


def _days(rows: list[Data]) -> Figure:
    figure = Figure(figsize=(8, 4), layout="constrained")
    axes = figure.subplots()
    months = _apart(rows[0]["day"], rows[-1]["day"]) > MONTHS_FROM
    days, rest, altered = _by_month(rows) if months else _by_day(rows)
    width = 25 if months else 0.8
    axes.bar(days, rest, width, color=BLUE, label="not altered, or unsure")
    axes.bar(
        days, altered, width, bottom=rest, color=VERMILLION, hatch=HATCH, edgecolor="white", linewidth=0,
        label="framing altered",
    )  # fmt: skip
    span = "month" if months else "day"
    axes.set_title(f"Republications by {span}")
    axes.set_xlabel(f"{span} of the copy (UTC)")
    axes.set_ylabel("republications that stand (number)")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    figure.autofmt_xdate()
    return figure


def _apart(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _by_day(rows: list[Data]) -> tuple[Any, list[int], list[int]]:
    """Days, and for each how many were not altered and how many were."""
    days = [date.fromisoformat(row["day"]) for row in rows]
    return days, [row["events"] - row["altered"] for row in rows], [row["altered"] for row in rows]


def _by_month(rows: list[Data]) -> tuple[Any, list[int], list[int]]:
    """The same by month, at its middle."""
    found: dict[str, Data] = {}
    for row in rows:
        month = found.setdefault(f"{row['day'][:7]}-15", {"events": 0, "altered": 0})
        month["events"] += row["events"]
        month["altered"] += row["altered"]
    return _by_day([{"day": day, **counts} for day, counts in found.items()])
