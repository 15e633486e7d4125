"""What is wrong with a feed, from made facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from schemas.accepted import DateSource
from schemas.errors import Trouble
from streams.feeds.facts import Answer, Body, EntryFacts, Facts, FeedFacts, Refusal
from streams.feeds.findings import Finding, findings, next_interval
from streams.feeds.health import SILENT_AFTER
from streams.feeds.schedule import Policy

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://wire.example/rss"
POLICY = Policy()


def entry(number: int, **changes: object) -> EntryFacts:
    time = NOW - timedelta(hours=3 * number)
    made = EntryFacts(
        name=f"Story {number}", guid=f"g-{number}", url=f"https://wire.example/{number}", full=True, characters=3_000,
        raw_date=time.isoformat(), date="published_at", time=time, language="en",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


ENTRIES = tuple(entry(number) for number in range(1, 11))
GOOD = Facts(
    source=URL,
    at=NOW,
    answer=Answer(hops=(URL,), content_type="application/rss+xml; charset=utf-8", etag='"1"', took=0.2),
    again="not_modified",
    body=Body(size=9_000, kind="xml", by_header="utf-8", by_document="UTF-8", real="utf-8", readable=True),
    feed=FeedFacts(kind="rss", title="Wire", language="en", entries=ENTRIES),
)


def said(facts: Facts, policy: Policy = POLICY) -> dict[str, Finding]:
    return {one.code: one for one in findings(facts, policy)}


def with_feed(**changes: object) -> Facts:
    assert GOOD.feed
    return replace(GOOD, feed=replace(GOOD.feed, **changes))  # type: ignore[arg-type]


def with_answer(**changes: object) -> Facts:
    assert GOOD.answer
    return replace(GOOD, answer=replace(GOOD.answer, **changes))  # type: ignore[arg-type]


def with_body(**changes: object) -> Facts:
    assert GOOD.body
    return replace(GOOD, body=replace(GOOD.body, **changes))  # type: ignore[arg-type]


def test_of_a_good_feed_only_its_interval_is_noted() -> None:
    assert [(one.grade, one.code) for one in findings(GOOD, POLICY)] == [("note", "interval")]


@pytest.mark.parametrize("trouble", get_args(Trouble))
def test_every_trouble_is_an_error_that_says_what_helps(trouble: Trouble) -> None:
    facts = Facts(URL, NOW, refusal=Refusal(trouble, "it went wrong", status=500 if trouble == "status" else None))
    (finding,) = findings(facts, POLICY)
    assert (finding.grade, finding.code, finding.text) == ("error", trouble, "it went wrong")
    assert finding.remedy


@pytest.mark.parametrize(
    ("status", "word"), [(401, "ask"), (403, "ask"), (404, "slip"), (429, "often"), (502, "later")]
)
def test_a_status_is_explained(status: int, word: str) -> None:
    facts = Facts(URL, NOW, refusal=Refusal("status", f"answered {status}", status=status, retry_after=7_200))
    found = said(facts)
    assert word in found["status"].remedy
    assert "2 hours" in found["retry_after"].text


def test_what_an_error_advises_itself_goes_before() -> None:
    facts = Facts(URL, NOW, refusal=Refusal("redirects", "in a circle", remedy="do this"))
    assert said(facts)["redirects"].remedy == "do this"


def test_how_an_address_is_allowed_is_told_by_its_setting() -> None:
    facts = Facts(URL, NOW, refusal=Refusal("address", "not asked", remedy="add it to the allowed hosts"))
    assert "WIRESPIN_FEED_ALLOW" in said(facts)["address"].remedy


def test_a_file_that_is_none() -> None:
    (finding,) = findings(Facts("x", NOW, refusal=Refusal(None, "neither a file nor an http(s) URL")), POLICY)
    assert (finding.grade, finding.code) == ("error", "file")


def test_redirects_for_good_and_for_now() -> None:
    hops = (URL, "https://new.example/rss")
    assert "moved" not in said(with_answer(hops=hops))
    assert said(with_answer(hops=hops))["redirected"].grade == "note"
    moved = said(with_answer(hops=hops, permanent=hops[1]))["moved"]
    assert moved.grade == "warning"
    assert hops[1] in moved.text
    assert said(with_answer(hops=hops, downgraded=True))["downgraded"].grade == "warning"


@pytest.mark.parametrize(
    ("again", "code", "grade"),
    [("same", "validators_ignored", "note"), ("changed", "changes", "note"), ("failed", "second_failed", "warning")],
)
def test_asking_twice(again: str, code: str, grade: str) -> None:
    assert said(replace(GOOD, again=again))[code].grade == grade  # type: ignore[arg-type]


def test_a_server_without_validators() -> None:
    found = said(replace(with_answer(etag=None, modified=None), again="not_asked"))
    assert "9,000 bytes" in found["no_validators"].text


def test_a_page_in_place_of_a_feed_names_its_feeds() -> None:
    page = Body(size=5, kind="html", links=("https://wire.example/a", "https://wire.example/b"))
    found = findings(replace(GOOD, body=page, feed=None, not_feed="an HTML page, not a feed"), POLICY)
    assert (found[0].grade, found[0].code) == ("error", "html")
    assert "https://wire.example/a, https://wire.example/b" in found[0].remedy


def test_other_things_in_place_of_a_feed() -> None:
    assert said(replace(with_body(kind="empty", size=0), feed=None, not_feed="x"))["empty"].grade == "error"
    assert said(replace(with_body(kind="json"), feed=None, not_feed="JSON, no feed"))["no_feed"].grade == "error"


def test_encodings_that_differ_or_lie() -> None:
    assert "encodings_differ" not in said(with_body(by_header="UTF_8"))
    differing = said(with_body(by_header="iso-8859-1"))["encodings_differ"]
    assert differing.grade == "note"
    assert "it is utf-8" in differing.text
    lying = said(with_body(by_header="ascii", readable=False))["encoding"]
    assert (lying.grade, "it is utf-8" in lying.text) == ("warning", True)
    assert "may be wrong" in said(with_body(readable=False, real=None))["encoding"].text


def test_a_content_type_that_names_something_else() -> None:
    assert "text/html" in said(with_answer(content_type="text/html"))["content_type"].text
    assert "content_type" not in said(with_answer(content_type="text/xml"))
    assert "content_type" not in said(with_answer(content_type=None))


def test_a_feed_without_entries_and_a_silent_one() -> None:
    assert said(with_feed(entries=()))["no_entries"].grade == "warning"
    old = NOW - timedelta(seconds=SILENT_AFTER + 1)
    assert "14 days" in said(with_feed(entries=(entry(1, time=old),)))["silent"].text
    edge = NOW - timedelta(seconds=SILENT_AFTER)
    assert "silent" not in said(with_feed(entries=(entry(1, time=edge),)))


@pytest.mark.parametrize("kind", [kind for kind in get_args(DateSource) if kind != "published_at"])
def test_every_kind_of_wrong_date_is_told_with_examples(kind: DateSource) -> None:
    wrong = [entry(number, date=kind, raw_date=f"date {number}") for number in range(20, 25)]
    found = said(with_feed(entries=(*ENTRIES, *wrong)))[f"date_{kind}"]
    assert found.grade == "warning"
    assert found.text.startswith("5 of 15 entries")
    if kind != "missing":
        assert found.text.endswith("'date 20', 'date 21', 'date 22'")
    assert said(with_feed(entries=tuple(wrong)))[f"date_{kind}"].text.startswith("all entries")


def test_identifiers_shared_or_missing() -> None:
    assert "'g' 3 times" in said(with_feed(shared={"g": 3}))["guid_shared"].text
    linked = said(with_feed(entries=(entry(1, guid=None), entry(2))))
    assert linked["guid_missing"].text.startswith("1 of 2 entries")
    assert "unnamed" not in linked
    assert said(with_feed(entries=(entry(1, guid=None, url=None), entry(2))))["unnamed"].grade == "warning"


def test_summaries_and_whether_the_pages_may_be_read() -> None:
    entries = (entry(1, full=False), entry(2))
    found = said(replace(with_feed(entries=entries), page="https://wire.example/1", robots=True))["summary"]
    assert found.text == "1 of 2 entries have a summary, not the text"
    assert "--full-text" in found.remedy
    forbidden = said(replace(with_feed(entries=entries), page="https://wire.example/1", robots=False))["summary"]
    assert "robots.txt forbids" in forbidden.text
    headlines = tuple(entry(number, full=False, characters=10) for number in range(5))
    assert "no entry has more than 200" in said(with_feed(entries=headlines))["summary"].text


def test_the_interval_follows_what_is_asked_for() -> None:
    assert next_interval(GOOD, POLICY) == POLICY.interval
    assert next_interval(with_feed(every=43_200.0), POLICY) == 43_200
    assert next_interval(with_answer(fresh_for=1e9), POLICY) == POLICY.most
    assert next_interval(with_feed(every=60.0), replace(POLICY, interval=60.0)) == POLICY.least
    text = said(replace(with_feed(every=43_200.0)))["interval"].text
    assert text == "is asked every 12 hours at first; the feed asks for 12 hours"


def test_a_feed_that_is_shorter_than_the_interval() -> None:
    fast = tuple(entry(number, time=NOW - timedelta(minutes=number)) for number in range(1, 30))
    assert "28 minutes" in said(with_feed(entries=fast))["overruns"].text
    assert "overruns" not in said(with_feed(entries=fast), replace(POLICY, interval=600.0))


def test_what_the_parser_passed_over_the_hub_and_the_language() -> None:
    found = said(with_feed(problems=("is cut off",), hub="https://hub.example/", language=None, entries=(
        entry(1, language=None),
    )))  # fmt: skip
    assert found["document"].text == "is cut off"
    assert "https://hub.example/" in found["hub"].text
    assert found["language"].grade == "note"


def test_the_worst_comes_first() -> None:
    facts = replace(with_answer(content_type="text/html", downgraded=True), feed=None, not_feed="no feed")
    grades = [one.grade for one in findings(facts, POLICY)]
    assert grades == sorted(grades, key=("error", "warning", "note").index)
    assert grades[0] == "error"
