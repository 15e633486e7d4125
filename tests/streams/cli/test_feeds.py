"""Managing feeds from the command line, and what is shown while they are polled."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from schemas.feed import FeedConfig, FeedState
from streams.cli import main
from streams.cli.feeds_manage import _span, _table
from streams.cli.feeds_run import line, picture
from streams.client import Producer
from streams.feeds.book import Book, Feed, feed_id, key_of
from streams.feeds.run import Running, policy_of, web_of
from streams.feeds.schedule import Policy
from streams.feeds.tally import Tally
from streams.settings import Settings, as_environment, load
from streams.topics import declared

A, B, C = (f"https://{name}.example/rss" for name in "abc")
NOW = time.time()


@pytest.fixture
def wirespin(settings: Settings) -> Any:
    """Runs a command against a broker."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["feeds", *arguments], env=as_environment(settings))

    return run


def told(result: Result) -> dict[str, dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return {row["config"]["url"]: row for row in map(orjson.loads, result.stdout.splitlines())}


def write(settings: Settings, url: str, state: FeedState) -> None:
    """Write a state as a worker would."""

    async def send() -> None:
        topic = declared(settings)["feeds"].name
        async with Producer(settings, [topic]) as producer:
            name = feed_id(url)
            place = producer.partition_of(topic, name)
            key = key_of(name, "state").encode()
            await producer.confirm([await producer.send_to(topic, place, key, state.to_bytes(), [])])

    asyncio.run(send())


@pytest.mark.integration
def test_add_list_pause_resume_and_remove(wirespin: Any, tmp_path: Path) -> None:
    listed = tmp_path / "feeds.txt"
    listed.write_text(f"{B}\nnonsense\n")
    first = wirespin("add", A, str(listed), "--label", "world", "--full-text")
    assert (first.exit_code, "2 added, 0 known already, 1 left out" in first.stderr) == (1, True)
    assert "feeds.txt line 2" in first.stderr
    assert "1 added, 1 known already" in wirespin("add", A, C, "--title", "Sea").stderr
    known = told(wirespin("list", "--json"))
    assert {url: (row["health"], row["config"]["labels"]) for url, row in known.items()} == {
        A: (["new"], ["world"]),
        B: (["new"], ["world"]),
        C: (["new"], []),
    }
    assert known[A]["config"]["full_text"] is True
    assert known[C]["config"]["title"] == "Sea"
    assert wirespin("pause", "--label", "world").stdout == "2 paused\n"
    assert set(told(wirespin("list", "--paused", "--json"))) == {A, B}
    assert wirespin("resume", A).stdout == "1 resumed\n"
    assert told(wirespin("list", "--json"))[A]["config"]["resumed"] > 0
    removed = wirespin("remove", known[B]["id"], "https://unknown.example/")
    assert (removed.exit_code, removed.stdout) == (1, "1 removed\n")
    assert "https://unknown.example/: not known" in removed.stderr
    assert set(told(wirespin("list", "--json"))) == {A, C}
    assert wirespin("pause").exit_code == 2


@pytest.mark.integration
def test_list_by_health(wirespin: Any, settings: Settings) -> None:
    wirespin("add", A, B, C)
    fine = FeedState(interval=3_600, due=NOW + 60, tried=NOW, succeeded=NOW, changed=NOW)
    write(settings, A, fine)
    write(
        settings, B, fine.model_copy(update={"failures": 4.0, "trouble": "dns", "problem": "the name does not exist"})
    )
    write(settings, C, fine.model_copy(update={"gone": NOW}))
    assert set(told(wirespin("list", "--failing", "--json"))) == {B}
    assert set(told(wirespin("list", "--gone", "--json"))) == {C}
    shown = wirespin("list").stdout
    assert "the name does not exist (4 failures)" in shown
    assert "answered 410 on" in shown
    assert "3 feeds: 1 ok, 1 failing, 1 gone" in shown


def running() -> Running:
    """A worker that has polled a little."""
    feed = Feed(feed_id(A), FeedConfig(url=A), FeedState(interval=60.0, tried=NOW, succeeded=NOW, changed=NOW))
    tally = Tally(articles=7, in_flight=1)
    tally.polls.update({"new": 3, "not_modified": 5, "failed": 1})
    tally.troubles.update({"[bold]dns": 1})
    tally.late.extend([0.1, 0.2, 4.0])
    member = SimpleNamespace(books={0: Book(0, {feed.id: feed}, ready=True), 1: Book(1)})
    parts = {"member": member, "poller": SimpleNamespace(overdue=2), "tools": SimpleNamespace(tally=tally)}
    return cast("Running", SimpleNamespace(**parts))


def test_the_live_table_and_the_line_of_the_log_say_the_same() -> None:
    console = Console(width=120, record=True)
    console.print(picture(running(), 60.0, deque(["12:00:00 INFO a line [of] the log"])))
    shown = console.export_text()
    for text in ("1 in 2 partitions", "1 ok", "9 (9.0 a minute)", "5 not modified", "[bold]dns", "7 sent", "p99 4.0 s"):
        assert text in shown
    assert "a line [of] the log" in shown
    said = line(running())
    assert "1 feeds in 2 partitions (1 ok); polls: 1 failed, 3 new, 5 not_modified; 7 articles sent" in said
    assert "2 due, 1 under way, p99 4.0 s late" in said


def test_titles_of_feeds_are_text_and_no_markup() -> None:
    feed = Feed("feed-1", FeedConfig(url=A), FeedState(interval=60.0, title="[red]Wire[/] \x1b[2J"))
    console = Console(width=200, record=True)
    console.print(_table([(feed, {"ok"})], NOW))
    shown = console.export_text()
    assert "[red]Wire[/]" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("seconds", "said"), [(12, "12 s"), (60, "1 min"), (90, "90 s"), (600, "10 min"), (21_600, "6 h"), (259_200, "3 d")]
)
def test_lengths_of_time(seconds: float, said: str) -> None:
    assert _span(seconds) == said


def test_settings_become_a_policy_and_a_way_to_ask_the_web() -> None:
    assert policy_of(Settings()) == Policy()
    given = load(
        {"WIRESPIN_FEED_ALLOW": " 10.0.0.0/8, feeds.corp.example ", "WIRESPIN_FEED_CONTACT": "https://x.example"}
    )
    assert web_of(given.settings).allow == ("10.0.0.0/8", "feeds.corp.example")
    assert "https://x.example" in web_of(given.settings).agent
