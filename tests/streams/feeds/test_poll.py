"""One poll of one feed: what is sent, what is remembered, and in which order."""

from __future__ import annotations

import pytest

from schemas.errors import FetchError, LostError, SendError
from streams.feeds.poll import CHUNK, poll
from streams.feeds.reading import read_feed
from streams.feeds.schedule import DAY
from streams.web.types import Validators
from tests.streams.feeds.fakes import NOW, URL, Answer, Bench, FakeRobots, KeepingOutbox, fetched, rss

ONE, TWO = rss(("a", "One.")), rss(("b", "Two."), ("a", "One."))
TAGS = Validators('W/"x"', "Sun, 22 Nov 2026 08:00:00 GMT")


async def polled(bench: Bench, times: int = 1) -> Bench:
    for _ in range(times):
        bench.clock.now = max(bench.clock.now, bench.feed.state.due)
        await poll(bench.book, bench.feed, bench.tools)
    return bench


def headlines(bench: Bench) -> list[str]:
    return [article.headline for article in bench.outbox.articles]


async def test_articles_are_sent_before_what_remembers_them_is_written() -> None:
    bench = await polled(Bench(fetched(ONE, validators=TAGS)))
    assert bench.outbox.order == ["articles", "seen", "state"]
    (article,) = bench.outbox.articles
    assert (article.headline, article.body, article.feed) == ("Headline a", "One.", URL)
    assert article.fetched_at == "2027-01-15T08:00:00Z"
    assert article.date_source
    state = bench.outbox.states[-1].state
    assert (state.etag, state.modified, state.title, state.sent) == (TAGS.etag, TAGS.modified, "Wire", 1)
    assert (state.tried, state.succeeded, state.changed, state.worker) == (NOW, NOW, NOW, "w")


async def test_an_article_is_sent_once_and_a_changed_one_again_under_the_same_id() -> None:
    edited = rss(("b", "Two."), ("a", "One, corrected."))
    bench = await polled(Bench(fetched(ONE), fetched(TWO), fetched(edited)), 3)
    assert headlines(bench) == ["Headline a", "Headline b", "Headline a"]
    assert bench.outbox.articles[2].body == "One, corrected."
    assert bench.outbox.articles[2].guid == bench.outbox.articles[0].guid
    assert bench.outbox.articles[2].feed == bench.outbox.articles[0].feed


async def test_the_same_body_is_not_parsed_again() -> None:
    bench = await polled(Bench(fetched(ONE)), 3)
    assert bench.parsers.asked == 1
    assert dict(bench.tools.tally.polls) == {"new": 1, "same": 2}
    assert bench.outbox.order == ["articles", "seen", "state", "state", "state"]


async def test_validators_are_sent_as_they_came_and_left_out_once_a_day() -> None:
    bench = await polled(Bench(fetched(ONE, validators=TAGS), fetched(None, validators=TAGS)), 8)
    sent = [validators for _, validators in bench.web.asked]
    assert sent[:3] == [None, TAGS, TAGS]
    assert sent.count(None) >= 2
    assert bench.tools.tally.polls["not_modified"] == 7


async def test_a_feed_whose_304_is_wrong_can_be_asked_whole_each_time() -> None:
    bench = await polled(Bench(fetched(ONE, validators=TAGS), ignore_http_cache=True), 2)
    assert [validators for _, validators in bench.web.asked] == [None, None]


async def test_a_304_renews_the_validators() -> None:
    fresh = Validators('"y"', None)
    bench = await polled(Bench(fetched(ONE, validators=TAGS), fetched(None, validators=fresh)), 2)
    assert (bench.feed.state.etag, bench.feed.state.modified) == ('"y"', None)


async def test_an_entry_without_a_date_says_that_only_its_arrival_is_known() -> None:
    (article,) = (await polled(Bench(fetched(rss(("a", "One."), date=False))))).outbox.articles
    assert (article.published_at, article.date_source) == (None, "first_seen")
    assert article.fetched_at == "2027-01-15T08:00:00Z"


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (FetchError("answered 503", trouble="status", status=503), "status"),
        (fetched(b"<html><body>Please wait</body></html>"), "feed"),
        (fetched(b""), "feed"),
    ],
)
async def test_a_failure_is_remembered_and_changes_nothing_else(answer: Answer, trouble: str) -> None:
    bench = await polled(Bench(fetched(ONE, validators=TAGS), answer, fetched(TWO)), 2)
    state = bench.outbox.states[-1].state
    assert (state.trouble, state.etag, state.succeeded) == (trouble, TAGS.etag, NOW)
    assert state.failures > 0
    assert state.problem
    await polled(bench)
    assert headlines(bench) == ["Headline a", "Headline b"]
    assert bench.feed.state.failures == 0


