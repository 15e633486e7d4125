"""New, changed, or the same: over fetches in which feeds do what feeds do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wirespin.feed.parse import parse_feed
from wirespin.feed.seen import MOST_REMEMBERED, Decision, decide
from wirespin.feed.types import ParsedFeed
from wirespin.identity import article_id

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
TEXT = " ".join(f"word{number} of the harbour board's statement" for number in range(60))


def feed(*items: tuple[str, str, str], date: str = "", url: str = "https://quay.example/rss") -> ParsedFeed:
    """Items of guid, headline and text; dated if told."""
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    entries = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid><link>https://quay.example/{guid[-9:]}</link>"
        f"<description>{text}</description>{dated}</item>"
        for guid, title, text in items
    )
    document = f"<rss version='2.0'><channel><title>Quay</title>{entries}</channel></rss>"
    return parse_feed(document.encode(), {}, url, NOW)


def fetches(*feeds: ParsedFeed, apart: timedelta = timedelta(hours=1)) -> list[Decision]:
    decisions: list[Decision] = []
    remembered: dict[str, str] = {}
    for number, fetched in enumerate(feeds):
        decisions.append(decide(remembered, fetched, NOW + number * apart))
        remembered = decisions[-1].remember
    return decisions


def test_a_second_fetch_brings_nothing() -> None:
    first, second = fetches(*[feed(("1", "A", "x"), ("2", "B", "y"))] * 2)
    assert (len(first.new), len(first.changed), first.same) == (2, 0, 0)
    assert (len(second.new), len(second.changed), second.same) == (0, 0, 2)


def test_another_text_is_a_new_version_of_the_same_article() -> None:
    first, second = fetches(feed(("1", "A", "x")), feed(("1", "A", "x and y")))
    assert not second.new
    assert article_id(second.changed[0].article) == article_id(first.new[0].article)


def test_an_entry_that_comes_back_is_not_new() -> None:
    one = ("1", "A", "x")
    decisions = fetches(feed(one), feed(("2", "B", "y")), feed(one))
    assert not decisions[2].new
    assert decisions[2].same == 1


def test_a_headline_edit_that_changes_the_guid_is_a_version() -> None:
    first, second = fetches(
        feed(("ferry-to-sail", "New ferry to sail on Monday", TEXT)),
        feed(("ferry-will-sail", "New ferry will sail on Monday", TEXT)),
    )
    assert second.repaired == 1
    assert not second.new
    assert article_id(second.changed[0].article) == article_id(first.new[0].article)


def test_the_repaired_entry_keeps_its_first_id() -> None:
    titles = ["New ferry to sail on Monday", "New ferry will sail on Monday", "New ferry will sail on a Monday"]
    decisions = fetches(*(feed((f"guid-{n}", title, TEXT)) for n, title in enumerate(titles)))
    assert article_id(decisions[2].changed[0].article) == article_id(decisions[0].new[0].article)


def test_another_text_under_a_like_headline_is_another_article() -> None:
    other = " ".join(f"item{number} of the council's other minutes" for number in range(60))
    _, second = fetches(feed(("1", "Morning briefing: Monday", TEXT)), feed(("2", "Morning briefing: Tuesday", other)))
    assert (len(second.new), second.repaired) == (1, 0)


def test_no_repair_after_two_days_or_beyond_three() -> None:
    old, new = feed(("1", "New ferry to sail", TEXT)), feed(("2", "New ferry will sail", TEXT))
    assert len(fetches(old, new, apart=timedelta(days=3))[1].new) == 1
    olds = feed(*((f"a{n}", f"New ferry to sail {n}", f"{TEXT} {n * 7}") for n in range(6)))
    news = feed(*((f"b{n}", f"New ferry will sail {n}", f"{TEXT} {n * 7}") for n in range(6)))
    assert fetches(olds, news)[1].repaired == 3


def test_a_feed_that_moves_to_another_host_brings_nothing_new() -> None:
    old = feed(*((f"https://old.example/a{n}", f"T{n}", "short") for n in range(20)))
    new = feed(*((f"https://new.example/a{n}", f"T{n}", "short") for n in range(20)))
    second = fetches(old, new)[1]
    assert (len(second.new), len(second.changed), second.same) == (0, 0, 20)


def test_a_guid_given_to_another_article_is_a_new_one() -> None:
    def place(link: str, title: str, text: str) -> ParsedFeed:
        document = (
            f"<rss version='2.0'><channel><item><title>{title}</title><guid isPermaLink='false'>1</guid>"
            f"<link>https://quay.example/{link}</link><description>{text}</description></item></channel></rss>"
        )
        return parse_feed(document.encode(), {}, "https://quay.example/rss", NOW)

    other = " ".join(f"item{number} about a museum" for number in range(60))
    first, second = fetches(place("a", "New ferry to sail", TEXT), place("b", "Museum opens its wing", other))
    assert len(second.new) == 1
    assert article_id(second.new[0].article) != article_id(first.new[0].article)


def test_dates_that_move_at_every_fetch_make_no_versions() -> None:
    items = [(f"{n}", f"T{n}", "x") for n in range(5)]
    _, second = fetches(feed(*items, date="2026-11-22T10:00:00Z"), feed(*items, date="2026-11-22T11:00:00Z"))
    assert (second.changed, second.same) == ((), 5)
    assert second.problems


def test_a_date_that_is_put_right_is_a_version() -> None:
    item = ("1", "A", "x")
    _, second = fetches(feed(item, date="2026-11-22T10:00:00Z"), feed(item, date="2026-11-22T09:00:00Z"))
    assert len(second.changed) == 1


def test_what_is_remembered_is_bounded() -> None:
    remembered: dict[str, str] = {}
    for hour in range(12):
        items = [(f"{hour}-{n}", f"T{hour} {n}", "x") for n in range(100)]
        remembered = decide(remembered, feed(*items), NOW + timedelta(hours=hour)).remember
        assert len(remembered) <= 500
    many = feed(*((f"{n}", f"T{n}", "x") for n in range(2_000)))
    assert len(decide(remembered, many, NOW).remember) == MOST_REMEMBERED


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=60), max_size=5))
def test_memories_that_were_not_written_here_do_no_harm(remembered: dict[str, str]) -> None:
    fetched = feed(("1", "A", "x"), ("2", "B", TEXT))
    known = {entry.key: text for entry, text in zip(fetched.entries, remembered.values(), strict=False)}
    decision = decide(remembered | known, fetched, NOW)
    assert len(decision.new) + len(decision.changed) + decision.same == 2
    assert decide(decision.remember, fetched, NOW).same == 2
