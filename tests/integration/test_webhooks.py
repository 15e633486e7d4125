"""Webhooks over a real broker: nothing is lost when the process is killed, no hook waits for another."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from click.testing import CliRunner, Result

from schemas.errors import SendError
from schemas.events import Event
from streams.cli import main
from streams.client import Producer
from streams.desk.filters import Filter, kind_of
from streams.events import messages
from streams.exposition import text_of
from streams.out.webhooks.config import Hook
from streams.out.webhooks.feeder import group
from streams.out.webhooks.letters import chosen, letters_of, sent_again, standing_letters
from streams.out.webhooks.metrics import families, status
from streams.out.webhooks.run import Running, delivering, poster_of
from streams.out.webhooks.schedule import Schedule
from streams.out.webhooks.served import served
from streams.settings import Settings, as_environment
from streams.topics import create_missing, declared
from tests.streams.out.events import alert, republication
from tests.streams.out.receiver import Receiver, slow
from tests.streams.out.receiver import status as answering
from tests.streams.out.webhooks_support import SECRET, hook
from tests.support.metrics import lint, samples
from tests.support.pipeline import LIMIT, ROOT, free_port, until, until_committed

pytestmark = pytest.mark.integration


@pytest.fixture
async def server() -> AsyncIterator[Receiver]:
    async with Receiver() as running:
        yield running


@pytest.fixture
def inside(settings: Settings) -> Settings:
    """Hooks may lead to this machine."""
    return settings.model_copy(update={"webhook_allow": "127.0.0.0/8"})


async def say(settings: Settings, events: Iterable[Event | str]) -> None:
    """Write events; a text is the key of one that is withdrawn."""
    await create_missing(settings)
    names = {role: declared(settings)[role].name for role in ("alerts", "republications")}
    async with Producer(settings, names.values()) as producer:
        for event in events:
            if isinstance(event, str):
                pending = await producer.send(names["alerts"], None, key=event)
            else:
                role = kind_of(event)
                pending = await producer.send(names[role], event.to_bytes(), key=event.key)
            await producer.confirm([pending])


def to(server: Receiver, path: str = "/", **fields: Any) -> Hook:
    name = path.strip("/") or "h"
    return replace(hook(server.url(path), **({"start": "earliest"} | fields)), name=name)


@contextlib.asynccontextmanager
async def at_work(settings: Settings, *hooks: Hook) -> AsyncIterator[Running]:
    async with delivering(settings, hooks) as running:
        yield running
        assert not running.failed.done(), running.failed.result()


async def test_each_event_is_told_as_it_stands_and_a_restart_goes_on(inside: Settings, server: Receiver) -> None:
    said = [alert("a1", "k1"), alert("a2", "k2", supersedes=["a0"])]
    await say(inside, [*said, "k1"])
    async with at_work(inside, to(server)):
        await until(lambda: len(server.came["/"]) == 3)
    one, two, gone = (delivery.event for delivery in server.came["/"])
    assert one["data"] == orjson.loads(said[0].to_bytes())
    assert (one["type"], one["id"], one["source"]) == (
        "org.wirespin.alert.framing-altered.v1", "a1", f"/{inside.prefix}",
    )  # fmt: skip
    assert two["id"] == "a2"
    assert (gone["type"], gone["data"]) == (
        "org.wirespin.alert.withdrawn.v1", {"type": "withdrawn", "kind": "alert", "key": "k1"},
    )  # fmt: skip
    assert one["sequence"] < two["sequence"] < gone["sequence"]
    await say(inside, [alert("a3", "k3")])
    async with at_work(inside, to(server)):
        await until(lambda: len(server.came["/"]) > 3)
        await asyncio.sleep(0.5)
    assert server.ids()[3:] == ["a3"]


async def test_a_new_hook_is_told_of_what_comes_and_loses_nothing_while_it_is_down(
    inside: Settings, server: Receiver
) -> None:
    await say(inside, [alert("old", "k0")])
    async with at_work(inside, to(server, start="latest")) as running:
        await until(lambda: running.feeders[0].tally.state == "delivering")
    await say(inside, [alert("new", "k1")])
    async with at_work(inside, to(server, start="latest")):
        await until(lambda: server.came["/"])
    assert server.ids() == ["new"]


async def test_a_new_hook_of_empty_topics_loses_nothing_while_it_is_down(inside: Settings, server: Receiver) -> None:
    async with at_work(inside, to(server, start="latest")) as running:
        await until(lambda: running.feeders[0].tally.state == "delivering")
    await say(inside, [alert("new", "k1")])
    async with at_work(inside, to(server, start="latest")):
        await until(lambda: server.came["/"])
    assert server.ids() == ["new"]


async def test_filters_and_kinds_choose(inside: Settings, server: Receiver) -> None:
    wants = {"alerts": Filter(score=0.9), "republications": Filter(agency="dpa", kind="republications")}
    low = alert().framing.model_copy(update={"score": 0.5})
    await say(
        inside,
        [
            alert("high", "k1"),
            alert("low", "k2", framing=low),
            alert("lowered", "k1", framing=low, supersedes=["high"]),
            republication("afp", "k3"),
            "k1",
        ],
    )
    async with at_work(inside, to(server, wants=wants, withdrawn=False)) as running:
        await until(lambda: running.feeders[0].tally.passed["filtered"] == 3)
        await until(lambda: len(server.came["/"]) == 2)
    assert server.ids() == ["high", "lowered"]
    assert [one.event.get("outsidefilter") for one in server.came["/"]] == [None, True]


async def test_a_dead_hook_holds_up_nobody_and_is_caught_up_with(inside: Settings, server: Receiver) -> None:
    names = [f"a{number}" for number in range(20)]
    await say(inside, [alert(name, f"k{name}") for name in names])
    dead = to(server, "/dead", schedule=Schedule(10, 3_600, 3_600))
    server.always["/dead"] = answering(500)
    async with at_work(inside, dead, to(server, "/well")) as running:
        await until(lambda: len(server.came["/well"]) == 20)
        await until(lambda: len(server.came["/dead"]) == 20)
        page = text_of(families(running.feeders))
        lint(page)
        figures = samples(page)
        assert figures['wirespin_webhook_waiting{hook="dead"}'] == 20
        assert figures['wirespin_webhook_lag{hook="dead"}'] == 20
        assert figures['wirespin_webhook_state{hook="dead",state="failing"}'] == 1
        assert figures['wirespin_webhook_messages_total{hook="well",outcome="delivered"}'] == 20
        stages = status(running.feeders)["stages"]
        assert (stages["webhook dead"]["phase"], stages["webhook dead"]["waiting"]) == ("failing", 20)
        assert stages["webhook well"]["sent"] == {"delivered": 20, "rejected": 0}
    del server.always["/dead"]
    server.came.clear()
    async with at_work(inside, dead, to(server, "/well")):
        await until(lambda: set(server.ids("/dead")) == set(names))
        await asyncio.sleep(0.3)
    assert not server.came["/well"]


async def test_what_is_given_up_is_kept_and_can_be_sent_again(
    inside: Settings, server: Receiver, tmp_path: Path, no_settings: None
) -> None:
    server.always["/"] = answering(400, "do not like it")
    target = to(server)
    await say(inside, [alert("a1", "k1"), alert("a2", "k2"), "k1"])
    async with at_work(inside, target) as running:
        await until(lambda: running.feeders[0].tally.messages["undelivered"] == 3)
        bodies = {one.id: one.body for one in server.came["/"]}
    found = await standing_letters(inside, pytest.fail)
    assert {one.message for one in found} == set(bodies)
    assert {(one.hook, one.tries, one.status, one.reason) for one in found} == {
        ("h", 3, 400, "400 Bad Request: do not like it")
    }
    for record in await messages(inside, "undelivered"):
        assert SECRET.encode() not in record.value
        assert b"127.0.0.1" not in record.value
    server.came.clear()
    server.always.clear()
    server.answers["/"].append(answering(404))
    async with letters_of(inside) as kept, poster_of(inside) as poster:
        told = [(one.message, outcome.delivered) async for one, outcome in sent_again(
            chosen(found, (), None), [target], poster, kept, inside.prefix, 0.0)]  # fmt: skip
    assert [delivered for _, delivered in told] == [False, True, True]
    assert [one.body for one in server.came["/"]] == [bodies[name] for name, _ in told]
    left = await standing_letters(inside, pytest.fail)
    assert [(one.message, one.tries, one.status) for one in left] == [(told[0][0], 4, 404)]
    shown = await asyncio.to_thread(command, inside, "list", "--json")
    assert orjson.loads(shown.stdout)["message"] == told[0][0]
    assert told[0][0] in (await asyncio.to_thread(command, inside, "list")).stdout
    replayed = await asyncio.to_thread(command, inside, "replay", str(written(tmp_path, server)), told[0][0])
    assert (replayed.exit_code, replayed.stdout) == (0, "1 delivered, 0 could not be\n")
    assert (await asyncio.to_thread(command, inside, "list")).stdout == "nothing is undelivered\n"


def command(settings: Settings, *arguments: str) -> Result:
    given = ("--broker", settings.broker, "--prefix", settings.prefix, "--webhook-allow", settings.webhook_allow)
    return CliRunner().invoke(main, ["webhooks", "undelivered", *arguments, *given])


def written(folder: Path, server: Receiver, more: str = "") -> Path:
    """A file with one hook."""
    file = folder / "hooks.toml"
    told = f'[[hook]]\nname = "h"\nurl = "{server.url("/")}"\nsecret = "{SECRET}"\nplain_http = true\n'
    file.write_text(told + more)
    return file


async def test_410_leaves_a_hook_alone_until_a_restart(inside: Settings, server: Receiver) -> None:
    server.answers["/"].append(answering(410))
    await say(inside, [alert("a1", "k1")])
    async with at_work(inside, to(server), to(server, "/well")) as running:
        await until(lambda: running.feeders[0].tally.state == "disabled")
        await say(inside, [alert("a2", "k2")])
        await until(lambda: len(server.came["/well"]) == 2)
        await asyncio.sleep(0.5)
        assert server.ids() == ["a1"]
    async with at_work(inside, to(server)):
        await until(lambda: set(server.ids()) == {"a1", "a2"})


async def test_while_too_much_waits_nothing_more_is_read_and_nothing_is_lost(
    inside: Settings, server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.out.webhooks.feeder.MOST_WAITING", 10)
    monkeypatch.setattr("streams.out.webhooks.feeder.TAKE", 5)
    server.always["/"] = answering(500)
    await say(inside, [alert(f"a{number}", f"k{number}") for number in range(40)])
    async with at_work(inside, to(server, schedule=Schedule(50, 0.2, 0.2))) as running:
        await until(lambda: running.feeders[0].waiting >= 10)
        await asyncio.sleep(1)
        assert running.feeders[0].waiting < 15
        assert running.feeders[0].lag == 40
        del server.always["/"]
        await until(lambda: running.feeders[0].tally.messages["delivered"] == 40)
        assert running.feeders[0].lag == 0
        assert status(running.feeders)["stages"]["webhook h"]["partitions"] == [
            {"topic": declared(inside)["alerts"].name, "partition": 0}
        ]


async def test_what_cannot_be_put_by_ends_the_process_and_is_delivered_again(
    inside: Settings, server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        raise SendError("not delivered")

    server.always["/"] = answering(500)
    await say(inside, [alert("a1", "k1")])
    with monkeypatch.context() as patched:
        patched.setattr("streams.out.webhooks.letters.Letters.write", lost)
        async with delivering(inside, [to(server)]) as running:
            async with asyncio.timeout(LIMIT):
                assert isinstance(await running.failed, SendError)
    del server.always["/"]
    async with at_work(inside, to(server)) as running:
        await until(lambda: running.feeders[0].tally.messages["delivered"] == 1)


async def test_it_tells_how_it_is(inside: Settings, server: Receiver) -> None:
    port = free_port()
    heard = inside.model_copy(update={"health_port": port})
    await say(inside, [alert("a1", "k1")])
    async with at_work(inside, to(server)) as running, served(heard, running):
        await until(lambda: running.feeders[0].tally.messages["delivered"] == 1)
        said = await asyncio.to_thread(CliRunner().invoke, main, ["status", "--url", f"http://127.0.0.1:{port}"])
        assert (said.exit_code, "webhook h" in said.stdout, "delivering" in said.stdout) == (0, True, True)
        async with aiohttp.ClientSession() as http:
            for path in ("/live", "/ready", "/status", "/metrics"):
                async with http.get(f"http://127.0.0.1:{port}{path}") as answer:
                    page = await answer.text()
                    assert answer.status == 200
        lint(page)
        assert samples(page)['wirespin_webhook_messages_total{hook="h",outcome="delivered"}'] == 1


async def test_what_is_no_event_is_passed_over(inside: Settings, server: Receiver) -> None:
    await create_missing(inside)
    topic = declared(inside)["alerts"].name
    async with Producer(inside, [topic]) as producer:
        for key, value in ((b"k", b"{}"), (b"\xff", b"x"), (b"k", b"\x00"), (b"k", b"[" * 9_000)):
            await producer.confirm([await producer.send_to(topic, 0, key, value, [])])
    await say(inside, [alert("a1", "k1")])
    async with at_work(inside, to(server)) as running:
        await until(lambda: server.came["/"])
        assert running.feeders[0].tally.passed["unreadable"] == 4
    assert server.ids() == ["a1"]


async def test_two_processes_share_the_hooks_and_one_takes_over(inside: Settings, server: Receiver) -> None:
    async with at_work(inside, to(server)) as first:
        await until(lambda: first.feeders[0].tally.state == "delivering")
        async with at_work(inside, to(server)):
            await say(inside, [alert(f"a{number}", f"k{number}") for number in range(5)])
            await until(lambda: set(server.ids()) == {f"a{number}" for number in range(5)})
            await asyncio.sleep(0.5)
            assert len(server.ids()) == 5
        await say(inside, [alert("last", "k9")])
        await until(lambda: "last" in server.ids())


async def test_a_killed_process_loses_nothing(inside: Settings, server: Receiver, tmp_path: Path) -> None:
    """SIGKILL in the midst of deliveries, some of them waiting for a retry; the next process delivers the rest."""
    file = written(tmp_path, server, 'start = "earliest"\nfirst_wait = 0.5\nconcurrency = 2\n')
    names = [f"a{number:02}" for number in range(60)]
    await say(inside, [alert(name, f"k{number % 7}") for number, name in enumerate(names)])
    server.always["/"] = slow(0.02)
    for _ in range(5):
        server.answers["/"].append(answering(503))
    first = await _started(inside, file)
    await until(lambda: len(server.came["/"]) > 25)
    first.send_signal(signal.SIGKILL)
    await asyncio.wait_for(first.wait(), LIMIT)
    before = len(server.came["/"])
    assert before < len(names)
    second = await _started(inside, file)
    try:
        await until(lambda: set(names) <= set(server.ids()))
        await until_committed(inside, "alerts", group(inside, "h"), len(names))
    finally:
        second.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(second.wait(), LIMIT)
    assert code == 0
    for key in range(7):  # in order, but for what was told twice
        first_times = list(dict.fromkeys(one for one in server.ids() if int(one[1:]) % 7 == key))
        assert first_times == sorted(first_times)


async def _started(settings: Settings, file: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams", "webhooks", "run", str(file),
        env={**os.environ, **as_environment(settings)}, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
