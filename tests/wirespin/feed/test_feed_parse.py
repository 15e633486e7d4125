"""Formats, encodings, hostile documents."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import FeedError
from wirespin.feed.parse import parse_feed
from wirespin.feed.types import ParsedFeed

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
URL = "https://quay.example/feed/rss.xml"
WORDS = "The harbour board said on Sunday that the new ferry would sail twice a day. " * 8


def parse(text: str | bytes, **headers: str) -> ParsedFeed:
    data = text.encode() if isinstance(text, str) else text
    return parse_feed(data, {name.replace("_", "-"): value for name, value in headers.items()}, URL, NOW)


def rss(items: str, channel: str = "<title>Quay</title>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{items}</channel></rss>'


def item(inside: str, number: int = 1) -> str:
    return f"<item><title>Headline {number}</title><guid>g{number}</guid>{inside}</item>"


@pytest.mark.parametrize(
    ("data", "header"),
    [
        ("<title>Möwen</title>".encode(), "text/xml; charset=ISO-8859-1"),
        ("<title>Möwen</title>".encode("cp1252"), "application/rss+xml; charset=utf-8"),
        ("<title>Möwen</title>".encode("cp1252"), "text/xml"),
        ("<title>Möwen</title>".encode("cp1252"), "text/xml; charset=unknown-8"),
        ("<title>Möwen</title>".encode("cp1252"), "text/xml; charset=zip"),
        (b"<title>M&#246;wen</title>", "text/xml; charset=us-ascii"),
        (b"<title>M&amp;ouml;wen</title>", "text/xml"),
        ("<title>Mö\0w\x0ben</title>".encode(), "text/xml"),
    ],
)
def test_encodings_stated_wrongly(data: bytes, header: str) -> None:
    document = rss("").encode().replace(b"<title>Quay</title>", b"<title>Quay</title><item>" + data + b"</item>")
    assert parse(document, content_type=header).entries[0].article.headline == "Möwen"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_wide_encodings(encoding: str) -> None:
    assert parse(rss(item("")).encode(encoding)).entries[0].article.headline == "Headline 1"


def test_gzip_that_no_header_names() -> None:
    feed = parse(gzip.compress(rss(item("")).encode()))
    assert len(feed.entries) == 1
    assert any("gzip" in problem for problem in feed.problems)


@pytest.mark.parametrize("bomb", [gzip.compress(b"\0" * (64 << 20)), b" " * (16 << 20)])
def test_too_large(bomb: bytes) -> None:
    with pytest.raises(FeedError, match="bytes"):
        parse(bomb)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-16-be"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>',
        '<!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE foo [<!entity % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
        '<!ENTITY lol "lol">',
    ],
)
def test_declared_entities_are_refused(declared: str, encoding: str) -> None:
    text = f'<?xml version="1.0"?>{declared}<rss version="2.0"><channel><title>&lol2;&xxe;</title></channel></rss>'
    with pytest.raises(FeedError, match="entities"):
        parse(text.encode(encoding))


def test_an_article_about_entities_is_read() -> None:
    feed = parse(rss(item("<description><![CDATA[Write <!ENTITY a 'b'> in it.]]></description>")))
    assert len(feed.entries) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("\n\n \0", "empty"),
        ("Not found", "not a feed but text"),
        ("<html><head><title>A &amp; B</title></head></html>", "HTML page"),
        ("<!doctype html><title>Attention Required! | Cloudflare</title>", "wall against bots"),
        ("<opml version='2.0'><body/></opml>", "OPML"),
        ("<newsItem></newsItem>", "newsitem"),
        ("<note><to>x</to></note>", "<note>"),
        ('{"error": "gone"}', "not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [', "cannot be read"),
        ("[1, 2]", "not a JSON Feed"),
        ("[" * 100_000, "cannot be read"),
        ('<rss version="2.0"><channel><title>x</title><item><title>Ha', "cut off"),
        ("<urlset><url><loc>https://a.example</loc></url>", "not well-formed"),
    ],
)
def test_what_it_is_instead(text: str, problem: str) -> None:
    with pytest.raises(FeedError, match=problem):
        parse(text)


def test_ambiguous_identifiers() -> None:
    feed = parse(
        rss(
            "<item><title>A</title><guid>7</guid></item>"
            "<item><title>B</title><guid isPermaLink='true'>https://quay.example/b</guid></item>"
            "<item><title>C</title><guid isPermaLink='false'>https://quay.example/c</guid></item>"
            "<item><title>D</title><link>../d?utm_source=rss&amp;id=4</link></item>"
            "<item><title>E</title></item>"
        )
    )
    assert [entry.article.url for entry in feed.entries] == [
        None,
        "https://quay.example/b",
        None,
        "https://quay.example/d?utm_source=rss&id=4",
        None,
    ]
    assert len({entry.key for entry in feed.entries}) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.pbc.example/a/c1#0", "https://www.pbc.example/a/c1#3"),
        ("http://WWW.pbc.example/a/c1", "https://pbc.example/a/c1"),
        ("https://pbc.example/a?id=1&amp;utm_medium=x", "https://pbc.example/a?id=1&amp;fbclid=2"),
    ],
)
def test_one_entry_under_two_spellings(one: str, other: str) -> None:
    first, second = (
        parse(rss(f"<item><title>A</title><guid>{guid}</guid></item>")).entries[0] for guid in (one, other)
    )
    assert first.key == second.key
    assert first.article.id == second.article.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://pbc.example/a#post-1", "https://pbc.example/a#post-2"),
        ("https://pbc.example/?p=1", "https://pbc.example/?p=2"),
        ("https://pbc.example/A", "https://pbc.example/a"),
        ("tag:a,1", "tag:b,1"),
    ],
)
def test_two_entries(one: str, other: str) -> None:
    first, second = (
        parse(rss(f"<item><title>A</title><guid>{guid}</guid></item>")).entries[0] for guid in (one, other)
    )
    assert first.key != second.key


@pytest.mark.parametrize(
    ("inside", "full"),
    [
        (f"<description>{WORDS}</description>", False),
        (f"<content:encoded>{WORDS}</content:encoded>", True),
        (f"<content:encoded>{WORDS}[…]</content:encoded>", False),
        (f"<content:encoded>&lt;p&gt;{WORDS}&lt;/p&gt;&lt;p&gt;Read more&lt;/p&gt;</content:encoded>", False),
        ("<content:encoded>Too short.</content:encoded>", False),
        (f"<media:description>{WORDS}</media:description>", False),
        (f"<description>{WORDS * 2}</description><content:encoded>{WORDS}</content:encoded>", False),
    ],
)
def test_full_is_told_honestly(inside: str, full: bool) -> None:
    entry = parse(rss(item(inside))).entries[0]
    assert entry.full is full
    assert entry.article.body


def test_the_digest_is_of_what_makes_a_version() -> None:
    def digest(inside: str) -> str:
        return parse(rss(item(inside))).entries[0].digest

    first = digest("<link>/a?n=1</link><description>Text.&lt;p&gt;12 comments&lt;/p&gt;</description>")
    assert first == digest("<link>/a?n=2</link><description>Text. &lt;p&gt;13 comments&lt;/p&gt;</description>")
    assert first != digest("<link>/a?n=1</link><description>Text!</description>")
    dated = digest("<description>Text.</description><pubDate>2026-11-22T10:00:00Z</pubDate>")
    assert dated != first
    assert dated.partition(".")[0] == first.partition(".")[0]


def test_entries_are_capped_and_it_is_said() -> None:
    feed = parse(rss("".join(item("", number) for number in range(2_100))))
    assert len(feed.entries) == 2_000
    assert feed.problems == ("has more than 2,000 entries; the rest was left out",)


def test_json_entries_are_capped() -> None:
    items = [{"id": str(number), "title": f"T{number}"} for number in range(2_010)]
    feed = parse(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert len(feed.entries) == 2_000
    assert "2,010 entries" in feed.problems[0]


BOMBS = {
    "nested divs": rss(item("<description>" + "&lt;div&gt;" * 100_000 + "x</description>")),
    "attributes": rss(item("")).replace("<item>", "<item " + " ".join(f'a{n}="x"' for n in range(1_000_000)) + ">"),
    "nested elements": rss("<a>" * 1_000_000),
    "markup in a text": rss("<item><description>" + "<b>" * 1_000_000),
    "angle brackets": rss("<" * 3_000_000),
    "ampersands": rss(item("<description>" + "&" * 5_000_000 + "</description>")),
    "open quotes": rss('<a "' * 1_000_000),
    "open sections": rss("<![CDATA[" * 500_000),
    "open comments": rss("<!--" * 1_000_000),
    "closing tags": rss("</x>" * 1_000_000),
    "an author of a million letters": rss(item("<author>" + "a" * 1_000_000 + "</author>")),
    "authors": rss(item("<author>a@b.example (A)</author>" * 50_000)),
    "categories": rss(item("".join(f"<category>{n}</category>" for n in range(50_000)))),
    "namespaces": rss("").replace("<channel>", "".join(f'<a xmlns:n{n}="u{n}"/>' for n in range(50_000)) + "<channel>"),
    "deep JSON": '{"a":' * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_bounded_in_time(name: str) -> None:
    began = time.process_time()
    try:
        feed = parse(BOMBS[name])
    except FeedError:
        feed = None
    assert time.process_time() - began < 20
    assert feed is None or len(feed.entries) <= 1


MARKUP = """<rss version='2.0'>|<channel>|<feed xmlns='http://www.w3.org/2005/Atom'>|<item>|<entry>|<title>|<link>|
<link href='/a'/>|<guid>|<id>|<content type='xhtml'>|<content:encoded>|<![CDATA[|]]>|<!--|-->|<br>|&lt;p&gt;|&|&#0;|
&nbsp;|</rss>|</channel>|</feed>|</title>|<x:y|"|'|>|<source url='a'>|<author>|<name>|A text|2026-11-22|<pubDate>|
<rdf:RDF>|<image>|<textInput>|<a xmlns:b='c'>|<b:d>|<dc:language>|xml:base='http://[', |<updated>|<!DOCTYPE x [|]>|
{"version": "https://jsonfeed.org/version/1", "items": [|{"id": 1}|]}|<urlset>|<url>|\x00|\ud7ff|é|</item>|<?x"""
PIECES = st.sampled_from([piece.strip("\n") for piece in MARKUP.split("|")])


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_gives_a_feed_or_its_error(text: str) -> None:
    for document in (text, rss(text), rss(item(text))):
        try:
            feed = parse(document.encode("utf-8", "replace"))
        except FeedError:
            continue
        assert all(entry.article.headline or entry.article.body for entry in feed.entries)
        assert feed == parse(document.encode("utf-8", "replace"))


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_give_a_feed_or_its_error(data: bytes, header: str) -> None:
    for body in (data, rss("").encode() + data, rss(item("")).encode().replace(b"Headline", data)):
        try:
            feed = parse_feed(body, {"content-type": header}, URL, NOW)
        except FeedError:
            continue
        assert len({entry.key for entry in feed.entries}) == len(feed.entries)
