"""Documents in the shapes of the feeds of the day, each with what must be read of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import FeedError
from wirespin.dates import published
from wirespin.feed.parse import parse_feed
from wirespin.feed.types import ParsedFeed

FEEDS = Path(__file__).parents[2] / "fixtures" / "feeds"
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
EXPECTED: dict[str, dict[str, Any]] = json.loads((FEEDS / "expected.json").read_text())
TOLD = ("kind", "title", "home", "language", "every", "hub", "self_url")
FIELDS = "headline url guid body raw_date date_source byline publisher credit language".split()


def read(name: str) -> ParsedFeed:
    return parse_feed((FEEDS / name).read_bytes(), {}, f"https://feed.example/dir/{name}", NOW)


def test_all_documents_have_their_expectation() -> None:
    assert {path.name for path in FEEDS.iterdir()} - {"expected.json"} == set(EXPECTED)
    assert len(EXPECTED) >= 30


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "error" not in expected])
def test_feed(name: str) -> None:
    expected, feed = EXPECTED[name], read(name)
    assert {key: getattr(feed, key) for key in TOLD} == {key: expected.get(key) for key in TOLD}
    assert list(feed.problems) == expected.get("problems", [])
    found = [{key: getattr(entry.article, key) for key in FIELDS} | {"full": entry.full} for entry in feed.entries]
    wanted = [
        {key: entry.get(key, "" if key in {"headline", "body"} else None) for key in FIELDS}
        for entry in expected["entries"]
    ]
    assert found == [
        fields | {"full": entry["full"]} for fields, entry in zip(wanted, expected["entries"], strict=True)
    ]


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "error" in expected])
def test_what_is_no_feed_is_named(name: str) -> None:
    with pytest.raises(FeedError) as raised:
        read(name)
    assert (raised.value.problem, raised.value.remedy) == (EXPECTED[name]["error"], EXPECTED[name]["remedy"])


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("le_quotidien.xml", "2026-11-22T09:45:11Z"),
        ("der_bote.xml", "2026-11-22T10:49:00Z"),
        ("cp1252.xml", "2026-11-22T09:00:00Z"),
        ("cable.xml", "2026-11-22T08:00:00Z"),
        ("slashdot.rdf", "2026-11-22T09:34:00Z"),
        ("sitemap_news.xml", "2026-11-22T09:00:00Z"),
    ],
)
def test_dates_are_the_feeds_words_and_can_be_read(name: str, time: str) -> None:
    article = read(name).entries[0].article
    assert article.published_at == article.raw_date
    assert published(article.published_at, NOW).text() == time
