"""A desk on loopback over a real store, without a broker: what is sent to a topic goes straight into the store."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from agents.records import Record
from schemas.accepted import Accepted
from schemas.article import Article
from schemas.disposition import Disposition
from schemas.events import Alert, Republication
from streams.desk.app import application
from streams.desk.context import Desk
from streams.desk.health import Condition
from streams.desk.hosts import Hosts
from streams.desk.live import Live
from streams.desk.people import People
from streams.desk.sessions import Attempts, Sessions
from streams.desk.store import Store
from streams.desk.types import Changes, Following
from streams.listen import serving
from tests.support.desk import Log, store
from wirespin.accept import accept
from wirespin.story.events import alert, republication
from wirespin.story.pair import Comparer

SETS = Path(__file__).parents[2] / "benchmarks" / "sets"
WHEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class House:
    """A desk that can be told things.

    Attributes:
        desk: what its handlers share.
        log: where records come from.
        url: where it answers; empty unless it listens.
        written: decisions as they were sent, with their keys.
        broken: what sending a decision raises, if anything.
    """

    desk: Desk
    clock: Clock
    log: Log = field(default_factory=Log)
    url: str = ""
    written: list[tuple[str, Disposition | None]] = field(default_factory=list)
    broken: Exception | None = None

    def take(self, records: Sequence[Record]) -> Changes:
        """Have the desk read records, as its follower does."""
        changes = self.desk.store.take(records)
        self.desk.live.tell(changes)
        return changes

    def tell(self, *events: Alert | Republication) -> Changes:
        """Have it read events."""
        return self.take(self.log.said(*events))

    def pair(self, original: Article, copy: Article) -> Told:
        """Have it read two articles and what is to be said of them."""
        told = told_of(original, copy)
        self.take(self.log.texts(told.original, told.copy))
        self.tell(told.republication, *([told.alert] if told.alert else []))
        return told

    async def write(self, key: str, said: Disposition | None) -> None:
        """Take a decision, as the topic does."""
        if self.broken:
            raise self.broken
        self.written.append((key, said))
        self.take([self.log.record("dispositions", key, said)])


@dataclass(frozen=True)
class Told:
    """Two articles and what is said of them."""

    original: Accepted
    copy: Accepted
    republication: Republication
    alert: Alert | None


def told_of(original: Article, copy: Article, *, always: bool = False) -> Told:
    """What the stages say of two articles; always an alert, too, where asked for."""
    source, made = accept(original, WHEN), accept(copy, WHEN)
    said = republication([source], source, made, Comparer())
    if not always and said.framing.altered != "yes":
        return Told(source, made, said, None)
    return Told(source, made, said, alert(said, made.uid, source.uid, source.uid))


def labelled_pairs(name: str = "a", *kinds: str) -> list[tuple[Article, Article]]:
    """Originals with their copies of some kinds, of a labelled set."""
    rows = [json.loads(line) for line in (SETS / f"set-{name}.jsonl").read_text("utf-8").splitlines()]
    originals = {row["story"]: row for row in rows if row["kind"] == "original"}
    return [(_article(originals[row["story"]]), _article(row)) for row in rows if row["kind"] in kinds]


def _article(row: dict[str, str]) -> Article:
    kept = ("id", "publisher", "url", "published_at", "headline", "body")
    return Article.model_validate({name: row[name] for name in kept if name in row})


def house(folder: Path, people: People | None = None, most: int = 64, hosts: Hosts | None = None) -> House:
    """A desk that answers nobody yet."""
    made: House
    clock = Clock()

    async def write(key: str, said: Disposition | None) -> None:
        await made.write(key, said)

    kept: Store = store(folder)
    desk = Desk(
        store=kept,
        write=write,
        person="kim",
        people=people,
        hosts=hosts or Hosts("127.0.0.1"),
        sessions=Sessions(clock),
        attempts=Attempts(clock),
        live=Live(most),
        following=Following(connected=True, caught_up=True),
        now=lambda: WHEN,
    )
    made = House(desk, clock)
    return made


@contextlib.asynccontextmanager
async def open_house(
    folder: Path, people: People | None = None, most: int = 64, hosts: Hosts | None = None
) -> AsyncIterator[House]:
    """A desk that answers on a free port of loopback."""
    made = house(folder, people, most, hosts)
    app = application(made.desk, Condition(made.desk, 60.0).health())
    with made.desk.store:
        async with serving(app, "127.0.0.1", 0, what="desk", flag="--desk-port") as port:
            made.url = f"http://127.0.0.1:{port}"
            yield made


async def until(true: Callable[[], object], within: float = 20.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it never came to hold"
        await asyncio.sleep(0.02)
