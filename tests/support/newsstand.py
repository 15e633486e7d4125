"""A local web of feeds that change, for tests of polling."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field

from tests.support.hostile import Asked, Hostile, head

DATE = "Sun, 22 Nov 2026 08:00:00 +0100"


@dataclass
class Stand:
    """A feed.

    Attributes:
        items: guid to text, in order; changed at will.
        status: of its answers.
        asked: when it was asked, and with which If-None-Match.
        whole: answers with the body.
        unchanged: answers with 304.
    """

    items: dict[str, str] = field(default_factory=dict)
    status: str = "200 OK"
    slow: float = 0.0
    asked: list[tuple[float, str | None]] = field(default_factory=list)
    whole: int = 0
    unchanged: int = 0

    @property
    def body(self) -> bytes:
        """The document."""
        items = "".join(
            f"<item><title>Headline {guid}</title><link>https://wire.example/{guid}</link>"
            f"<guid isPermaLink='false'>{guid}</guid><pubDate>{DATE}</pubDate><description>{text}</description></item>"
            for guid, text in self.items.items()
        )
        start = (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Stand</title><link>https://wire.example/</link>'
        )
        return f"{start}{items}</channel></rss>".encode()

    @property
    def etag(self) -> str:
        """Validator of the document."""
        return f'W/"{hash(tuple(self.items.items())) & 0xFFFFFFFF:x}"'


class Newsstand(Hostile):
    """Feeds by path, made when first named, as an async context manager."""

    def __init__(self) -> None:
        super().__init__({"*": self._serve_feed})
        self.stands: dict[str, Stand] = defaultdict(Stand)

    def stand(self, path: str, **items: str) -> str:
        """Put items into a feed, and return its URL."""
        self.stands[path].items.update(items)
        return self.url(path)

    async def _serve_feed(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        stand = self.stands.get(asked.path)
        if stand is None:
            writer.write(head("404 Not Found", ["Content-Length: 0", "Connection: close"]))
            return
        match = asked.headers.get("if-none-match")
        stand.asked.append((time.time(), match))
        await asyncio.sleep(stand.slow)
        if stand.status != "200 OK":
            writer.write(head(stand.status, ["Content-Length: 0", "Connection: close"]))
        elif match == stand.etag:
            stand.unchanged += 1
            writer.write(head("304 Not Modified", [f"ETag: {stand.etag}", "Connection: close"]))
        else:
            stand.whole += 1
            body = stand.body
            lines = [f"ETag: {stand.etag}", "Content-Type: application/rss+xml", f"Content-Length: {len(body)}"]
            writer.write(head("200 OK", [*lines, "Connection: close"]) + body)
