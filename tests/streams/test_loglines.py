"""Lines of the log: one a record, whatever a stranger had in what is quoted."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.stage import attempt
from streams.loglines import INDENT, LONGEST_MESSAGE, LONGEST_TRACE, JsonLines, TextLines, formatter, plain
from tests.support.fakes import record as consumed
from tests.support.pipeline import ROOT

TEXTS = st.text() | st.text(alphabet=st.sampled_from('a\n\r\v\f\x1b[31m\x00\x85\u2028\u202e\ud800\udc00{}"\\é😀'))
STAMP = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} "


class HostileError(Exception):
    """Says what it was given, and cannot be printed where that is None."""

    def __str__(self) -> str:
        text: str = self.args[0]
        return text


def made(message: str, error: BaseException | None = None, **extra: object) -> logging.LogRecord:
    info = None if error is None else (type(error), error, error.__traceback__)
    return logging.getLogger("t.test").makeRecord(
        "t.test", logging.WARNING, __file__, 1, "said: %s", (message,), info, extra=extra
    )


def raised(text: str) -> BaseException:
    try:
        try:
            raise ValueError(text)
        except ValueError as inner:
            raise HostileError(text) from inner
    except HostileError as error:
        return error


def parsed(line: str) -> dict[str, Any]:
    assert line.isascii()
    assert len(line.splitlines()) == 1
    told: dict[str, Any] = json.loads(line)
    return told


@given(TEXTS, st.none() | TEXTS)
def test_every_line_of_json_parses(message: str, error: str | None) -> None:
    record = made(message, None if error is None else raised(error), topic=message, offset=7)
    told = parsed(JsonLines().format(record))
    assert told["message"].startswith("said: ")
    assert told["offset"] == 7
    assert ("error" in told) == (error is not None)


@given(TEXTS, st.none() | TEXTS)
def test_every_record_is_one_line_of_text_and_its_traceback_indented(message: str, error: str | None) -> None:
    first, *more = formatter("text").format(made(message, None if error is None else raised(error))).splitlines()
    assert re.match(STAMP + "WARNING t.test said: ", first)
    assert all(line.startswith(INDENT) for line in more)
    assert bool(more) == (error is not None)
    assert all(character.isprintable() for line in [first, *more] for character in line)


def test_text_is_what_it_was() -> None:
    record = made("Überfall – “quoted”")
    before = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s").format(record)
    assert TextLines("%(asctime)s %(levelname)s %(name)s %(message)s").format(record) == before


def test_what_json_tells() -> None:
    record = made("x", raised("boom"), stage="judge", topic="t.stories", partition=0, offset=0, trace_id="", other=1)
    told = parsed(JsonLines().format(record))
    assert list(told) == [
        "time",
        "level",
        "logger",
        "message",
        "process",
        "stage",
        "topic",
        "partition",
        "offset",
        "error",
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", told["time"])
    assert datetime.fromisoformat(told["time"]).timestamp() == pytest.approx(record.created, abs=0.001)
    assert told["error"]["type"].endswith(".HostileError")
    assert "ValueError: boom" in told["error"]["traceback"]


def test_lines_stay_short_enough_to_be_carried_whole() -> None:
    told = parsed(JsonLines().format(made("x" * 100_000, raised("y" * 100_000))))
    assert len(told["message"]) == LONGEST_MESSAGE
    assert len(told["error"]["traceback"]) == LONGEST_TRACE


def test_what_cannot_be_printed_is_still_a_line() -> None:
    class Mute:
        def __str__(self) -> str:
            raise RuntimeError("no")

    record = logging.LogRecord("t", logging.ERROR, __file__, 1, "said: %s", (Mute(),), None)
    assert parsed(JsonLines().format(record))["message"] == "said: %s"


@given(TEXTS)
def test_plain_is_printable_and_leaves_what_is(text: str) -> None:
    assert plain(text).isprintable()
    if text.isprintable():
        assert plain(text) == text


def test_a_rejection_tells_its_place(caplog: pytest.LogCaptureFixture) -> None:
    attempt("ingest", lambda _: 1 / 0, consumed(b"x", 41, partition=3))  # type: ignore[arg-type,return-value]
    (line,) = [parsed(JsonLines().format(record)) for record in caplog.records]
    assert (line["stage"], line["topic"], line["partition"], line["offset"]) == ("ingest", "t.articles", 3, 41)
    assert line["error"]["type"] == "builtins.ZeroDivisionError"


@pytest.mark.parametrize(
    "end", ["raise BrokerError('gone\\nforged')", "raise RuntimeError('boom')", "warnings.warn('w')"]
)
def test_a_process_speaks_json_to_its_end(end: str) -> None:
    program = f"""
import warnings
from schemas.errors import BrokerError
from streams.cli.options import guarded, log_to_stderr
from streams.settings import Settings
def command():
    log_to_stderr(Settings(log_format="json"))
    {end}
guarded(command, debug=False)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [parsed(line) for line in done.stderr.splitlines()]
    assert len(lines) == 1, done.stderr
    assert done.returncode == (0 if "warn" in end else 1)
