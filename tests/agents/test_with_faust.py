"""The agents bound to Faust, on Faust's own test support: the stream, the batches and the acknowledgements are real."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from faust.types.enums import ProcessingGuarantee

from agents.records import Outgoing
from schemas.accepted import Accepted
from schemas.errors import SendError
from streams.app import Stage, build
from streams.settings import Settings
from tests.support.fakes import ListOutlet, article

SETTINGS = Settings(broker="kafka://127.0.0.1:9", batch=2)  # nothing listens there: the test never connects


class Signalling(ListOutlet):
    """An outlet that one can wait for."""

    def __init__(self, fails: int | None = None) -> None:
        super().__init__(fails)
        self.changed = asyncio.Event()

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        try:
            await super().deliver(outgoing)
        finally:
            self.changed.set()

    async def until(self, count: int) -> None:
        while len(self.sent) < count:
            await asyncio.wait_for(self.changed.wait(), 10)
            self.changed.clear()


class Caught:
    """What escaped the agent; holds it as the real one does, so that nothing is acknowledged."""

    def __init__(self) -> None:
        self.error: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()

    async def __call__(self, error: BaseException) -> None:
        self.error.set_result(error)
        await asyncio.Event().wait()


@pytest.fixture
def bound(tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    """Builds stages; closes the event loop of the consumer thread that Faust makes for a stream and never starts."""
    built: list[Stage] = []

    def make(name: str, outlet: ListOutlet, caught: Caught) -> Stage:
        built.append(build(SETTINGS, name, outlet, caught, tmp_path))
        return built[-1]

    yield make
    for stage in built:
        if stage.app._consumer is not None:
            cast("Any", stage.app._consumer)._thread.thread_loop.close()


async def put(agent: Any, *values: bytes) -> None:
    for value in values:
        await agent.put(value, wait=False)


async def test_ingest_takes_what_faust_delivers(bound: Callable[..., Stage]) -> None:
    outlet = Signalling()
    stage = bound("ingest", outlet, Caught())
    async with stage.agent.test_context() as agent:
        await put(agent, article("one"), article("two"), article("three"), b"{")
        await outlet.until(4)
    assert [one.role for one in outlet.sent] == ["accepted", "accepted", "accepted", "rejected"]
    assert [Accepted.from_bytes(one.value).id for one in outlet.sent[:3]] == ["one", "two", "three"]


async def test_a_failed_delivery_reaches_the_fatal_handler_and_not_faust(bound: Callable[..., Stage]) -> None:
    outlet, caught = Signalling(fails=0), Caught()
    stage = bound("ingest", outlet, caught)
    async with stage.agent.test_context() as agent:
        await put(agent, article("one"))
        error = await asyncio.wait_for(caught.error, 10)
    assert isinstance(error, SendError)
    assert outlet.sent == []


@pytest.mark.parametrize("stage", ["ingest", "match", "judge"])
async def test_the_settings_that_keep_faust_from_losing_records(stage: str, bound: Callable[..., Stage]) -> None:
    conf = cast("Any", bound(stage, ListOutlet(), Caught()).app.conf)
    assert conf.processing_guarantee is ProcessingGuarantee.AT_LEAST_ONCE
    assert conf.agent_supervisor.__name__ == "CrashingSupervisor"
    assert (conf.web_enabled, conf.topic_allow_declare, conf.topic_disable_leader) == (False, False, True)
    assert conf.consumer_auto_offset_reset == "earliest"
    assert conf.id == f"wirespin-{stage}"


@pytest.mark.parametrize("protocol", ["SSL", "SASL_SSL", "SASL_PLAINTEXT"])
async def test_security_settings_reach_faust(protocol: Any, tmp_path: Path) -> None:
    secure = SETTINGS.model_copy(
        update={"security_protocol": protocol, "sasl_username": "u", "sasl_password": "p", "sasl_mechanism": "PLAIN"}
    )
    given = cast("Any", build(secure, "ingest", ListOutlet(), Caught(), tmp_path).app.conf.broker_credentials)
    assert given.protocol.value == protocol
    if protocol != "SSL":
        assert (given.username, given.password, given.mechanism.value) == ("u", "p", "PLAIN")
