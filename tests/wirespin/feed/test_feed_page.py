"""The whole article from its page."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.errors import FeedError
from wirespin.feed.page import EXTRACTOR, page_article

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
URL = "https://www.quay.example/news/ferry"
ENTRY = Article(
    url=f"{URL}?utm_source=rss", guid="1", headline="New ferry to sail", body="A summary.", feed="https://f.example"
)
PARAGRAPHS = [
    "The harbour board said on Sunday that the new ferry would sail from the north quay twice a day from Monday.",
    "Tickets go on sale at the kiosk on the quay, and the board expects four hundred passengers a week in winter.",
    "The crossing to Eastmark takes forty minutes, ten fewer than on the old boat, which goes to a museum in spring.",
]
STATED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#o", "name": "The Quay"},
        {
            "@type": ["NewsArticle"],
            "headline": "Ferry",
            "datePublished": "2026-11-22T09:00:00+01:00",
            "dateModified": "2026-11-22T10:00:00+01:00",
            "author": [{"@type": "Person", "name": "Mary Oake"}, "Jo Reed", "https://www.quay.example/jo"],
            "publisher": {"@id": "#o"},
            "sourceOrganization": {"name": "APN"},
            "inLanguage": "en_GB",
        },
    ],
}


def page(paragraphs: list[str] = PARAGRAPHS, stated: object = STATED, head: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>Ferry - The Quay</title>{head}'
        f'<script type="application/ld+json">{json.dumps(stated)}</script></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Ferry</h1>{text}</article></body></html>"
    ).encode()


def read(data: bytes, entry: Article = ENTRY, url: str = URL) -> Article:
    return page_article(data, {"content-type": "text/html; charset=utf-8"}, url, entry, NOW)


def test_text_and_statements() -> None:
    article = read(page(head=f'<link rel="canonical" href="{URL}">'))
    assert article.body == "\n\n".join(["Ferry", *PARAGRAPHS]) or article.body == "\n\n".join(PARAGRAPHS)
    assert (article.publisher, article.byline, article.credit) == ("The Quay", "Mary Oake, Jo Reed", "APN")
    assert (article.published_at, article.date_source) == ("2026-11-22T09:00:00+01:00", "datePublished")
    assert (article.url, article.guid, article.headline, article.language) == (URL, "1", "New ferry to sail", "en-GB")
    assert (article.model_extra or {})["extractor"] == EXTRACTOR


def test_a_repeated_paragraph_is_dropped_and_pages_do_not_remember_each_other() -> None:
    first = read(page([*PARAGRAPHS, PARAGRAPHS[0]]))
    assert first.body.count(PARAGRAPHS[0]) == 1
    assert all(read(page()).body.count(PARAGRAPHS[0]) == 1 for _ in range(5))


def test_the_feeds_own_date_stands_where_it_is_good_to_the_minute() -> None:
    dated = ENTRY.model_copy(update={"published_at": "2026-11-22T08:30:00Z", "date_source": "pubDate"})
    assert read(page(), dated).published_at == "2026-11-22T08:30:00Z"
    changed = dated.model_copy(update={"date_source": "updated"})
    assert read(page(), changed).date_source == "datePublished"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (page([]), "no article"),
        (page(["Subscribe to read on."]), "no article"),
        (page(PARAGRAPHS, {"@type": "NewsArticle", "isAccessibleForFree": False}), "paywall"),
        (page(head='<link rel="canonical" href="https://www.quay.example/">'), "front page"),
        (page().replace(b"Ferry - The Quay", b"Just a moment..."), "wall against bots"),
    ],
)
def test_pages_without_the_article(data: bytes, problem: str) -> None:
    with pytest.raises(FeedError, match=problem):
        read(data)


def test_a_page_with_less_than_the_feed() -> None:
    with pytest.raises(FeedError, match="no more text"):
        read(page(), ENTRY.model_copy(update={"body": " ".join(PARAGRAPHS * 2)}))


def test_a_canonical_url_of_another_site_is_not_believed() -> None:
    assert read(page(head='<link rel="canonical" href="https://other.example/x/y">')).url == URL


@pytest.mark.parametrize(
    "piece", ["<div>", "<script>", "<meta a='", "<p>word word", '<script type="application/ld+json">{']
)
def test_hostile_pages_end(piece: str) -> None:
    with pytest.raises(FeedError):
        read(b"<html><body>" + piece.encode() * 60_000)


@settings(max_examples=30)
@given(
    st.recursive(
        st.none() | st.text(max_size=5) | st.booleans(),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(
                st.sampled_from(["@type", "@id", "name", "author", "publisher", "headline", "url"]),
                inner | st.just("NewsArticle"),
                max_size=4,
            )
        ),
        max_leaves=10,
    )
)
def test_any_statement_is_read(stated: object) -> None:
    assert read(page(stated=stated)).body
