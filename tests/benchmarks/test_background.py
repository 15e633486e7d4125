"""The benchmark that mixes the labelled stories into other articles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from benchmarks.background import Noting, background_pairs, figures, standing
from benchmarks.chain import Chain
from benchmarks.mixing import DAY, Background, mixed, spooled
from benchmarks.quality import SETS, Labelled, load
from schemas.events import Event
from wirespin.dates import EARLIEST
from wirespin.story.pair import Comparer

ROWS = [
    {"id": 1, "date": "2017-03-02", "source": "b.example", "title": "Two", "text": "Second text.", "subtitle": "Lead."},
    {"id": 2, "date": "2017-03-01", "source": "a.example", "title": "One", "text": "First text.", "subtitle": "First"},
    {"id": 3, "date": "-9", "source": "c.example", "title": "Never", "text": "Undated."},
    {"id": 4, "date": "2017-03-01", "title": " ", "text": ""},
    {"id": 5, "date": "2017-03-09", "title": "Too many", "text": "Beyond the limit."},
]


@pytest.fixture
def background(tmp_path: Path) -> Iterator[Background]:
    folder = tmp_path / "some_news"
    folder.mkdir()
    (folder / "articles.jsonl").write_bytes(b"\n".join(map(orjson.dumps, ROWS)))
    with spooled() as found:
        assert found.add(f"{folder / 'articles.jsonl'}:4", random.Random(1)) == 3
        assert found.unfit == 1
        yield found


def story(comparer: Comparer | None = None) -> tuple[list[Labelled], list[Event]]:
    """One labelled story and what stands of it at the end."""
    labelled = [item for item in load(SETS[0]) if item["story"] == "a-01"]
    chain, received = Chain(comparer=comparer), EARLIEST.replace(year=2026)
    with spooled() as nothing:
        events = [event for article in mixed(nothing, labelled) for event in chain.take(article, received)]
    return labelled, standing(events)


def test_articles_come_in_order_of_publication_and_moved_by_whole_days(background: Background) -> None:
    labelled = load(SETS[0])[:2]
    times = [1_700_000_000.0, 1_700_100_000.0]
    background.move(times, 2.5 * DAY)
    assert background.met(times, 2.5 * DAY) == 2
    articles = list(mixed(background, labelled))
    assert len(articles) == 5
    first, second, undated = (article for article in articles if (article.id or "").startswith("some_news"))
    assert (first.id, second.id, undated.id) == ("some_news-2", "some_news-1", "some_news-3")
    assert (first.published_at, second.published_at) == ("2023-11-14", "2023-11-15")
    assert undated.published_at is None
    assert (first.body, second.body) == ("First text.", "Lead.\n\nSecond text.")


def test_figures_and_pairs_of_one_labelled_story() -> None:
    comparer = Noting()
    labelled, events = story(comparer)
    said = figures(labelled, events)
    assert (said["derived articles"], said["recall"], said["recall of neutral_rewrite"]) == (10, 1, 1)
    assert said["wrong originals"] == said["events for update"] == said["false pairs of independent and neighbour"] == 0
    assert background_pairs(events, labelled, comparer.pairs) == []
    strangers = background_pairs(events, labelled[:1], comparer.pairs)
    assert len(strangers) == 10
    assert all(row["original"]["id"] == labelled[0]["id"] and row["copy_share"] > 0 for row in strangers)


def test_a_wrong_source_and_an_event_for_an_update_are_counted() -> None:
    labelled, events = story()
    renamed = {"verbatim": "update", "trimmed": "independent"}
    told = [{**item, "kind": renamed.get(item["kind"], item["kind"])} for item in labelled]
    said = figures(told, events)
    assert (said["events for update"], said["false pairs of independent and neighbour"]) == (1, 1)
    elsewhere = [{**item, "derived_from": item["derived_from"] and "another"} for item in labelled]
    assert figures(elsewhere, events)["wrong originals"] == 10
    assert figures(elsewhere, events)["recall"] == 0
