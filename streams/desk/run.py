"""The desk: the follower that fills the store, and the server that shows it, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from schemas.disposition import Disposition
from schemas.errors import SettingsError, StateError
from streams.desk.app import application
from streams.desk.context import Desk
from streams.desk.decide import send_disposition, take_back
from streams.desk.follow import follow_into
from streams.desk.health import Condition
from streams.desk.hosts import Hosts, is_loopback
from streams.desk.live import Live
from streams.desk.people import People, own_name
from streams.desk.sessions import Attempts, Sessions
from streams.desk.store import Store
from streams.desk.types import Following
from streams.listen import serving
from streams.settings import Settings
from streams.topics import create_missing
from streams.worker import told_to_stop

log = logging.getLogger(__name__)

LOOK_EVERY = 30.0
"""Seconds between two looks at the store's size."""


@dataclass(frozen=True)
class Running:
    """A desk that runs.

    Attributes:
        url: where it answers.
        desk: what its handlers share.
        follower: resolves when it can no longer follow.
    """

    url: str
    desk: Desk
    follower: asyncio.Task[None]


def check(settings: Settings) -> People | None:
    """Who may use the desk; None where all that reach it may, which is this machine's users alone.

    Raises:
        SettingsError: it would be open to others without anybody being asked who they are, or the file is unfit.
    """
    if settings.desk_people:
        return People.read(settings.desk_people)
    if not is_loopback(settings.desk_host):
        raise SettingsError(
            f"{settings.desk_host} can be reached by others, and nobody would be asked who they are",
            where="--desk-host",
            remedy="name a file of people and tokens with --desk-people, or listen on 127.0.0.1",
        )
    return None


def desk_of(settings: Settings, store: Store, people: People | None) -> Desk:
    """A desk over a store."""

    async def write(key: str, said: Disposition | None) -> None:
        await (take_back(settings, key) if said is None else send_disposition(settings, said))

    return Desk(
        store=store,
        write=write,
        person=own_name(settings.desk_person),
        people=people,
        hosts=Hosts(settings.desk_host, settings.desk_allowed_hosts.split(",")),
        sessions=Sessions(time.monotonic),
        attempts=Attempts(time.monotonic),
        live=Live(),
        following=Following(),
    )


@contextlib.asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """A desk, following and answering; both end on leaving. Creates missing topics first.

    Raises:
        SettingsError: it cannot listen where it is told to, or would be open to everybody.
        BrokerError: the broker cannot be reached, or a topic is not what is declared.
        StateError: the store cannot be used.
    """
    people = check(settings)
    await create_missing(settings)
    async with contextlib.AsyncExitStack() as stack:
        store = await asyncio.to_thread(Store.of, settings)
        stack.enter_context(store)
        desk = desk_of(settings, store, people)
        condition = Condition(desk, settings.lag_timeout)
        app = application(desk, condition.health())
        host, port = settings.desk_host, settings.desk_port
        port = await stack.enter_async_context(serving(app, host, port, what="desk", flag="--desk-port"))
        follower = await stack.enter_async_context(_task(follow_into(store, settings, desk.live.tell, desk.following)))
        await stack.enter_async_context(_task(_measure(store, condition)))
        yield Running(f"http://{f'[{host}]' if ':' in host else host}:{port}/", desk, follower)


async def work(settings: Settings, told: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT.

    Args:
        settings: all settings.
        told: called with the address when it answers.

    Raises:
        StateError: the follower ended by itself.
    """
    stop = asyncio.Event()
    with told_to_stop(stop):
        async with running(settings) as desk:
            told(desk.url)
            asked = asyncio.ensure_future(stop.wait())
            await asyncio.wait([asked, desk.follower], return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            if not stop.is_set():
                raise StateError("the follower ended", where="desk") from desk.follower.exception()
            log.info("the desk stops")


@contextlib.asynccontextmanager
async def _task(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """A task that ends with the context."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _measure(store: Store, condition: Condition) -> None:
    """Look how large the store is, now and then: its metrics may not wait for it."""
    while True:
        try:
            condition.sizes = await asyncio.to_thread(store.sizes)
        except sqlite3.Error as error:  # the follower tells of it, and mends what can be mended
            log.debug("the store was not measured: %r", error)
        await asyncio.sleep(LOOK_EVERY)
