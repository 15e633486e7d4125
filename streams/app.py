"""The Faust apps: one consumer group for each stage, bound to its agent.

Each stage is an app of its own, so that a rebuild in one does not stop the others and they scale apart. The settings
here are the ones that keep Faust 0.15.3 from losing records: at-least-once, raw bytes, manual acknowledgement in
order, one actor, no tables, topics created by us, a crash instead of a restart.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import faust
from mode.supervisors import CrashingSupervisor

from agents.ingest import ingest
from agents.judge import Bench, judge, restore
from agents.match import Residences, match
from agents.records import Outlet, Record
from agents.trace import UNTRACED, Tracer
from streams.client import client_id
from streams.log import as_record
from streams.settings import HEARTBEATS, Settings, bootstrap_servers
from streams.state import PartitionState, from_next_log, from_own_log, group_offsets
from streams.tally import Counted, Tally
from streams.topics import declared
from wirespin.story.library import Library
from wirespin.story.pair import Comparer
from wirespin.text.boilerplate import Boilerplate

log = logging.getLogger(__name__)

STAGES = {"ingest": "articles", "match": "accepted", "judge": "stories"}
"""Stages in order of flow, and the role of the topic that each reads."""

WITHIN = 0.02
"""Seconds a batch waits to fill: a lone article is delayed by at most this much a stage."""

BUFFERED = 256
"""Messages of ~3 KB that Faust may hold between its consumer and the agent; its default of 4,096 would be 12 MB."""

Fatal = Callable[[BaseException], Awaitable[None]]
"""Called with what escaped an agent; must not return while the process could still commit."""

Batches = Callable[[Any], AsyncIterator[Sequence[Record]]]
"""Makes micro-batches of a Faust stream."""

AgentBody = Callable[[AsyncIterator[Sequence[Record]], Callable[[Record], Awaitable[None]]], Awaitable[None]]


@dataclass
class Stage:
    """A stage, ready to be started.

    Attributes:
        name: ingest, match or judge.
        topic: the topic it reads.
        app: the Faust app.
        state: its state by partition, None for a stateless stage.
        agent: the Faust agent.
        tally: what it has done.
        assigned: the partitions it was last made ready for, None before the first time.
        awaited: the partitions it is being made ready for at the moment, None where it is not.
    """

    name: str
    topic: str
    app: faust.App
    state: PartitionState[Any] | None
    agent: Any
    tally: Tally = field(default_factory=Tally)
    assigned: set[int] | None = None
    awaited: set[int] | None = None


def group(settings: Settings, stage: str) -> str:
    """Consumer group of a stage."""
    return f"{settings.prefix}-{stage}"


def build(
    settings: Settings,
    stage: str,
    outlet: Outlet,
    fatal: Fatal,
    folder: Path,
    boilerplate: Boilerplate | None = None,
    tracer: Tracer = UNTRACED,
) -> Stage:
    """Put a stage together.

    Args:
        settings: all settings.
        stage: ingest, match or judge.
        outlet: where its output goes.
        fatal: what to do when something escapes the agent.
        folder: where Faust may make the folders that it never uses here.
        boilerplate: what ingest leaves out.
        tracer: told of the work.
    """
    app = _app(settings, stage, folder)
    topics = declared(settings)
    topic = app.topic(topics[STAGES[stage]].name, key_serializer="raw", value_serializer="raw", value_type=bytes)
    topic.maxsize = BUFFERED  # the constructor's argument is not passed on
    tally = Tally()
    state = state_of(settings, stage, tracer)
    bench = None
    if stage == "judge" and state is not None:
        comparer = Comparer(settings.thresholds)
        counts = (tally.relations, tally.republications, tally.devices)
        bench = Bench(state.partitions, f"/{settings.prefix}", comparer, *counts)
    body = _body(stage, state, Counted(outlet, tally), bench, boilerplate, tracer)
    agent = _bind(app, topic, body, _done(tally, state), partial(_batches, size=settings.batch, tally=tally), fatal)
    built = Stage(stage, topic.get_topic_name(), app, state, agent, tally)
    _rebuild_on_assignment(built)
    return built


def _app(settings: Settings, stage: str, folder: Path) -> faust.App:
    """A Faust app with the settings that are safe."""
    timeout = settings.session_timeout
    return faust.App(
        group(settings, stage),
        broker=f"aiokafka://{bootstrap_servers(settings.broker)}",
        broker_client_id=client_id(group(settings, stage)),
        broker_credentials=_credentials(settings),
        datadir=str(folder / stage),
        key_serializer="raw",
        value_serializer="raw",
        web_enabled=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        agent_supervisor=CrashingSupervisor,
        processing_guarantee="at_least_once",  # exactly_once drops partitions and duplicates on a rebalance
        consumer_auto_offset_reset="earliest",
        broker_commit_interval=settings.commit_interval,
        broker_session_timeout=timeout,
        broker_heartbeat_interval=timeout / HEARTBEATS,
        broker_rebalance_timeout=max(60.0, timeout),
        producer_request_timeout=settings.send_timeout,
        stream_buffer_maxsize=BUFFERED,
    )


def _credentials(settings: Settings) -> Any:
    """Faust's form of the TLS and SASL settings."""
    tls = ssl.create_default_context(cafile=settings.tls_ca) if settings.security_protocol.endswith("SSL") else None
    if settings.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=settings.sasl_password,
            ssl_context=tls,
            mechanism=settings.sasl_mechanism,
        )
    return faust.SSLCredentials(tls) if tls else None


