"""Cases as they would stand on the topics, made by the engine from the seeds."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from agents.records import Record
from benchmarks.chain import Chain
from schemas.accepted import Accepted
from schemas.article import Article
from schemas.cloudevents import headers
from schemas.disposition import Disposition
from schemas.events import Event
from streams.evidence.case import Case
from tests.support.pipeline import SEEDS
from wirespin.accept import accept
from wirespin.seedfile import parse_seed

RECEIVED = datetime(2026, 11, 22, 12, tzinfo=UTC)
MADE = "2026-11-22T20:00:00Z"
AT = int(RECEIVED.timestamp() * 1000)


@cache
def seeds() -> tuple[Article, Article]:
    """The wire story and its copy."""
    original, copy = (parse_seed(path.read_text(), path.stem) for path in sorted(SEEDS.glob("*.txt")))
    return original, copy


def record(topic: str, offset: int, value: bytes | None, key: str, event: Event | None = None) -> Record:
    """A record as it is consumed."""
    given = headers(event, "/wirespin") if event is not None else []
    return Record(f"wirespin.{topic}", 0, offset, AT + offset, key.encode(), value, tuple(given))


@cache
def said() -> tuple[Event, ...]:
    """Republication and alert of the seeds."""
    chain = Chain()
    return tuple(event for article in seeds() for event in chain.take(article, RECEIVED))


def case(kind: str = "alert", *, disposition: Disposition | None = None, after: list[Record] | None = None) -> Case:
    """The case of the seeds."""
    event = next(event for event in said() if event.id.startswith(kind))
    of_event = record(f"{kind}s", 5, event.to_bytes(), event.key, event)
    left, right = (accept(article, RECEIVED) for article in seeds())
    return Case(
        event,
        of_event,
        (of_event, *(after or [])),
        _accepted(left, 0),
        _accepted(right, 1),
        None if disposition is None else record("dispositions", 0, disposition.to_bytes(), disposition.alert),
    )


def _accepted(accepted: Accepted, offset: int) -> Record:
    return record("accepted", offset, accepted.to_bytes(), accepted.language)
