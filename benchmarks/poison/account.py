"""What was sent against what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import orjson

from benchmarks.poison.messages import Message
from schemas.rejection import Rejection
from streams.events import each_message
from streams.settings import Settings
from streams.topics import declared

Place = tuple[str, int, int]

NAMED = {"ArticleError", "RecordError"}
"""Errors that say which field or byte was wrong; any other one is an accident of the program."""

SHOWN = 20
"""Discrepancies that are printed."""


@dataclass
class Account:
    """All messages, and what became of them.

    Attributes:
        sent: kind, expectation and name by place.
        refused: by kind, what the broker would not take.
        rejected: places, and the error and message of each.
        accepted: records on the accepted topic that ingest wrote.
        names: ids of those, up to the first space: what is hostile comes behind it.
        twice: rejections of a place that was rejected before: delivered again.
    """

    settings: Settings
    sent: dict[Place, tuple[str, str, str | None]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    rejected: dict[Place, tuple[str, str]] = field(default_factory=dict)
    accepted: int = 0
    names: set[str] = field(default_factory=set)
    twice: int = 0

    def enter(self, place: Place, message: Message) -> None:
        """Note where the broker has put a message."""
        self.sent[place] = message.kind, message.expected, message.name

    async def read(self) -> None:
        """Read what came of it from the topics of rejections and of accepted articles."""
        self.rejected.clear()
        self.twice = 0
        async for one in each_message(self.settings, "rejected"):
            said = Rejection.from_bytes(one.value, where=f"rejected@{one.offset}")
            place = said.topic, said.partition, said.offset
            self.twice += place in self.rejected
            self.rejected[place] = said.error, said.message
        self.accepted = 0
        async for one in each_message(self.settings, "accepted"):
            if (one.topic, one.partition, one.offset) not in self.sent:
                self.accepted += 1
                self.names.add(orjson.loads(one.value)["article"]["id"].split(" ")[0])

    def discrepancies(self) -> list[str]:
        """What does not add up."""
        articles = self._topic("articles")
        bad = sum(place in articles for place in self.rejected)
        sums = f"{len(articles):,} sent to ingest, {self.accepted:,} accepted and {bad:,} rejected"
        problems = [] if self.accepted + bad == len(articles) else [f"{sums} do not add up"]
        problems += [f"twice rejected: {self.twice:,} records"] if self.twice else []
        for place, (kind, expected, name) in self.sent.items():
            what = f"{kind} at {place}"
            if expected == "rejected" and place not in self.rejected:
                problems.append(f"{what} was not rejected")
            if expected == "accepted" and (place in self.rejected or name not in self.names):
                problems.append(f"{what} was not accepted: {self.rejected.get(place)}")
        for place, (error, message) in self.rejected.items():
            if error not in NAMED or not message:
                problems.append(f"what was wrong at {place} is not named: {error}: {message[:200]}")
            if place not in self.sent and "too large" not in message:
                problems.append(f"what ingest let in was rejected at {place}: {message[:200]}")
        return problems

    def table(self) -> list[str]:
        """Rows by kind: sent, accepted, rejected, refused by the broker."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for place, (kind, _, _) in self.sent.items():
            counts[kind]["rejected" if place in self.rejected else "accepted"] += 1
        for kind, count in self.refused.items():
            counts[kind]["refused"] += count
        rows = [f"{'kind':26}{'sent':>9}{'let in':>9}{'rejected':>9}{'refused by the broker':>23}"]
        for kind, one in sorted(counts.items()):
            cells = f"{one['accepted']:>9,}{one['rejected']:>9,}{one['refused'] or '':>23}"
            rows.append(f"{kind:26}{sum(one.values()):>9,}{cells}")
        return rows

    def _topic(self, role: str) -> set[Place]:
        name = declared(self.settings)[role].name
        return {place for place in self.sent if place[0] == name}
