"""Telling documents apart, and what is refused."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.errors import FeedError, InputError, SeedError
from tests.wirespin.formats.reading import FIXTURES, errors, fixture, one, read
from wirespin.formats.xmltree import DEEPEST, MOST_ATTRIBUTES, MOST_ELEMENTS

DOCUMENTS = sorted(path.name for path in FIXTURES.iterdir())


@pytest.mark.parametrize(
    ("data", "suffix", "seen"),
    [
        (b"%PDF-1.7", ".xml", "a PDF"),
        (b"PK\x03\x04abc", ".xml", "a ZIP archive"),
        (b"\x89PNG\r\n", "", "a PNG picture"),
        (b"", ".xml", "empty"),
        (b" \n\t", ".json", "empty"),
        (b"<!DOCTYPE html><html><body>", ".xml", "an HTML page"),
        (b"<rss version='2.0'/>", ".xml", "an RSS feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", ".xml", "an Atom feed"),
        (b"<invoice/>", ".xml", "XML that begins with <invoice>"),
        (b"Dear editors", ".md", "plain text"),
        (b"abc\x00\x01\x02", ".txt", "binary data"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), ".gz", "gzip"),
        (gzip.compress(b"%PDF-1.7", mtime=0), "", "a PDF"),
        (b"\0" * 257 + b"ustar\x0000" + b"\0" * 300, ".tar", "a tar archive"),
    ],
)
def test_what_is_none_is_named(data: bytes, suffix: str, seen: str) -> None:
    with pytest.raises(FeedError, match="not a known format") as caught:
        read(data, suffix)
    assert f"it is {seen}" in str(caught.value)
    assert "NewsML-G2" in str(caught.value)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_names_do_not_matter_and_gzip_is_looked_into(name: str) -> None:
    data = (FIXTURES / name).read_bytes()
    if name.endswith(".jsonl"):
        return
    expected = [item for item in fixture(name) if isinstance(item, Article)]
    assert expected or "list" in name
    for packed in (data, gzip.compress(data)):
        assert [item for item in read(packed, ".dat") if isinstance(item, Article)] == expected


def test_seeds_are_told_by_their_name() -> None:
    (article,) = read(b"Port closed\n\nThe port is closed.", ".txt", "seed-1")
    assert isinstance(article, Article)
    assert (article.id, article.headline, article.body) == ("seed-1", "Port closed", "The port is closed.")
    with pytest.raises(SeedError, match="not UTF-8 at byte 1"):
        read(b"P\xff\xfe", ".txt")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "gb18030", "euc-kr", "shift_jis"]
)
def test_encodings(encoding: str) -> None:
    text = {"gb18030": "港口关闭", "euc-kr": "항구 폐쇄", "shift_jis": "港閉鎖"}.get(encoding, "Hafen für Öl")
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><nitf><head><docdata><doc-id id-string="1"/></docdata></head>'
    )
    document += f"<body><body.head><hedline><hl1>{text}</hl1></hedline></body.head></body></nitf>"
    (article,) = read(document.encode(encoding))
    assert isinstance(article, Article)
    assert article.headline == text


def test_a_wrong_encoding_is_named() -> None:
    with pytest.raises(FeedError, match="not gbk at byte 38"):
        read(b'<?xml version="1.0" encoding="gbk"?><a\xff/>')
    with pytest.raises(FeedError, match="XML"):
        read(b'<?xml version="1.0" encoding="klingon"?><a/>')


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that notes what it is asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<!ENTITY stolen 'x'>")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


ITEM = (
    '<newsItem guid="urn:x:1" xmlns="http://iptc.org/std/nar/2006-10-01/" {attributes}>{inside}<itemMeta/>'
    "<contentMeta><headline>Port{entity}</headline></contentMeta></newsItem>"
)


@pytest.mark.parametrize(
    ("doctype", "entity"),
    [
        ('<!DOCTYPE newsItem [<!ENTITY x SYSTEM "{url}/x">]>', "&x;"),
        ('<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        ('<!DOCTYPE newsItem [<!ENTITY % p SYSTEM "{url}/p"> %p;]>', ""),
        ('<!DOCTYPE newsItem [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;">]>', "&y;"),
        ('<!DOCTYPE newsItem [<!ENTITY unused "{url}">]>', ""),
        ('<!DOCTYPE newsItem [<!NOTATION n SYSTEM "{url}"><!ENTITY u SYSTEM "{url}/u" NDATA n>]>', ""),
    ],
)
def test_entities_are_refused_and_nothing_is_fetched(
    listener: tuple[str, list[str]], doctype: str, entity: str
) -> None:
    url, asked = listener
    document = doctype.replace("{url}", url) + ITEM.format(attributes="", inside="", entity=entity)
    with pytest.raises(FeedError, match="declares an entity"):
        read(document.encode())
    assert asked == []


def test_dtds_catalogs_schemas_and_stylesheets_are_not_fetched(listener: tuple[str, list[str]]) -> None:
    url, asked = listener
    document = (
        f'<?xml version="1.0"?><?xml-stylesheet href="{url}/style"?><!DOCTYPE newsItem SYSTEM "{url}/dtd">'
        + ITEM.format(
            attributes=f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{url}/ns {url}/xsd"',
            inside=f'<catalogRef href="{url}/catalog"/><include xmlns="http://www.w3.org/2001/XInclude" href="{url}"/>',
            entity="&nbsp;closed",
        )
    )
    (article,) = read(document.encode())
    assert isinstance(article, Article)
    assert article.headline == "Port closed"
    assert asked == []


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1), "nested over"),
        ("<a " + " ".join(f'a{number}=""' for number in range(MOST_ATTRIBUTES + 1)) + "/>", "attributes"),
        ("<a/>" * (MOST_ELEMENTS + 1), "elements"),
        ("<a>", "not well-formed"),
        ("&undefined;", "not well-formed"),
    ],
)
def test_bounds(inside: str, problem: str) -> None:
    with pytest.raises(FeedError, match=problem):
        read(ITEM.format(attributes="", inside=inside, entity="").encode())


PIECES = st.sampled_from(
    [
        b"<newsMessage>", b"<itemSet>", b"<newsItem guid='a'>", b"<itemMeta>", b"</itemMeta>", b"<contentSet>",
        b"<inlineXML>", b"<nitf>", b"<body.content>", b"<p>x</p>", b"<NewsML>", b"<NewsItem>", b"<NewsComponent>",
        b"</newsItem>", b"</NewsItem>", b"</NewsML>", b"</nitf>", b"&#0;", b"&amp;", b"<!-- -->", b"<![CDATA[<p>]]>",
        b"\xff", b"WARC/1.0\r\n", b"Content-Length: 3\r\n\r\n", b"HTTP/1.1 200 OK\r\n", b"\x1f\x8b\x08\x00",
        b"\r\n\r\n", b'{"uri":', b'"a"', b',"bodies":[{"value":7}]', b"}", b"[", b"]", b"\n", b":", b",",
        b'"headlines":', b"null",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.binary(max_size=12), max_size=24).map(b"".join), st.sampled_from(["", ".txt", ".jsonl"]))
def test_rubbish_is_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        found = read(data, suffix)
    except InputError:
        return
    assert all(isinstance(item, Article) for item in found if not errors([item]) and not hasattr(item, "why"))


@hypothesis_settings(max_examples=60)
@given(st.sampled_from(DOCUMENTS), st.integers(0, 6_000), st.binary(max_size=6), st.integers(0, 40))
def test_damaged_documents_are_read_or_refused(name: str, at: int, put: bytes, gone: int) -> None:
    data = (FIXTURES / name).read_bytes()
    damaged = data[:at] + put + data[at + gone :]
    for document in (damaged, gzip.compress(data)[:at] + put):
        try:
            read(document, name[-6:] if name.endswith(".jsonl") else "")
        except InputError:
            continue


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner))
NAMES = st.sampled_from(
    ["uri", "version", "pubStatus", "bodies", "headlines", "body_xhtml", "embargoed", "infosources", "type", "language"]
)


@hypothesis_settings(max_examples=40)
@given(st.dictionaries(NAMES, VALUES | st.lists(st.dictionaries(st.sampled_from(["value", "role", "name"]), SCALARS))))
def test_any_ninjs_is_read_or_refused(item: dict[str, object]) -> None:
    import orjson

    try:
        found = read(orjson.dumps(item, option=orjson.OPT_PASSTHROUGH_DATACLASS))
    except (InputError, TypeError):
        return
    assert len(found) == 1


def test_records_survive_the_way_through_bytes() -> None:
    article = one("dpa-newsml-g2-embargoed.xml")
    assert Article.from_bytes(article.to_bytes()) == article
