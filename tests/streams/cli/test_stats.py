"""`wirespin stats` and `wirespin export` on the command line, as far as they need no broker."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from streams.cli import main
from tests.streams.evidence.cases import said
from tests.streams.stats.events import event

pytestmark = pytest.mark.usefixtures("no_settings")


def events(folder: Path, *more: bytes) -> str:
    path = folder / "events.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in (*(one.to_bytes() for one in said()), *more)))
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def test_a_file_of_events_is_counted(tmp_path: Path) -> None:
    code, out = run("stats", "--events", events(tmp_path), "--json", "--plots", str(tmp_path / "plots"))
    assert code == 0, out
    found = orjson.loads(out.splitlines()[0])
    assert (found["events"], found["altered"]["count"], found["stand_ins"]) == (1, 1, 1)
    assert (tmp_path / "plots" / "pairs.svg").is_file()
    code, out = run("stats", "--events", events(tmp_path))
    assert "1 republications stand" in out


def test_only_what_stands_and_fits_the_filter_is_counted(tmp_path: Path) -> None:
    first = said()[0]
    gone = orjson.dumps({"type": "withdrawn", "key": first.key})
    other = event().model_copy(update={"key": "k"}).to_bytes()
    assert orjson.loads(run("stats", "--json", "--events", events(tmp_path, gone, other))[1])["events"] == 1
    assert (
        orjson.loads(run("stats", "--json", "--outlet", "Herald", "--events", events(tmp_path, other))[1])["events"]
        == 0
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["stats"], 2, "no broker is named"),
        (["stats", "--events", "no/such"], 1, "cannot be read"),
        (["stats", "--events", "x", "--score", "much"], 2, "--score: 'much' is not a number from 0 to 1"),
        (["stats", "--events", "x", "--device", "charm"], 2, "--device: 'charm' is not one of"),
        (["export"], 2, "no broker is named"),
        (["export", "--broker", "kafka://127.0.0.1:1", "--since", "soon"], 2, "--since: 'soon' is not a day or a time"),
    ],
)
def test_usage(arguments: list[str], code: int, told: str) -> None:
    exit_code, out = run(*arguments)
    assert (exit_code, told in out) == (code, True), out


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    code, out = run("stats", "--events", events(tmp_path, b"{"))
    assert code == 1
    assert "events.jsonl:3: not JSON" in out


def test_plots_without_matplotlib_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "streams.stats.plots", raising=False)
    monkeypatch.delattr("streams.stats.plots", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, out = run("stats", "--events", events(tmp_path), "--plots", str(tmp_path))
    assert code == 2
    assert "pip install 'wirespin[report]'" in out


def test_ages_are_times(tmp_path: Path) -> None:
    new = event().model_copy(update={"key": "k"}).to_bytes()
    recent, ancient = (
        orjson.loads(run("stats", "--json", "--since", since, "--events", events(tmp_path, new))[1])["events"]
        for since in ("2026-01-01", "36500d")
    )
    assert (recent, ancient) == (1, 2)
