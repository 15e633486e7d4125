"""Tables and goals of the window benchmark."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.window.race import Measured
from benchmarks.window.report import goals, markdown, rows, sweep_rows, swept
from benchmarks.window.run import Choice
from benchmarks.window.settings import ALL, OURS, Banding, Outcome, Setting
from benchmarks.window.worker import Block, Filled, Found

OWN, RIVAL, HANDY = Setting(OURS), Setting("rensa", Banding(128, 1)), Setting("rensa", Banding(64, 2))
CHOICES = [Choice(OWN, ("own",)), Choice(RIVAL, ("equal recall",)), Choice(HANDY, ("practical",))]


def measured(setting: Setting, window: int, seconds: float, memory: int) -> Measured:
    """One block of 100 articles, half of whose time is the index's."""
    found = {"set-a rewrites": Found(10, 9, 20), "set-b rewrites": Found(8, 4, 0)}
    filled = Filled(1.0, 1.0, memory * window, 40 * window if setting == OWN else None, window // 2)
    return Measured(setting, window, "", 0, filled, [Block(100, seconds / 2, seconds / 2, 50)], found)


TABLE = rows(
    [
        measured(OWN, 1_000, 0.1, 100),
        measured(RIVAL, 1_000, 0.6, 1_000),
        measured(HANDY, 1_000, 0.01, 10),
        measured(OWN, 100_000, 0.2, 100),
        measured(RIVAL, 100_000, 0.8, 300),
        Measured(HANDY, 100_000, skipped="not run: would need 99 GB beside the others"),
    ],
    CHOICES,
)


def test_goals_are_told_against_the_settings_of_equal_recall() -> None:
    told = {goal.name: (round(goal.figure, 2), goal.reached) for goal in goals(TABLE)}
    assert told == {
        "1,000: times the fastest library, words to candidates": (6.0, True),
        "1,000: times the fastest library, index alone": (6.0, True),
        "1,000: of the bytes of the smallest library": (0.1, True),
        "100,000: times the fastest library, words to candidates": (4.0, False),
        "100,000: times the fastest library, index alone": (4.0, False),
        "100,000: of the bytes of the smallest library": (0.33, False),
        "cost of an article, 100,000 against 1,000, words to candidates": (2.0, False),
        "cost of an article, 100,000 against 1,000, index alone": (2.0, False),
    }


def test_a_library_is_compared_with_ours_of_its_own_heat() -> None:
    slow_minute = [
        replace(measured(setting, 1_000, seconds, 100), heat=1) for setting, seconds in ((OWN, 1), (RIVAL, 2))
    ]
    told = goals(rows([measured(OWN, 1_000, 0.1, 100), *slow_minute], CHOICES))
    assert [round(goal.figure, 2) for goal in told] == [2.0, 2.0, 1.0]


def test_tables_say_all_of_it() -> None:
    tried = sweep_rows([Outcome(RIVAL, 0.9, 12.5, 345.6)])
    text = markdown(TABLE, tried)
    assert "| rensa | 128x1 | 0.90 | 12.5 | 346 |" in text
    assert "### Window of 1,000 articles (500 real, 500 made)" in text
    assert "| wirespin |  | own | 1,000 | 2,000 | 1,000 | 0.5 | 100 | 40 | 0.900 | 0.500 |" in text
    assert "| rensa | 64x2 | practical | not run: would need 99 GB beside the others |" in text
    assert "| 100,000: of the bytes of the smallest library | at most 0.25 | 0.33 | missed |" in text


def test_every_line_of_a_table_has_as_many_cells() -> None:
    for table in markdown(TABLE, []).split("\n\n"):
        lines = [line for line in table.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1, table


def test_a_sweep_is_read_again() -> None:
    tried = [Outcome(setting, 0.5, 2.0, 3.0) for setting in (OWN, *ALL)]
    assert swept(sweep_rows(tried)) == tried


def test_rows_keep_what_was_counted() -> None:
    row = TABLE[0]
    assert row["recall"] == {"set-a rewrites": 0.9, "set-b rewrites": 0.5}
    assert row["asked"] == {"set-a rewrites": 10, "set-b rewrites": 8}
    assert row["other_candidates"] == {"set-a rewrites": 2.0, "set-b rewrites": 0.0}
    assert row["fill_microseconds"] == 1_000.0
    assert TABLE[1]["own_bytes_an_article"] is None
