"""One trace from article to alert over a real broker, and none of it where it is off."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from typing import Any

import pytest

from agents.records import ARRIVED
from schemas.cloudevents import headers as event_headers
from schemas.events import Alert, Republication
from streams.client import Producer
from streams.events import messages
from streams.replay import send
from streams.settings import Settings
from streams.sources import Waiting
from streams.topics import declared
from tests.support.collector import Collector, Seen
from tests.support.pipeline import ROOT, WorkerProcess, judged, labelled, see_through, stages, until

pytestmark = pytest.mark.integration

ROLES = ("accepted", "stories", "republications", "alerts", "rejected")
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def written(settings: Settings) -> dict[str, list[Any]]:
    return {role: list(await messages(settings, role)) for role in ROLES}


def names(headers: Any) -> list[str]:
    return [name for name, _ in headers]


def bad() -> Waiting:
    return Waiting(b'{"id":"no-text","headline":"","body":""}', None, None)


def parent_of(collector: Collector, span: Seen) -> Seen:
    (parent,) = [one for one in collector.spans if one.span == span.parent]
    assert parent.trace == span.trace
    return parent


async def test_one_trace_leads_from_the_article_to_the_alert(settings: Settings) -> None:
    async with Collector() as collector:
        own = settings.model_copy(update={"otel_endpoint": collector.url})
        async with stages(own):
            result = await see_through(own, [*labelled("a-01"), bad()])
        records = await written(own)
    assert result.rejected
    prefix = settings.prefix
    alerts = [
        one for one in collector.named(f"send {prefix}.alerts") if "messaging.message.body.size" in one.attributes
    ]
    assert len(alerts) == sum(one.value is not None for one in records["alerts"]) > 0
    for alert in alerts:
        way, span = [alert.name], alert
        while span.parent:
            span = parent_of(collector, span)
            way.append(span.name)
        assert way == [
            f"send {prefix}.alerts",
            f"process {prefix}.stories",
            f"send {prefix}.stories",
            f"process {prefix}.accepted",
            f"send {prefix}.accepted",
            f"process {prefix}.articles",
        ]


async def test_spans_say_what_the_conventions_ask(settings: Settings) -> None:
    async with Collector() as collector:
        own = settings.model_copy(update={"otel_endpoint": collector.url})
        async with stages(own):
            await see_through(own, [*labelled("a-01"), bad()])
        records = await written(own)
    kinds = {one.name.split()[0]: one.kind for one in collector.spans}
    assert kinds == {"receive": 3, "process": 5, "send": 4}  # CLIENT, CONSUMER, PRODUCER
    assert {one.attributes["messaging.system"] for one in collector.spans} == {"kafka"}
    assert {one.resource["service.name"] for one in collector.spans} == {"wirespin"}
    for role, found in records.items():
        sent = collector.named(f"send {settings.prefix}.{role}")
        places = {(one.attributes["messaging.destination.partition.id"], one.attributes["messaging.kafka.offset"])
                  for one in sent}  # fmt: skip
        assert places == {(str(one.partition), one.offset) for one in found}, role
        contexts = {dict(one.headers)["traceparent"] for one in found}
        assert contexts == {f"00-{one.trace}-{one.span}-03".encode() for one in sent}, role  # sampled, random id
    (refused,) = collector.named(f"send {settings.prefix}.rejected")
    failed = parent_of(collector, refused)
    assert (failed.failed, failed.attributes["error.type"]) == (True, "ArticleError")
    assert all(one.began <= one.ended for one in collector.spans)


async def test_what_is_worked_on_together_and_what_causes_an_event_is_linked(settings: Settings) -> None:
    async with Collector() as collector:
        own = settings.model_copy(update={"otel_endpoint": collector.url})
        async with stages(own):
            await see_through(own, labelled("a-01"))
    received = {one.span: one for one in collector.named("receive")}
    for one in collector.named("process"):
        assert [span for _, span in one.links if span in received]
    sent = {one.span for one in collector.named(f"send {settings.prefix}.accepted")}
    linked = {span for one in collector.named(f"receive {settings.prefix}.accepted") for _, span in one.links}
    assert linked == sent
    judged_in = {(one.trace, one.span) for one in collector.named(f"process {settings.prefix}.stories")}
    said = collector.named(f"send {settings.prefix}.republications")
    assert said
    for one in said:
        assert one.links or "messaging.kafka.message.tombstone" in one.attributes, (
            "an event has a copy and an original, and one of them came before"
        )
        assert set(one.links) <= judged_in
        assert one.trace not in {trace for trace, _ in one.links}


async def test_a_producers_trace_is_gone_on_with_and_its_decision_kept(settings: Settings) -> None:
    first, second, third = labelled("a-01")[:3]
    async with Collector() as collector:
        own = settings.model_copy(update={"otel_endpoint": collector.url, "otel_sample": 0.0})
        async with stages(own):
            topic = declared(own)["articles"].name
            headers = {
                first: [("traceparent", PARENT.encode()), ("tracestate", b"vendor=opaque")],
                second: [("traceparent", PARENT[:-1].encode() + b"0")],
                third: [("traceparent", b"00-garbage\xff")],
            }
            async with Producer(own, [topic]) as producer:
                for article, given in headers.items():
                    await producer.confirm([await producer.send(topic, article.value, key="a", headers=given)])
            await until(lambda: collector.named(f"process {own.prefix}.stories"))
            await asyncio.sleep(1)
        stories = (await written(own))["stories"]
    trace = PARENT.split("-")[1]
    process = [one for one in collector.spans if not one.name.startswith("receive")]
    assert {one.trace for one in process} == {trace}
    (begin,) = collector.named(f"process {own.prefix}.articles")
    assert begin.parent == PARENT.split("-")[2]
    carried = [dict(one.headers) for one in stories]
    assert [one["traceparent"][-2:] for one in carried].count(b"01") == 1
    recorded = next(one for one in carried if one["traceparent"].endswith(b"01"))
    assert recorded["tracestate"] == b"vendor=opaque"
    unrecorded = [one for one in carried if one["traceparent"].split(b"-")[1] == trace.encode() and one is not recorded]
    assert {one["traceparent"][-2:] for one in unrecorded} == {b"00"}, "not recorded, but carried on"


async def test_off_nothing_is_added_and_nothing_imported(settings: Settings) -> None:
    async with stages(settings):
        result = await see_through(settings, [*labelled("a-01"), bad()])
    off = await written(settings)
    assert {
        name for role in ("accepted", "stories", "rejected") for one in off[role] for name in names(one.headers)
    } <= {ARRIVED}
    for role, kind in (("republications", Republication), ("alerts", Alert)):
        for one in off[role]:
            expected = [] if one.value is None else event_headers(kind.from_bytes(one.value), f"/{settings.prefix}")
            assert list(one.headers) == expected
    assert result.rejected
    program = "import streams.cli, streams.worker, sys; sys.exit(any('opentelemetry' in name for name in sys.modules))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=ROOT)
    assert await process.wait() == 0


async def test_values_are_the_same_with_and_without(settings: Settings) -> None:
    articles = labelled("a-02")
    single = settings.model_copy(update={"article_partitions": 1})  # one order of arrival, so the same stories
    off, on = (single.model_copy(update={"prefix": f"{settings.prefix}-{name}"}) for name in ("off", "on"))
    async with Collector() as collector, stages(off):
        await see_through(off, articles)
        traced = on.model_copy(update={"otel_endpoint": collector.url})
        async with stages(traced):
            await see_through(traced, articles)
        before, after = await written(off), await written(traced)
    for role in ROLES:
        assert {one.value for one in before[role]} == {one.value for one in after[role]}, role
    assert all(names(one.headers)[-1] == "traceparent" for role in ROLES for one in after[role])
    assert after["alerts"]


@pytest.mark.parametrize("kind", ["gone", "silent", "refusing"])
async def test_a_dead_collector_neither_slows_nor_stops_a_worker(settings: Settings, kind: str) -> None:
    async with Collector(503 if kind == "refusing" else 200, silent=kind == "silent") as collector:
        endpoint = "http://127.0.0.1:9" if kind == "gone" else collector.url
        own = settings.model_copy(update={"otel_endpoint": endpoint})
        async with WorkerProcess(own) as worker:
            await worker.said("runs")
            ends = await send(own, labelled("a-01", "a-02", "a-03"))
            result = await judged(own, ends)
            assert any(said.role == "alerts" for said in result.events)
            if kind != "silent":
                await worker.said("takes no spans")
            began = time.monotonic()
            assert await worker.end(signal.SIGTERM) == 0
            assert time.monotonic() - began < 9
        assert sum("takes no spans" in line for line in worker.lines) <= 1
        assert not any("Traceback" in line for line in worker.lines)
