"""How long a worker takes to be ready again: the state of match and judge rebuilt from the retained topics.

    python -m benchmarks.rebuild --articles 100000

Fills the topics with synthetic articles as the stages would have written them, commits what match and judge would have
committed, and then rebuilds each state in a process of its own, as after a restart on another machine.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
import uuid

from aiokafka import TopicPartition

from benchmarks.leak import WINDOW_DAYS, articles, resident
from benchmarks.restarts import broker
from streams.app import STAGES, group, state_of
from streams.client import Producer, consumer
from streams.offsets import topic_ends
from streams.settings import Settings
from streams.topics import create_missing, declared
from wirespin.story.place import Arrival, Placer

BATCH = 512


async def fill(settings: Settings, count: int) -> None:
    """Write what ingest and match would have written, and commit what match and judge would have."""
    await create_missing(settings)
    topics = {role: topic.name for role, topic in declared(settings).items()}
    placer = Placer(settings.window)
    waiting: list[Arrival] = []
    async with Producer(settings, list(topics.values())) as producer:
        for offset, accepted in enumerate(articles(count, 1, WINDOW_DAYS)):
            waiting.append(Arrival.of(accepted, 0, offset))
            if len(waiting) == BATCH or offset + 1 == count:
                items = [item for items in placer.place(waiting) for item in items]
                sent = [await producer.send(topics["accepted"], one.accepted.to_bytes(), key="en") for one in waiting]
                sent += [await producer.send(topics["stories"], item.to_bytes(), key=item.story) for item in items]
                await producer.confirm(sent)
                waiting.clear()
    for stage in ("match", "judge"):
        await _commit(settings, stage, topics[STAGES[stage]])


async def _commit(settings: Settings, stage: str, topic: str) -> None:
    reader = consumer(settings, group(settings, stage))
    await reader.start()
    try:
        ends = await topic_ends(settings, topic)
        reader.assign(list(ends))
        await reader.commit({place: end for place, end in ends.items() if end})
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
        f"{stage:6} {held:>9,} articles  {took:6.1f} s  {held / took:7,.0f} a second  {busy:6.1f} s of processor"
        f"  {grown:6.0f} MB more",
        flush=True,
    )


def main() -> int:
    """Fill the topics, then rebuild in processes of their own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--broker", help="kafka://host:port; an embedded one where none is named")
    parser.add_argument("--rebuild", nargs=3, metavar=("BROKER", "PREFIX", "STAGE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rebuild:
        url, prefix, stage = options.rebuild
        asyncio.run(rebuild(_settings(url, prefix), stage))
        return 0
    with broker(options.broker) as url:
        prefix = f"rebuild-{uuid.uuid4().hex[:8]}"
        asyncio.run(fill(_settings(url, prefix), options.articles))
        for stage in ("match", "judge"):
            command = [sys.executable, "-m", "benchmarks.rebuild", "--rebuild", url, prefix, stage]
            subprocess.run(command, check=True)
    return 0


def _settings(broker: str, prefix: str) -> Settings:
    return Settings(broker=broker, prefix=prefix, window_days=WINDOW_DAYS)


if __name__ == "__main__":
    sys.exit(main())
