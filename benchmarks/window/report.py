"""What was measured, as data and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.window.race import Measured
from benchmarks.window.run import Choice
from benchmarks.window.settings import ALL, OURS, Outcome, Setting

Row = dict[str, Any]

GROUPS = ("set-a rewrites", "set-a derived", "set-b rewrites", "set-b derived", "passages")

FIGURES = ["articles/s", "index alone", "insertion, µs", "candidates", "bytes/article", "own count"]

PACES = (("words to candidates", "articles_a_second"), ("index alone", "index_articles_a_second"))

SIGNS_INSIDE = {"gaoya"}
"""Libraries that make an article's signature inside each call."""

NOTE = """articles/s: from words to candidates, look-up and insertion, median block. index alone: the same with the
signature ready. insertion: mean over the whole filling of the window, nothing looked up. candidates: earlier articles
named for a live article. own count: bytes an article by the engine's own account. The last columns are recall: the
original is among the candidates. * its signature is made inside these calls."""

WANTED_PACE, WANTED_BYTES, WANTED_GROWTH = 5.0, 0.25, 1.5
"""Goals: times the articles a second of the fastest library at equal recall; of the bytes of the smallest; growth of
the cost of an article from the smallest window to the largest."""


@dataclass(frozen=True)
class Goal:
    """A goal: what it is, the figure, what was wanted, and whether it was reached."""

    name: str
    figure: float
    wanted: str
    reached: bool


def rows(results: Sequence[Measured], choices: Sequence[Choice]) -> list[Row]:
    """One flat record for each engine and window."""
    roles = {choice.setting: choice.roles for choice in choices}
    return [_row(measured, roles[measured.setting]) for measured in results]


def _row(measured: Measured, roles: tuple[str, ...]) -> Row:
    setting = measured.setting
    row: Row = {"engine": setting.engine, "setting": str(setting.banding or ""), "roles": list(roles)}
    row |= {"window": measured.window, "heat": measured.heat, "skipped": measured.skipped}
    if measured.filled is None:
        return row
    return row | {
        "articles_a_second": measured.pace,
        "articles_a_second_mean": measured.mean_pace,
        "index_articles_a_second": measured.index_pace,
        "index_articles_a_second_mean": measured.mean_index_pace,
        "fill_microseconds": measured.filled.seconds / measured.window * 1e6,
        "bytes_an_article": measured.bytes_an_article,
        "own_bytes_an_article": _share(measured.filled.own_bytes, measured.window),
        "candidates": measured.candidates,
        "real_articles": measured.filled.real,
        "recall": {group: measured.share_found(group) for group in GROUPS if group in measured.recall},
        "asked": {group: measured.recall[group].asked for group in GROUPS if group in measured.recall},
        "other_candidates": {
            group: measured.recall[group].others / measured.recall[group].asked
            for group in GROUPS
            if group in measured.recall
        },
    }


def _share(total: int | None, count: int) -> float | None:
    return None if total is None else total / count


def sweep_rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """One flat record for each setting tried."""
    return [
        {"engine": outcome.setting.engine, "setting": str(outcome.setting.banding or "")}
        | {name: value for name, value in asdict(outcome).items() if name != "setting"}
        for outcome in outcomes
    ]


def swept(tried: Sequence[Row]) -> list[Outcome]:
    """The outcomes of such records."""
    known = {str(setting): setting for setting in (Setting(OURS), *ALL)}
    return [
        Outcome(known[f"{row['engine']} {row['setting']}".strip()], row["recall"], row["candidates"], row["pace"])
        for row in tried
    ]


def goals(table: Sequence[Row]) -> list[Goal]:
    """The goals, window by window, against the settings of equal recall."""
    ran = [row for row in table if not row["skipped"]]
    ours = {(row["window"], row["heat"]): row for row in ran if row["engine"] == OURS}
    found: list[Goal] = []
    for window in sorted({row["window"] for row in ran}):
        rivals = [row for row in ran if row["window"] == window and "equal recall" in row["roles"]]
        pairs = [(ours[window, row["heat"]], row) for row in rivals]
        if pairs:
            found += _against(window, pairs)
    windows = sorted(window for window, _ in ours)
    if len(set(windows)) > 1:
        first, last = ours[windows[0], 0], ours[windows[-1], 0]
        for name, column in PACES:
            told = f"cost of an article, {windows[-1]:,} against {windows[0]:,}, {name}"
            found.append(_goal(told, first[column] / last[column], WANTED_GROWTH, least=False))
    return found


def _against(window: int, pairs: Sequence[tuple[Row, Row]]) -> list[Goal]:
    """Ours against each rival of the same heat; the hardest comparison counts."""
    found = []
    for name, column in PACES:
        times = min(own[column] / row[column] for own, row in pairs)
        found.append(_goal(f"{window:,}: times the fastest library, {name}", times, WANTED_PACE, least=True))
    part = max(own["bytes_an_article"] / row["bytes_an_article"] for own, row in pairs)
    return [*found, _goal(f"{window:,}: of the bytes of the smallest library", part, WANTED_BYTES, least=False)]


def _goal(name: str, figure: float, wanted: float, *, least: bool) -> Goal:
    reached = figure >= wanted if least else figure <= wanted
    return Goal(name, figure, f"{'at least' if least else 'at most'} {wanted:g}", reached)


def markdown(table: Sequence[Row], tried: Sequence[Row]) -> str:
    """All of it as tables."""
    parts = [_sweep_table(tried)] if tried else []
    for window in sorted({row["window"] for row in table}):
        some = [row for row in table if row["window"] == window]
        real = max((row.get("real_articles", 0) for row in some), default=0)
        parts.append(
            f"### Window of {window:,} articles ({real:,} real, {window - real:,} made)\n\n{_window_table(some)}"
        )
    told = _table(["goal", "wanted", "figure", ""], [_goal_cells(goal) for goal in goals(table)])
    parts += [NOTE, f"### Goals\n\n{told}"]
    return "\n\n".join(parts)


def _sweep_table(tried: Sequence[Row]) -> str:
    cells = [
        [row["engine"], row["setting"], f"{row['recall']:.2f}", f"{row['candidates']:,.1f}", f"{row['pace']:,.0f}"]
        for row in tried
    ]
    head = ["engine", "setting", "recall of rewrites, set a", "candidates an article", "articles/s"]
    return "### Settings tried\n\n" + _table(head, cells)


def _window_table(some: Sequence[Row]) -> str:
    groups = [group for group in GROUPS if any(group in row.get("recall", {}) for row in some)]
    head = ["engine", "setting", "chosen as", *FIGURES]
    return _table(head + groups, [_window_cells(row, groups) for row in some])


def _window_cells(row: Row, groups: Sequence[str]) -> list[str]:
    cells = [row["engine"], row["setting"], ", ".join(row["roles"])]
    if row["skipped"]:
        return [*cells, row["skipped"], *[""] * (len(FIGURES) - 1 + len(groups))]
    own, inside = row["own_bytes_an_article"], "*" * (row["engine"] in SIGNS_INSIDE)
    return [
        *cells,
        f"{row['articles_a_second']:,.0f}",
        f"{row['index_articles_a_second']:,.0f}{inside}",
        f"{row['fill_microseconds']:,.0f}{inside}",
        f"{row['candidates']:,.1f}",
        f"{row['bytes_an_article']:,.0f}",
        "" if own is None else f"{own:,.0f}",
        *[f"{row['recall'][group]:.3f}" for group in groups],
    ]


def _goal_cells(goal: Goal) -> list[str]:
    return [goal.name, goal.wanted, f"{goal.figure:.2f}", "reached" if goal.reached else "missed"]


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
