"""Which articles an event was caused by: it is said when the second one comes, in the trace of that one alone."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import orjson
from opentelemetry.trace import Link, SpanContext

from agents.records import Outgoing, Record

KEPT = 20_000
"""Articles whose context is remembered: some 10 MB, a day of 200,000 articles at a tenth recorded."""

EVENTS = ("republications", "alerts")


class Causes:
    """The contexts of the articles that were recorded last.

    Args:
        kept: how many are remembered.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._contexts: OrderedDict[str, SpanContext] = OrderedDict()

    def take(self, record: Record, context: SpanContext) -> None:
        """Remember the article of a record of the stories log."""
        article = _at(_decoded(record.value), "accepted", "article", "id")
        if isinstance(article, str):
            self._contexts[article] = context
            self._contexts.move_to_end(article)
            if len(self._contexts) > self._kept:
                self._contexts.popitem(last=False)

    def of(self, outgoing: Outgoing, own: SpanContext) -> list[Link]:
        """Links to the copy and the original of an event, but not to the trace that it is said in."""
        if outgoing.role not in EVENTS or outgoing.value is None:
            return []
        event = _decoded(outgoing.value)
        found: dict[int, Link] = {}
        for part, name in (("copy", "id"), ("original", "id"), ("original", "first")):
            context = self._contexts.get(str(_at(event, part, name)))
            if context is not None and context.trace_id != own.trace_id:
                found.setdefault(context.span_id, Link(context, {"wirespin.article": part}))
        return list(found.values())


def _decoded(value: bytes | None) -> Any:
    try:
        return orjson.loads(value or b"null")
    except orjson.JSONDecodeError:
        return None


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
