"""The whole engine on a list of articles, without any broker: what ingest, match and judge would say of this log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from schemas.article import Article
from schemas.events import Event
from streams.client import partition_for
from wirespin.accept import accept
from wirespin.story.decide import handle
from wirespin.story.library import Library
from wirespin.story.pair import Comparer
from wirespin.story.place import Arrival, Placer

WINDOW = 7 * 86_400.0


def run(articles: Iterable[Article], partitions: int = 4, received: datetime | None = None) -> list[Event]:
    """Events in the order in which they are said.

    Args:
        articles: in order of arrival.
        partitions: of the stories topic.
        received: arrival time of all of them; now where None.
    """
    placer, comparer = Placer(WINDOW), Comparer()
    libraries = [Library(WINDOW) for _ in range(partitions)]
    offsets = [0] * partitions
    events: list[Event] = []
    for offset, article in enumerate(articles):
        arrival = Arrival.of(accept(article, received or datetime.now(UTC)), 0, offset)
        for item in placer.place([arrival])[0]:
            partition = partition_for(item.story, partitions)
            events += handle(item, offsets[partition], libraries[partition], comparer).events
            offsets[partition] += 1
    return events
