"""The spans of one stage: of a batch that was received, of each record that is worked on, of each that is sent.

Names, kinds and attributes follow OpenTelemetry's semantic conventions for messaging and Kafka:
https://opentelemetry.io/docs/specs/semconv/messaging/kafka/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from opentelemetry.context import Context
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    StatusCode,
    Tracer,
    set_span_in_context,
)
from opentelemetry.util.types import AttributeValue

from agents.records import Outgoing, Record
from agents.rejected import told
from streams.tracing.causes import Causes
from streams.tracing.context import read, write

UNSENT = "not confirmed"
Attributes = dict[str, AttributeValue]


class StageTracer:
    """Makes the spans of a stage; see `agents.trace.Tracer`.

    Args:
        tracer: the SDK's.
        stage: its name.
        group: its consumer group.
        topics: names of topics by role.
        causes: remembers the articles that events may be caused by; None where the stage says no events.
    """

    def __init__(
        self, tracer: Tracer, stage: str, group: str, topics: Mapping[str, str], causes: Causes | None = None
    ) -> None:
        self._tracer, self._topics, self._causes = tracer, topics, causes
        self._consumes: Attributes = {"messaging.consumer.group.name": group, "wirespin.stage": stage}
        self._received: SpanContext | None = None
        self._working: dict[tuple[int, int], Span] = {}
        self._sending: list[Span] = []

    @contextmanager
    def batch(self, records: Sequence[Record]) -> Iterator[None]:
        """A span for the batch, linked to all that came in it; what is still open behind it has failed."""
        span = self._receive(records)
        self._received = span.get_span_context() if span.is_recording() else None
        try:
            yield
        finally:
            for late in (*self._working.values(), *(one for one in self._sending if one.is_recording())):
                _fail(late, UNSENT)
            self._working.clear()
            self._sending.clear()
            span.end()

    def begin(self, record: Record) -> str:
        """Begin the span of a record, as a child of the context that came with it."""
        place = (record.partition, record.offset)
        span = self._working.get(place)
        if span is None:
            span = self._working[place] = self._process(record)
        return f"{span.get_span_context().trace_id:032x}"

    def end(self, record: Record, outgoing: Sequence[Outgoing], error: Exception | None) -> Sequence[Outgoing]:
        """End it, and begin those of what is sent, whose context goes along in their headers."""
        span = self._working.pop((record.partition, record.offset))
        if error is not None:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(StatusCode.ERROR, told(error))
        if self._causes is not None and span.is_recording():
            self._causes.take(record, span.get_span_context())
        sent = [self._send(span, one) for one in outgoing]
        span.end()
        return sent

    def seen(self, record: Record) -> None:
        """Remember an article that a later event may be caused by."""
        if self._causes is not None and (context := read(record.headers)) and context.trace_flags.sampled:
            self._causes.take(record, context)

    def _receive(self, records: Sequence[Record]) -> Span:
        topic = records[0].topic
        attributes = _attributes("receive", topic) | self._consumes
        attributes["messaging.batch.message_count"] = len(records)
        links = [Link(context) for one in records if (context := read(one.headers)) is not None]
        return self._tracer.start_span(f"receive {topic}", Context(), SpanKind.CLIENT, attributes, links)

    def _process(self, record: Record) -> Span:
        attributes = _attributes("process", record.topic) | self._consumes
        attributes |= _place(record.partition, record.offset) | _body(record.value)
        links = [] if self._received is None else [Link(self._received)]
        kind = SpanKind.CONSUMER
        return self._tracer.start_span(f"process {record.topic}", _under(read(record.headers)), kind, attributes, links)

    def _send(self, parent: Span, outgoing: Outgoing) -> Outgoing:
        """What is sent with its context; where the trace is not recorded, with that of the one before."""
        context = parent.get_span_context()
        if not parent.is_recording():
            return replace(outgoing, headers=(*outgoing.headers, *write(context)))
        topic = self._topics[outgoing.role]
        links = [] if self._causes is None else self._causes.of(outgoing, context)
        attributes = _attributes("send", topic) | _body(outgoing.value)
        span = self._tracer.start_span(f"send {topic}", _under(context), SpanKind.PRODUCER, attributes, links)
        self._sending.append(span)

        def delivered(partition: int, offset: int) -> None:
            span.set_attributes(_place(partition, offset))
            span.end()

        return replace(outgoing, headers=(*outgoing.headers, *write(span.get_span_context())), delivered=delivered)


def _under(parent: SpanContext | None) -> Context:
    """The context of a span's parent; that of a new trace where there is none."""
    return Context() if parent is None else set_span_in_context(NonRecordingSpan(parent), Context())


def _attributes(operation: str, topic: str) -> Attributes:
    return {
        "messaging.system": "kafka",
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
        "messaging.destination.name": topic,
    }


def _place(partition: int, offset: int) -> Attributes:
    return {"messaging.destination.partition.id": str(partition), "messaging.kafka.offset": offset}


def _body(value: bytes | None) -> Attributes:
    return {"messaging.kafka.message.tombstone": True} if value is None else {"messaging.message.body.size": len(value)}


def _fail(span: Span, why: str) -> None:
    span.set_attribute("error.type", "_OTHER")
    span.set_status(StatusCode.ERROR, why)
    span.end()
