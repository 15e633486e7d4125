"""Learning the outlets' boilerplate, and looking at what was learned."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from schemas.boilerplate import BoilerplateLine, BoilerplateTable
from schemas.errors import SettingsError
from streams.boilerplate import read_table, write_table
from streams.cli.options import guarded, log_to_stderr, need_broker, run_async, with_settings
from streams.corpus import Log, spool_topic, spooled
from streams.settings import Loaded, Settings
from wirespin.text.boilerplate_learn import learn as learn_table


@click.group()
def boilerplate() -> None:
    """Lines that an outlet prints under many stories.

    A table is learned from a log of articles and named by the setting WIRESPIN_BOILERPLATE; ingest then leaves those
    lines out. It never changes by itself: learn again when outlets change their pages.
    """


@boilerplate.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--topic", type=click.Choice(["accepted", "articles"]), help="Learn from a topic, as far as it goes now.")
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The file to write; replaced at once.")
@with_settings
def learn(loaded: Loaded, paths: tuple[str, ...], topic: str | None, out: str) -> None:
    """Learn a table from articles.

    PATH is a folder, a .txt seed, a .jsonl file with one article a line, or - for standard input; or name a topic with
    --topic. Give at least some hundred articles of every outlet, of several days: a line counts as boilerplate when it
    stood under five different stories at the least.
    """
    settings = loaded.settings
    log_to_stderr(settings, quiet=True)
    if bool(paths) == bool(topic):
        raise SettingsError("give either paths or --topic", where="PATH", remedy="see 'wirespin boilerplate learn -h'")
    if not Path(out).absolute().parent.is_dir():
        raise SettingsError("cannot be written: no such folder", where=out)
    table, unfit = _learn_topic(settings, topic) if topic else _learn_files(paths)
    write_table(table, out)
    left_out = f", {unfit} unfit left out" if unfit else ""
    counts = f"{table.articles} articles of {table.outlets} outlets{left_out}"
    click.echo(f"{counts}: {len(table.lines)} lines written to {out}", err=True)


def _learn_files(paths: tuple[str, ...]) -> tuple[BoilerplateTable, int]:
    """The table of some files, and how many articles were unfit."""
    with spooled() as place:
        if "-" in paths:
            with Path(place).open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
        log = Log(*(place if path == "-" else path for path in paths))
        return learn_table(log), log.unfit


def _learn_topic(settings: Settings, topic: str) -> tuple[BoilerplateTable, int]:
    """The table of a topic, and how many records were unfit."""
    need_broker(settings)
    with spooled() as place:
        unfit = run_async(spool_topic(settings, topic, place))
        return learn_table(Log(place)), unfit


@boilerplate.command()
@click.argument("file", type=click.Path())
@click.option("--outlet", help="Only the lines of this outlet: its host, or its name.")
@click.option("--debug", is_flag=True, hidden=True)
def show(file: str, outlet: str | None, debug: bool) -> None:
    """Print the lines of a table: whose, in how many articles, when last seen, and where it is cut.

    The file is JSON and may be edited: take out what should stay, add what should go.
    """
    guarded(lambda: _show(file, outlet), debug=debug)


def _show(file: str, outlet: str | None) -> None:
    table = read_table(file)
    lines = [line for line in table.lines if outlet is None or line.outlet == outlet.casefold()]
    if not lines:
        click.echo(f"no lines{f' of {outlet}' if outlet else ''} in {file}", err=True)
        return
    Console(highlight=False).print(_table(lines))


def _table(lines: list[BoilerplateLine]) -> Table:
    shown = Table(box=None, pad_edge=False)
    for name in ("outlet", "cut as", "articles", "share", "last seen", "text"):
        shown.add_column(name, justify="right" if name in ("articles", "share") else "left")
    for line in lines:
        cells = (line.outlet, line.form, str(line.articles), f"{line.share:.1%}", line.last or "")
        shown.add_row(*cells, " ".join(line.text.split()).replace("[", r"\["))
    return shown
