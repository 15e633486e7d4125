"""What a body is, told from its own bytes."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.feeds.document import body_facts, body_kind, shared_guids
from streams.feeds.facts import BodyKind

RSS = '<?xml version="1.0" encoding="{}"?><rss><channel><title>Zürich</title></channel></rss>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF8 + b"\n<rss/>", "xml"),
        (b"<!-- by hand --><feed/>", "xml"),
        (b"<!DOCTYPE html><title>x</title>", "html"),
        (b"\n<!doctype  HTML>", "html"),
        (b"<html lang=de>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "json"),
        (b"Not Found", "text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (RSS.format("utf-16").encode("utf-16"), "xml"),
        ("<!doctype html><html>".encode("utf-16"), "html"),
    ],
)
def test_a_body_is_told_by_its_beginning(data: bytes, kind: BodyKind) -> None:
    assert body_kind(data) == kind


@pytest.mark.parametrize(
    ("data", "content_type", "header", "document", "real", "readable"),
    [
        (RSS.format("utf-8").encode(), "text/xml; charset=UTF-8", "UTF-8", "utf-8", "utf-8", True),
        (RSS.format("iso-8859-1").encode(), "text/xml", None, "iso-8859-1", "utf-8", True),
        (RSS.format("utf-8").encode("latin-1"), "text/xml", None, "utf-8", None, False),
        (RSS.format("utf-8").encode("latin-1"), 'text/xml; charset="latin-1"', "latin-1", "utf-8", None, True),
        (RSS.format("x-unknown").encode(), None, None, "x-unknown", "utf-8", False),
        (b"<rss/>", None, None, None, "ascii", None),
        (RSS.format("utf-16").encode("utf-16"), None, None, None, "utf-16", None),
        ("<?xml version='1.0'?><rss/>".encode("utf-16-be"), None, None, None, "utf-16-be", None),
        (b"<html><meta charset='koi8-r'>\xc1\xc2", "text/html", None, "koi8-r", None, True),
    ],
)
def test_what_is_stated_and_what_the_bytes_prove(
    data: bytes, content_type: str | None, header: str, document: str, real: str, readable: bool
) -> None:
    body = body_facts(data, content_type, "https://a.example/")
    assert (body.by_header, body.by_document, body.real, body.readable) == (header, document, real, readable)
    assert body.size == len(data)


def test_a_page_tells_its_feeds_and_a_feed_none() -> None:
    link = b'<link rel="alternate" type="application/rss+xml" href="/rss">'
    assert body_facts(b"<html>" + link, None, "https://a.example/x").links == ("https://a.example/rss",)
    assert body_facts(b"<rss>" + link, None, "https://a.example/x").links == ()


def test_identifiers_that_stand_twice() -> None:
    feed = b"<rss><guid>a</guid><guid isPermaLink='false'> a </guid><guid><![CDATA[a]]></guid><guid>b</guid></rss>"
    assert shared_guids(feed) == {"a": 3}
    assert shared_guids(feed.decode().encode("utf-16")) == {"a": 3}
    assert shared_guids(b"<feed><id>f</id><entry><id>1</id></entry><entry><id>1</id></entry></feed>") == {"1": 2}


@given(st.binary(max_size=500))
def test_any_bytes_are_something(data: bytes) -> None:
    assert body_facts(data, None, "x").size == len(data)
    shared_guids(data)
