"""Comparing two files without any broker."""

from __future__ import annotations

import os
from pathlib import Path

import click
import orjson
from rich.console import Console

from schemas.article import Article
from schemas.errors import SeedError
from streams.cli.options import guarded
from streams.render import render
from streams.settings import load
from wirespin import compare as compare_articles
from wirespin.seedfile import parse_seed


@click.command()
@click.argument("original", type=click.Path())
@click.argument("copy", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the event as one line of JSON.")
@click.option("--alert-threshold", metavar="SCORE", help="Score from which the framing counts as altered, over 0 to 1.")
@click.option("--unsure-threshold", metavar="SCORE", help="Score from which it perhaps is, at most the other.")
@click.option("--debug", is_flag=True, hidden=True)
def compare(
    original: str, copy: str, as_json: bool, alert_threshold: str | None, unsure_threshold: str | None, debug: bool
) -> None:
    """Compare two articles, no broker needed: ORIGINAL is held to be the wire story, COPY what was made of it.

    Each is a .txt file (title, perhaps a date, body) or a .json file with one article. The thresholds are those of
    the settings where they are not given.
    """
    flags = {"alert_threshold": alert_threshold, "unsure_threshold": unsure_threshold}
    guarded(lambda: _compare(original, copy, flags, as_json=as_json), debug=debug)


def _compare(original: str, copy: str, flags: dict[str, str | None], *, as_json: bool) -> None:
    thresholds = load(os.environ, flags).settings.thresholds
    event = compare_articles(_read(original), _read(copy), thresholds=thresholds)
    if as_json:
        click.echo(event.to_bytes())
    else:
        render(Console(highlight=False), event)


def _read(path: str) -> Article:
    """An article from a file."""
    place = Path(path)
    try:
        data = place.read_bytes()
        text = data.decode()
    except OSError as error:
        raise SeedError(f"cannot be read: {error.strerror}", where=path) from error
    except UnicodeDecodeError as error:
        raise SeedError(f"not UTF-8 at byte {error.start}", where=path, remedy="save it as UTF-8") from error
    return _from_json(data, place) if place.suffix == ".json" else parse_seed(text, place.stem)


def _from_json(data: bytes, place: Path) -> Article:
    """An article of a JSON file; the file's name serves where it has no id."""
    try:
        fields = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise SeedError(f"not JSON: {error}", where=str(place)) from error
    return Article.from_data({"id": place.stem, **fields} if isinstance(fields, dict) else fields, where=str(place))
