"""Keep wirespin's events in a database, each exactly once: SQLite, or PostgreSQL.

    pip install "aiokafka[zstd]" [psycopg]
    python sink.py --broker localhost:9092 --database events.sqlite
    python sink.py --broker localhost:9092 --database postgresql://user@host/press

Kafka delivers at least once. What makes it once is that the position in the topic is a row of the same database,
written in the same transaction as the events: after a crash either both are there or neither, and reading goes on at
the position that is stored. No consumer group is needed, and no commits.

A second sink on the same database would write everything again. It cannot: each transaction moves a position from where
this program left it, and fails where somebody else has moved it meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

HERE = Path(__file__).parent
EVENT = (
    "key", "id", "kind", "time", "rules", "agency", "original_id", "original_url", "original_title", "copy_id",
    "copy_url", "copy_title", "outlet", "language", "level", "original_share", "credit", "altered", "score", "document",
)  # fmt: skip
FINDING = ("key", "number", "device", "place", "original", "rewritten", "severity", "explanation", "favours")


def insert(table: str, columns: Iterable[str]) -> str:
    names = tuple(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


class Database:
    """Events and positions in either database; statements name their values as SQLite does, ``:name``."""

    def __init__(self, where: str) -> None:
        self.postgres = where.startswith(("postgresql://", "postgres://"))
        if self.postgres:
            import psycopg  # noqa: PLC0415 (asked for only where it is used)

            self.connection: Any = psycopg.connect(where, autocommit=True)
            self.connection.execute((HERE / "schema.postgresql.sql").read_text("utf-8"))
        else:
            self.connection = sqlite3.connect(where)
            self.connection.executescript((HERE / "schema.sqlite.sql").read_text("utf-8"))
            self.connection.execute("PRAGMA foreign_keys = ON")

    def run(self, statement: str, **values: Any) -> Any:
        if self.postgres:
            statement = re.sub(r":(\w+)", r"%(\1)s", statement)
        return self.connection.execute(statement, values)

    def positions(self) -> dict[tuple[str, int], int]:
        rows = self.run("SELECT topic, number, next FROM position").fetchall()
        return {(topic, number): offset for topic, number, offset in rows}

    def write(self, place: tuple[str, int], began: int | None, records: Iterable[ConsumerRecord]) -> int:
        """Write records of a partition and the position behind them, or nothing at all.

        Args:
            place: topic and number of the partition.
            began: the position that this program knows; None where there was none yet.
            records: in order, at least one.
        """
        with self.connection.transaction() if self.postgres else self.connection:  # rolls back what is not finished
            end = began or 0
            for record in records:
                self.apply(record.key.decode(), record.value)
                end = record.offset + 1
            self.move(place, began, end)
            return end

    def apply(self, key: str, value: bytes | None) -> None:
        """The last event of a key stands; no value takes it back."""
        self.run("DELETE FROM finding WHERE key = :key", key=key)
        self.run("DELETE FROM event WHERE key = :key", key=key)
        if value is not None:
            text = value.decode()
            if self.postgres and "\\u0000" in text:  # a character that PostgreSQL cannot hold
                text = json.dumps(without_nul(json.loads(text)), ensure_ascii=False)
            event = json.loads(text)
            if event["schema_version"] != 1:
                raise SystemExit(f"{key}: schema version {event['schema_version']} is not known; update this program")
            self.run(insert("event", EVENT), **row(key, event, text))
            for number, finding in enumerate(event["framing"]["devices"]):
                self.run(insert("finding", FINDING), **finding_row(key, number, finding))

    def move(self, place: tuple[str, int], began: int | None, end: int) -> None:
        at = {"topic": place[0], "number": place[1], "next": end}
        if began is None:  # the primary key refuses a second one
            self.run(insert("position", at), **at)
            return
        moved = self.run(
            "UPDATE position SET next = :next WHERE topic = :topic AND number = :number AND next = :began",
            **at, began=began,
        )  # fmt: skip
        if moved.rowcount != 1:
            raise SystemExit(f"{place[0]}[{place[1]}]: another sink writes to this database")


def row(key: str, event: Mapping[str, Any], document: str) -> dict[str, Any]:
    """An event as a row. Fields that are not known are ignored here and stay in the document."""
    original, copy, reuse, framing = event["original"], event["copy"], event["reuse"], event["framing"]
    return {
        "key": key, "id": event["id"], "kind": event["type"], "time": event.get("time"), "rules": event["rules"],
        "agency": original.get("agency"), "original_id": original["id"], "original_url": original.get("url"),
        "original_title": original["headline"], "copy_id": copy["id"], "copy_url": copy.get("url"),
        "copy_title": copy["headline"], "outlet": copy.get("publisher"), "language": copy["language"],
        "level": reuse["level"], "original_share": reuse["original_share"], "credit": event["credit"]["status"],
        "altered": framing["altered"], "score": framing["score"], "document": document,
    }  # fmt: skip


def finding_row(key: str, number: int, finding: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: finding.get(name) for name in FINDING}
    return known | {"key": key, "number": number, "place": finding["where"]}


def without_nul(value: Any) -> Any:
    if isinstance(value, dict):
        return {without_nul(name): without_nul(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [without_nul(inner) for inner in value]
    return value.replace("\0", "") if isinstance(value, str) else value


async def sink(broker: str, topics: list[str], where: str, idle: float | None) -> None:
    database = Database(where)
    consumer = AIOKafkaConsumer(
        *topics, bootstrap_servers=broker, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        known = database.positions()
        for (topic, number), offset in known.items():
            if TopicPartition(topic, number) in consumer.assignment():
                consumer.seek(TopicPartition(topic, number), offset)
        last = time.monotonic()
        while idle is None or time.monotonic() - last < idle:
            for place, records in (await consumer.getmany(timeout_ms=1_000)).items():
                known[place] = database.write(place, known.get(place), records)
                print(f"{place.topic}[{place.partition}]: {len(records)} records, next {known[place]}", flush=True)
                last = time.monotonic()
    finally:
        await consumer.stop()
        database.connection.close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Keep wirespin's events in a database.")
    arguments.add_argument("--broker", default="localhost:9092", help="host:port[,host:port]")
    arguments.add_argument("--topics", nargs="+", default=["wirespin.republications", "wirespin.alerts"])
    arguments.add_argument("--database", default="events.sqlite", help="a file, or postgresql://...")
    arguments.add_argument("--idle", type=float, help="end after so many seconds without a record")
    given = arguments.parse_args()
    asyncio.run(sink(given.broker, given.topics, given.database, given.idle))
