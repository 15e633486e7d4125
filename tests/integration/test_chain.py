"""The chain of topics over a real broker: same answer for any partitions and workers, nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import base64
import signal

import orjson
import pytest

from streams.app import group
from streams.replay import send
from streams.settings import Settings
from streams.sources import Waiting
from tests.support.pipeline import (
    WorkerProcess,
    judged,
    labelled,
    see_through,
    stages,
    standing_lines,
    until_committed,
)

pytestmark = pytest.mark.integration

STORIES = ("a-01", "a-02", "a-03")


@pytest.fixture(scope="module")
def expected() -> list[bytes]:
    """What the engine says of the three stories without any broker."""
    from benchmarks.chain import run
    from schemas.article import Article
    from tests.support.pipeline import without_history

    articles = [Article.from_bytes(one.value) for one in labelled(*STORIES)]
    last = {event.key: event for event in run(articles)}
    superseded = {name for event in last.values() for name in event.supersedes}
    return sorted(without_history(event) for event in last.values() if event.id not in superseded)


@pytest.mark.parametrize("partitions", [1, 4])
async def test_story_partitions_do_not_change_the_events(
    settings: Settings, partitions: int, expected: list[bytes]
) -> None:
    own = settings.model_copy(update={"story_partitions": partitions})
    async with stages(own):
        result = await see_through(own, labelled(*STORIES))
    assert result.rejected == []
    assert standing_lines(result) == expected
    assert len(expected) > len(STORIES) * 10  # ten copies of each original, and their alerts


async def test_replayed_twice_says_nothing_new(settings: Settings) -> None:
    articles = labelled("a-01")
    async with stages(settings):
        first = await see_through(settings, articles)
        second = await see_through(settings, articles)
    assert [said.raw for said in second.events] == [said.raw for said in first.events]


async def test_two_workers_share_the_partitions(settings: Settings, expected: list[bytes]) -> None:
    async with WorkerProcess(settings) as one, WorkerProcess(settings) as two:
        await asyncio.gather(*(worker.said(r"stories: has partitions [01]$") for worker in (one, two)))
        result = await see_through(settings, labelled(*STORIES))
    assert standing_lines(result) == expected


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_a_worker_that_ends_in_mid_replay_loses_nothing(
    settings: Settings, number: signal.Signals, expected: list[bytes]
) -> None:
    small = settings.model_copy(update={"batch": 2})  # many commits, so that the end falls between some
    articles = labelled(*STORIES)
    async with WorkerProcess(small) as first:
        await first.said("runs")
        ends = await send(small, articles)
        await until_committed(small, "accepted", group(small, "match"), 5)
        code = await first.end(number)
    assert code == (0 if number == signal.SIGTERM else -number)
    async with WorkerProcess(small) as second:
        await second.said("accepted: 1 partitions ready")  # the first may have judged all: then nothing else waits
        result = await judged(small, ends)
        assert any("accepted: 1 partitions ready" in line and " 0 records" not in line for line in second.lines)
    assert standing_lines(result) == expected
    raw = [said.raw for said in result.events if said.raw]
    ids: dict[str, set[bytes]] = {}
    for line in raw:
        ids.setdefault(orjson.loads(line)["id"], set()).add(line)
    assert all(len(said) == 1 for said in ids.values()), "one id was said with different contents"


UNFIT = [
    b'{"id":"no-text","headline":"","body":""}',
    b'{"body":"nothing names it"}',
    b'{"id":"x","body":"newer","schema_version":99}',
    b'{"id":["x"],"body":5}',
    b'{"id":"x","body":"\\ud800"}',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"id":"x","body":"deep","more":' + b"[" * 500 + b"]" * 500 + b"}",
    b"null",
    b"",
]


async def test_unfit_records_are_rejected_whole_and_the_stream_goes_on(settings: Settings) -> None:
    good = labelled("a-01")[:3]
    async with stages(settings):
        result = await see_through(settings, [*(Waiting(value, None, None) for value in UNFIT), *good])
    assert {base64.b64decode(rejected.value or "") for rejected in result.rejected} == set(UNFIT)
    assert {rejected.stage for rejected in result.rejected} == {"ingest"}
    assert {rejected.topic for rejected in result.rejected} == {f"{settings.prefix}.articles"}
    assert {rejected.error for rejected in result.rejected} == {"ArticleError", "RecordError"}
    assert [said.role for said in result.events] == ["republications"]
