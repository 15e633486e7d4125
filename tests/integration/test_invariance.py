"""What stands at the end depends on the articles alone: not on their order, the partitions, the logs or the workers."""

from __future__ import annotations

import asyncio
import json
import random
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.chain import run
from schemas.article import Article
from streams.app import group
from streams.replay import send
from streams.settings import Settings
from streams.sources import Waiting
from tests.support.pipeline import (
    ROOT,
    WorkerProcess,
    judged,
    labelled,
    standing_lines,
    until_committed,
    without_history,
)

pytestmark = pytest.mark.integration

LANGUAGES = ROOT / "tests" / "data" / "languages.json"
BEGIN = datetime(2023, 5, 2, 8, tzinfo=UTC)


def in_many_languages() -> list[Waiting]:
    """An agency's report and what an outlet made of it, in each language that there is."""
    waiting = []
    stories = json.loads(LANGUAGES.read_text(encoding="utf-8"))
    for hour, (language, story) in enumerate(stories.items()):
        for part, publisher in (("original", story["publisher"]), ("copy", "The Daily Lantern")):
            at = BEGIN + timedelta(hours=hour, minutes=30 * (part == "copy"))
            article = Article(
                id=f"{language}-{part}", publisher=publisher, body=story[part], published_at=at.isoformat()
            )
            waiting.append(Waiting(article.to_bytes(), article.id, at))
    return waiting


@pytest.fixture(scope="module")
def articles() -> list[Waiting]:
    return [*labelled("a-01", "a-05"), *in_many_languages()]


@pytest.fixture(scope="module")
def expected(articles: list[Waiting]) -> list[bytes]:
    """What the engine says of them in order, without any broker."""
    last = {event.key: event for event in run([Article.from_bytes(one.value) for one in articles])}
    superseded = {name for event in last.values() for name in event.supersedes}
    lines = sorted(without_history(event) for event in last.values() if event.id not in superseded)
    assert sum(b'"republication"' in line for line in lines) > 20 + 9  # two stories' copies, and most languages
    return lines


def shuffled(seed: int) -> Callable[[list[Waiting]], list[Waiting]]:
    return lambda articles: random.Random(seed).sample(articles, len(articles))


@pytest.mark.parametrize(
    ("seed", "logs", "partitions", "workers", "killed"),
    [
        pytest.param(1, 4, 1, 1, False, id="a log for each group of languages, one worker"),
        pytest.param(2, 3, 4, 2, False, id="three logs, four story partitions, two workers"),
        pytest.param(3, 2, 2, 3, True, id="three workers, one of them killed in the middle"),
    ],
)
async def test_what_stands_depends_on_the_articles_alone(
    settings: Settings,
    articles: list[Waiting],
    expected: list[bytes],
    seed: int,
    logs: int,
    partitions: int,
    workers: int,
    *,
    killed: bool,
) -> None:
    own = settings.model_copy(update={"index_partitions": logs, "story_partitions": partitions, "batch": 4})
    given = shuffled(seed)(articles)
    async with AsyncExitStack() as stack:
        running = [await stack.enter_async_context(WorkerProcess(own)) for _ in range(workers)]
        await asyncio.gather(*(worker.said("runs") for worker in running))
        ends = await send(own, given)
        if killed:
            await until_committed(own, "accepted", group(own, "match"), 10)
            await running[0].end(signal.SIGKILL)
        first = await judged(own, ends)
        assert standing_lines(first) == expected
        again = await judged(own, await send(own, given))
    assert standing_lines(again) == expected
