"""Follow wirespin's alerts: one line for each that is said, and one for each that is taken back.

    pip install "aiokafka[zstd]"        # wirespin writes zstd
    python follow_alerts.py --broker localhost:9092 --state alerts.json

Every consumer of wirespin's events has three rules to keep, and this program keeps them:

- Delivery is at least once. The same finding always has the same `id`, so an id that was seen is dropped.
- The last event of a key stands. A later event of the key takes the place of the earlier one.
- A record without a value takes its key back: nothing is alleged of that copy any more.

Where it has read to is kept in a file together with what stands, and written in one go. After a crash it goes on from
there; what it reads twice then, it knows by its id.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord

SEEN_KEPT = 10_000  # ids that are remembered; a repeat comes soon after the first, not months later


class Standing:
    """What stands, which ids were seen, and where to go on; in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        saved = json.loads(file.read_text("utf-8")) if file.exists() else {}
        self.offsets: dict[str, int] = saved.get("offsets", {})
        self.alerts: dict[str, Any] = saved.get("alerts", {})
        self.seen: list[str] = saved.get("seen", [])

    def take(self, record: ConsumerRecord) -> str | None:
        """Take a record in; what is to be told of it, None for a repeat."""
        self.offsets[f"{record.topic}/{record.partition}"] = record.offset + 1
        key = record.key.decode()
        if record.value is None:
            gone = self.alerts.pop(key, None)
            return f"withdrawn  {gone['id']}" if gone else None
        alert = json.loads(record.value)  # fields that you do not know: ignore them
        if alert["schema_version"] != 1 or alert["id"] in self.seen:
            return None
        self.seen = [*self.seen, alert["id"]][-SEEN_KEPT:]
        replaced = self.alerts.get(key)
        self.alerts[key] = alert
        return ("alert  " if replaced is None else "changed  ") + line(alert)

    def save(self) -> None:
        """Write the file beside its place, then put it there: it is whole at all times."""
        beside = self.file.with_suffix(".new")
        content = {"offsets": self.offsets, "alerts": self.alerts, "seen": self.seen}
        beside.write_text(json.dumps(content), "utf-8")
        beside.replace(self.file)


def line(alert: dict[str, Any]) -> str:
    """An alert in a line: how sure, what of whom, and the strongest finding."""
    original, copy, framing = alert["original"], alert["copy"], alert["framing"]
    strongest = framing["devices"][0]  # the strongest comes first
    return (
        f"{alert['id']}  {framing['score']:.2f}  {original.get('wire') or original['id']}: {original['headline']}"
        f"  ->  {copy.get('publisher') or copy['id']}: {copy['headline']}  [{strongest['device']}]"
    )


async def follow(broker: str, topic: str, file: Path, idle: float | None) -> None:
    standing = Standing(file)
    # No group and no commits: the position is ours, in the same file as what it led to.
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=broker, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        for place in consumer.assignment():
            offset = standing.offsets.get(f"{topic}/{place.partition}")
            if offset is not None:
                consumer.seek(place, offset)
        last = time.monotonic()
        while idle is None or time.monotonic() - last < idle:
            for records in (await consumer.getmany(timeout_ms=1_000)).values():
                last = time.monotonic()
                for record in records:
                    if (told := standing.take(record)) is not None:
                        print(told, flush=True)
                standing.save()  # after what it tells of is printed, so that nothing is left unsaid
    finally:
        await consumer.stop()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Follow wirespin's alerts.")
    arguments.add_argument("--broker", default="localhost:9092", help="host:port[,host:port]")
    arguments.add_argument("--topic", default="wirespin.alerts")
    arguments.add_argument("--state", type=Path, default=Path("alerts.json"), help="file to keep the position in")
    arguments.add_argument("--idle", type=float, help="end after so many seconds without a record")
    given = arguments.parse_args()
    asyncio.run(follow(given.broker, given.topic, given.state, given.idle))
