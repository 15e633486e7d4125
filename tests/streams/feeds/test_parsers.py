"""Processes that parse: one that hangs, dies or eats memory is replaced, and the others go on."""

from __future__ import annotations

import asyncio
import io
import os
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import FeedError, ParserError
from streams.feeds.frames import encoded, read_from
from streams.feeds.parser_process import answer
from streams.feeds.parsers import ParserProcess, Parsers
from tests.streams.feeds.fakes import URL, rss

SAID = {
    "kind": "feed",
    "headers": {},
    "url": URL,
    "feed": URL,
    "received": "2026-11-22T08:00:00+00:00",
    "largest": 9_999,
}
LIMIT = 3.0

HANGS = """
import sys, time
sys.argv[1:] = ["60"]
from streams.feeds import parser_process
def feed(said, blobs):
    if blobs[0] == b"hang":
        while True: pass
    if blobs[0] == b"die":
        import os; os._exit(3)
    if blobs[0] == b"eat":
        return {"got": len(bytearray(2 ** 31))}, []
    print("a library that prints")
    return {"got": len(blobs[0])}, blobs
parser_process.WORK["feed"] = feed
parser_process.main(60.0)
"""


@pytest.fixture
async def parsers(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Parsers]:
    """Two, whose work is what the body says."""
    create = asyncio.create_subprocess_exec

    async def other(program: str, *_: str, **options: Any) -> asyncio.subprocess.Process:
        return await create(program, "-c", HANGS, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", other)
    async with Parsers(2, LIMIT) as made:
        yield made


async def test_a_real_one_parses() -> None:
    async with Parsers(1, 30.0) as made:
        said, (remembered, article) = await made.ask(SAID, [rss(("a", "One.")), b"{}"], URL)
        assert (said["entries"], said["known"], len(said["found"])) == (1, 0, 1)
        assert b"One." in article
        with pytest.raises(FeedError, match=URL):
            await made.ask(SAID, [b"<html>no feed</html>", b"{}"], URL)
        again, _ = await made.ask(SAID, [rss(("a", "One.")), remembered], URL)
        assert (again["known"], again["found"]) == (1, [])


@pytest.mark.parametrize(
    ("body", "problem"), [(b"hang", "took over 3 s"), (b"die", "ended the process"), (b"eat", "more memory")]
)
async def test_a_monster_takes_its_own_process_only(parsers: Parsers, body: bytes, problem: str) -> None:
    assert (await parsers.ask(SAID, [b"abc", b""], URL))[0] == {"got": 3}
    monster = asyncio.ensure_future(parsers.ask(SAID, [body], URL))
    began = time.monotonic()
    assert (await parsers.ask(SAID, [b"abcd"], URL)) == ({"got": 4}, [b"abcd"])
    with pytest.raises(FeedError, match=problem):
        await monster
    assert time.monotonic() - began < 60
    for _ in range(3):
        assert (await parsers.ask(SAID, [b"x" * 3_000_000], URL))[0] == {"got": 3_000_000}


async def test_one_that_is_given_up_in_mid_work_is_ended(parsers: Parsers) -> None:
    await parsers.ask(SAID, [b"warm"], URL)
    task = asyncio.ensure_future(parsers.ask(SAID, [b"hang"], URL))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await parsers.ask(SAID, [b"abc"], URL))[0] == {"got": 3}


async def test_none_is_left_behind(parsers: Parsers) -> None:
    await parsers.ask(SAID, [b"abc"], URL)
    pids = [one._process.pid for one in parsers._all if one._process]
    await parsers.__aexit__(None, None, None)
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    await ParserProcess(1.0).end()


async def test_none_that_starts_is_no_fault_of_the_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    async with Parsers(1, LIMIT) as made:
        with pytest.raises(ParserError, match="does not start"):
            await made.ask(SAID, [b"abc"], URL)


def test_a_fault_is_an_answer() -> None:
    assert "KeyError" in answer({"kind": "nothing"}, [])[0]["error"]
    assert "cannot be parsed" in answer({"kind": "feed"}, [])[0]["error"]


@given(st.dictionaries(st.text(), st.integers(0, 10)), st.lists(st.binary(max_size=50), max_size=4))
def test_messages_survive_the_pipe(said: dict[str, Any], blobs: list[bytes]) -> None:
    stream = io.BytesIO(encoded(said, blobs) * 2)
    assert read_from(stream) == (said, blobs)
    assert read_from(stream) == (said, blobs)
    assert read_from(stream) is None


def test_a_message_that_breaks_off_is_the_end() -> None:
    assert read_from(io.BytesIO(encoded({"a": 1})[:4])) is None
