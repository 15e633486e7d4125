"""Ids are the same every time and name what they should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from wirespin.identity import (
    article_id,
    content_digest,
    digest,
    event_id,
    event_key,
    normal_url,
    rules,
    story_id,
)

PINNED = {
    "digest()": "b8e1dda3ac0aa3820ad2990b",
    "digest(a, b)": "37a6c24dff3292b242236318",
    "url": "url-beefea7025fba5b482b2aa3b",
    "guid": "guid-56647e6cf5e6a3ff5d6bc990",
    "content": "88ffed4d7239587d225cb75d",
    "story": "story-0aa60a80f88c693d",
    "key": "alert-241d31461fc30670bdb0e70a",
    "event": "alert-1152e8869cde8c68aca5f648",
}


def test_pinned() -> None:
    """A change of any of these makes every id in every retained topic a stranger: raise the rules version first."""
    article = Article(url="HTTPS://News.Example/a?id=1#top", headline="Rates rise", body="Rates rose.")
    assert digest() == PINNED["digest()"]
    assert digest("a", "b") == PINNED["digest(a, b)"]
    assert article_id(article) == PINNED["url"]
    assert article_id(Article(guid="g-1", feed="https://f.example/rss", headline="x")) == PINNED["guid"]
    assert content_digest(article) == PINNED["content"]
    assert story_id("a@1") == PINNED["story"]
    assert event_key("alert", "copy", "first") == PINNED["key"]
    assert event_id("alert", "copy@1", "first@1", "version@2", "2026.3 alert=0.55 unsure=0.3") == PINNED["event"]


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_parts_do_not_collide_by_joining(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_lone_surrogates_have_a_digest() -> None:
    assert digest("\ud800") != digest("\ud801")


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://news.example/a#top", "https://news.example/a"),
        ("HTTPS://NEWS.Example/A", "https://news.example/A"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://bbc.example/x#0", "https://bbc.example/x#3"),
    ],
)
def test_urls_that_are_the_same(url: str, same: str) -> None:
    assert normal_url(url) == normal_url(same)
    assert article_id(Article(url=url, body="x")) == article_id(Article(url=same, body="x"))


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/?id=1", "https://news.example/?id=2"),
        ("https://news.example/a", "http://news.example/a"),
        ("https://news.example/a", "https://news.example/a/"),
        ("https://news.example:80/a", "https://news.example/a"),
    ],
)
def test_urls_that_differ(url: str, other: str) -> None:
    assert normal_url(url) != normal_url(other)


@pytest.mark.parametrize("text", ["http://[broken", "not a url", "//", "tag:example,2025:1"])
def test_what_is_no_url_still_names_its_article(text: str) -> None:
    assert normal_url(f" {text} ") == normal_url(text)
    assert article_id(Article(url=text, body="x")).startswith("url-")


@given(st.text(min_size=1))
def test_normal_url_is_idempotent(url: str) -> None:
    assert normal_url(normal_url(url)) == normal_url(url)


def test_an_own_id_is_kept_and_a_guid_goes_before_the_url() -> None:
    assert article_id(Article(id="own", guid="g", url="u", body="x")) == "own"
    assert article_id(Article(guid="g", url="u", body="x")) == article_id(Article(guid="g", url="other", body="y"))


def test_a_guid_is_unique_in_its_feed_only() -> None:
    ids = {
        article_id(Article(guid="1", feed=feed, publisher=name, body="x"))
        for feed, name in [
            ("f", None),
            ("g", None),
            (None, "p"),
            (None, "q"),
            (None, None),
        ]
    }
    assert len(ids) == 5


def test_another_text_is_another_version() -> None:
    base = Article(id="a", headline="x", body="y")
    assert content_digest(base) == content_digest(base.model_copy(update={"id": "b", "published_at": "2020-01-01"}))
    assert content_digest(base) != content_digest(Article(id="a", headline="xy"))


def test_kind_and_every_version_are_in_the_event_id_but_only_ids_in_its_key() -> None:
    ids = {
        event_id(kind, copy, first, version, judged_by)
        for kind in ("alert", "republication")
        for copy in ("c@1", "c@2")
        for first in ("f@1", "f@2")
        for version in ("v@1", "v@2")
        for judged_by in (rules(0.55, 0.3), rules(0.7, 0.3), rules(0.55, 0.2))
    }
    assert len(ids) == 48
    assert event_key("alert", "c", "f").removeprefix("alert-") != event_key("republication", "c", "f").removeprefix(
        "republication-"
    )
    assert event_key("alert", "a", "bc") != event_key("alert", "ab", "c")
