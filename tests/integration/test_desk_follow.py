"""The desk's store follows the topics: over restarts, withdrawals, bad records and brokers that come back empty."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.events import Event
from streams.client import Producer
from streams.desk.decide import disposition_of, send_disposition, take_back
from streams.desk.filters import Filter
from streams.desk.follow import follow_into
from streams.desk.store import Store
from streams.desk.types import Changes, Following
from streams.embedded import EmbeddedBroker
from streams.settings import Settings
from streams.sources import read_articles
from streams.topics import create_missing, declared
from tests.support.desk import event
from tests.support.pipeline import SEEDS, free_port, see_through, stages, until

pytestmark = pytest.mark.integration

ORIGINAL, COPY = sorted(SEEDS.glob("*.txt"))


class Desk:
    """A store with its follower."""

    def __init__(self, store: Store) -> None:
        self.store, self.following, self.changes = store, Following(), list[Changes]()

    def alerts(self) -> list[Event]:
        return [row.event for row in self.store.page(Filter()).rows]


@contextlib.asynccontextmanager
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    with Store.of(settings) as store:
        made = Desk(store)
        task = asyncio.ensure_future(follow_into(store, settings, made.changes.append, made.following))
        try:
            yield made
        finally:
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task


async def send(settings: Settings, role: str, key: str, value: bytes | None) -> None:
    topic = declared(settings)[role].name
    async with Producer(settings, [topic]) as producer:
        await producer.confirm([await producer.send(topic, value, key=key)])


async def test_the_seeds_alert_with_both_texts_over_a_restart_until_it_is_withdrawn(
    settings: Settings, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"desk_data": str(tmp_path)})
    async with stages(settings), desk(settings) as first:
        await see_through(settings, read_articles([str(SEEDS)], order="given"))
        await until(lambda: first.alerts() and first.store.sizes()["texts"] == 2)
        (alert,) = first.alerts()
        await send_disposition(settings, disposition_of(alert, "confirmed", by="kim"))
        await until(lambda: first.store.count(Filter(verdict="confirmed")))
        assert any(changed.event == alert for changes in first.changes for changed in changes.changed)
    async with desk(settings) as second:
        await until(lambda: second.following.caught_up)
        assert second.following.read == dict.fromkeys(second.store.topics, 1)  # each's last, to know it again
        assert second.changes == [Changes()] * len(second.changes)
        found = second.store.found(alert.id)
        assert found
        assert (found.event, found.current) == (alert, True)
        assert found.original
        assert found.original.article.body in ORIGINAL.read_text()
        assert found.copy
        assert found.copy.uid == f"{COPY.stem}@{alert.copy_.digest}"
        assert found.disposition
        assert found.disposition.by == "kim"
        await take_back(settings, alert.key)
        await send(settings, "alerts", alert.key, b"no alert at all")
        await send(settings, "alerts", alert.key, None)
        await until(lambda: not second.alerts() and not second.store.disposition(alert.key))
        assert second.following.bad == {declared(settings)["alerts"].name: 1}
        assert [gone.id for changes in second.changes for gone in changes.gone] == [alert.id]
        assert (second.following.connected, second.following.trouble, second.following.restarts) == (True, "", 0)


async def test_a_broker_that_comes_back_empty_is_followed_anew(tmp_path: Path) -> None:
    port = free_port()
    settings = Settings(broker=f"kafka://127.0.0.1:{port}", prefix="anew", desk_data=str(tmp_path))
    old, other = event(copy="old"), event(copy="other")
    async with desk(settings) as one:
        await until(lambda: one.following.trouble)  # there is no broker at all yet
        with EmbeddedBroker(port):
            await create_missing(settings)
            for said in (other, old):
                await send(settings, "alerts", said.key, said.to_bytes())
            await until(lambda: len(one.alerts()) == 2)
        with EmbeddedBroker(port):
            await create_missing(settings)
            await send(settings, "alerts", other.key, other.to_bytes())
            await until(lambda: [said.id for said in one.alerts()] == [other.id])
            assert one.following.restarts > 0
            assert one.changes[-1].gone[0].id == old.id


async def test_another_log_of_the_same_length_is_noticed_at_the_next_start(settings: Settings, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"desk_data": str(tmp_path)})
    old, new = event(copy="old"), event(copy="new")
    with EmbeddedBroker() as broker:
        elsewhere = settings.model_copy(update={"broker": broker.url})
        await create_missing(elsewhere)
        await send(elsewhere, "alerts", old.key, old.to_bytes())
        async with desk(elsewhere) as one:
            await until(one.alerts)
    await create_missing(settings)
    await send(settings, "alerts", new.key, new.to_bytes())
    async with desk(settings) as two:
        await until(lambda: [said.id for said in two.alerts()] == [new.id])
        assert two.following.restarts == 1
