"""Reading and changing what stands in the topic of feeds, as the command line does; workers hear of it in a second."""

from __future__ import annotations

import time
from collections.abc import Mapping

from schemas.feed import FeedConfig
from streams.client import Producer
from streams.events import each_message
from streams.feeds.book import Book, Feed, key_of, split_key
from streams.feeds.run import policy_of
from streams.settings import Settings
from streams.topics import declared


async def all_feeds(settings: Settings) -> dict[str, Feed]:
    """Every feed by id, with its state but not what it has had."""
    book = Book(-1)
    async for message in each_message(settings, "feeds"):
        place = split_key(message.key)
        if place is None or place[1] != "seen":
            book.take(message.key, message.value)
    book.open(policy_of(settings), time.time())
    return book.feeds


async def configure(settings: Settings, configs: Mapping[str, FeedConfig | None]) -> None:
    """Write what is asked for of some feeds, by id; None removes one.

    Raises:
        BrokerError: the broker cannot be reached.
        SendError: something was not confirmed.
    """
    topic = declared(settings)["feeds"].name
    async with Producer(settings, [topic]) as producer:
        pending = []
        for name, config in configs.items():
            value = None if config is None else config.to_bytes()
            key = key_of(name, "config").encode()
            pending.append(await producer.send_to(topic, producer.partition_of(topic, name), key, value, []))
        await producer.confirm(pending)


async def add(settings: Settings, wanted: Mapping[str, FeedConfig]) -> list[str]:
    """Add the feeds that are not known yet, and return their ids. What is known stays as it is."""
    known = await all_feeds(settings)
    fresh = {name: config for name, config in wanted.items() if name not in known}
    await configure(settings, fresh)
    return list(fresh)
