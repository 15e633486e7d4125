"""What is known of when, and how well."""

from __future__ import annotations

from typing import Any

from agents.records import Record
from schemas.accepted import Accepted
from streams.evidence.case import Case
from streams.evidence.places import iso
from streams.export.facts import delay


def timeline(case: Case) -> dict[str, Any]:
    """The steps from publication to event, each with where its time is taken from, and the delay between the two."""
    event = case.event
    articles = zip(("original", "copy"), case.texts, (case.original, case.copy), strict=True)
    steps = [step for name, accepted, record in articles for step in _article_steps(name, accepted, record)]
    steps.append(_step("event: time that it counts by, the later publication", event.time, "made of the two"))
    steps.append(_step("event written to its topic", iso(case.record), "broker's or producer's clock"))
    if case.disposition is not None:
        steps.append(_step("disposition written", iso(case.disposition), "broker's or producer's clock"))
    return {"steps": steps, "delay_seconds": delay(event)}


def _article_steps(name: str, accepted: Accepted, record: Record) -> list[dict[str, Any]]:
    article = accepted.article
    given = f"{accepted.date_source}; as given: {article.published_at or 'nothing'}"
    steps = [_step(f"{name} published", accepted.published, given)]
    if article.fetched_at:
        steps.append(_step(f"{name} received from its feed", article.fetched_at, "the producer's clock"))
    return [*steps, _step(f"{name} accepted", iso(record), "broker's or producer's clock")]


def _step(what: str, time: str | None, source: str) -> dict[str, Any]:
    return {"what": what, "time": time, "source": source}
