"""Comparing two files without any broker."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console

from schemas.article import Article
from schemas.errors import SeedError, SettingsError
from streams.cli.options import guarded
from streams.render import render
from streams.settings import load
from wirespin import compare as compare_articles
from wirespin.page import render as render_page
from wirespin.seedfile import parse_seed

IN_FULL = 3
"""Findings shown with both texts: what a person reads at once."""


@click.command()
@click.argument("original", type=click.Path())
@click.argument("copy", type=click.Path())
@click.option("--html", "page", metavar="FILE", type=click.Path(), help="Write a page for a browser or a printer.")
@click.option("--json", "as_json", is_flag=True, help="Print the event as one line of JSON.")
@click.option("--all", "in_full", is_flag=True, help="Print both texts of every finding, not of the three strongest.")
@click.option("--alert-threshold", metavar="SCORE", help="Score from which the framing counts as altered, over 0 to 1.")
@click.option("--unsure-threshold", metavar="SCORE", help="Score from which it perhaps is, at most the other.")
@click.option("--debug", is_flag=True, hidden=True)
def compare(original: str, copy: str, debug: bool, **options: Any) -> None:
    """Compare two articles, no broker needed: ORIGINAL is held to be the wire story, COPY what was made of it.

    Each is a .txt file (title, perhaps a date, body) or a .json file with one article. The page that --html writes is
    one file: both texts side by side with what differs, without script, and with nothing to load. The thresholds are
    those of the settings where they are not given.
    """
    guarded(lambda: _compare(original, copy, **options), debug=debug)


def _compare(original: str, copy: str, *, page: str | None, as_json: bool, in_full: bool, **flags: str | None) -> None:
    thresholds = load(os.environ, flags).settings.thresholds
    _refuse_same(original, copy, page)
    articles = _read(original), _read(copy)
    event = compare_articles(*articles, thresholds=thresholds)
    if page is not None:
        _write(page, render_page(event, *articles))
    if as_json:
        click.echo(event.to_bytes())
    else:
        render(Console(highlight=False), event, in_full=None if in_full else IN_FULL)
    if page is not None:
        click.echo(f"page written to {page}", err=True)


def _refuse_same(original: str, copy: str, page: str | None) -> None:
    """A file is not compared with itself, nor written over with its own comparison."""
    if _is_same(original, copy):
        raise SettingsError("ORIGINAL and COPY are the same file", where=copy, remedy="name the two articles")
    for article in (original, copy):
        if page is not None and _is_same(article, page):
            raise SettingsError("the page would be written over an article", where="--html", remedy="name another file")


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:  # one is not there, which is told when it is opened
        return False


def _write(path: str, html: str) -> None:
    try:
        Path(path).write_bytes(html.encode())
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", where=path) from error


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
