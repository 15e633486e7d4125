"""Boilerplate tables as files, and the commands that make and show them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from schemas.boilerplate import BoilerplateLine, BoilerplateTable
from schemas.errors import SettingsError
from streams.boilerplate import load_boilerplate, read_table, write_table
from streams.cli import main
from streams.corpus import Log
from tests.wirespin.text.making import article, story

CLUB = "The Lantern Club meets every second Thursday in the old brewery behind the station."
TABLE = BoilerplateTable(
    articles=9,
    outlets=2,
    lines=[
        BoilerplateLine(outlet="beacon.example", text="[More]", form="line", articles=7, share=0.5),
        BoilerplateLine(outlet="lantern.example", text=CLUB, articles=6, share=0.25, last="2026-03-06"),
    ],
)


pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Twelve stories, six with the same line, and a line that is no article."""
    path = tmp_path / "log.jsonl"
    parts = [[*story(number), *([CLUB] if number < 6 else [])] for number in range(12)]
    lines = [article(number, "\n\n".join(one)).to_bytes() for number, one in enumerate(parts)]
    path.write_bytes(b"\n".join([*lines, b"{broken"]) + b"\r\n")
    return path


def test_a_table_is_written_whole_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text("old")
    write_table(TABLE, str(path))
    assert read_table(str(path)) == TABLE
    assert [file.name for file in tmp_path.iterdir()] == ["table.json"]


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "table.json"
    folder.mkdir()
    with pytest.raises(SettingsError, match=r"table\.json: cannot be written"):
        write_table(TABLE, str(folder))
    assert [file.name for file in tmp_path.iterdir()] == ["table.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"lines": 1}', b"\xff"])
def test_a_file_that_is_no_table_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"bad\.json: is no boilerplate table.*wirespin boilerplate learn"):
        load_boilerplate(str(path))


def test_no_table_is_set_by_default() -> None:
    assert load_boilerplate(None) is None


def test_a_log_can_be_read_twice_and_counts_what_is_unfit(log: Path) -> None:
    articles = Log(str(log))
    assert len(list(articles())) == len(list(articles())) == 12
    assert articles.unfit == 1


def test_learn_and_show(log: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.json"
    learned = CliRunner().invoke(main, ["boilerplate", "learn", str(log), "--out", str(out)])
    assert learned.exit_code == 0
    assert learned.stderr.startswith("12 articles of 1 outlets, 1 unfit left out: 1 lines written to")
    assert [line.text for line in read_table(str(out)).lines] == [CLUB]
    shown = CliRunner().invoke(main, ["boilerplate", "show", str(out)])
    assert shown.exit_code == 0
    assert "lantern.example  sentence         6  50.0%  2026-03-06" in shown.stdout


def test_learn_from_standard_input(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log.read_bytes())))
    out = tmp_path / "table.json"
    arguments = ["boilerplate", "learn", "-", "--out", str(out)]
    result = CliRunner().invoke(main, arguments, input=log.read_bytes())
    assert result.exit_code == 0, result.output
    assert [line.text for line in read_table(str(out)).lines] == [CLUB]


def test_show_one_outlet(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    write_table(TABLE, str(path))
    shown = CliRunner().invoke(main, ["boilerplate", "show", str(path), "--outlet", "Beacon.example"])
    assert "[More]" in shown.stdout
    assert "lantern" not in shown.stdout
    none = CliRunner().invoke(main, ["boilerplate", "show", str(path), "--outlet", "nobody.example"])
    assert "no lines of nobody.example" in none.stderr
