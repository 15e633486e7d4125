"""Synthetic news: so many copies as asked for, and nothing else alike."""

from __future__ import annotations

import orjson
import pytest

from benchmarks.chain import run
from benchmarks.newsroom import Newsroom
from schemas.article import Article
from schemas.events import Republication


def articles(republished: float, count: int) -> list[Article]:
    return [Article.from_bytes(one.value) for one in Newsroom(republished, 7, 1.7e9).articles(count)]


def test_the_same_seed_writes_the_same() -> None:
    first, again = (list(Newsroom(0.3, 7, 1.7e9).articles(20)) for _ in range(2))
    assert first == again
    assert [orjson.loads(one.value)["id"] for one in first] == [one.key for one in first]


@pytest.mark.parametrize("republished", [0.0, 0.6])
def test_as_many_are_found_as_were_made(republished: float) -> None:
    made = articles(republished, 60)
    copies = {one.id for one in made if one.body.startswith("PRAGUE (")}
    said = {event.copy_.id for event in run(made) if isinstance(event, Republication)}
    assert said == copies
    assert bool(copies) == bool(republished)
