"""Feeds: the group of commands, and one pass over some."""

from __future__ import annotations

import sys

import click

from schemas.article import Article
from schemas.errors import FeedError, FetchError
from streams.cli.feeds_check import check_feeds
from streams.cli.feeds_lists import export_feeds, import_feeds, starter_list
from streams.cli.feeds_manage import add, listed, pause, remove, resume
from streams.cli.feeds_run import run
from streams.cli.options import EXIT_FAILURE, log_to_stderr, need_broker, run_async, with_settings
from streams.client import Producer
from streams.feeds.run import fetcher_of
from streams.feeds.send import entries
from streams.settings import Loaded, Settings
from streams.topics import create_missing, declared
from wirespin.identity import article_id


@click.group()
def feeds() -> None:
    """RSS, Atom, JSON Feed and news sitemaps: poll them, manage them."""


for command in (run, add, listed, pause, resume, remove, check_feeds, import_feeds, export_feeds, starter_list):
    feeds.add_command(command)


@feeds.command("send")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL...")
@with_settings
def send(loaded: Loaded, sources: tuple[str, ...]) -> None:
    """Read feeds once and send all their entries to the ingest topic; 'feeds run' is what polls.

    An entry keeps its identity from pass to pass, so what was sent before is recognised. A feed that fails is
    reported, the others are sent, and the exit code is 1.
    """
    need_broker(loaded.settings)
    log_to_stderr(loaded.settings, quiet=True)
    if run_async(_send_all(loaded.settings, sources)):
        sys.exit(EXIT_FAILURE)


async def _send_all(settings: Settings, sources: tuple[str, ...]) -> int:
    """Send every feed; how many failed."""
    await create_missing(settings)
    topic = declared(settings)["articles"].name
    failed = 0
    async with Producer(settings, [topic]) as producer, fetcher_of(settings) as fetcher:
        for source in sources:
            try:
                articles, problems = await entries(fetcher, source, settings.feed_largest)
            except (FeedError, FetchError) as error:
                click.echo(f"wirespin: {error}", err=True)
                failed += 1
                continue
            await _send(producer, topic, articles)
            for problem in problems:
                click.echo(f"wirespin: {source}: left out: {problem}", err=True)
            click.echo(f"{source}: {len(articles)} sent, {len(problems)} left out")
    return failed


async def _send(producer: Producer, topic: str, articles: list[Article]) -> None:
    pending = [await producer.send(topic, article.to_bytes(), key=article_id(article)) for article in articles]
    await producer.confirm(pending)
