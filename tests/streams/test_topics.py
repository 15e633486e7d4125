"""Topics as declared and as created."""

from __future__ import annotations

import time

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import InvalidTimestampError

from schemas.errors import BrokerError, TopicError
from streams.client import client_options
from streams.settings import Settings
from streams.topics import create_missing, declared, partition_counts


def test_names_carry_the_prefix_and_the_index_log_has_one_partition() -> None:
    topics = declared(Settings(prefix="desk", story_partitions=9))
    assert {topic.name for topic in topics.values()} == {
        "desk.articles", "desk.accepted", "desk.stories", "desk.republications", "desk.alerts", "desk.rejected",
        "desk.feeds", "desk.dispositions",
    }  # fmt: skip
    assert (topics["accepted"].partitions, topics["stories"].partitions) == (1, 9)


def test_logs_that_state_is_rebuilt_from_are_never_compacted_and_outlive_the_window() -> None:
    topics = declared(Settings(window_days=10))
    for role in ("articles", "accepted", "stories"):
        assert topics[role].cleanup == "delete"
        assert topics[role].retention_days > 10
    assert topics["alerts"].config()["cleanup.policy"] == "compact,delete"
    for role in ("feeds", "dispositions"):  # a feed that nobody touched for months stays, and so does a decision
        assert topics[role].config()["cleanup.policy"] == "compact"


def test_events_that_a_worker_wrote_before_its_group_gave_it_up_are_refused() -> None:
    topics = declared(Settings(session_timeout=30))
    limits = {role: topic.config().get("message.timestamp.before.max.ms") for role, topic in topics.items()}
    assert limits == dict.fromkeys(topics) | {
        "republications": "20000", "alerts": "20000", "feeds": "20000",
    }  # fmt: skip


@pytest.mark.integration
async def test_missing_ones_are_created_with_their_partitions_and_known_ones_left(settings: Settings) -> None:
    names = {topic.name: topic.partitions for topic in declared(settings).values()}
    assert set(await create_missing(settings)) == set(names)
    assert await create_missing(settings) == []
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    try:
        known = await partition_counts(admin)
    finally:
        await admin.close()
    assert {name: known[name] for name in names} == names


@pytest.mark.integration
async def test_another_number_of_partitions_is_an_error_that_says_what_to_do(settings: Settings) -> None:
    await create_missing(settings)
    with pytest.raises(TopicError, match=r"stories: has 2 partitions, not 3; set WIRESPIN_.*PARTITIONS"):
        await create_missing(settings.model_copy(update={"story_partitions": 3}))


async def test_no_broker_is_one_clear_error() -> None:
    with pytest.raises(BrokerError, match=r"kafka://127\.0\.0\.1:9"):
        await create_missing(Settings(broker="kafka://127.0.0.1:9"))


@pytest.mark.apache
async def test_an_old_event_is_refused_and_an_old_article_is_not(settings: Settings) -> None:
    await create_missing(settings)
    topics = declared(settings)
    old = int((time.time() - settings.session_timeout) * 1000)
    async with AIOKafkaProducer(**client_options(settings)) as producer:
        await producer.send_and_wait(topics["alerts"].name, b"{}", key=b"k")
        await producer.send_and_wait(topics["articles"].name, b"{}", key=b"k", timestamp_ms=old)
        with pytest.raises(InvalidTimestampError):
            await producer.send_and_wait(topics["alerts"].name, b"{}", key=b"k", timestamp_ms=old)
