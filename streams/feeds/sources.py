"""Feeds as a person names them: URLs, OPML files, text files with a URL a line."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from schemas.errors import FeedError, RecordError
from schemas.feed import FeedConfig
from streams.feeds.book import feed_id
from wirespin.feed.opml import read_opml

LARGEST = 64 * 1_048_576
"""Bytes of a file: 180,000 feeds take about 40 MB as OPML."""


@dataclass
class Named:
    """What was found in what a person gave.

    Attributes:
        feeds: by id.
        problems: lines that name no feed, each with its place.
    """

    feeds: dict[str, FeedConfig] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, where: str, url: str, title: str | None = None, labels: tuple[str, ...] = ()) -> None:
        """Add a feed, or say why it is none."""
        try:
            config = FeedConfig.from_data(
                {"url": url.strip(), "title": title, "labels": list(labels), "added": time.time()}, where=where
            )
            if not urlsplit(config.url).hostname:
                raise RecordError(f"{url!r} names no host", where=where)
        except (RecordError, ValueError) as error:
            self.problems.append(
                f"{where}: no http(s) URL: {url[:200]!r}" if isinstance(error, RecordError) else f"{where}: {error}"
            )
            return
        self.feeds.setdefault(feed_id(config.url), config)


def is_url(source: str) -> bool:
    """Whether something is meant as a URL."""
    return source.lower().startswith(("http://", "https://"))


def named(sources: tuple[str, ...]) -> Named:
    """The feeds that URLs and files name.

    Raises:
        FeedError: a file cannot be read. Lines of it that name no feed are told, and the others taken.
    """
    found = Named()
    for source in sources:
        if is_url(source):
            found.add(source, source)
        else:
            _of_file(Path(source), found)
    return found


def file_bytes(path: Path, largest: int) -> bytes:
    """What a file holds that was named where a URL could have been.

    Raises:
        FeedError: there is none, or it has more bytes than that.
        OSError: it cannot be read.
    """
    if not path.is_file():
        raise FeedError("neither a file nor an http(s) URL", where=str(path))
    if path.stat().st_size > largest:
        raise FeedError(f"over {largest:,} bytes", where=str(path))
    return path.read_bytes()


def _of_file(path: Path, found: Named) -> None:
    data = file_bytes(path, LARGEST)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        feeds, problems = read_opml(data)
        found.problems += [f"{path}: {problem}" for problem in problems]
        for number, one in enumerate(feeds, 1):
            found.add(f"{path} feed {number}", one.url, one.title or None, tuple(one.labels))
        return
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        if (text := line.strip()) and not text.startswith("#"):
            found.add(f"{path} line {number}", text.split()[0])
