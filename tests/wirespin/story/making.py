"""Accepted articles for tests: from plain words, or with a sketch made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np

from schemas.accepted import Accepted, Credit
from schemas.article import Article, PubStatus
from schemas.story import StoryItem
from wirespin.accept import accept
from wirespin.dates import published as judge
from wirespin.reuse.sketch import Sample, to_sketch
from wirespin.story.place import Arrival, Placer

NOW = datetime(2025, 3, 10, tzinfo=UTC)


def sketched(
    name: str,
    hashes: Iterable[int],
    *,
    day: float | None = 1.0,
    agency: str | None = None,
    credited: str | None = None,
    tenths: Iterable[int] | None = None,
) -> Accepted:
    """An article that is nothing but hashes, spread over the whole text unless told otherwise."""
    values = sorted(hashes)
    places = list(tenths) if tenths is not None else [at * 10 // len(values) for at in range(len(values))]
    time = None if day is None else datetime.fromtimestamp(1.7e9 + day * 86_400, UTC)
    known = judge(time.isoformat() if time else None, NOW)
    return Accepted(
        article=Article(id=name, headline=name),
        digest="1",
        published=known.text(),
        date_source=known.source,
        agency=agency,
        credits=[Credit(agency=credited, name=credited, form="credit")] if credited else [],
        spans=[],
        sketch=to_sketch(Sample(np.array(values, np.uint64), np.array(places, np.uint8), len(values), 1)),
    )


def article(
    name: str,
    body: str,
    *,
    publisher: str,
    at: str | None = None,
    headline: str = "Riga port closes as ice thickens",
    version: int | None = None,
    pub_status: PubStatus = "usable",
) -> Accepted:
    """An article of real words."""
    return accept(
        Article(
            id=name,
            publisher=publisher,
            headline=headline,
            body=body,
            published_at=at,
            version=version,
            pub_status=pub_status,
        ),
        NOW,
    )


def place(placer: Placer, accepted: Accepted, offset: int) -> list[StoryItem]:
    """What match sends for one article."""
    [items] = placer.place([Arrival.of(accepted, 0, offset)])
    return items
