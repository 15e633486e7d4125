"""The benchmark of fair rewrites runs on a file of its form."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from benchmarks.fair import main, rewrites

PLAIN = "The port of Almery was closed on Monday after ice trapped two ferries, the harbour authority said."
FAIR = "Ice trapped two ferries, and the port of Almery was closed on Monday, the harbour authority said."
UNFAIR = "The disgraceful port of Almery was shamefully closed on Monday after ice trapped two ferries. Shame on them!"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        {
            "id": f"rn{number:04}",
            "original": f"{PLAIN} Pier {number} was shut.",
            "rewrites": {way: f"{text} Pier {number} was shut." for way, text in (("fairly", FAIR), ("badly", UNFAIR))},
        }
        for number in range(8)
    ]
    path = tmp_path / "rewrites.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return path


def test_articles_are_made_of_passages_of_one_half(file: Path) -> None:
    found = list(rewrites(file, ("odd",), passages=2))
    assert [rewrite.whole for rewrite in found] == [True] * 4 + [False] * 8
    assert {rewrite.way for rewrite in found} == {"fairly", "badly"}
    assert found[0].original.body.count(PLAIN) == 2
    assert not any(f"Pier {number} " in rewrite.original.body for rewrite in found for number in (0, 2, 4, 6))


def test_the_table_tells_fair_from_unfair(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--half", "even", "--show"]) == 0
    said = capsys.readouterr().out
    assert "| passages | fairly | 4 | 0.0% | 0.0% |" in said
    assert "| passages | badly | 4 | 100.0% | 0.0% |" in said
    assert "yes" in said.splitlines()[0]
    assert "loaded_language" in said
