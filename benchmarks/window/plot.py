"""The figures as a drawing: four small panels of one look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from benchmarks.window.report import Row
from benchmarks.window.settings import LIBRARIES, OURS

COLOURS = {OURS: "#D55E00", "datasketch": "#0072B2", "rensa": "#009E73", "gaoya": "#AA4499"}
"""Told apart by colour-blind readers too (Okabe and Ito 2008; the last after Tol 2021); markers differ as well."""

MARKERS = {OURS: "o", "datasketch": "s", "rensa": "^", "gaoya": "D"}

INK, FAINT = "#333333", "#DDDDDD"

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#888888",
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "wirespin",
}

PANELS = (
    ("articles_a_second", "Articles a second, words to candidates"),
    ("candidates", "Candidates a look-up"),
    ("bytes_an_article", "Bytes an article"),
)

NARROW = 200
"""Largest over smallest figure up to which a logarithmic axis has marks at 2 and 5 as well."""

RECALL_GROUPS = {"set-b rewrites": "rewrites", "set-b derived": "all derived", "passages": "rewritten passages"}

Axes = Any


def draw(figures: dict[str, Any], file: Path) -> None:
    """Draw the figures of a run into a file, PNG or SVG by its name."""
    rows = [row for row in figures["results"] if not row["skipped"] and _drawn(row)]
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9.2, 6.4), layout="constrained")
        axes = figure.subplots(2, 2).ravel()
        for panel, (column, title) in zip(axes, PANELS, strict=False):
            _lines(panel, rows, column, title)
        _recall(axes[3], rows)
        labels = _labels(rows)
        handles = [axes[0].get_lines()[number] for number in range(len(labels))]
        figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), frameon=False, fontsize=9.5)
        figure.text(0.01, -0.02, _source(figures), fontsize=7.5, color="#666666", va="top")
        quiet = {"Date": None} if file.suffix == ".svg" else {}  # the same figures give the same file
        figure.savefig(file, dpi=160, bbox_inches="tight", metadata=quiet)


def _drawn(row: Row) -> bool:
    """Whether it is one of the settings compared: ours of the first heat, the libraries' of equal recall."""
    return "equal recall" in row["roles"] or ("own" in row["roles"] and row["heat"] == 0)


def _engines(rows: Sequence[Row]) -> list[str]:
    present = {row["engine"] for row in rows}
    return [engine for engine in (OURS, *LIBRARIES) if engine in present]


def _labels(rows: Sequence[Row]) -> list[str]:
    setting = {row["engine"]: row["setting"] for row in rows}
    return [f"{engine} {setting[engine]}".replace(">=", "≥").strip() for engine in _engines(rows)]


def _lines(panel: Axes, rows: Sequence[Row], column: str, title: str) -> None:
    """One line an engine over the window's size."""
    for engine in _engines(rows):
        points = sorted((row["window"], row[column]) for row in rows if row["engine"] == engine)
        panel.plot(*zip(*points, strict=True), **_look(engine))
    panel.set_title(title)
    panel.set_xscale("log")
    panel.set_yscale("log")
    windows = sorted({row["window"] for row in rows})
    panel.set_xticks(windows, [_short(window) for window in windows])
    panel.set_xlabel("articles in the window")
    panel.xaxis.set_minor_locator(NullLocator())
    values = [row[column] for row in rows]
    narrow = max(values) < NARROW * min(values)
    panel.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if narrow else (1,)))
    panel.yaxis.set_minor_locator(NullLocator())
    panel.yaxis.set_major_formatter(_number(_short))
    panel.margins(x=0.08, y=0.15)


def _look(engine: str) -> dict[str, Any]:
    own = engine == OURS
    return {
        "color": COLOURS[engine],
        "marker": MARKERS[engine],
        "linewidth": 2.4 if own else 1.6,
        "markersize": 7 if own else 5.5,
        "zorder": 3 if own else 2,
        "clip_on": False,
    }


def _recall(panel: Axes, rows: Sequence[Row]) -> None:
    """Recall by group at the largest window that each engine ran, engines side by side."""
    groups = [group for group in RECALL_GROUPS if any(group in row["recall"] for row in rows)]
    engines = _engines(rows)
    for place, engine in enumerate(engines):
        last = max((row for row in rows if row["engine"] == engine), key=lambda row: row["window"])
        across = [at + (place - (len(engines) - 1) / 2) * 0.15 for at in range(len(groups))]
        heights = [last["recall"][group] for group in groups]
        panel.vlines(across, 0, heights, color=COLOURS[engine], linewidth=1.2, alpha=0.5)
        panel.plot(across, heights, linestyle="none", **{**_look(engine), "linewidth": 0})
    panel.set_title("Recall: the original is among the candidates")
    panel.set_xticks(range(len(groups)), [RECALL_GROUPS[group] for group in groups])
    panel.set_xlim(-0.5, len(groups) - 0.5)
    panel.set_ylim(0, 1.06)
    panel.yaxis.set_major_formatter(_number(lambda value: f"{value:.0%}"))


def _number(told: Callable[[float], str]) -> Any:
    return FuncFormatter(lambda value, _: told(value))


def _short(value: float) -> str:
    """Thousands and millions by their letters.

    >>> _short(10_000), _short(1_000_000), _short(0.1)
    ('10k', '1M', '0.1')
    """
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _source(figures: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {figures['versions'][name]}" for name in LIBRARIES)
    machine = figures["machine"]
    return (
        "Libraries at the cheapest setting that reaches wirespin's recall of the rewrites of set a, or comes nearest."
        " Recall shown: other texts.\n"
        f"{versions}. Texts: {figures['texts']}.\n"
        f"{machine['processor']}, {machine['cores']} cores, {figures['date']}; python -m benchmarks.window"
    )
