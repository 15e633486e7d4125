"""The file of people."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from schemas.errors import SettingsError
from streams.desk.people import LONGEST_NAME, People, own_name

KIM, LENA = "kim-token-0123456789", "lena-token-0123456789"


def written(folder: Path, *lines: str, mode: int = 0o600) -> str:
    file = folder / "people"
    file.write_text("\n".join(lines), "utf-8")
    file.chmod(mode)
    return str(file)


def test_each_token_names_its_person_and_no_other_does(tmp_path: Path) -> None:
    people = People.read(written(tmp_path, "# the desk", "", f"kim {KIM}", f"  léna\t{LENA}  "))
    assert (people.named(KIM), people.named(LENA)) == ("kim", "léna")
    for wrong in ("", "kim", KIM[:-1], KIM + "x", KIM.upper(), "\ud800"):
        assert people.named(wrong) is None
    assert len(people) == 2
    assert "kim" in people
    assert "KIM" not in people


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("kim", "1 words"),
        (f"kim miller {KIM}", "3 words"),
        ("lena short-token", "15 characters|has 11 characters"),
        (f"kim {LENA}", "kim stands there twice"),
        (f"lena {KIM}", "somebody else's"),
        (f"{'x' * (LONGEST_NAME + 1)} {LENA}", "a name has at most"),
        (f"ad\u202emin {LENA}", "can be seen"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_its_token_is_not_told(tmp_path: Path, line: str, problem: str) -> None:
    path = written(tmp_path, f"kim {KIM}", line)
    with pytest.raises(SettingsError) as caught:
        People.read(path)
    assert "line 2" in str(caught.value)
    assert re.search(problem, str(caught.value))
    assert "token-" not in str(caught.value).replace(path, "")


def test_a_file_of_nobody_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="names nobody"):
        People.read(written(tmp_path, "# nobody"))
    with pytest.raises(SettingsError, match="cannot be read"):
        People.read(str(tmp_path / "none"))


def test_a_file_that_others_may_read_is_warned_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        People.read(written(tmp_path, f"kim {KIM}"))
        assert not caplog.records
        People.read(written(tmp_path, f"kim {KIM}", mode=0o644))
    assert "chmod 600" in caplog.text
    assert KIM not in caplog.text


def test_who_signs_where_nobody_logs_in() -> None:
    assert own_name("  Kim  Miller ") == "Kim Miller"
    assert own_name(None) == own_name(" ") != ""
