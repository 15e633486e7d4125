"""Makes the examples of the AsyncAPI document by running the engine, and the poller of feeds, on fictional texts.

``python -m tests.contracts.making`` writes them; a test says when they are not current.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson

from agents.records import Outgoing
from schemas.article import Article
from schemas.base import WireRecord
from schemas.events import Alert
from schemas.feed import FeedConfig
from schemas.jsonschema import RECORDS
from streams.contracts.examples import FILE, Example, written
from streams.feeds.book import Piece, feed_id, key_of
from streams.feeds.poll import poll
from streams.feeds.websub.plan import asked, verified
from tests.contracts.engine import Engine
from tests.streams.feeds.fakes import NOW, URL, Bench, fetched, rss
from tests.support.pipeline import SET_A

STORY = "a-01"
KINDS = ("original", "trimmed", "reframed_omission")
"""A wire story, a copy that leaves its end out, and one that leaves out what somebody answered."""

UNFIT = b'{"url": "https://outlet.example/empty", "headline": " ", "body": null}'
HUB = "https://hub.example/"
OUTSIDE = "https://wirespin.example/hooks"
WORKER = "worker-1"

Keyed = tuple[str | None, WireRecord]


def examples() -> list[Example]:
    """Examples of every record, in the records' order."""
    engine = fed()
    made = [_article(value) for value, _ in _articles()]
    made += [one for role in ("accepted", "stories") for one in map(_named, engine.values(role)[:1])]
    made += [_named(one) for role in ("republications", "alerts", "rejected") for one in engine.values(role)]
    made += asyncio.run(_feed())
    made += _afterwards(made)
    order = [record.__name__ for record in RECORDS]
    return sorted(made, key=lambda example: order.index(example.record))


def fed() -> Engine:
    """The engine after it was given the story, and something that is no article."""
    engine = Engine()
    lines = _articles()
    for value, published in lines:
        engine.take(value, published)
    engine.take(UNFIT, lines[-1][1])
    return engine


def _articles() -> list[tuple[bytes, datetime]]:
    """The articles of the story as a producer would send them: without the labels of the set."""
    rows = [orjson.loads(line) for line in SET_A.read_bytes().splitlines()]
    chosen = [row for kind in KINDS for row in rows if (row["story"], row["kind"]) == (STORY, kind)]
    fields = Article.model_fields
    return [
        (orjson.dumps({name: row[name] for name in row if name in fields}), datetime.fromisoformat(row["published_at"]))
        for row in chosen
    ]


def _article(value: bytes) -> Example:
    fields = orjson.loads(value)
    return Example("Article", fields["id"], fields["id"], fields)


def _named(outgoing: Outgoing) -> Example:
    """An example of what a stage wrote, called after what it is about."""
    assert outgoing.value is not None
    record = next(kind for kind in RECORDS if kind.__name__ == KINDS_OF_ROLES[outgoing.role])
    data = orjson.loads(outgoing.value)
    name = data.get("copy", {}).get("id") or data.get("error") or _inner(data)["article"]["id"]
    headers = {header: content.decode() for header, content in outgoing.headers}
    return Example(record.__name__, name, outgoing.key, data, headers)


KINDS_OF_ROLES = {
    "accepted": "Accepted",
    "stories": "StoryItem",
    "republications": "Republication",
    "alerts": "Alert",
    "rejected": "Rejection",
}


def _inner(data: dict[str, Any]) -> dict[str, Any]:
    accepted: dict[str, Any] = data.get("accepted", data)
    return accepted


async def _feed() -> list[Example]:
    """A feed that was added, polled once, and subscribed to at its hub."""
    bench = Bench(fetched(rss(("first", "One."), ("second", "Two."))))
    bench.tools.worker = WORKER
    config = FeedConfig(url=URL, title="Wire", labels=["agencies"], added=NOW)
    bench.feed.config = config
    await poll(bench.book, bench.feed, bench.tools)
    push = verified(asked(bench.feed.id, None, (HUB, URL), OUTSIDE, NOW), 864_000, NOW + 1)
    hidden = push.model_copy(update={"callback": f"{OUTSIDE}/{bench.feed.id}/token", "secret": "secret"})
    seen = {"entries": bench.outbox.seen[-1]}
    pieces: list[tuple[Piece, str, dict[str, Any]]] = [
        ("config", "FeedConfig", _data(config)),
        ("state", "FeedState", _data(bench.outbox.states[-1].state)),
        ("seen", "FeedSeen", {"schema_version": 1, **seen}),
        ("push", "FeedPush", _data(hidden)),
    ]
    return [Example(record, piece, key_of(feed_id(URL), piece), data) for piece, record, data in pieces]


def _data(record: WireRecord) -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(record.to_bytes())
    return data


def _afterwards(made: Iterable[Example]) -> list[Example]:
    """What came of the alert: a decision about it, and a webhook that was not told of its end."""
    alert = Alert.from_data(next(one for one in made if one.record == "Alert").value)
    decision = {
        "alert": alert.key,
        "event": alert.id,
        "verdict": "confirmed",
        "reason": "what the bank answered is left out",
        "by": "editor",
        "at": "2025-02-06T16:00:00Z",
        "time": alert.time,
        "outlet": alert.copy_.publisher,
        "devices": list(dict.fromkeys(finding.device for finding in alert.framing.devices)),
    }
    letter = {
        "hook": "newsroom",
        "message": alert.id,
        "topic": "wirespin.alerts",
        "partition": 0,
        "offset": 1,
        "timestamp": int(NOW * 1000),
        "key": alert.key,
        "tries": 9,
        "reason": "status 503",
        "status": 503,
        "first": "2025-02-06T16:00:00Z",
        "last": "2025-02-07T16:00:00Z",
    }
    return [
        *_where_known("Disposition", "confirmed", alert.key, decision),
        *_where_known("Undelivered", "withdrawn", f"newsroom/{alert.id}", letter),
    ]


def _where_known(record: str, name: str, key: str, fields: dict[str, Any]) -> list[Example]:
    kinds = [kind for kind in RECORDS if kind.__name__ == record]
    return [Example(record, name, key, _data(kind.from_data(fields))) for kind in kinds]


if __name__ == "__main__":
    sys.stdout.write(f"{FILE}\n")
    FILE.write_bytes(written(examples()))
