"""The systemd units, checked by systemd where it is there, and against the command line and the settings."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from streams.app import STAGES
from streams.settings import known_variables
from streams.worker import STOP_TIMEOUT
from tests.support.commands import parsed, settings_of
from tests.support.pipeline import ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
HARDENED = {
    "DynamicUser": "yes",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "MemoryDenyWriteExecute": "yes",
}


def fields(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", unit.read_text("utf-8"), re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def environment(unit: Path) -> dict[str, str]:
    pairs = [one.partition("=") for line in fields(unit)["Environment"] for one in shlex.split(line)]
    return {name: value for name, _, value in pairs}


def test_there_is_one_for_every_process() -> None:
    assert [unit.name for unit in UNITS] == [
        "wirespin-desk.service",
        "wirespin-feeds.service",
        "wirespin-webhooks.service",
        "wirespin-worker@.service",
    ]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_command_is_in_the_command_line(unit: Path) -> None:
    (line,) = fields(unit)["ExecStart"]
    program, *words = shlex.split(line)
    assert Path(program).name == "wirespin"
    for instance in [*STAGES, "all"] if "@" in unit.name else [""]:
        parsed([word.replace("%i", instance) for word in words])
    if "@" in unit.name:
        with pytest.raises(click.UsageError):
            parsed([word.replace("%i", "none") for word in words])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_it_is_hardened_and_limited(unit: Path) -> None:
    found = fields(unit)
    assert {name: found[name][0] for name in HARDENED} == HARDENED
    assert {"MemoryMax", "TasksMax"} <= found.keys()
    assert "User" not in found
    (stop,) = found["TimeoutStopSec"]
    assert int(stop.removesuffix("s")) > STOP_TIMEOUT
    assert found["Type"] == ["exec"]  # nothing here tells systemd that it is ready
    assert found["RestartPreventExitStatus"] == ["2"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_its_variables_are_settings(unit: Path) -> None:
    ours = {name: value for name, value in environment(unit).items() if name.startswith("WIRESPIN_")}
    settings_of(ours)


def test_the_example_of_settings_can_be_read() -> None:
    lines = (FOLDER / "wirespin.env.example").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert given.keys() <= known_variables().keys()
    assert not settings_of(given).embedded


def test_what_a_unit_is_handed_is_where_it_looks() -> None:
    desk, webhooks = FOLDER / "wirespin-desk.service", FOLDER / "wirespin-webhooks.service"
    assert environment(desk)["WIRESPIN_DESK_PEOPLE"] == "%d/" + fields(desk)["LoadCredential"][0].split(":")[0]
    assert environment(desk)["WIRESPIN_DESK_DATA"] == "%S/" + fields(desk)["StateDirectory"][0]
    name = fields(webhooks)["LoadCredential"][0].split(":")[0]
    assert fields(webhooks)["ExecStart"][0].endswith("${CREDENTIALS_DIRECTORY}/" + name)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_nothing_wrong(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text("utf-8").replace("/opt/wirespin/bin/wirespin", "/bin/true"), "utf-8")

    def said(path: Path) -> str:
        command = ["systemd-analyze", "verify", "--man=no", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return "\n".join(line for line in (done.stdout + done.stderr).splitlines() if unit.stem in line)

    assert said(copy) == ""
    copy.write_text(copy.read_text("utf-8").replace("ProtectSystem=strict", "ProtectSystem=stricter"), "utf-8")
    assert "protect system value" in said(copy)
