"""`wirespin evidence` on the command line, as far as it needs no broker."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.cli import main
from streams.evidence.archive import packed
from streams.evidence.contents import contents
from tests.streams.evidence.cases import MADE, case

pytestmark = pytest.mark.usefixtures("no_settings")


def test_a_bundle_is_checked_without_a_broker(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed(contents(case(), MADE), case().event.time))
    result = CliRunner().invoke(main, ["evidence", "--verify", str(path)])
    assert result.exit_code == 0, result.output
    assert result.output.count("ok  ") == 6
    assert hashlib.sha256(path.read_bytes()).hexdigest() in result.output


def test_what_does_not_hold_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed(contents(case(), MADE) | {"method.txt": b"trust us"}, None))
    result = CliRunner().invoke(main, ["evidence", "--verify", str(path)])
    assert result.exit_code == 1
    assert "FAILED      sums       not what SHA256SUMS says: method.txt" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "give either EVENT_ID or --verify FILE"),
        (["alert-1", "--verify", "x.zip"], 2, "give either EVENT_ID or --verify FILE"),
        (["alert-1"], 2, "no broker is named"),
        (["alert-1", "--broker", "kafka://127.0.0.1:1", "--made", "noon"], 2, "'noon' is no time"),
        (["--verify", "no/such.zip"], 1, "cannot be read: No such file"),
    ],
)
def test_usage(arguments: list[str], code: int, said: str) -> None:
    result = CliRunner().invoke(main, ["evidence", *arguments])
    assert (result.exit_code, said in result.output) == (code, True), result.output
