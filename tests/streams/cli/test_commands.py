"""The command line as a person uses it: helps, exit codes, errors in one line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import orjson
import pytest
from click.testing import CliRunner, Result

from benchmarks.quality import load
from schemas.errors import SettingsError
from streams.cli import main
from streams.cli.replay import parse_speed
from streams.cli.watch import parse_since
from streams.settings import Settings
from tests.support.pipeline import SEEDS

ORIGINAL, COPY = (str(path) for path in sorted(SEEDS.glob("*.txt")))


pytestmark = pytest.mark.usefixtures("no_settings")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def one_line(result: Result) -> str:
    """What was said on standard error: a single line, no traceback."""
    (line,) = result.stderr.strip().splitlines()
    return line


COMMANDS = [
    *["", "worker", "broker", "topics", "config", "replay", "feeds", "feeds send", "watch", "status"],
    *["compare", "boilerplate", "boilerplate learn", "boilerplate show"],
    *["rejected", "rejected list", "rejected show", "rejected replay"],
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5


def test_config_prints_every_setting_with_its_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIRESPIN_BATCH", "9")
    monkeypatch.setenv("WIRESPIN_SASL_PASSWORD", "hunter2")
    result = run("config", "--prefix", "desk")
    assert result.exit_code == 0
    rows = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert set(rows) == {"WIRESPIN_" + name.upper() for name in Settings.model_fields}
    assert re.search(r"desk\s+--prefix", rows["WIRESPIN_PREFIX"])
    assert re.search(r"9\s+WIRESPIN_BATCH", rows["WIRESPIN_BATCH"])
    assert "hunter2" not in result.output


def test_a_misspelt_variable_is_a_usage_error_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIRESPIN_BROKR", "x")
    result = run("config")
    assert result.exit_code == 2
    assert one_line(result) == "wirespin: WIRESPIN_BROKR: no such setting; did you mean WIRESPIN_BROKER?"


@pytest.mark.parametrize(
    "command", [["worker"], ["watch"], ["feeds", "send", "x"], ["topics", "--create"]], ids=" ".join
)
def test_what_needs_a_broker_says_so(command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert "--broker: no broker is named" in one_line(result)


def test_a_broker_that_is_not_there_is_a_failure_in_one_line() -> None:
    result = run("topics", "--create", "--broker", "kafka://127.0.0.1:9")
    assert result.exit_code == 1
    assert "kafka://127.0.0.1:9" in one_line(result)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["replay", "nowhere.txt"], 1, "nowhere.txt: no such file"),
        (["replay", ORIGINAL, "--speed", "fast"], 2, "--speed: 'fast' is no speed"),
        (["replay", ORIGINAL, "--events", "/nowhere/out.jsonl"], 2, "/nowhere/out.jsonl: cannot be written"),
        (["compare", ORIGINAL, "nowhere.txt"], 1, "nowhere.txt: cannot be read"),
        (["watch", "--since", "yesterday", "--broker", "kafka://h:1"], 2, "--since: 'yesterday' is no time"),
        (["config", "--batch", "0"], 2, "--batch"),
        (["boilerplate", "learn", "--out", "x.json"], 2, "PATH: give either paths or --topic"),
        (["boilerplate", "learn", "x", "--topic", "articles", "--out", "x.json"], 2, "give either paths or --topic"),
        (["boilerplate", "learn", "nowhere.txt", "--out", "x.json"], 1, "nowhere.txt: no such file"),
        (["boilerplate", "learn", ORIGINAL, "--out", "/nowhere/x.json"], 2, "/nowhere/x.json: cannot be written"),
        (["boilerplate", "learn", "--topic", "articles", "--out", "x.json"], 2, "--broker: no broker is named"),
        (["rejected", "replay", "--broker", "kafka://h:1"], 2, "ID: give either IDs or --reason, --since"),
        (["rejected", "replay", "x", "--all", "--broker", "kafka://h:1"], 2, "ID: give either IDs or --reason"),
        (["rejected", "list"], 2, "--broker: no broker is named"),
        (["rejected", "list", "--until", "soon", "--broker", "kafka://h:1"], 2, "--until: 'soon' is no time"),
        (["boilerplate", "show", "nowhere.json"], 2, "nowhere.json: cannot be read"),
        (["boilerplate", "show", ORIGINAL], 2, "is no boilerplate table"),
        (
            ["worker", "--broker", "kafka://127.0.0.1:9", "--boilerplate", "nowhere.json"],
            2,
            "nowhere.json: cannot be read",
        ),
    ],
)
def test_bad_arguments_are_named(arguments: list[str], code: int, said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert said in one_line(result)


def test_debug_shows_the_traceback() -> None:
    result = run("replay", "nowhere.txt", "--debug")
    assert result.exception is not None
    assert type(result.exception).__name__ == "SeedError"


def test_usage_errors_of_the_library_have_code_2() -> None:
    assert run("worker", "nothing").exit_code == 2
    assert run("replay").exit_code == 2
    assert run("wrong").exit_code == 2


@pytest.mark.parametrize(("speed", "rate"), [("max", None), ("60x", 60.0), ("0.5", 0.5)])
def test_speeds(speed: str, rate: float | None) -> None:
    assert parse_speed(speed) == rate


@pytest.mark.parametrize("speed", ["", "x", "0x", "-1x", "nan", "inf"])
def test_no_speeds(speed: str) -> None:
    with pytest.raises(SettingsError):
        parse_speed(speed)


def test_since() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert parse_since(None, now) is None
    assert parse_since("30m", now) == now - timedelta(minutes=30)
    assert parse_since("2 d", now) == now - timedelta(days=2)
    assert parse_since("2026-11-22T10:00", now) == datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_compare_prints_the_report_without_any_broker() -> None:
    result = run("compare", ORIGINAL, COPY)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "framing altered" in said
    assert "North Korea's Kim offers 'full support' to Putin on Russia Day" in said
    assert "gone: the copy does not name AFP" in said
    assert "In one of the most unlikely events taking place in the world" in said
    assert "Russian state media" in said
    assert "Fitness Club" not in said


def test_compare_as_json_and_from_json(tmp_path: Path) -> None:
    event = orjson.loads(run("compare", ORIGINAL, COPY, "--json").stdout)
    assert event["copy"]["id"] == Path(COPY).stem
    body = "A minister said on Monday that the bridge would be closed for repairs until the end of the year."
    for name in ("one", "two"):
        (tmp_path / f"{name}.json").write_bytes(orjson.dumps({"headline": name, "body": body}))
    same = orjson.loads(run("compare", str(tmp_path / "one.json"), str(tmp_path / "two.json"), "--json").stdout)
    assert (same["relation"], same["reuse"]["level"]) == ("republication", "verbatim")


def test_compare_shows_the_strongest_in_full_and_the_others_in_a_line() -> None:
    short, full = run("compare", ORIGINAL, COPY).stdout, run("compare", ORIGINAL, COPY, "--all").stdout
    found = len(orjson.loads(run("compare", ORIGINAL, COPY, "--json").stdout)["framing"]["devices"])
    assert found > 3
    for said, texts in ((short, 3), (full, found)):
        assert len(re.findall(r"(?m)^ +\d+\. ", said)) == found
        assert len(re.findall(r"(?m)^ {5}original  ", said)) == texts
    assert re.search(r"framing altered: yes \(0\.\d\d\)", short)


def test_compare_writes_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("compare", ORIGINAL, COPY, "--html", str(page))
    assert (result.exit_code, one_line(result)) == (0, f"page written to {page}")
    assert "framing altered" in result.stdout
    html = page.read_text("utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "In one of the most unlikely events taking place in the world" in html
    again = run("compare", ORIGINAL, COPY, "--html", str(page), "--json")
    assert orjson.loads(again.stdout)["id"] in html
    assert page.read_text("utf-8") == html


def test_compare_refuses_what_makes_no_sense(tmp_path: Path) -> None:
    link, empty, page = tmp_path / "link.txt", tmp_path / "empty.txt", tmp_path / "page.html"
    link.symlink_to(COPY)
    empty.touch()
    article = Path(COPY).read_bytes()
    for arguments, code, said in (
        ((COPY, str(link)), 2, "ORIGINAL and COPY are the same file"),
        ((ORIGINAL, str(link), "--html", COPY), 2, "--html: the page would be written over an article"),
        ((ORIGINAL, COPY, "--html", str(tmp_path)), 2, f"{tmp_path}: cannot be written"),
        ((ORIGINAL, COPY, "--html", "/nowhere/page.html"), 2, "/nowhere/page.html: cannot be written"),
        ((ORIGINAL, str(empty), "--html", str(page)), 1, "the file holds no text"),
    ):
        result = run("compare", *arguments)
        assert result.exit_code == code
        assert said in one_line(result)
        assert result.stdout == ""
    assert not page.exists()
    assert Path(COPY).read_bytes() == article


def test_compare_alerts_from_the_threshold_on(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = orjson.loads(run("compare", ORIGINAL, COPY, "--json").stdout)
    strict = orjson.loads(run("compare", ORIGINAL, COPY, "--json", "--alert-threshold", "1").stdout)
    assert (usual["framing"]["altered"], strict["framing"]["altered"]) == ("yes", "unsure")
    assert usual["framing"]["score"] == strict["framing"]["score"]
    assert usual["id"] != strict["id"]
    assert usual["key"] == strict["key"]
    assert "alert=1 " in strict["rules"]
    monkeypatch.setenv("WIRESPIN_ALERT_THRESHOLD", "1")
    assert orjson.loads(run("compare", ORIGINAL, COPY, "--json").stdout) == strict
    bad = run("compare", ORIGINAL, COPY, "--alert-threshold", "much")
    assert bad.exit_code == 2
    assert "--alert-threshold" in one_line(bad)


def test_compare_accuses_nobody_of_what_was_not_made_from_the_original(tmp_path: Path) -> None:
    items = {item["id"]: item for item in load("set-b")}
    for name in ("b-07-original", "b-07-neighbour"):
        fields = {field: items[name][field] for field in ("id", "publisher", "headline", "body")}
        (tmp_path / f"{name}.json").write_bytes(orjson.dumps(fields))
    paths = (str(tmp_path / "b-07-original.json"), str(tmp_path / "b-07-neighbour.json"))
    event = orjson.loads(run("compare", *paths, "--json").stdout)
    assert event["relation"] == "background"
    assert event["framing"]["score"] > 0.55
    assert event["framing"]["altered"] == "unsure"
    assert event["framing"]["against"][0].startswith("The texts do not show")


def test_topics_lists_what_flows() -> None:
    result = run("topics", "--prefix", "desk")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()][:2] == ["desk.articles", "desk.accepted"]


def test_the_group_names_all_commands() -> None:
    assert isinstance(main, click.Group)
    names = {
        "worker",
        "broker",
        "topics",
        "config",
        "replay",
        "feeds",
        "ingest",
        "watch",
        "status",
        "compare",
        "boilerplate",
    }
    names.add("rejected")
    names.add("asyncapi")
    names.update({"evidence", "export", "stats"})
    assert set(main.commands) == names


def test_ingest_needs_a_broker_and_a_place_for_its_journal(tmp_path: Path) -> None:
    assert "no broker is named" in one_line(run("ingest", str(tmp_path)))
    asked = ("ingest", str(tmp_path), "--broker", "kafka://127.0.0.1:1")
    result = run(*asked, "--follow", "--once")
    assert result.exit_code == 2
    assert "--follow: goes neither with --once nor with standard input" in one_line(result)
    result = run(*asked, "--journal", str(tmp_path / "j"))
    assert result.exit_code == 2
    assert "it lies in a folder that is read" in one_line(result)
