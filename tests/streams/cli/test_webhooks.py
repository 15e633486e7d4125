"""`wirespin webhooks` as a person uses it, without a broker."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from streams.out.webhooks.signing import Secret
from tests.streams.out.receiver import Receiver, status
from tests.streams.out.webhooks_support import SECRET

pytestmark = pytest.mark.usefixtures("no_settings")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["webhooks", *map(str, arguments)])


def hooks(folder: Path, url: str = "https://hooks.example/T0KEN", more: str = "") -> Path:
    file = folder / "hooks.toml"
    file.write_text(f'[[hook]]\nname = "desk"\nurl = "{url}"\nsecret = "{SECRET}"\n{more}')
    return file


@pytest.mark.parametrize(
    "command", ["", "run", "check", "test", "secret", "undelivered", "undelivered list", "undelivered replay"]
)
def test_every_command_has_a_help(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 4


def test_check_shows_the_hooks_and_nothing_secret(tmp_path: Path) -> None:
    result = run("check", hooks(tmp_path, more=f'filter = "score=0.8&agency=afp"\nold_secret = "{SECRET}"'))
    assert result.exit_code == 0
    assert result.stdout == (
        "desk: https://hooks.example, alerts and withdrawn, agency=afp&score=0.8, signed with the old secret, too\n"
    )


def test_check_tells_what_is_wrong_in_a_line(tmp_path: Path) -> None:
    result = run("check", hooks(tmp_path, "https://10.0.0.1/T0KEN"))
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "(desk): url: not asked: 10.0.0.1 is private" in line
    assert "T0KEN" not in line
    assert SECRET not in result.output


def test_a_secret_is_made_that_can_be_used() -> None:
    result = run("secret")
    assert Secret(result.stdout.strip()).signature("m", 1, b"")


async def test_test_sends_a_message_and_shows_the_answer(tmp_path: Path) -> None:
    async with Receiver() as server:
        server.answers["/x"].extend([status(202), status(401, "who are you?")])
        file = hooks(tmp_path, server.url("/x"), "plain_http = true")
        allow = ("--webhook-allow", f"127.0.0.1:{server.port}")
        taken = await asyncio.to_thread(run, "test", file, "desk", *allow)
        refused = await asyncio.to_thread(run, "test", file, "desk", *allow)
    assert (taken.exit_code, taken.stdout) == (0, "desk: 202, accepted\n")
    assert (refused.exit_code, refused.stderr) == (1, "wirespin: desk: 401 Unauthorized: who are you?\n")
    assert server.came["/x"][0].event["type"] == "org.wirespin.webhook.test.v1"
    assert len(set(server.ids("/x"))) == 2


def test_a_hook_that_does_not_exist_is_told(tmp_path: Path) -> None:
    result = run("test", hooks(tmp_path), "dusk")
    assert (result.exit_code, "has no hook 'dusk'; there are desk" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments", [("run", "FILE"), ("undelivered", "list"), ("undelivered", "replay", "FILE", "--all")]
)
def test_without_a_broker_it_says_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = hooks(tmp_path)
    result = run(*(file if one == "FILE" else one for one in arguments))
    assert (result.exit_code, "no broker is named" in result.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [(), ("--all", "a1"), ("--all", "--hook", "desk")])
def test_replay_wants_to_know_which(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run("undelivered", "replay", hooks(tmp_path), *arguments, "--broker", "kafka://127.0.0.1:1")
    assert (result.exit_code, "give either IDs, --hook or --all" in result.stderr) == (2, True)
