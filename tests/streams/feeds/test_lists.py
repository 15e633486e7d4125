"""Lists of feeds going in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import FeedError
from schemas.feed import FeedConfig, FeedState
from streams.cli.feeds_lists import gathered
from streams.feeds.book import Feed, feed_id
from streams.feeds.lists import exported, starter, starter_feeds
from wirespin.feed.opml import read_opml

OPML = """<?xml version="1.0"?>
<opml version="2.0"><body>
<outline text="Agencies">
  <outline text="One" xmlUrl="https://one.example/rss"/>
  <outline text="Bad" xmlUrl="ftp://two.example/rss"/>
  <outline text="Nothing"/>
  <outline text="One again" xmlUrl="https://one.example/rss"/>
</outline>
<outline text="Three" xmlUrl="https://three.example/rss"/>
</body></opml>"""


def feed(url: str, title: str | None = None, labels: tuple[str, ...] = (), own: str | None = None) -> Feed:
    config = FeedConfig(url=url, title=title, labels=list(labels))
    return Feed(feed_id(url), config, FeedState(interval=600, title=own))


def test_the_starter_list_is_whole() -> None:
    found = starter_feeds()
    assert found.problems == []
    assert len(found.feeds) == starter().count(b"xmlUrl=")
    assert 50 <= len(found.feeds) <= 100
    assert all(config.title and len(config.labels) == 2 for config in found.feeds.values())
    assert {config.labels[0] for config in found.feeds.values()} == {"Agencies", "World news"}
    assert b"None of them was asked" in starter()


def test_bad_lines_are_told_with_their_number_and_the_others_taken(tmp_path: Path) -> None:
    path = tmp_path / "list.opml"
    path.write_text(OPML)
    found = gathered((str(path),), False, ("mine",))
    assert [(config.url, config.labels) for config in found.feeds.values()] == [
        ("https://one.example/rss", ["Agencies", "mine"]),
        ("https://three.example/rss", ["mine"]),
    ]
    assert len(found.problems) == 3
    assert any("line 5" in problem and "ftp://two.example/rss" in problem for problem in found.problems)
    assert any("line 6" in problem for problem in found.problems)
    assert any("line 7" in problem for problem in found.problems)


def test_a_list_of_urls(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# ours\nhttps://one.example/rss One\n\nnonsense\nhttps://one.example/rss\n")
    found = gathered((str(path),), False, ())
    assert [config.url for config in found.feeds.values()] == ["https://one.example/rss"]
    assert any("line 4" in problem for problem in found.problems)


def test_the_starter_list_beside_a_file_that_names_one_of_it(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("https://tass.com/rss/v2.xml\n")
    found = gathered((str(path),), True, ())
    assert len(found.feeds) == len(starter_feeds().feeds)
    assert found.feeds[feed_id("https://tass.com/rss/v2.xml")].labels == []


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(FeedError, match=r"missing\.opml"):
        gathered(("missing.opml",), False, ())


def test_what_is_exported_is_imported_as_it_was(tmp_path: Path) -> None:
    feeds = [
        feed("https://a.example/rss?x=1&y=2", 'A "quoted" <title>', ("Agencies", "World")),
        feed("https://b.example/rss", None, (), own="B, as it calls itself"),
        feed("https://c.example/rss"),
    ]
    path = tmp_path / "out.opml"
    path.write_bytes(exported(feeds))
    found = gathered((str(path),), False, ())
    assert found.problems == []
    assert set(found.feeds) == {one.id for one in feeds}
    assert found.feeds[feeds[0].id].labels == ["Agencies", "World"]
    assert found.feeds[feeds[0].id].title == 'A "quoted" <title>'
    assert found.feeds[feeds[1].id].title == "B, as it calls itself"


labels = st.lists(st.text(st.characters(codec="utf-8", exclude_characters=",/"), min_size=1, max_size=20), max_size=3)


@given(st.lists(st.tuples(st.text(max_size=40), labels), max_size=8))
def test_no_name_or_label_breaks_the_list(named: list[tuple[str, list[str]]]) -> None:
    feeds = [feed(f"https://{number}.example/", title, tuple(told)) for number, (title, told) in enumerate(named)]
    if not feeds:
        return
    found, problems = read_opml(exported(feeds))
    assert {one.url for one in found} == {one.config.url for one in feeds}
    assert problems == []
