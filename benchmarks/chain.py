"""The whole engine on articles, one after the other, without any broker: what ingest, match and judge would say."""

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


class Chain:
    """The state of all stages; articles go in, in order of arrival.

    Args:
        partitions: of the stories topic.
        window: seconds of event time over which articles are compared.
        comparer: compares the pairs; one of its own where None.

    Attributes:
        placer: the state of match.
        records: records of the stories topic so far.
        withdrawn: keys taken back so far.
    """

    def __init__(self, partitions: int = 4, window: float = WINDOW, comparer: Comparer | None = None) -> None:
        self.placer = Placer(window)
        self.records = 0
        self.withdrawn = 0
        self._comparer = comparer or Comparer()
        self._libraries = [Library(window) for _ in range(partitions)]
        self._offsets = [0] * partitions
        self._arrivals = 0

    def take(self, article: Article, received: datetime) -> list[Event]:
        """Events that one article leads to, in the order in which they are said."""
        events: list[Event] = []
        arrival = Arrival.of(accept(article, received), 0, self._arrivals)
        for item in self.placer.place([arrival])[0]:
            partition = partition_for(item.story, len(self._libraries))
            said = handle(item, self._offsets[partition], self._libraries[partition], self._comparer)
            events += said.events
            self.withdrawn += len(said.withdrawn)
            self._offsets[partition] += 1
            self.records += 1
        self._arrivals += 1
        return events


def run(articles: Iterable[Article], partitions: int = 4, received: datetime | None = None) -> list[Event]:
    """Events in the order in which they are said.

    Args:
        articles: in order of arrival.
        partitions: of the stories topic.
        received: arrival time of all of them; now where None.
    """
    chain = Chain(partitions)
    return [event for article in articles for event in chain.take(article, received or datetime.now(UTC))]