def state_of(settings: Settings, stage: str, tracer: Tracer = UNTRACED) -> PartitionState[Any] | None:
    """The state of a stage before its first assignment; None where it has none."""

    def again(library: Library, record: Record) -> None:
        restore(library, record)
        tracer.seen(record)

    topics = {role: topic.name for role, topic in declared(settings).items()}
    own = group(settings, stage)
    if stage == "match":
        names = (topics["accepted"], topics["stories"])
        rebuild = from_next_log(settings, own, names, Residences, lambda found, log: found.placer(log, settings.window))
        return PartitionState(topics["accepted"], rebuild, group_offsets(settings, own, topics["accepted"]))
    if stage == "judge":
        rebuild = from_own_log(settings, own, topics["stories"], lambda: Library(settings.window), again)
        return PartitionState(topics["stories"], rebuild, group_offsets(settings, own, topics["stories"]))
    return None


def _body(
    stage: str,
    state: PartitionState[Any] | None,
    outlet: Outlet,
    bench: Bench | None,
    boilerplate: Boilerplate | None,
    tracer: Tracer,
) -> AgentBody:
    """The stage's coroutine with everything but its stream."""
    if stage == "ingest" or state is None:
        return lambda batches, acknowledge: ingest(batches, outlet, acknowledge, boilerplate, tracer)
    if bench is None:
        return lambda batches, acknowledge: match(batches, state.partitions, outlet, acknowledge, tracer)
    return lambda batches, acknowledge: judge(batches, bench, outlet, acknowledge, tracer)


def _done(tally: Tally, state: PartitionState[Any] | None) -> Callable[[Record], None]:
    """What is told of every record that is acknowledged."""

    def done(record: Record) -> None:
        tally.acknowledged += 1
        if state is not None:
            state.acknowledged(record)

    return done


def _bind(
    app: faust.App, topic: Any, body: AgentBody, done: Callable[[Record], None], batches: Batches, fatal: Fatal
) -> Any:
    """Make the coroutine a Faust agent. Nothing escapes it: Faust would acknowledge what it was working on."""

    @app.agent(topic, name=f"{app.conf.id}-agent", concurrency=1)
    async def agent(stream: Any) -> None:
        manual = stream.noack()

        async def acknowledge(record: Record) -> None:
            done(record)
            await manual.ack(record.event)

        try:
            await body(batches(manual), acknowledge)
        except Exception as error:  # noqa: BLE001 (whatever it is, the batch must not be committed)
            await fatal(error)

    return agent


async def _batches(stream: Any, size: int, tally: Tally) -> AsyncIterator[Sequence[Record]]:
    """Micro-batches of a stream as records. Who asks for the next one has acknowledged the last."""
    async for events in stream.noack_take(size, within=WITHIN):
        batch = [as_record(event.message, event) for event in events]
        began = time.perf_counter()
        yield batch
        tally.finished(batch, time.perf_counter() - began)


def _rebuild_on_assignment(stage: Stage) -> None:
    """Rebuild state in the one hook that Faust awaits before it resumes the streams."""

    @stage.app.on_rebalance_complete.connect(weak=False)
    async def assign(app: faust.App, **_: Any) -> None:
        partitions = {place.partition for place in app.consumer.assignment() if place.topic == stage.topic}
        stage.awaited = partitions
        try:
            if stage.state is not None:
                await stage.state.assign(partitions)
        finally:
            stage.awaited = None
        stage.assigned = partitions
        log.info("%s: has partitions %s", stage.topic, ", ".join(map(str, sorted(partitions))) or "none")