async def test_gone_is_remembered() -> None:
    bench = await polled(Bench(FetchError("gone", trouble="gone", status=410)))
    assert not bench.feed.runs


@pytest.mark.parametrize("fails", [0, 1, 2])
async def test_what_is_not_confirmed_is_not_remembered_and_sent_again(fails: int) -> None:
    bench = Bench(fetched(ONE), outbox=KeepingOutbox(fails=fails))
    with pytest.raises(SendError):
        await polled(bench)
    assert bench.outbox.order == ["articles", "seen", "state"][:fails]


async def test_nothing_is_written_of_a_partition_that_was_taken_away() -> None:
    bench = Bench(fetched(ONE))
    bench.book.lost = True
    with pytest.raises(LostError):
        await polled(bench)
    assert bench.outbox.order == []


async def test_a_feed_that_has_moved_is_asked_there_and_its_articles_keep_the_url_it_was_added_by() -> None:
    target = "https://new.example/rss"
    moved = fetched(ONE, final=target, permanent=target)
    bench = Bench(*[moved] * 10)
    bench.web.answers[target] = [fetched(TWO, url=target)]
    for _ in range(10):
        bench.clock.now += DAY
        await poll(bench.book, bench.feed, bench.tools)
    assert bench.feed.state.moved_to == target
    await polled(bench)
    assert bench.web.asked[-1][0] == target
    assert [article.feed for article in bench.outbox.articles] == [URL, URL]
    assert headlines(bench) == ["Headline a", "Headline b"]


PARAGRAPHS = "".join(
    f"<p>The whole text of it, part {number}: the council of town {number} met on day {number} to speak of roads.</p>"
    for number in range(20)
)
PAGE = f"<html><head><title>x</title></head><body><article>{PARAGRAPHS}</article></body></html>".encode()


def page(number: str) -> str:
    return f"https://wire.example/{number}"


async def test_a_summary_is_replaced_by_the_text_of_its_page_where_asked_for() -> None:
    bench = Bench(fetched(ONE), full_text=True)
    bench.web.answers[page("a")] = [fetched(PAGE, url=page("a"))]
    (article,) = (await polled(bench)).outbox.articles
    assert "The whole text of it" in article.body
    assert (article.guid, article.feed, bench.tools.tally.pages["read"]) == ("a", URL, 1)


@pytest.mark.parametrize("full_text", [None, False])
async def test_no_page_is_fetched_where_nobody_asked_for_it(*, full_text: bool | None) -> None:
    bench = Bench(fetched(ONE), full_text=full_text)
    bench.tools.full_text = full_text is False
    await polled(bench)
    assert [url for url, _ in bench.web.asked] == [URL]


@pytest.mark.parametrize(
    ("robots", "answer"),
    [
        ((page("a"),), fetched(PAGE)),
        ((), FetchError("answered 403", trouble="status", status=403)),
        ((), fetched(b"<html></html>", url=page("a"))),
    ],
)
async def test_the_summary_stands_where_the_page_cannot_be_had(robots: tuple[str, ...], answer: Answer) -> None:
    bench = Bench(fetched(ONE), full_text=True)
    bench.tools.robots = FakeRobots(bench.web, *robots)
    bench.web.answers[page("a")] = [answer]
    (article,) = (await polled(bench)).outbox.articles
    assert article.body == "One."
    assert bench.tools.tally.pages["failed"] == 1
    assert bench.feed.state.failures == 0


async def test_pages_are_fetched_and_remembered_by_chunks() -> None:
    names = [f"n{number}" for number in range(CHUNK + 5)]
    bench = Bench(fetched(rss(*((name, "Short.") for name in names))), full_text=True)
    for name in names:
        bench.web.answers[page(name)] = [fetched(PAGE, url=page(name))]
    await polled(bench)
    assert bench.outbox.order == ["articles", "seen", "articles", "seen", "state"]
    assert [len(seen) for seen in bench.outbox.seen] == [CHUNK, CHUNK + 5]
    assert bench.outbox.seen[0].items() <= bench.outbox.seen[1].items()


def test_an_article_that_no_broker_takes_is_left_out_and_not_looked_at_again() -> None:
    said = {"headers": {}, "url": URL, "feed": URL, "received": "2026-11-22T08:00:00+00:00", "largest": 2_000}
    body = rss(("a", "x" * 3_000), ("b", "Two."))
    told, (remembered, *articles) = read_feed(said, [body, b"{}"])
    assert [one["url"] for one in told["found"]] == [page("b")]
    assert len(articles) == told["left_out"] == 1
    assert "larger than the broker takes" in told["problems"][0]
    again, _ = read_feed(said, [body, remembered])
    assert (again["found"], again["left_out"]) == ([], 0)
