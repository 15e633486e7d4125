"""Whom the desk lets in, and what it refuses to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from schemas.errors import SettingsError
from streams.cli import main
from streams.desk.run import check, desk_of
from streams.settings import Settings
from tests.support.desk import store

BROKER = "kafka://127.0.0.1:1"


@pytest.fixture
def people(tmp_path: Path) -> str:
    file = tmp_path / "people"
    file.write_text("kim kim-token-0123456789\n")
    file.chmod(0o600)
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["desk", *arguments])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_loopback_nobody_is_asked(host: str) -> None:
    assert check(Settings(desk_host=host)) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "desk.example"])
def test_elsewhere_people_must_be_named(host: str, people: str) -> None:
    with pytest.raises(SettingsError, match="--desk-people"):
        check(Settings(desk_host=host))
    known = check(Settings(desk_host=host, desk_people=people))
    assert known is not None
    assert "kim" in known


def test_a_desk_has_what_its_settings_say(tmp_path: Path, people: str) -> None:
    settings = Settings(desk_host="0.0.0.0", desk_people=people, desk_allowed_hosts="desk.example, other.example")
    with store(tmp_path) as kept:
        desk = desk_of(settings, kept, check(settings))
        assert desk.hosts.admits("other.example")
        assert not desk.hosts.admits("evil.example")
        assert desk_of(Settings(desk_person="Kim"), kept, None).person == "Kim"


@pytest.mark.usefixtures("no_settings")
def test_the_command_says_what_is_missing_in_a_line() -> None:
    for arguments, code, said in (
        ((), 2, "no broker is named"),
        (("--broker", BROKER, "--desk-host", "0.0.0.0"), 2, "nobody would be asked who they are"),
        (("--broker", BROKER, "--desk-people", "/none"), 2, "cannot be read"),
        (("--broker", BROKER), 1, "is the broker running there?"),
    ):
        result = run(*arguments)
        (line,) = result.stderr.strip().splitlines()
        assert (result.exit_code, said in line) == (code, True), line
