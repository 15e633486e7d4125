"""Files and folders of agencies' formats as a command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from schemas.errors import SettingsError
from streams.cli.options import EXIT_FAILURE, log_to_stderr, need_broker, run_async, with_settings
from streams.client import Producer
from streams.folder import OLD, SETTLED, Folder
from streams.following import health
from streams.ingest import STANDARD_INPUT, Ingest, Tally, TopicOutlet, follow, once
from streams.journal import Journal
from streams.served import health_port
from streams.settings import Loaded, Settings
from streams.topics import create_missing, declared


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--follow", "following", is_flag=True, help="Go on reading what comes into the folders, for ever.")
@click.option("--once", "--no-wait", "at_once", is_flag=True, help="One pass: tell what is under embargo, do not wait.")
@click.option("--journal", type=click.Path(dir_okay=False), help="Remember in this file what was read, sent and held.")
@click.option(
    "--every", type=click.FloatRange(0.1, 3600), default=2.0, show_default=True, help="Seconds between looks."
)
@with_settings
def ingest(
    loaded: Loaded, paths: tuple[str, ...], following: bool, at_once: bool, journal: str | None, every: float
) -> None:
    """Send the articles of agencies' files to the ingest topic, each once a version.

    PATH is a file, a folder that is searched with all below it, or - for JSON lines on standard input. Read are
    NewsML-G2, NewsML 1, NITF, ninjs, JSON lines, WARC, all of them gzipped too, and .txt seeds; what a file is, is told
    by its content (docs/formats.md). Whatever cannot be read is reported, the rest is sent, and the exit code is 1.

    What is under embargo is held until its time, never sent before; a later version takes its place, and a
    cancellation ends it. Without --follow the command waits for these times, unless --once is given.

    With --follow and --health-port it tells on that port how it goes (docs/metrics.md).

    With --journal a file that was read is not read again, and what is held is not forgotten. Without one everything
    is read anew at every start, which does no harm: what was sent before is recognised by the workers.
    """
    need_broker(loaded.settings)
    log_to_stderr(loaded.settings, quiet=True)
    if following and (at_once or STANDARD_INPUT in paths):
        raise SettingsError(
            "goes neither with --once nor with standard input", where="--follow", remedy="leave one out"
        )
    with Journal(_journal(journal, paths)) as memory:
        tally = run_async(_run(loaded.settings, paths, memory, every if following else None, wait=not at_once))
    click.echo(str(tally))
    if tally.bad:
        sys.exit(EXIT_FAILURE)


async def _run(
    settings: Settings, paths: tuple[str, ...], memory: Journal, every: float | None, *, wait: bool
) -> Tally:
    await create_missing(settings)
    topic = declared(settings)["articles"].name
    async with Producer(settings, [topic]) as producer:
        work = Ingest(TopicOutlet(producer, topic), memory, lambda line: click.echo(f"wirespin: {line}", err=True))
        files = [path for path in paths if path != STANDARD_INPUT]
        if every is not None:
            folder = Folder(files, OLD)
            async with health_port(settings, health(work, folder)):
                await follow(work, folder, memory, every)
        folder = Folder(files, None if wait else SETTLED)
        await once(work, folder, paths, lambda file: memory.files.get(file.path) == file, wait=wait)
    if waiting := len(work.desk.waiting()):
        click.echo(f"wirespin: {waiting} held and not sent; run again after their time", err=True)
    return work.tally


def _journal(path: str | None, paths: Iterable[str]) -> Path | None:
    """Where the journal is.

    Raises:
        SettingsError: where it would be read itself.
    """
    if path is None:
        return None
    place = Path(path)
    above = {Path(given).resolve() for given in paths}
    if not place.name.startswith(".") and not above.isdisjoint(place.resolve().parents):
        remedy = "put it elsewhere, or begin its name with a dot"
        raise SettingsError("it lies in a folder that is read", where=path, remedy=remedy)
    return place
