"""Telling a person what is wrong with a feed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator

import click
import orjson

from streams.cli.options import EXIT_FAILURE, log_to_stderr, run_async, with_settings
from streams.feeds.check import check
from streams.feeds.facts import Answer, Body, Facts, FeedFacts
from streams.feeds.findings import Finding, findings, next_interval
from streams.feeds.run import policy_of, web_of
from streams.feeds.schedule import Policy
from streams.feeds.spans import span
from streams.settings import Loaded, Settings
from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.robots import Robots
from streams.web.words import shown

SPACING = 1.0
"""Seconds between two requests to one host: a person waits for three of them, which is not a poll."""

AT_ONCE = 8
"""Feeds checked at a time."""

WIDTH = 2_000
"""Characters of a line."""

Line = tuple[str, str]
"""What a line is about, and what it says."""


@click.command("check")
@click.argument("sources", nargs=-1, required=True, metavar="URL|FILE...")
@click.option("--json", "as_json", is_flag=True, help="One feed a line: all facts, and the findings.")
@with_settings
def check_feeds(loaded: Loaded, sources: tuple[str, ...], as_json: bool) -> None:
    """Tell what is wrong with feeds, without a broker and without adding them.

    Fetches each as polling would, asks a second time with its validators, reads it, and shows what would be sent of its
    first entry. Exit code 1 if there is an error: nothing can be had of that feed.
    """
    log_to_stderr(loaded.settings, quiet=True)
    policy = policy_of(loaded.settings)
    bad = False
    for number, facts in enumerate(run_async(checked(loaded.settings, sources))):
        found = findings(facts, policy)
        bad = bad or any(one.grade == "error" for one in found)
        if as_json:
            click.echo(orjson.dumps({"facts": facts, "interval": next_interval(facts, policy), "findings": found}))
            continue
        click.echo("\n" * bool(number) + shown(facts.source, WIDTH))
        for what, text in report(facts, found, policy):
            click.echo(f"  {what:<9} {shown(text, WIDTH)}")
    if bad:
        sys.exit(EXIT_FAILURE)


async def checked(settings: Settings, sources: tuple[str, ...]) -> list[Facts]:
    """All about some feeds, in their order.

    Raises:
        SettingsError: an entry of the allowed hosts is neither a network nor a host.
    """
    spacing = min(SPACING, settings.feed_host_spacing)
    async with Fetcher(web_of(settings), hosts=Hosts(settings.feed_host_concurrency, spacing)) as fetcher:
        robots, free = Robots(fetcher), asyncio.Semaphore(AT_ONCE)

        async def one(source: str) -> Facts:
            async with free:
                return await check(source, fetcher, robots)

        return await asyncio.gather(*(one(source) for source in sources))


def report(facts: Facts, found: list[Finding], policy: Policy) -> Iterator[Line]:
    """The lines that a person reads."""
    if facts.answer is not None:
        yield from _answer(facts.answer)
    elif facts.refusal is not None and len(facts.refusal.hops) > 1:
        yield "way", " -> ".join(facts.refusal.hops)
    if facts.body is not None:
        yield from _body(facts.body)
    if facts.feed is not None:
        yield from _feed(facts.feed, facts)
    if facts.feed is not None and facts.answer is not None:
        yield "polling", f"every {span(next_interval(facts, policy))} at first; {_validators(facts)}"
    for one in found:
        yield one.grade, f"{one.text}{f' ({one.remedy})' if one.remedy else ''}"
    if not any(one.grade != "note" for one in found):
        yield "good", "nothing is wrong with it"
    if facts.first is not None:
        yield "sent", orjson.dumps(facts.first).decode()


def _answer(answer: Answer) -> Iterator[Line]:
    if len(answer.hops) > 1:
        yield "way", " -> ".join(answer.hops)
    freshness = [f"{name}: {value}" for name, value in _asked_for(answer).items() if value]
    told = [f"{answer.status} in {answer.took:.2f} s", answer.content_type or "no content type", *freshness]
    yield "answer", ", ".join(told)


def _asked_for(answer: Answer) -> dict[str, str | None]:
    return {"Cache-Control": answer.cache_control, "Expires": answer.expires}


def _body(body: Body) -> Iterator[Line]:
    stated = (
        f"header {body.by_header or 'none'}, document {body.by_document or 'none'}, bytes {body.real or 'unproved'}"
    )
    yield "body", f"{body.kind}, {body.size:,} bytes; encoding: {stated}"


def _feed(feed: FeedFacts, facts: Facts) -> Iterator[Line]:
    about = [feed.kind, repr(feed.title) if feed.title else "no title", feed.language or "no language"]
    yield "feed", f"{', '.join(about)}{f', of {feed.home}' if feed.home else ''}"
    entries = feed.entries
    counts = {
        "with full text": sum(entry.full for entry in entries),
        "with an exact date": sum(entry.date == "published_at" for entry in entries),
        "with an identifier": sum(entry.guid is not None for entry in entries),
        "with a language": sum(bool(entry.language or feed.language) for entry in entries),
    }
    newest = max((entry.time for entry in entries if entry.time), default=None)
    age = f"; the newest is {span(max(0.0, (facts.at - newest).total_seconds()))} old" if newest else ""
    yield "entries", f"{len(entries)}: {', '.join(f'{count} {what}' for what, count in counts.items())}{age}"
    if feed.hub:
        yield "hub", feed.hub
    if facts.page is not None:
        yield "pages", f"robots.txt {'allows' if facts.robots else 'forbids'} {facts.page}"


def _validators(facts: Facts) -> str:
    told = {
        "not_modified": "validators work (304)",
        "same": "validators are not listened to",
        "changed": "it differed when asked again",
        "failed": "asking again failed",
        "not_asked": "no validators",
    }
    return told[facts.again]
