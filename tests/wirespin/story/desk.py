"""Match and judge without a stream: articles in, and what stands on the compacted topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schemas.accepted import Accepted
from schemas.events import Alert, Event, Relation, Republication
from tests.wirespin.story.making import place
from wirespin.story.decide import Withdrawn, handle
from wirespin.story.library import Library
from wirespin.story.pair import Comparer
from wirespin.story.place import Placer

WINDOW = 7 * 86_400.0


class Desk:
    """Match and judge for a list of articles."""

    def __init__(self) -> None:
        self.placer, self.library, self.comparer = Placer(WINDOW), Library(WINDOW), Comparer()
        self.said: list[Event] = []
        self.relations: Counter[Relation] = Counter()
        self.withdrawn: list[Withdrawn] = []
        self.arrived = 0
        self.at: dict[str, bytes] = {}
        self.offset = 0

    def take(self, *articles: Accepted) -> list[Event]:
        """What these articles lead to, and keep the last of each key."""
        begun = len(self.said)
        for accepted in articles:
            for item in place(self.placer, accepted, self.arrived):
                output = handle(item, self.offset, self.library, self.comparer)
                again = handle(item, self.offset, self.library, self.comparer)
                assert again == output  # the same record gives the same output
                self.offset += 1
                self.relations += output.relations
                self.said += output.events
                self.withdrawn += output.withdrawn
                for event in output.events:
                    self.at[event.key] = event.model_copy(update={"supersedes": []}).to_bytes()
                for gone in output.withdrawn:
                    self.at.pop(gone.key)
            self.arrived += 1
        return self.said[begun:]

    @property
    def standing(self) -> list[tuple[str, str, str]]:
        """Kind, original and copy of what stands on the compacted topics."""
        events = [
            Alert.from_bytes(data) if b'"type":"alert"' in data else Republication.from_bytes(data)
            for data in self.at.values()
        ]
        return sorted((event.type, event.original.id, event.copy_.id) for event in events)


def pairs(desk: Desk) -> list[tuple[str, str]]:
    """Original and copy of the republications that stand."""
    return [(original, copy) for kind, original, copy in desk.standing if kind == "republication"]


def after(articles: Iterable[Accepted]) -> Desk:
    desk = Desk()
    desk.take(*articles)
    return desk
