"""Articles from files: for the test producer .txt seeds, .jsonl and standard input; for ingest every known format."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import orjson

from schemas.errors import FeedError, SeedError
from wirespin.dates import published
from wirespin.formats.read import articles
from wirespin.formats.types import Finds
from wirespin.seedfile import parse_seed

Order = Literal["published", "given"]
FILES = {".txt", ".jsonl", ".ndjson"}
AT_ALL_TIMES = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """An article to be sent.

    Attributes:
        value: its JSON, as it will travel; lines of a .jsonl go as they are, so that ingest can reject them.
        key: its id, where it tells one.
        time: when it was published, None where that is not known.
    """

    value: bytes
    key: str | None
    time: datetime | None


def read_articles(paths: Iterable[str], order: Order = "published") -> list[Waiting]:
    """All articles of some files and folders.

    Args:
        paths: files, folders (searched for .txt and .jsonl, by name), or ``-`` for JSON lines on standard input.
        order: by time of publication with undated ones last, or as given.

    Raises:
        SeedError: a path does not exist, is of no known kind, or holds nothing.
    """
    articles = list(each_article(paths))
    if not articles:
        raise SeedError("no article found", where=", ".join(paths), remedy="give .txt or .jsonl files, or a folder")
    if order == "published":
        articles.sort(key=lambda article: article.time or AT_ALL_TIMES)
    return articles


def each_article(paths: Iterable[str]) -> Iterator[Waiting]:
    """The articles of some files and folders one at a time, as given.

    Arguments and errors are those of `read_articles`, but nothing at all is no error.
    """
    for path in paths:
        yield from _read(path)


def each_item(path: str) -> Finds:
    """What a file of any known format holds, item by item; the file is open until the generator ends.

    Raises:
        FileNotFoundError: it is gone.
        FeedError: it cannot be read, or is of no known format.
        SeedError: it is a seed, and cannot be read.
    """
    name = Path(path.removesuffix(".gz"))
    try:
        with Path(path).open("rb") as file:
            yield from articles(file, path, name.suffix, name.stem)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise FeedError(f"cannot be read: {error.strerror or error}", where=path) from error


def _read(path: str) -> Iterator[Waiting]:
    if path == "-":
        yield from _lines(sys.stdin.buffer)
        return
    place = Path(path)
    if place.is_dir():
        for file in sorted(file for file in place.rglob("*") if file.suffix in FILES):
            yield from _read(str(file))
    elif not place.is_file():
        raise SeedError("no such file or folder", where=path)
    elif place.suffix not in FILES:
        raise SeedError(f"'{place.suffix}' is not a known kind of file", where=path, remedy="give .txt or .jsonl")
    elif place.suffix == ".txt":
        yield _seed(place)
    else:
        with place.open("rb") as lines:
            yield from _lines(lines)


def _seed(place: Path) -> Waiting:
    try:
        text = place.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SeedError(f"not UTF-8 at byte {error.start}", where=str(place), remedy="save it as UTF-8") from error
    article = parse_seed(text, place.stem)
    return Waiting(article.to_bytes(), article.id, _time(article.published_at))


def _lines(data: Iterable[bytes]) -> Iterator[Waiting]:
    for line in data:
        if line.strip():
            yield _line(line.rstrip(b"\r\n"))


def _line(line: bytes) -> Waiting:
    """A JSON line; one that is none is sent all the same, and ingest says what is wrong with it."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError:
        fields = None
    if not isinstance(fields, dict):
        return Waiting(line, None, None)
    key, given = fields.get("id"), fields.get("published_at")
    return Waiting(line, key if isinstance(key, str) else None, _time(given if isinstance(given, str) else None))


def _time(given: str | None) -> datetime | None:
    return published(given, datetime.now(UTC)).time
