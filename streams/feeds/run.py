"""A worker that polls feeds until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from schemas.errors import SettingsError
from streams.client import Producer
from streams.feeds.member import Member
from streams.feeds.outbox import Outbox
from streams.feeds.parsers import Parsers
from streams.feeds.poll import Tools
from streams.feeds.poller import Poller
from streams.feeds.schedule import DAY, Policy
from streams.feeds.websub.hub import Hubs
from streams.feeds.websub.receiver import listening
from streams.feeds.websub.subscriber import Callbacks, Subscriber
from streams.lease import Lease
from streams.settings import Settings
from streams.topics import create_missing, declared
from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.robots import Robots
from streams.web.types import Web

log = logging.getLogger(__name__)


def policy_of(settings: Settings) -> Policy:
    """How feeds are scheduled."""
    return Policy(
        interval=settings.feed_interval,
        least=settings.feed_min_interval,
        most=settings.feed_max_interval,
        whole_every=settings.feed_whole_every,
        redirects=settings.feed_redirects,
        redirect_time=settings.feed_redirect_days * DAY,
    )


def web_of(settings: Settings) -> Web:
    """How the web is asked."""
    return Web(
        contact=settings.feed_contact or "",
        user_agent=settings.feed_user_agent or "",
        allow=tuple(part.strip() for part in settings.feed_allow.split(",") if part.strip()),
        proxy=settings.feed_proxy,
        total=settings.feed_timeout,
        connect=settings.feed_connect_timeout,
        largest=settings.feed_largest,
    )


def fetcher_of(settings: Settings) -> Fetcher:
    """What asks the web."""
    return Fetcher(web_of(settings), hosts=Hosts(settings.feed_host_concurrency, settings.feed_host_spacing))


@dataclass
class Running:
    """A worker that polls.

    Attributes:
        member: which partitions it has.
        poller: what it polls.
        tools: its tally among them.
        failed: resolves to what ends it.
        subscriber: keeps subscriptions at hubs, where callbacks are set.
    """

    member: Member
    poller: Poller
    tools: Tools
    failed: asyncio.Future[BaseException]
    subscriber: Subscriber | None = None


@contextlib.asynccontextmanager
async def polling(settings: Settings) -> AsyncIterator[Running]:
    """A worker that polls; on leaving it has given up its partitions. Creates missing topics first.

    Raises:
        BrokerError: the broker cannot be reached, or a topic is not what is declared.
    """
    await create_missing(settings)
    names = {role: declared(settings)[role].name for role in ("articles", "feeds")}
    failed: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()

    def fatal(error: BaseException) -> None:
        if not failed.done():
            failed.set_result(error)

    worker, policy = uuid.uuid4().hex[:12], policy_of(settings)
    async with contextlib.AsyncExitStack() as stack:
        lease = stack.enter_context(Lease(settings.given_up_after))
        producer = await stack.enter_async_context(Producer(settings, names.values()))
        outbox = Outbox(producer, names["articles"], names["feeds"], lease.check)
        fetcher = await stack.enter_async_context(fetcher_of(settings))
        parsers = await stack.enter_async_context(Parsers(settings.feed_parsers, settings.feed_parse_timeout))
        tools = Tools(fetcher, Robots(fetcher), parsers, outbox, policy, settings.feed_full_text, worker)
        poller = Poller(tools, settings.feed_concurrency, settings.feed_host_concurrency, fatal)
        await stack.enter_async_context(poller)
        member = await stack.enter_async_context(Member(settings, worker, poller, outbox, policy, fatal))
        subscriber = await stack.enter_async_context(subscribing(settings, member, poller, outbox, fatal))
        log.info("worker %d (%s) polls feeds on %s", os.getpid(), worker, settings.broker)
        if not settings.feed_contact and not settings.feed_user_agent:
            log.warning("no contact in the User-Agent: set WIRESPIN_FEED_CONTACT, many hosts refuse those without")
        yield Running(member, poller, tools, failed, subscriber)
        log.info("worker %d stops", os.getpid())


@contextlib.asynccontextmanager
async def subscribing(
    settings: Settings, member: Member, poller: Poller, outbox: Outbox, fatal: Callable[[BaseException], None]
) -> AsyncIterator[Subscriber | None]:
    """What keeps subscriptions at hubs, with the callbacks listening; None where none are set.

    Raises:
        SettingsError: one of the two settings is missing, or it cannot listen there.
    """
    base, port = settings.feed_callback, settings.feed_callback_port
    if bool(base) != bool(port):
        remedy = "set both WIRESPIN_FEED_CALLBACK and WIRESPIN_FEED_CALLBACK_PORT, or neither"
        raise SettingsError("callbacks need an address and a port", where="--feed-callback", remedy=remedy)
    if not base:
        yield None
        return
    async with contextlib.AsyncExitStack() as stack:
        hosts = Hosts(settings.feed_host_concurrency, settings.feed_host_spacing)
        hubs = await stack.enter_async_context(Hubs(web_of(settings), hosts))
        callbacks = Callbacks(base, settings.feed_largest)
        subscriber = Subscriber(callbacks, member.at_hand, hubs, poller, outbox, fatal)
        await stack.enter_async_context(listening(subscriber, settings.feed_callback_host, port))
        member.removed = subscriber.removed
        yield await stack.enter_async_context(subscriber)
