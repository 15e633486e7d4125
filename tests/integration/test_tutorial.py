"""Every command of the tutorial runs, and what the page says that they print is printed."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.pipeline import LIMIT, ROOT, free_port

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(r'^```(sh|text)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
INSTALL = "make install\n. .venv/bin/activate\n"
"""What the tests are run in already."""

MINE = "terminal 5: you"
ENDLESS = "wirespin watch"
AWAITED = ("wirespin feeds list", "2 ok")
RUNS = {"terminal 1: the broker": "Ctrl-C stops it", "terminal 2: the worker": "runs ingest, match, judge",
        "terminal 3: the newsstand": "Ctrl-C stops it", "terminal 4: the poller": "polls feeds on"}  # fmt: skip
"""Terminals whose programs go on running, and what they say when they run."""


@dataclass
class Program:
    """What runs in a terminal, and all it has printed."""

    process: asyncio.subprocess.Process
    said: str = ""
    reader: asyncio.Task[None] | None = field(default=None, repr=False)

    async def read(self) -> None:
        """Take in what is printed, to the end."""
        assert self.process.stdout
        while piece := await self.process.stdout.read(4_096):
            self.said += piece.decode(errors="replace")

    async def until(self, words: str) -> None:
        """Wait until something was printed."""
        async with asyncio.timeout(LIMIT):
            while words not in self.said:
                assert self.process.returncode is None, self.said
                await asyncio.sleep(0.05)

    async def end(self) -> None:
        """Ctrl-C, to the whole group as a terminal would."""
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGINT)
        async with asyncio.timeout(LIMIT):
            await self.process.wait()
            if self.reader:
                await self.reader


@asynccontextmanager
async def started(script: str, folder: Path) -> AsyncIterator[Program]:
    """A shell that runs a script in a group of its own."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("WIRESPIN_")}
    environment = given | {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "100",
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        "bash", "-ec", script, cwd=folder, env=environment, start_new_session=True,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    program = Program(process)
    program.reader = asyncio.create_task(program.read())
    try:
        yield program
    finally:
        await program.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that looks like the project's, with `wirespin` and `python` of this code on its path."""
    for name in ("seeds", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "bin").mkdir()
    for name, arguments in (("wirespin", "-m streams "), ("python", "")):
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {arguments}"$@"\n')
        program.chmod(0o755)
    return tmp_path


def with_free_ports(page: str) -> str:
    """The page with ports that nobody else uses: 9092 and 8000 may be taken on the machine of a test."""
    stand = free_port()
    page = page.replace("newsstand.py seeds\n", f"newsstand.py seeds --port {stand}\n")
    return page.replace("9092", str(free_port())).replace(":8000", f":{stand}")


def test_no_block_is_left_out() -> None:
    titles = {title for kind, title, _ in BLOCK.findall(PAGE) if kind == "sh"}
    assert titles == {"each terminal", MINE, *RUNS}
    assert PAGE.count("```") == 2 * len(BLOCK.findall(PAGE))


async def test_every_command_runs_and_the_alert_is_shown(folder: Path) -> None:
    shown, printed, exports = [], "", ""
    async with AsyncExitStack() as terminals:
        programs = []
        for kind, title, text in BLOCK.findall(with_free_ports(PAGE)):
            if kind == "text":
                shown += [line.strip() for line in text.splitlines()]
            elif title in RUNS:
                program = await terminals.enter_async_context(started(text, folder))
                await program.until(RUNS[title])
                programs.append(program)
            elif title == MINE:
                printed += await typed(exports + text, folder)
                exports += "".join(line for line in text.splitlines(keepends=True) if line.startswith("export "))
            else:
                assert text == INSTALL
        printed += "".join(program.said for program in programs)
    lines = [re.sub(r"[─\s]+", " ", line).strip() for line in printed.splitlines()]
    assert [line for line in shown if not any(re.sub(r"\s+", " ", line) in said for said in lines)] == []
    assert "altered" in (folder / "page.html").read_text(encoding="utf-8")


async def done(text: str, folder: Path) -> str:
    """Run what a reader types; what waits for ever ends when the alert is there."""
    async with asyncio.timeout(LIMIT), started(text, folder) as program:
        if ENDLESS in text:
            await program.until("alert-")
        else:
            assert await program.process.wait() == 0, program.said
            assert program.reader
            await program.reader
    return program.said


async def typed(text: str, folder: Path) -> str:
    """The same, again and again where the reader is told to wait for something."""
    said = await done(text, folder)
    async with asyncio.timeout(LIMIT):
        while AWAITED[0] in text and AWAITED[1] not in said:
            said = await done(text, folder)
    return said
