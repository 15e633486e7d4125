"""Articles out of web archives (WARC, CC-NEWS): of every page that was answered with 200, its text."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from schemas.article import MAX_FIELD, Article
from schemas.errors import FeedError, InputError
from wirespin.feed.encoding import decoded as decoded_text
from wirespin.feed.head import head_of
from wirespin.feed.page import page_article
from wirespin.formats.inflate import Stream, decoded
from wirespin.formats.types import Finds, Found, LeftOut
from wirespin.formats.warcfile import Raw, records

LARGEST_PAGE = 15 * 1024 * 1024
"""Bytes of a page after decompression; the cap that pages asked for live have."""

HEADERS = 4_096
"""Bytes in which a record says of what type it is."""

_TYPE = re.compile(rb"^WARC-Type:[ \t]*([A-Za-z]{1,20})", re.IGNORECASE | re.MULTILINE)
PAGES = ("text/html", "application/xhtml+xml")


def warc(stream: Stream, where: str) -> Finds:
    """The articles of an archive, record by record; never more than one is held."""
    for raw in records(stream, where):
        if isinstance(raw, FeedError):
            yield raw
            continue
        place = f"{where} byte {raw.offset}"
        try:
            yield _article(raw, place)
        except InputError as error:
            yield error
        except (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError) as error:
            yield FeedError(f"a record that cannot be read: {error}", where=place)


def _article(raw: Raw, where: str) -> Found:
    kind = _TYPE.search(raw.data, 0, HEADERS)
    if kind is None or kind[1].lower() != b"response":
        return LeftOut(where, "no answer of a server: " + (kind[1].decode("latin-1") if kind else "of no type"))
    record = ArcWarcRecordLoader().parse_record_stream(io.BytesIO(raw.data), known_format="warc")
    if record.http_headers is None:
        return LeftOut(where, "no answer over HTTP")
    status, media = record.http_headers.get_statuscode(), record.http_headers.get_header("Content-Type") or ""
    if status != "200":
        return LeftOut(where, f"answered {status[:20]}")
    if not media.lower().strip().startswith(PAGES):
        return LeftOut(where, f"of type {media[:80] or 'unknown'}")
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    if not url or len(url) > MAX_FIELD:
        raise FeedError("no usable WARC-Target-URI", where=where)
    received = _time(record.rec_headers.get_header("WARC-Date") or "", where)
    headers = {name.lower(): value for name, value in record.http_headers.headers}
    return _read(_body(record, where), headers, url, received, where)


def _read(page: bytes, headers: dict[str, str], url: str, received: datetime, where: str) -> Found:
    nothing_known = Article.model_construct(url=url)
    try:
        article = page_article(page, headers, url, nothing_known, received)
    except FeedError as error:
        return LeftOut(where, error.problem)
    if article.headline.strip():
        return article
    title = head_of(decoded_text(page, headers, url)[0], url).title
    return article.model_copy(update={"headline": (title or "")[:MAX_FIELD]})


def _body(record: ArcWarcRecord, where: str) -> bytes:
    """The page's own bytes: the transfer coding undone where it is still there, then the content coding."""
    body: bytes = record.raw_stream.read()
    assert record.http_headers is not None
    if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
        body = ChunkedDataReader(io.BytesIO(body)).read(LARGEST_PAGE + 1)
    return decoded(body, record.http_headers.get_header("Content-Encoding") or "", LARGEST_PAGE, where)


def _time(given: str, where: str) -> datetime:
    """When the page was fetched, which bounds what dates of it are believed."""
    try:
        return datetime.fromisoformat(given).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FeedError("no usable WARC-Date", where=where) from error
