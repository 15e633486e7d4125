"""The context of a trace in a record's headers: https://www.w3.org/TR/trace-context/ (level 1 and 2, version 00)."""

from __future__ import annotations

from collections.abc import Iterator

from opentelemetry import trace
from opentelemetry.trace import SpanContext
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from agents.records import Headers

PARENT, STATE = "traceparent", "tracestate"

LONGEST = 512
"""Bytes of a header that are looked at: what the recommendation wants carried of a tracestate. A longer one is none."""

_PROPAGATOR = TraceContextTextMapPropagator()


def read(headers: Headers) -> SpanContext | None:
    """The context that came with a record; None where there is none, or it is not as the recommendation has it.

    Two parents are none: nobody can tell which one counts.
    """
    carrier = dict(_texts(headers))
    parents = sum(name == PARENT for name, _ in headers)
    if parents != 1 or PARENT not in carrier:
        return None
    context = trace.get_current_span(_PROPAGATOR.extract(carrier)).get_span_context()
    return context if context.is_valid else None


def write(context: SpanContext) -> tuple[tuple[str, bytes], ...]:
    """The headers that carry a context."""
    parent = f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"
    state = context.trace_state.to_header()
    return ((PARENT, parent.encode()), *([(STATE, state.encode())] if state else []))


def _texts(headers: Headers) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        if name in (PARENT, STATE) and value is not None and len(value) <= LONGEST and value.isascii():
            yield name, value.decode("ascii")
