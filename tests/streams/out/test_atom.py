"""The Atom feed: read by feedparser and by our own parser, stable, whole whatever stands in a headline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.events import Event
from streams.out.atom import atom, iri, permalink
from streams.out.summary import CLAIM, LONGEST, STRONGEST
from tests.streams.out.events import alert, finding, headed, republication
from wirespin.feed.parse import parse_feed

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SELF = "https://desk.example/alerts.atom?agency=afp&outlet=Outlet"
BASE = "https://desk.example/"
HOSTILE = st.text(st.characters(codec=None), max_size=60)
"""Any characters, lone surrogates and control characters among them."""


def made(*events: Event, base_url: str | None = BASE, written: datetime | None = None) -> bytes:
    return atom(
        events,
        self_url=SELF,
        title="Alerts",
        updated=NOW,
        base_url=base_url,
        written={"a1": written} if written else None,
    )


def read(document: bytes) -> feedparser.FeedParserDict:
    found = feedparser.parse(document)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_feedparser_reads_all_that_a_reader_needs() -> None:
    found = read(made(alert()))
    assert found.version == "atom10"
    assert (found.feed.title, found.feed.id, found.feed.updated) == ("Alerts", SELF, "2026-11-22T12:00:00Z")
    entry = found.entries[0]
    assert entry.id == "urn:wirespin:event:k1"
    assert entry.title == "Framing altered: yes (0.93): Minister claims bridge is safe – Outlet"
    assert entry.updated == "2026-11-22T10:00:00Z"
    assert entry.link == "https://desk.example/alerts/a1"
    assert [(link.rel, link.href) for link in entry.links][1:] == [
        ("related", "https://o.example/c?a=1&b=2"),
        ("related", "https://afp.example/o"),
    ]
    assert [(tag.term, tag.label) for tag in entry.tags] == [("attribution_changed", "Attribution changed")]
    assert "'said' became 'claimed' (1)" in entry.summary
    content = entry.content[0].value
    assert "the minister claimed on Monday" in content
    assert "All quotations are intact." in content
    assert CLAIM in content


def test_our_own_parser_reads_it() -> None:
    found = parse_feed(made(alert(), alert("a2", "k2")), {}, SELF, NOW)
    assert (found.kind, found.problems, found.self_url) == ("atom", (), SELF)
    assert [entry.article.url for entry in found.entries] == [f"{BASE}alerts/a1", f"{BASE}alerts/a2"]
    assert [entry.article.guid for entry in found.entries] == ["urn:wirespin:event:k1", "urn:wirespin:event:k2"]
    assert "the minister claimed on Monday" in found.entries[0].article.body


def test_an_entry_keeps_its_identity_when_the_verdict_changes() -> None:
    before, after = read(made(alert("a1"))), read(made(alert("a9", time="2026-11-22T11:00:00Z")))
    assert before.entries[0].id == after.entries[0].id
    assert before.entries[0].updated < after.entries[0].updated


def test_without_a_desk_an_entry_leads_to_the_copy() -> None:
    entry = read(made(alert(), base_url=None)).entries[0]
    assert entry.link == "https://o.example/c?a=1&b=2"
    assert [link.rel for link in entry.links] == ["alternate", "related"]


def test_republications_fit_too() -> None:
    assert read(made(republication())).entries[0].id == "urn:wirespin:event:rk1"


@pytest.mark.parametrize(
    ("time", "written", "said"),
    [
        (None, None, "1970-01-01T00:00:00Z"),
        ("tomorrow", None, "1970-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", None, "1970-01-01T00:00:00Z"),
        ("2026-11-22T10:00:00", None, "2026-11-22T10:00:00Z"),
        (None, datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=1))), "2026-11-22T11:00:00Z"),
        ("2026-11-22T10:00:00Z", NOW, "2026-11-22T12:00:00Z"),
    ],
)
def test_when_an_entry_was_updated(time: str | None, written: datetime | None, said: str) -> None:
    document = made(alert(time=time), written=written)
    assert read(document).entries[0].updated == said


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://user:pw@o.example/", "no url at all", "", None])
def test_a_copy_without_a_web_address_is_not_linked(url: str | None) -> None:
    said = alert()
    document = made(said.model_copy(update={"copy_": said.copy_.model_copy(update={"url": url})}), base_url=None)
    entry = read(document).entries[0]
    assert [link.href for link in entry.links] == ["https://afp.example/o"]
    assert "<a href" not in entry.content[0].value.split("Copy", 1)[1]


def test_of_many_findings_the_strongest_are_shown_and_long_texts_are_cut() -> None:
    many = [finding(number, original="word " * 500) for number in range(9)]
    said = alert()
    entry = read(made(said.model_copy(update={"framing": said.framing.model_copy(update={"devices": many})}))).entries[
        0
    ]
    content = entry.content[0].value
    assert "claimed&#x27; (4)" in content or "claimed' (4)" in content
    assert "claimed' (5)" not in content.replace("&#x27;", "'")
    assert f"And {9 - STRONGEST} more." in content
    assert content.count("word ") <= STRONGEST * LONGEST // len("word ")
    assert f"and {9 - STRONGEST} more" in entry.summary


def test_markup_of_a_headline_is_text_in_every_reader() -> None:
    entry = read(made(headed('<script>x</script><img src=x onerror=y>&amp;"'))).entries[0]
    assert "<script>" in entry.title
    raw = fromstring(made(headed("<script>x</script>"))).findtext(".//{*}content")
    assert raw is not None
    assert "<script" not in raw
    assert "&lt;script&gt;" in raw


@given(HOSTILE, HOSTILE)
@example("\x00\x0b\x0c\x1b[2J\ud800\ufffe\u202e]]>", "\ud800")
def test_no_headline_breaks_the_feed(text: str, key: str) -> None:
    found = fromstring(made(headed(text, key=key, name=key)))
    assert len(found.findall("{*}entry")) == 1
    assert len(read(made(headed(text, key=key))).entries) == 1


@given(HOSTILE)
def test_no_url_breaks_the_feed(text: str) -> None:
    said = alert(text)
    url = f"https://o.example/{text}"
    moved = said.model_copy(update={"copy_": said.copy_.model_copy(update={"url": url})})
    for link in fromstring(made(moved)).iterfind(".//{*}link"):
        assert link.attrib["href"].isascii()


def test_a_url_keeps_what_it_says() -> None:
    assert iri("https://o.example/a%20b?c=d&e=[1]#f") == "https://o.example/a%20b?c=d&e=[1]#f"
    assert iri("https://o.example/ä<\n>") == "https://o.example/%C3%A4%3C%0A%3E"


def test_an_identity_in_a_permalink_stays_one_step_of_the_path() -> None:
    assert permalink("https://desk.example", alert("../x?y#z")) == "https://desk.example/alerts/..%2Fx%3Fy%23z"


def test_an_empty_feed_is_a_feed() -> None:
    assert read(made()).entries == []


def test_the_same_alerts_give_the_same_bytes() -> None:
    assert made(alert()) == made(alert())
