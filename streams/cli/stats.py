"""Counting who republishes whom, how altered and how fast."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import click
import orjson
from rich.console import Console

from schemas.errors import RecordError, SettingsError
from schemas.events import Event, Republication
from streams.cli.export import passed_over
from streams.cli.filtering import filter_of, filtering
from streams.cli.options import log_to_stderr, need_broker, run_async, with_settings
from streams.desk.filters import Filter
from streams.export.standing import chosen, decisions
from streams.settings import Loaded, Settings
from streams.stats.shown import show
from streams.stats.summary import summary
from streams.stats.tally import Tally

TOP = 20
"""Rows of the tables by agency, outlet and day."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All figures as one line of JSON.")
@click.option("--plots", metavar="FOLDER", help="Draw them into a folder.")
@click.option("--form", type=click.Choice(["svg", "png"]), default="svg", show_default=True, help="Of the plots.")
@click.option("--top", type=click.IntRange(1), default=TOP, show_default=True, help="Rows by agency, outlet and day.")
@click.option("--events", metavar="FILE", help="Count the events of a file that 'replay --events' wrote; no broker.")
@filtering
@with_settings
def stats(
    loaded: Loaded, *, as_json: bool, plots: str | None, top: int, events: str | None, **given: str | None
) -> None:
    """Count the republications that stand: who republishes whom, how altered, how fast, how closely, by day.

    Every share comes with the numbers that it is made of and its 95% interval; of few there is no percentage.
    """
    form = given.pop("form") or "svg"
    drawing = None if plots is None else _drawing()
    tally = _counted(loaded.settings, filter_of(given, "republications"), events)
    found = summary(tally)
    if as_json:
        click.echo(orjson.dumps(found))
    else:
        show(Console(highlight=False), found, top)
    if drawing is not None and plots is not None:
        _draw(drawing, plots, tally, form)


def _counted(settings: Settings, wanted: Filter, path: str | None) -> Tally:
    if path is not None:
        return _of_file(Path(path), wanted)
    need_broker(settings)
    log_to_stderr(settings, quiet=True)
    return run_async(_of_topic(settings, wanted))


async def _of_topic(settings: Settings, wanted: Filter) -> Tally:
    tally = Tally()
    async for event, _ in chosen(settings, wanted, await decisions(settings, passed_over), passed_over):
        tally.take(event)
    return tally


def _of_file(path: Path, wanted: Filter) -> Tally:
    """The standing republications of a file of events, one a line.

    Raises:
        RecordError: it cannot be read, or a line is no event.
    """
    last: dict[str, Event] = {}
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                data = Republication.decoded(line, where=f"{path}:{number}")
                if data.get("type") == "republication":
                    said = Republication.from_data(data, where=f"{path}:{number}")
                    last[said.key] = said
                else:
                    last.pop(str(data.get("key")), None)
    except OSError as error:
        raise RecordError(f"cannot be read: {error.strerror}", where=str(path)) from error
    tally = Tally()
    for event in last.values():
        if wanted.matches(event):
            tally.take(event)
    return tally


def _drawing() -> ModuleType:
    """What draws.

    Raises:
        SettingsError: matplotlib is not installed.
    """
    try:
        from streams.stats import plots  # noqa: PLC0415 (an extra: only who draws needs matplotlib)
    except ImportError as error:
        remedy = "pip install 'wirespin[report]'"
        raise SettingsError("matplotlib is not installed", where="--plots", remedy=remedy) from error
    return plots


def _draw(drawing: ModuleType, folder: str, tally: Tally, form: str) -> None:
    try:
        paths = drawing.draw(summary(tally), tally, Path(folder), form)
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", where=folder) from error
    click.echo(f"{len(paths)} plots in {folder}: {', '.join(path.name for path in paths)}", err=True)
