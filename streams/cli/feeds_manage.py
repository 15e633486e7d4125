"""Adding, listing, pausing, resuming and removing feeds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, get_args

import click
import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.errors import FeedError
from schemas.feed import FeedConfig
from streams.cli.options import EXIT_FAILURE, log_to_stderr, need_broker, run_async, with_settings
from streams.feeds.book import Feed, feed_id
from streams.feeds.desk import add as add_feeds
from streams.feeds.desk import all_feeds, configure
from streams.feeds.health import Health, count, health
from streams.feeds.sources import Named, named
from streams.settings import Loaded, Settings
from streams.topics import create_missing
from streams.web.words import printable

WIDE = 600
"""Columns of what is written to a pipe, so that a feed stands on one line."""

Change = Callable[[FeedConfig], FeedConfig | None]
"""What a command makes of what was asked for; None removes the feed."""


@click.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="URL|FILE...")
@click.option("--label", "labels", multiple=True, metavar="LABEL", help="Group them; may be given several times.")
@click.option("--title", help="A name for the feed.")
@click.option("--full-text/--no-full-text", default=None, help="Fetch the page where the feed has only a summary.")
@click.option("--ignore-http-cache", is_flag=True, help="Ask whole each time; for servers whose 304 is wrong.")
@with_settings
def add(
    loaded: Loaded, sources: tuple[str, ...], labels: tuple[str, ...], title: str | None, full_text: bool | None,
    ignore_http_cache: bool,
) -> None:  # fmt: skip
    """Add feeds: URLs, OPML files, or text files with a URL a line. What is known already stays as it is."""
    _ready(loaded.settings)
    found = named(sources)
    given = {"title": title, "full_text": full_text, "ignore_http_cache": ignore_http_cache or None}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    for name, config in found.feeds.items():
        more = {"labels": [*config.labels, *(label for label in labels if label not in config.labels)]}
        found.feeds[name] = config.model_copy(update=changes | more)
    run_async(added(loaded.settings, found))
    if found.problems:
        sys.exit(EXIT_FAILURE)


async def added(settings: Settings, found: Named) -> None:
    """Add feeds and say what became of what was given."""
    await create_missing(settings)
    fresh = await add_feeds(settings, found.feeds)
    for problem in found.problems:
        click.echo(f"wirespin: left out: {problem}", err=True)
    told = f"{len(fresh)} added, {len(found.feeds) - len(fresh)} known already, {len(found.problems)} left out"
    click.echo(told, err=True)


@click.command("list")
@click.option("--silent", "only", flag_value="silent", help="Only those that answer but have had nothing new.")
@click.option("--failing", "only", flag_value="failing", help="Only those that fail.")
@click.option("--moved", "only", flag_value="moved", help="Only those that are, or say they are, elsewhere.")
@click.option("--gone", "only", flag_value="gone", help="Only those that answered 410 and are muted.")
@click.option("--paused", "only", flag_value="paused", help="Only those that are paused.")
@click.option("--label", help="Only those with this label.")
@click.option("--json", "as_json", is_flag=True, help="One feed a line, with all that is known of it.")
@with_settings
def listed(loaded: Loaded, only: str | None, label: str | None, as_json: bool) -> None:
    """List the feeds and how they are: new, ok, silent, failing, moved, gone, paused."""
    _ready(loaded.settings)
    now = time.time()
    feeds = [
        (feed, health(feed.config, feed.state, now))
        for feed in sorted(run_async(_known(loaded.settings)).values(), key=lambda feed: feed.config.url)
        if label is None or label in feed.config.labels
    ]
    shown = [(feed, said) for feed, said in feeds if only is None or only in said]
    if as_json:
        for feed, said in shown:
            click.echo(orjson.dumps(_as_data(feed, said)))
        return
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDE).print(_table(shown, now))
    totals = ", ".join(f"{number} {word}" for word, number in count(said for _, said in feeds).items() if number)
    click.echo(f"{len(feeds)} feeds{': ' + totals if totals else ''}")


def _as_data(feed: Feed, said: set[Health]) -> dict[str, Any]:
    state = feed.state.model_dump(mode="json", exclude_none=True)
    return {"id": feed.id, "health": _words(said), "config": feed.config.model_dump(mode="json"), "state": state}


def _table(feeds: Sequence[tuple[Feed, set[Health]]], now: float) -> Table:
    table = Table("health", "feed", "every", "last new", "sent", "next", "what", box=None, pad_edge=False)
    for feed, said in feeds:
        state = feed.state
        due = "-" if not feed.runs else _span(max(0.0, state.due - now))
        new = f"{_span(now - state.changed)} ago" if state.changed else "-"
        title = feed.config.title or state.title
        name = f"{feed.config.url} ({title})" if title else feed.config.url
        table.add_row(
            " ".join(_words(said)), escape(printable(name)), _span(state.interval), new,
            f"{state.sent:,}", due, escape(printable(_what(feed))),
        )  # fmt: skip
    return table


def _what(feed: Feed) -> str:
    """What a person should know of a feed that is not well."""
    state = feed.state
    if state.gone is not None:
        return f"answered 410 on {datetime.fromtimestamp(state.gone, UTC):%Y-%m-%d}"
    if state.problem:
        return f"{state.problem} ({state.failures:g} failures)"
    if state.moved_to:
        return f"asked at {state.moved_to}"
    return f"says it is at {state.redirect} ({state.redirect_count} times)" if state.redirect else ""


def _words(said: set[Health]) -> list[Health]:
    return [word for word in get_args(Health) if word in said]


def _span(seconds: float) -> str:
    """A length of time, short: 12 s, 10 min, 6 h, 3 d."""
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


@click.command("pause")
@click.argument("feeds", nargs=-1, metavar="URL|ID...")
@click.option("--label", help="All feeds with this label.")
@with_settings
def pause(loaded: Loaded, feeds: tuple[str, ...], label: str | None) -> None:
    """Stop polling feeds; what they have had stays known."""
    _change(loaded.settings, feeds, label, "paused", lambda config: config.model_copy(update={"paused": True}))


@click.command("resume")
@click.argument("feeds", nargs=-1, metavar="URL|ID...")
@click.option("--label", help="All feeds with this label.")
@with_settings
def resume(loaded: Loaded, feeds: tuple[str, ...], label: str | None) -> None:
    """Poll paused feeds again, and those that were gone; each is due at once."""
    now = {"paused": False, "resumed": time.time()}
    _change(loaded.settings, feeds, label, "resumed", lambda config: config.model_copy(update=now))


@click.command("remove")
@click.argument("feeds", nargs=-1, metavar="URL|ID...")
@click.option("--label", help="All feeds with this label.")
@with_settings
def remove(loaded: Loaded, feeds: tuple[str, ...], label: str | None) -> None:
    """Forget feeds, and what they have had."""
    _change(loaded.settings, feeds, label, "removed", lambda _: None)


def _change(settings: Settings, feeds: tuple[str, ...], label: str | None, done: str, change: Change) -> None:
    """Change the feeds that are named, and say how many they were; one that is not known is an error."""
    if not feeds and label is None:
        raise click.UsageError("name feeds, or a --label")
    _ready(settings)
    changed, missing = run_async(_changed(settings, feeds, label, change))
    click.echo(f"{changed} {done}")
    if missing:
        raise FeedError("not known", where=", ".join(missing), remedy="see 'wirespin feeds list'")


async def _changed(
    settings: Settings, feeds: tuple[str, ...], label: str | None, change: Change
) -> tuple[int, list[str]]:
    known = await _known(settings)
    wanted = {feed if feed in known else feed_id(feed): feed for feed in feeds}
    chosen = {name for name in wanted if name in known}
    chosen |= {name for name, feed in known.items() if label is not None and label in feed.config.labels}
    await configure(settings, {name: change(known[name].config) for name in sorted(chosen)})
    return len(chosen), [given for name, given in wanted.items() if name not in known]


async def _known(settings: Settings) -> dict[str, Feed]:
    await create_missing(settings)
    return await all_feeds(settings)


def _ready(settings: Settings) -> None:
    need_broker(settings)
    log_to_stderr(settings, quiet=True)
