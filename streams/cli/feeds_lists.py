"""Lists of feeds going in and out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from schemas.errors import SettingsError
from streams.cli.feeds_manage import added
from streams.cli.options import EXIT_FAILURE, guarded, log_to_stderr, need_broker, run_async, with_settings
from streams.feeds.book import Feed
from streams.feeds.desk import all_feeds
from streams.feeds.lists import exported, starter, starter_feeds
from streams.feeds.sources import Named, named
from streams.settings import Loaded, Settings
from streams.topics import create_missing


@click.command("import")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--starter", "with_starter", is_flag=True, help="The list that wirespin brings along; see 'feeds starter'."
)
@click.option("--label", "labels", multiple=True, metavar="LABEL", help="Group them; may be given several times.")
@with_settings
def import_feeds(loaded: Loaded, files: tuple[str, ...], with_starter: bool, labels: tuple[str, ...]) -> None:
    """Add the feeds of lists: OPML, or text with a URL a line. Folders become labels.

    A bad line is told with its number, the others are added, and the exit code is 1. What is known already stays as it
    is, so a list may be imported again.
    """
    if not files and not with_starter:
        raise click.UsageError("name a FILE, or --starter")
    need_broker(loaded.settings)
    log_to_stderr(loaded.settings, quiet=True)
    found = gathered(files, with_starter, labels)
    run_async(added(loaded.settings, found))
    if found.problems:
        sys.exit(EXIT_FAILURE)


def gathered(files: tuple[str, ...], with_starter: bool, labels: tuple[str, ...]) -> Named:
    """The feeds of all lists, with the labels given added to their own.

    Raises:
        FeedError: a file cannot be read, or names no feed.
    """
    found = named(files)
    if with_starter:
        brought = starter_feeds()
        found.problems += brought.problems
        found.feeds = brought.feeds | found.feeds
    for name, config in found.feeds.items():
        joined = list(dict.fromkeys([*config.labels, *labels]))
        found.feeds[name] = config.model_copy(update={"labels": joined})
    return found


@click.command("export")
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--label", help="Only those with this label.")
@with_settings
def export_feeds(loaded: Loaded, file: str | None, label: str | None) -> None:
    """Write the feeds as OPML, labels as folders; to standard output where no FILE is named."""
    need_broker(loaded.settings)
    log_to_stderr(loaded.settings, quiet=True)
    known = run_async(_known(loaded.settings))
    chosen = [feed for feed in known if label is None or label in feed.config.labels]
    if file is None:
        click.echo(exported(chosen), nl=False)
        return
    try:
        Path(file).write_bytes(exported(chosen))
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", where=file) from error
    click.echo(f"{len(chosen)} feeds written to {file}", err=True)


@click.command("starter")
def starter_list() -> None:
    """Print the list of feeds that wirespin brings along, as OPML.

    News agencies whose feeds or news sitemaps are public, and world news of large outlets. The addresses were collected
    from public lists, not asked. 'feeds import --starter' adds them; edit a copy and import that to choose.
    """
    guarded(lambda: click.echo(starter(), nl=False), debug=False)


async def _known(settings: Settings) -> list[Feed]:
    await create_missing(settings)
    return list((await all_feeds(settings)).values())
