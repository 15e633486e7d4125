"""The whole engine on labelled stories: the order of arrival and the number of partitions change nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from benchmarks.chain import run
from schemas.article import Article
from schemas.events import Event

SET = Path(__file__).parents[3] / "benchmarks" / "sets" / "set-a.jsonl"
FIELDS = ("id", "url", "publisher", "headline", "body", "published_at")
STORIES = ("a-01", "a-04", "a-05")
RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)
NEVER = ("original", "independent", "update", "neighbour")


@cache
def articles() -> list[Article]:
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    return [Article(**{field: row[field] for field in FIELDS}) for row in rows if row["story"] in STORIES]


def standing(events: Iterable[Event]) -> dict[str, bytes]:
    """The last event of each key that no later event supersedes, as bytes without `supersedes`."""
    last: dict[str, Event] = {}
    for event in events:
        last[event.key] = event
        last = {key: other for key, other in last.items() if other.id not in event.supersedes}
    return {key: event.model_copy(update={"supersedes": []}).to_bytes() for key, event in last.items()}


@cache
def in_order() -> dict[str, bytes]:
    return standing(run(articles(), 1, RECEIVED))


def test_in_order_every_derived_article_is_found_and_no_other() -> None:
    events = [json.loads(data) for data in in_order().values()]
    found = {(event["copy"]["id"], event["original"]["id"]) for event in events if event["type"] == "republication"}
    derived = [article.id for article in articles() if article.id and not article.id.endswith(NEVER)]
    assert found == {(name, f"{name[:4]}-original") for name in derived if name}


@pytest.mark.parametrize("partitions", [1, 2, 4])
@pytest.mark.parametrize("seed", range(3))
def test_shuffled_arrival_ends_the_same(seed: int, partitions: int) -> None:
    shuffled = articles()[:]
    random.Random(seed).shuffle(shuffled)
    assert standing(run(shuffled, partitions, RECEIVED)) == in_order()


def test_everything_twice_and_backwards_ends_the_same() -> None:
    assert standing(run(articles()[::-1] + articles(), 2, RECEIVED)) == in_order()
