"""The spans of a stage, without a broker."""

from __future__ import annotations

import orjson
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext, TraceFlags

from agents.records import Outgoing, Record
from agents.stage import run_stage
from schemas.errors import SendError
from streams.tracing.causes import Causes
from streams.tracing.context import read, write
from streams.tracing.sampling import sampler
from streams.tracing.stage import StageTracer
from tests.support.fakes import Acks, ListOutlet, batches, record

TOPICS = {"accepted": "t.accepted", "rejected": "t.rejected", "alerts": "t.alerts"}


class Kept:
    """A tracer of a stage, and its spans."""

    def __init__(self, ratio: float = 1.0, causes: Causes | None = None) -> None:
        self._exporter = InMemorySpanExporter()
        provider = TracerProvider(sampler(ratio), shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracer = StageTracer(provider.get_tracer("t"), "ingest", "t-ingest", TOPICS, causes)

    def named(self, begin: str) -> list[ReadableSpan]:
        return [span for span in self._exporter.get_finished_spans() if span.name.startswith(begin)]


def echo(one: Record) -> list[Outgoing]:
    if one.value == b"bad":
        raise RuntimeError("line one\nline two")
    return [Outgoing("accepted", "en", one.value, (("ce_id", b"1"),))]


def traced(one: Record, context: SpanContext) -> Record:
    return Record(one.topic, one.partition, one.offset, one.timestamp, one.key, one.value, write(context))


async def test_a_record_is_delivered_with_its_context_behind_its_own_headers() -> None:
    kept, outlet = Kept(), ListOutlet()
    await run_stage("ingest", batches([record(b"a", 7)]), echo, outlet, Acks(), tracer=kept.tracer)
    (sent,) = outlet.sent
    assert [name for name, _ in sent.headers] == ["ce_id", "traceparent"]
    assert sent.delivered is not None
    (process,) = kept.named("process t.articles")
    context = read(sent.headers)
    assert context is not None
    assert process.context is not None
    assert context.trace_id == process.context.trace_id
    assert context.span_id != process.context.span_id


async def test_a_rejection_fails_its_span_and_no_other() -> None:
    kept, outlet = Kept(), ListOutlet()
    given = [record(b"a", 0), record(b"bad", 1)]
    await run_stage("ingest", batches(given), echo, outlet, Acks(), tracer=kept.tracer)
    good, bad = kept.named("process")
    assert good.status.is_ok or good.status.is_unset
    assert bad.status.description == r"line one\nline two"
    assert dict(bad.attributes or {})["error.type"] == "RuntimeError"


async def test_what_is_not_confirmed_is_said_to_have_failed() -> None:
    kept = Kept()
    with pytest.raises(SendError):
        await run_stage("ingest", batches([record(b"a")]), echo, ListOutlet(fails=0), Acks(), tracer=kept.tracer)
    (sent,) = kept.named("send")
    assert not sent.status.is_ok
    assert sent.status.description == "not confirmed"
    assert kept.named("receive")


async def test_of_so_many_articles_so_many_are_recorded() -> None:
    kept, outlet = Kept(ratio=0.25), ListOutlet()
    given = [record(b"a", offset) for offset in range(400)]
    await run_stage("ingest", batches(given), echo, outlet, Acks(), tracer=kept.tracer)
    recorded = [one for one in outlet.sent if (context := read(one.headers)) and context.trace_flags.sampled]
    assert 50 < len(recorded) < 150
    assert len(kept.named("process")) == len(recorded)
    assert all(read(one.headers) for one in outlet.sent), "the decision travels with every record"


async def test_a_batch_with_a_recorded_trace_is_recorded() -> None:
    kept = Kept(ratio=0.0)
    context = SpanContext(1 << 100, 5, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    given = [record(b"a", 0), traced(record(b"b", 1), context)]
    await run_stage("ingest", batches(given), echo, ListOutlet(), Acks(), tracer=kept.tracer)
    (batch,) = kept.named("receive")
    assert [link.context.span_id for link in batch.links] == [5]
    (process,) = kept.named("process")
    assert process.parent is not None
    assert process.parent.span_id == 5
    await run_stage("ingest", batches([record(b"a", 0)]), echo, ListOutlet(), Acks(), tracer=kept.tracer)
    assert len(kept.named("receive")) == 1


def item(article: str, offset: int = 0) -> Record:
    return record(orjson.dumps({"accepted": {"article": {"id": article}}}), offset, "t.stories")


def event(copy: str, original: str) -> Outgoing:
    value = orjson.dumps({"copy": {"id": copy}, "original": {"id": original, "first": original}})
    return Outgoing("alerts", "key", value)


def context(number: int) -> SpanContext:
    return SpanContext(number, number, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))


def test_an_event_is_linked_to_the_other_article_even_after_a_rebuild() -> None:
    causes = Causes()
    kept = Kept(causes=causes)
    kept.tracer.seen(traced(item("wire"), context(7)))
    kept.tracer.seen(item("untraced"))
    newcomer = traced(item("copy", 1), context(8))
    with kept.tracer.batch([newcomer]):
        kept.tracer.begin(newcomer)
        kept.tracer.end(newcomer, [event("copy", "wire"), event("copy", "untraced"), event("copy", "copy")], None)
    assert [[link.context.span_id for link in span.links] for span in kept.named("send")] == [[7], [], []]


def test_only_the_last_articles_are_remembered() -> None:
    causes = Causes(kept=2)
    for number, name in enumerate(["a", "b", "a", "c"], 1):
        causes.take(item(name), context(number))
    found = [[link.context.span_id for link in causes.of(event(name, ""), context(99))] for name in "abc"]
    assert found == [[3], [], [4]]


@pytest.mark.parametrize("value", [None, b"", b"{", b"[]", b'{"accepted":5}', b'{"accepted":{"article":{"id":[]}}}'])
def test_no_bytes_disturb_it(value: bytes | None) -> None:
    causes = Causes()
    causes.take(record(value), context(1))
    assert causes.of(Outgoing("alerts", "k", value), context(2)) == []
