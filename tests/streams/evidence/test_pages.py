"""Both pages as they answer now: what stands there still, and the archive of them."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from schemas.events import Event
from streams.evidence.pages import fetched_pages, stands
from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.robots import Robots
from streams.web.types import Web
from tests.streams.evidence.cases import case
from tests.support.hostile import Hostile, answer

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
words = st.lists(st.sampled_from(["the", "minister", "“said”", "it", "—", "rose", "4%"]), min_size=1, max_size=6)


def event_at(original: str | None, copy: str | None) -> Event:
    event = case().event
    return event.model_copy(
        update={
            "original": event.original.model_copy(update={"url": original}),
            "copy_": event.copy_.model_copy(update={"url": copy}),
        }
    )


def page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return f"<!doctype html><html><head><title>Kim and Putin</title></head><body>{paragraphs}</body></html>".encode()


async def visited(server: Hostile, event: Event) -> dict[str, bytes]:
    web = Web(contact="https://desk.example/", allow=(server.address,))
    async with Fetcher(web, hosts=Hosts(spacing=0.0)) as fetcher:
        return await fetched_pages(event, Robots(fetcher), web.agent, lambda: NOW)


async def test_what_stands_there_still_and_what_does_not() -> None:
    copy = case().texts[1].article
    gone = case().event.framing.devices[0].rewritten
    async with Hostile() as server:
        body = gzip.compress(page(copy.body.replace(gone, "Kim sent")))
        server.routes["/copy"] = answer(
            body, headers=["Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip"]
        )
        files = await visited(server, event_at(None, server.url("/copy")))
    told = orjson.loads(files["pages.json"])["pages"]
    assert told["original"] == {"asked": None, "at": "2026-11-22T20:00:00Z", "had": False,
                                "reason": "the article came without a URL"}  # fmt: skip
    found = {one["finding"]: one["stands"] for one in told["copy"]["quoted"]}
    assert found[1] == "not found"
    assert list(found.values()).count("not found") < len(found)
    records = archived(files["pages.warc.gz"])
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request", "metadata"]
    assert records[1][2] == gzip.decompress(body)
    assert b"asked: " + server.url("/copy").encode() in records[3][2]


async def test_what_cannot_be_had_is_recorded_with_its_reason() -> None:
    async with Hostile() as server:
        server.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /no\n", headers=["Content-Type: text/plain"])
        server.routes["/gone"] = answer(b"", status="410 Gone")
        files = await visited(server, event_at(server.url("/no"), server.url("/gone")))
        assert "/no" not in server.paths()
    told = orjson.loads(files["pages.json"])["pages"]
    assert told["original"]["reason"].startswith("robots: ")
    assert told["copy"]["reason"].startswith("gone: ")
    records = archived(files["pages.warc.gz"])
    assert [kind for kind, *_ in records] == ["warcinfo", "metadata", "metadata"]
    assert b"reason: robots: " in records[1][2]


async def test_a_private_address_is_not_asked() -> None:
    async with Hostile() as server, Fetcher(Web(), hosts=Hosts(spacing=0.0)) as fetcher:
        files = await fetched_pages(event_at(None, server.url("/x")), Robots(fetcher), "agent", lambda: NOW)
        assert server.asked == []
    reason = orjson.loads(files["pages.json"])["pages"]["copy"]["reason"]
    assert "address" in reason or "robots" in reason


def archived(data: bytes) -> list[tuple[str, str | None, bytes]]:
    """Records of an archive, their digests checked by warcio."""
    found = []
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise", no_record_parse=False):
        assert record.rec_headers.protocol == "WARC/1.1"
        uri = record.rec_headers.get_header("WARC-Target-URI")
        found.append((record.rec_type, uri, record.content_stream().read()))
    return found


@pytest.mark.parametrize(
    ("quoted", "text", "said"),
    [
        ("he denied it", "Yesterday  he\ndenied it.", "exact"),
        ("he ‘denied’ it", "He 'denied' it", "same words"),
        ("he denied it", "he never denied, it seems", "not found"),
        ("—", "a - b", "not found"),
    ],
)
def test_how_a_text_stands(quoted: str, text: str, said: str) -> None:
    assert stands(quoted, text) == said


@given(words, words, words)
def test_what_stands_within_is_found(before: list[str], quoted: list[str], after: list[str]) -> None:
    assert stands(" ".join(quoted), "\n".join([*before, *quoted, *after])) == "exact"
