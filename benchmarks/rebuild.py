"""How long a worker takes to be ready again: the state of match and judge rebuilt from the retained topics.

    python -m benchmarks.rebuild --articles 100000

Fills the log of stories with synthetic articles as match would have written them, commits what match and judge would
have committed, and then rebuilds each state in a process of its own, as after a restart on another machine. Beyond
``--distinct`` articles the same ones are written again under other names, in stories of their own and with other
hashes: to make a million of them takes an hour, and to read one is the same work.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import orjson
from aiokafka import TopicPartition

from benchmarks.leak import WINDOW_DAYS, articles, resident
from benchmarks.restarts import broker
from streams.app import STAGES, group, state_of
from streams.client import Producer, consumer
from streams.offsets import topic_ends
from streams.settings import Settings
from streams.topics import create_missing, declared
from wirespin.identity import story_name, story_number
from wirespin.story.place import Arrival, Placer

BATCH = 512
ROUND = 0x9E3779B97F4A7C14
"""Times the number of a round, what its hashes are mixed with; the low two bits stay, which tell what is quoted."""

Item = dict[str, Any]


async def fill(settings: Settings, count: int, distinct: int) -> None:
    """Write what match would have written, and commit what match and judge would have.

    What stands in the index log is not read by a rebuild: it gets as many records, and nothing in them.
    """
    await create_missing(settings)
    topics = {role: topic.name for role, topic in declared(settings).items()}
    async with Producer(settings, list(topics.values())) as producer:
        sent = []
        for item in items(settings, count, distinct):
            sent.append(await producer.send(topics["stories"], orjson.dumps(item), key=item["story"]))
            if len(sent) == BATCH:
                await producer.confirm(sent)
                sent.clear()
        await producer.confirm(sent)
        for first in range(0, count, BATCH):
            empty = [
                await producer.send(topics["accepted"], b"{}", key="en")
                for _ in range(first, min(count, first + BATCH))
            ]
            await producer.confirm(empty)
    for stage in ("match", "judge"):
        await _commit(settings, stage, await topic_ends(settings, topics[STAGES[stage]]))


def items(settings: Settings, count: int, distinct: int) -> Iterator[Item]:
    """Records of the log of stories for so many articles, in order of their time, which fills a window."""
    if not count:
        return
    distinct = min(count, distinct)
    rounds = -(-count // distinct)
    first = list(_placed(settings, distinct, settings.window_days / rounds))
    for number in range(rounds):
        for item in first:
            made = _again(item, number, number * distinct, settings.window_days / rounds)
            if made["offset"] < count:
                yield made


def _placed(settings: Settings, count: int, days: float) -> Iterator[Item]:
    placer = Placer(settings.window)
    waiting: list[Arrival] = []
    for offset, accepted in enumerate(articles(count, 1, days)):
        waiting.append(Arrival.of(accepted, 0, offset))
        if len(waiting) == BATCH or offset + 1 == count:
            yield from (orjson.loads(item.to_bytes()) for items in placer.place(waiting) for item in items)
            waiting.clear()


def _again(item: Item, number: int, before: int, days: float) -> Item:
    """The same article in a later round, sharing nothing with its earlier self."""
    accepted, mask = item["accepted"], number * ROUND % 2**64
    hashes = np.frombuffer(base64.b64decode(accepted["sketch"]["hashes"]), dtype="<u8") ^ np.uint64(mask)
    sketch = accepted["sketch"] | {"hashes": base64.b64encode(np.sort(hashes).tobytes()).decode()}
    published = datetime.fromisoformat(accepted["published"]) + timedelta(days=number * days)
    changed = {
        "article": accepted["article"] | {"id": f"{accepted['article']['id']}-{number}"},
        "published": f"{published:%Y-%m-%dT%H:%M:%SZ}",
        "sketch": sketch,
    }
    candidates = [one | {"uid": one["uid"].replace("@", f"-{number}@")} for one in item["candidates"]]
    return item | {
        "story": story_name((story_number(item["story"]) ^ mask) % 2**63),
        "offset": item["offset"] + before,
        "accepted": accepted | changed,
        "candidates": candidates,
    }


async def _commit(settings: Settings, stage: str, ends: dict[Any, int]) -> None:
    reader = consumer(settings, group(settings, stage))
    await reader.start()
    try:
        reader.assign(list(ends))
        if filled := {place: end for place, end in ends.items() if end}:
            await reader.commit(filled)
    finally:
        await reader.stop()


async def rebuild(settings: Settings, stage: str) -> None:
    """Rebuild all partitions of a stage and say what that took."""
    state = state_of(settings, stage)
    assert state is not None
    places: list[TopicPartition] = list(await topic_ends(settings, declared(settings)[STAGES[stage]].name))
    before, began, worked = resident(), time.monotonic(), time.process_time()
    await state.assign([place.partition for place in places])
    took, busy, grown = time.monotonic() - began, time.process_time() - worked, (resident() - before) / 2**20
    held = sum(len(one) for one in state.partitions.values())
    print(
        f"{stage:6} {settings.rebuild_readers} reading  {held:>9,} articles  {took:6.1f} s  {held / took:7,.0f} a s"
        f"  {busy:6.1f} s of processor"
        f"  {grown:6.0f} MB more",
        flush=True,
    )


def main() -> int:
    """Fill the topics, then rebuild in processes of their own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--distinct", type=int, default=20_000, help="articles that are made and placed one by one")
    parser.add_argument("--broker", help="kafka://host:port; an embedded one where none is named")
    parser.add_argument("--readers", type=int, nargs="+", default=[2], help="processes that read for match")
    parser.add_argument("--rebuild", nargs=4, metavar=("BROKER", "PREFIX", "STAGE", "READERS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rebuild:
        url, prefix, stage, readers = options.rebuild
        asyncio.run(rebuild(_settings(url, prefix, int(readers)), stage))
        return 0
    with broker(options.broker) as url:
        prefix = f"rebuild-{uuid.uuid4().hex[:8]}"
        print(f"topics: {prefix}", flush=True)
        asyncio.run(fill(_settings(url, prefix), options.articles, options.distinct))
        for stage, readers in [*(("match", readers) for readers in options.readers), ("judge", 1)]:
            command = [sys.executable, "-m", "benchmarks.rebuild", "--rebuild", url, prefix, stage, str(readers)]
            subprocess.run(command, check=True)
    return 0


def _settings(broker: str, prefix: str, readers: int = 1) -> Settings:
    return Settings(broker=broker, prefix=prefix, window_days=WINDOW_DAYS, rebuild_readers=readers)


if __name__ == "__main__":
    sys.exit(main())
