"""The test producer as a command."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from schemas.errors import SettingsError
from schemas.events import Alert
from streams.cli.options import log_to_stderr, run_async, with_settings
from streams.events import once, said_so_far, standing, to_line
from streams.render import render
from streams.replay import Result, private_pipeline, send, settled
from streams.settings import Loaded, Settings
from streams.sources import Order, Waiting, read_articles
from streams.topics import create_missing

REJECTIONS_SHOWN = 5


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--speed", default="max", metavar="60x|max", help="Seconds of publication time a second. [default: max]")
@click.option("--order", type=click.Choice(["published", "given"]), default="published", show_default=True)
@click.option("--events", type=click.Path(dir_okay=False), help="Write every republication and alert as a JSON line.")
@click.option("--quiet", "-q", is_flag=True, help="Do not print the alerts.")
@with_settings
def replay(loaded: Loaded, paths: tuple[str, ...], speed: str, order: Order, events: str | None, quiet: bool) -> None:
    """Send articles from files into the ingest topic, in order of publication.

    PATH is a folder, a .txt seed, a .jsonl file with one article a line, or - for standard input.

    Without --broker, a whole pipeline is run for them: an embedded broker and a worker with all stages, in this
    process; it ends when everything sent has been judged. With --broker the articles go to the topics there, where a
    worker must be running; with --events it waits until they are judged, and writes what was said since it began.
    """
    settings = loaded.settings
    log_to_stderr(settings, quiet=settings.log_level == "INFO")
    rate = parse_speed(speed)
    articles = read_articles(paths, order)
    with _target(events) as target:
        result = run_async(_run(settings, articles, rate, wait=settings.embedded or target is not None))
        if result is not None:
            report(result, len(articles), target, quiet=quiet)


def parse_speed(speed: str) -> float | None:
    """Seconds of publication time a second; None for as fast as it goes.

    Raises:
        SettingsError: neither a number followed by x nor max.
    """
    if speed == "max":
        return None
    try:
        rate = float(speed.removesuffix("x"))
    except ValueError:
        rate = 0.0
    if not 0 < rate < float("inf"):
        raise SettingsError(f"'{speed}' is no speed", where="--speed", remedy="give a factor such as 60x, or max")
    return rate


def report(result: Result, sent: int, target: BinaryIO | None, *, quiet: bool) -> None:
    """Write the events, print the alerts that stand, and say what was rejected."""
    if target is not None:
        target.writelines(to_line(said) for said in once(result.events))
    console = Console(highlight=False)
    stand = standing(result.events)
    alerts = [event for event in stand if isinstance(event, Alert)]
    if not quiet:
        for event in alerts:
            render(console, event)
    found = len(stand) - len(alerts)
    counts = f"{_count(found, 'republication')}, {_count(len(alerts), 'alert')}"
    summary = f"{sent} sent, {len(result.rejected)} rejected, {counts}"
    Console(stderr=True, highlight=False).print(summary)
    for rejected in result.rejected[:REJECTIONS_SHOWN]:
        click.echo(f"rejected by {rejected.stage}: {rejected.message}", err=True)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


async def _run(settings: Settings, articles: Sequence[Waiting], rate: float | None, *, wait: bool) -> Result | None:
    """Send the articles; where asked to, see them through."""
    with _bars() as bars:
        sent = bars("sent")
        if not settings.embedded:
            await create_missing(settings)
            before = await said_so_far(settings)
            ends = await send(settings, articles, rate, lambda: sent(1, len(articles), advance=True))
            return await settled(settings, ends, _follow(bars), lambda: None, before) if wait else None
        click.echo("embedded broker and worker starting (in memory; for real use name an Apache Kafka)", err=True)
        async with private_pipeline(settings) as (own, alive):
            ends = await send(own, articles, rate, lambda: sent(1, len(articles), advance=True))
            return await settled(own, ends, _follow(bars), alive)


Bar = Callable[..., None]


@contextlib.contextmanager
def _bars() -> Iterator[Callable[[str], Bar]]:
    """Progress bars on a terminal; nothing anywhere else."""
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def bar(name: str) -> Bar:
            task = progress.add_task(name, total=None)

            def move(done: int, total: int, *, advance: bool = False) -> None:
                if advance:
                    progress.update(task, total=total, advance=done)
                else:
                    progress.update(task, total=total, completed=done)

            return move

        yield bar


def _follow(bars: Callable[[str], Bar]) -> Callable[[str, int, int], None]:
    """One bar a stage."""
    known: dict[str, Bar] = {}

    def progress(stage: str, done: int, total: int) -> None:
        if stage not in known:
            known[stage] = bars(stage)
        known[stage](done, total)

    return progress


@contextlib.contextmanager
def _target(path: str | None) -> Iterator[BinaryIO | None]:
    """The file that events go to, opened before anything is sent, so that a bad path is told at once."""
    if path is None:
        yield None
        return
    if path == "-":
        yield sys.stdout.buffer
        return
    with contextlib.ExitStack() as stack:
        try:
            opened = stack.enter_context(Path(path).open("wb"))
        except OSError as error:
            raise SettingsError(f"cannot be written: {error.strerror}", where=path) from error
        yield opened
