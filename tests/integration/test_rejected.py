"""What was rejected, listed, shown and sent again, over a real broker."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from click.testing import CliRunner

from agents.rejected import LARGEST_KEPT
from schemas.rejection import REJECTED_AT, REPLAYS
from streams.cli import main
from streams.client import Producer, client_options
from streams.events import rejections
from streams.offsets import topic_ends
from streams.rejected import LARGEST_SENT
from streams.settings import Settings, as_environment
from streams.topics import create_missing, declared
from tests.support.pipeline import judged, stages

pytestmark = pytest.mark.integration

BAD = b'{"id":"x","body":"\x1b[2J\xff"}'
NEWER = b'{"id":"y","body":"Rates rise.","schema_version":2}'
LARGE = orjson.dumps({"id": "z", "body": "All work and no play. " * 100_000})


async def wirespin(settings: Settings, *arguments: str) -> tuple[int, str, str]:
    """Run a command in a thread of this process: as one of its own it would mostly import."""
    result = await asyncio.to_thread(CliRunner().invoke, main, arguments, env=as_environment(settings))
    return result.exit_code, result.stdout, result.stderr


async def sent(settings: Settings, *values: bytes | None) -> None:
    """Send records to partition 1 under a key that is no UTF-8, and wait until they are worked on."""
    await create_topics(settings)
    topic = declared(settings)["articles"].name
    async with Producer(settings, [topic], LARGEST_SENT) as producer:
        pending = [await producer.send_to(topic, 1, b"\xfekey", value, [("trace", b"7")]) for value in values]
        places = await producer.confirm(pending)
    await judged(settings, {TopicPartition(topic, 1): places[-1].offset + 1})


async def create_topics(settings: Settings) -> None:
    """All topics, that of articles with room for what Apache Kafka refuses by default."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    topic = declared(settings)["articles"]
    room = {"max.message.bytes": str(16 * 2**20)}
    await admin.create_topics([NewTopic(topic.name, topic.partitions, 1, topic_configs=topic.config() | room)])
    await admin.close()
    await create_missing(settings)


async def listed(settings: Settings, *arguments: str) -> list[dict[str, Any]]:
    code, out, error = await wirespin(settings, "rejected", "list", "--json", *arguments)
    assert code == 0, error
    return [orjson.loads(line) for line in out.splitlines()]


async def test_list_show_and_replay(settings: Settings, tmp_path: Path) -> None:
    async with stages(settings):
        await sent(settings, BAD, NEWER, None, LARGE)
        await its_list(settings)
        await its_show(settings, tmp_path)
        await its_replay(settings)


async def its_list(settings: Settings) -> None:
    rows = await listed(settings)
    assert [row["id"] for row in rows] == [f"articles-1-{offset}" for offset in range(4)]
    reasons = ["not JSON", "field schema_version", "the record has no value", "field body"]
    assert [row["reason"] for row in rows] == reasons
    assert [row["bytes"] for row in rows] == [len(BAD), len(NEWER), None, len(LARGE)]
    assert [row["omitted"] for row in rows] == [[], [], [], ["value"]]
    assert len(LARGE) > LARGEST_KEPT
    assert [row["id"] for row in await listed(settings, "--limit", "1")] == ["articles-1-3"]
    assert [row["id"] for row in await listed(settings, "--reason", "field body")] == ["articles-1-3"]
    assert len(await listed(settings, "--reason", "RecordError")) == 3
    assert await listed(settings, "--until", "1h") == []
    assert len(await listed(settings, "--since", "1h")) == 4
    code, out, _ = await wirespin(settings, "rejected", "list")
    assert code == 0
    assert "reason, of 4 records" in out
    assert "\x1b" not in out


async def its_show(settings: Settings, tmp_path: Path) -> None:
    code, out, _ = await wirespin(settings, "rejected", "show", "articles-1-0")
    assert code == 0
    assert r'{"id":"x","body":"\x1b[2J\xff"}' in out
    assert r"\xfekey" in out
    assert f"{settings.prefix}.articles[1]@0" in out
    for name, value in (("articles-1-0", BAD), ("articles-1-3", LARGE)):
        code, _, error = await wirespin(settings, "rejected", "show", name, "--raw", str(tmp_path / "raw"))
        assert (code, (tmp_path / "raw").read_bytes()) == (0, value), error
    code, out, _ = await wirespin(settings, "rejected", "show", "articles-1-3")
    assert "too large to be kept: value, SHA-256 " in out
    assert '{"id":"z","body":"All work and no play. ' in out
    code, _, error = await wirespin(settings, "rejected", "show", "articles-1-99")
    assert (code, error.strip()) == (
        1, "wirespin: articles-1-99: no such rejection; 'wirespin rejected list' shows the IDs"
    )  # fmt: skip


