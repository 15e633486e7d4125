"""Pages as a web archive (ISO 28500, WARC 1.1), one gzip member a record.

The fetcher hands out a body unpacked and headers without cookies, so the records say so as crawlers do: what told of
the packing stands under ``X-Crawler-`` names, as in the archives of Common Crawl.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from yarl import URL

from streams.web.exchange import request_headers
from streams.web.types import Ask, Fetched

if TYPE_CHECKING:
    from streams.evidence.pages import Visit

PACKING = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that do not describe an unpacked body."""

NOTE = "request headers as the program makes them; body unpacked; cookies left out; of redirects only the last answer"
"""What a reader of the archive must know."""


def archive(visits: Iterable[Visit], agent: str) -> bytes:
    """The archive of some visits: warcinfo, then of each page request, response and metadata.

    Of a page that could not be had there is a metadata record with the reason.

    Args:
        visits: what was asked.
        agent: User-Agent that was sent.
    """
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True, warc_version="1.1")
    info = {"software": agent, "format": "WARC File Format 1.1", "robots": "obey", "description": NOTE}
    writer.write_record(writer.create_warcinfo_record("pages.warc.gz", info))
    for visit in visits:
        if visit.url is not None:
            _write(writer, visit, agent)
    return target.getvalue()


def _write(writer: Any, visit: Visit, agent: str) -> None:
    answer, date = visit.answer, {"WARC-Date": _date(visit.at)}
    told = [("side", visit.side), ("asked", visit.url or ""), ("fetchTime", _date(visit.at))]
    if answer is None:
        writer.write_record(_metadata(writer, visit.url or "", [*told, ("reason", visit.reason or "")], date))
        return
    response = _response(writer, answer, date)
    writer.write_record(response)
    beside = date | {"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
    writer.write_record(_request(writer, answer.final, agent, beside))
    told += [("answeredBy", answer.final), ("fetchTimeMs", str(round(answer.took * 1000))), ("note", NOTE)]
    writer.write_record(_metadata(writer, answer.final, told, beside))


def _request(writer: Any, url: str, agent: str, about: dict[str, str]) -> Any:
    parsed = URL(url)
    headers = [("Host", parsed.authority), ("User-Agent", agent), *request_headers(Ask(url, "page")).items()]
    lines = StatusAndHeaders(f"GET {parsed.raw_path_qs} HTTP/1.1", headers, is_http_request=True)
    return writer.create_warc_record(
        url, "request", payload=io.BytesIO(b""), length=0, warc_headers_dict=dict(about), http_headers=lines
    )


def _response(writer: Any, answer: Fetched, about: dict[str, str]) -> Any:
    body = answer.body or b""
    headers = [
        (f"X-Crawler-{name}" if name in PACKING else name, " ".join(value.split()))
        for name, value in answer.headers.items()
    ]
    status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
    lines = StatusAndHeaders(status, [*headers, ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
    return writer.create_warc_record(
        answer.final, "response", payload=io.BytesIO(body), length=len(body), warc_headers_dict=dict(about),
        http_headers=lines,
    )  # fmt: skip


def _metadata(writer: Any, url: str, told: list[tuple[str, str]], about: dict[str, str]) -> Any:
    data = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in told).encode()
    return writer.create_warc_record(
        url, "metadata", payload=io.BytesIO(data), length=len(data), warc_headers_dict=dict(about)
    )


def _date(moment: datetime) -> str:
    """W3C time with microseconds, as WARC 1.1 allows."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
