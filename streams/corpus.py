"""Articles to learn from, gone through more than once: files as they are, a topic or a pipe by way of a file."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from schemas.accepted import Accepted
from schemas.article import Article
from schemas.errors import InputError
from streams.events import each_message
from streams.settings import Settings
from streams.sources import each_article


class Log:
    """Articles of files, to be gone through several times; unfit ones are left out and counted.

    Attributes:
        unfit: how many were left out in the last pass.
    """

    def __init__(self, *paths: str) -> None:
        self._paths = paths
        self.unfit = 0

    def __call__(self) -> Iterator[Article]:
        """All of them, from the beginning."""
        self.unfit = 0
        for waiting in each_article(self._paths):
            try:
                yield Article.from_bytes(waiting.value)
            except InputError:
                self.unfit += 1


@contextlib.contextmanager
def spooled() -> Iterator[str]:
    """A path for articles that can be read only once, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="wirespin-") as folder:
        yield str(Path(folder) / "articles.jsonl")


async def spool_topic(settings: Settings, role: str, path: str) -> int:
    """Write the articles of a topic, from its beginning to where it ends now, to a file, a line each.

    Args:
        settings: how to reach the broker.
        role: articles or accepted.
        path: of the file.

    Returns:
        How many records were unfit and left out.
    """
    unfit = 0
    with Path(path).open("wb") as file:  # noqa: ASYNC230 (nothing else runs on this loop)
        async for message in each_message(settings, role):
            try:
                file.write(_article(message.value, role).to_bytes() + b"\n")
            except InputError:
                unfit += 1
    return unfit


def _article(value: bytes | None, role: str) -> Article:
    return Accepted.from_bytes(value).article if role == "accepted" else Article.from_bytes(value)
