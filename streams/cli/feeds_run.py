"""Polling feeds: a live table on a terminal, lines of a log elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Iterator

import click
from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from streams.background import Background, until_stopped
from streams.cli.feeds_manage import added
from streams.cli.options import log_to_stderr, need_broker, run_async, with_settings
from streams.feeds.health import Health, count, health
from streams.feeds.run import Running, polling
from streams.feeds.served import health_port
from streams.feeds.sources import named
from streams.settings import Loaded, Settings
from streams.worker import end_process, told_to_stop

log = logging.getLogger(__name__)

SAY_EVERY = 60.0
"""Seconds between two lines of the log."""

SHOW_EVERY = 1.0
"""Seconds between two pictures of the table."""

LINES = 8
"""Lines of the log that stand below the table."""


@click.command("run")
@click.argument("sources", nargs=-1, metavar="[FEEDS]...")
@with_settings
def run(loaded: Loaded, sources: tuple[str, ...]) -> None:
    """Poll feeds politely and for ever, and send what is new to the ingest topic.

    FEEDS (URLs, OPML files, text files with a URL a line) are added first, as 'feeds add' would. Start as many
    workers as you like: they share the feeds by partition, and take over from one that ends. Stops on SIGTERM or
    Ctrl-C within ten seconds; ends with code 70 when it cannot go on: let systemd, Docker or Kubernetes start it
    again. On a terminal it shows a live table.
    """
    settings = loaded.settings
    need_broker(settings)
    console = Console(stderr=True, highlight=False)
    log_to_stderr(settings)
    run_async(_run(settings, sources, console if console.is_terminal else None))


async def _run(settings: Settings, sources: tuple[str, ...], console: Console | None) -> None:
    if sources:
        await added(settings, named(sources))
    stop = asyncio.Event()
    with told_to_stop(stop):
        async with polling(settings) as running, health_port(settings, running):
            with _shown(console) as table:
                async with Reporter(running, table):
                    if error := await until_stopped(stop, running.failed):
                        await end_process(error)


class Reporter(Background):
    """Says how polling goes: in the table where there is one, else in the log, as an async context manager.

    Args:
        running: the worker.
        table: what is shown, and the last lines of the log.
    """

    def __init__(self, running: Running, table: tuple[Live, deque[str]] | None) -> None:
        self._running, self._table = running, table
        self._began = time.monotonic()

    async def _go_on(self) -> None:
        while True:
            if self._table is None:
                await asyncio.sleep(SAY_EVERY)
                log.info("%s", line(self._running))
            else:
                live, lines = self._table
                live.update(picture(self._running, time.monotonic() - self._began, lines))
                await asyncio.sleep(SHOW_EVERY)


def line(running: Running) -> str:
    """How polling goes, in a line of the log."""
    tally = running.tools.tally
    words = ", ".join(f"{number} {word}" for word, number in healths(running).items() if number)
    polls = ", ".join(f"{number:,} {what}" for what, number in sorted(tally.polls.items()))
    return (
        f"{_feeds(running):,} feeds in {len(running.member.books)} partitions ({words or 'none'}); polls: "
        f"{polls or 'none'}; {tally.articles:,} articles sent; {running.poller.overdue} due, {tally.in_flight} under "
        f"way, p99 {tally.lateness(0.99):.1f} s late"
    )


def picture(running: Running, seconds: float, lines: deque[str]) -> Group:
    """How polling goes, as a table."""
    tally = running.tools.tally
    total = sum(tally.polls.values())
    table = Table(box=None, show_header=False, pad_edge=False)
    rows = {
        "feeds": f"{_feeds(running):,} in {len(running.member.books)} partitions",
        "health": ", ".join(f"{number:,} {word}" for word, number in healths(running).items() if number),
        "polls": f"{total:,} ({60 * total / max(1.0, seconds):.1f} a minute), {tally.in_flight} under way, "
        f"{running.poller.overdue} due",
        "answers": ", ".join(f"{number:,} {what.replace('_', ' ')}" for what, number in sorted(tally.polls.items())),
        "failures": ", ".join(f"{number:,} {what}" for what, number in tally.troubles.most_common(6)),
        "articles": f"{tally.articles:,} sent, {tally.left_out:,} entries left out, {tally.pages['read']:,} pages read",
        "late": f"p50 {tally.lateness(0.5):.1f} s, p99 {tally.lateness(0.99):.1f} s",
    }
    for name, value in rows.items():
        table.add_row(f"[bold]{name}[/]", escape(value))
    return Group(table, Text("\n".join(lines), style="dim"))


def healths(running: Running) -> dict[Health, int]:
    """How many feeds at hand are how."""
    now = time.time()
    books = running.member.books.values()
    return count(health(feed.config, feed.state, now) for book in books for feed in book.feeds.values())


def _feeds(running: Running) -> int:
    return sum(len(book.feeds) for book in running.member.books.values())


class _Lines(logging.Handler):
    """Keeps the last lines of the log, to stand below the table."""

    def __init__(self, lines: deque[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))


@contextlib.contextmanager
def _shown(console: Console | None) -> Iterator[tuple[Live, deque[str]] | None]:
    """The table while it is shown, with the log's lines below it instead of through it; None without a terminal."""
    if console is None:
        yield None
        return
    lines: deque[str] = deque(maxlen=LINES)
    root = logging.getLogger()
    before, handler = root.handlers[:], _Lines(lines)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S"))
    root.handlers[:] = [handler]
    try:
        with Live(console=console, refresh_per_second=4, transient=True) as live:
            yield live, lines
    finally:
        root.handlers[:] = before
