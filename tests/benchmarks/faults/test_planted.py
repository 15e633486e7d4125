"""The planted stories: what the engine finds in them does not hang on chance or order."""

from __future__ import annotations

import random

from benchmarks.chain import Chain
from benchmarks.faults.planted import WINDOW_DAYS, articles
from schemas.article import Article
from schemas.events import Alert, Event
from streams.sources import Waiting

COUNT = 480


def standing(waiting: list[Waiting]) -> dict[str, Event]:
    """The last event of each key that the engine says and that no other takes the place of."""
    chain = Chain(2, WINDOW_DAYS * 86_400.0)
    last: dict[str, Event] = {}
    for one in waiting:
        article = Article.from_bytes(one.value)
        assert one.time
        last.update({event.key: event for event in chain.take(article, one.time)})
    superseded = {name for event in last.values() for name in event.supersedes}
    return {key: event for key, event in last.items() if event.id not in superseded}


def members() -> list[Waiting]:
    return [one for one in articles(COUNT, 1) if (one.key or "").startswith("s")]


def test_a_seed_gives_the_same_articles_and_another_seed_others() -> None:
    assert articles(COUNT, 1) == articles(COUNT, 1)
    assert articles(COUNT, 1) != articles(COUNT, 2)
    assert len({one.key for one in articles(COUNT, 1)}) > COUNT * 0.98  # a version has the id of the one before it


def test_there_are_events_of_both_kinds_and_ones_that_take_the_place_of_others() -> None:
    found = standing(members())
    assert any(isinstance(event, Alert) for event in found.values())
    assert any(event.supersedes for event in found.values())
    copies = {event.copy_.id.partition("-")[0] for event in found.values()}
    assert {"s0", "s1", "s2"} <= copies


def test_the_window_is_over_for_an_original_that_is_too_old() -> None:
    originals = {event.original.id for event in standing(members()).values()}
    assert "s0-wire" in originals
    assert "s4-wire" not in originals


def test_articles_that_are_alone_lead_to_nothing() -> None:
    alone = [one for one in articles(COUNT, 1) if (one.key or "").startswith("n")]
    assert len(alone) > COUNT * 0.8
    assert standing(alone[:60]) == {}


def test_what_stands_does_not_hang_on_the_order_in_which_stories_arrive() -> None:
    waiting = [one for one in members() if int((one.key or "").partition("-")[0][1:]) % 5 != 3]  # none is killed
    dice = random.Random(1)
    late = {one.key: dice.uniform(0, 20) for one in waiting}  # versions of one id stay in their order
    shuffled = [one for _, one in sorted(enumerate(waiting), key=lambda pair: pair[0] + late[pair[1].key])]
    assert standing(shuffled).keys() == standing(waiting).keys()