async def its_replay(settings: Settings) -> None:
    ends = await topic_ends(settings, declared(settings)["articles"].name)
    code, out, _ = await wirespin(settings, "rejected", "replay", "--all", "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "4 to send, nothing sent")
    assert await topic_ends(settings, declared(settings)["articles"].name) == ends
    for count in (1, 2):
        code, out, error = await wirespin(settings, "rejected", "replay", "--all")
        assert (code, out) == (0, "4 sent again, 0 could not be\n"), error
        ends = await topic_ends(settings, declared(settings)["articles"].name)
        assert sum(ends.values()) == 4 + 4 * count
        await judged(settings, ends)
        rows = await listed(settings)
        assert [(row["id"], row["replays"]) for row in rows] == [(f"articles-1-{offset}", count) for offset in range(4)]
    last = (await rejections(settings))[-4]
    assert base64.b64decode(last.value or "") == BAD
    assert base64.b64decode(last.key or "") == b"\xfekey"
    headers = {name: base64.b64decode(value or "") for name, value in last.headers}
    assert headers == {"trace": b"7", REPLAYS: b"2", REJECTED_AT: f"{settings.prefix}.articles-1-0".encode()}


async def test_what_cannot_be_sent_again_is_told_and_the_rest_is_sent(settings: Settings) -> None:
    async with stages(settings):
        await sent(settings, NEWER)
        rejected = declared(settings)["rejected"].name
        (good,) = await rejections(settings)
        others = [
            good.model_copy(update={"topic": "elsewhere"}),
            good.model_copy(update={"partition": 77}),
            good.model_copy(update={"offset": 10**6, "value": None, "omitted": ["value"], "truncated": 9}),
        ]
        async with Producer(settings, [rejected]) as producer:
            values = [b"{", b"", *(one.to_bytes() for one in others)]
            await producer.confirm([await producer.send(rejected, value) for value in values])
        code, out, error = await wirespin(settings, "rejected", "replay", "--all")
    assert (code, out) == (1, "1 sent again, 3 could not be\n")
    lines = error.splitlines()
    assert sum("passed over" in line for line in lines) == 2
    for name, said in (
        ("elsewhere-1-0", "is no topic of this pipeline"),
        ("articles-77-0", "there is no partition 77"),
        ("articles-1-1000000", "is no longer at its place"),
    ):
        assert any(f"{name} was not sent" in line and said in line for line in lines)


async def test_a_header_does_not_hide_the_rejection_of_another_record(settings: Settings) -> None:
    async with stages(settings):
        await sent(settings, BAD)
        topic = declared(settings)["articles"].name
        marks = [(REPLAYS, b"1"), (REJECTED_AT, f"{topic}-1-0".encode())]
        async with Producer(settings, [topic]) as producer:
            await producer.confirm([await producer.send_to(topic, 1, None, b"{", marks)])
        await judged(settings, {TopicPartition(topic, 1): 2})
    assert [row["id"] for row in await listed(settings)] == ["articles-1-0", "articles-1-1"]


async def test_a_record_with_neither_key_nor_value_is_sent_again(settings: Settings) -> None:
    async with stages(settings):
        await create_missing(settings)
        topic = declared(settings)["articles"].name
        async with Producer(settings, [topic]) as producer:
            await producer.confirm([await producer.send_to(topic, 1, None, None, [])])
        code, out, _ = await until_listed(settings)
        assert (code, out) == (0, "1 sent again, 0 could not be\n")
        await judged(settings, {TopicPartition(topic, 1): 2})
    (row,) = await listed(settings)
    assert (row["id"], row["bytes"], row["replays"]) == ("articles-1-0", None, 1)


async def until_listed(settings: Settings) -> tuple[int, str, str]:
    """Send everything again, once there is anything."""
    await judged(settings, {TopicPartition(declared(settings)["articles"].name, 1): 1})
    return await wirespin(settings, "rejected", "replay", "--all")


async def test_nothing_rejected(settings: Settings) -> None:
    await create_missing(settings)
    code, out, _ = await wirespin(settings, "rejected", "list")
    assert (code, out.strip()) == (0, "nothing was rejected")
    code, out, _ = await wirespin(settings, "rejected", "replay", "--all")
    assert (code, out) == (0, "0 sent again, 0 could not be\n")
