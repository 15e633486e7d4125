"""The producer that cannot lose a record silently."""

from __future__ import annotations

import pytest

from schemas.errors import BrokerError, SendError
from streams.client import Producer, client_options, partition_for
from streams.events import messages
from streams.settings import Settings
from streams.topics import create_missing, declared


def test_a_key_has_the_same_partition_in_every_process() -> None:
    assert [partition_for(key, 7) for key in ("story-1", "story-2", "é", "")] == [5, 5, 6, 4]
    assert {partition_for(f"k{number}", 4) for number in range(100)} == {0, 1, 2, 3}


def test_security_settings_reach_the_client() -> None:
    settings = Settings(
        broker="kafka://h:1", security_protocol="SASL_SSL", sasl_mechanism="PLAIN", sasl_username="u", sasl_password="p"
    )
    options = client_options(settings)
    assert options["security_protocol"] == "SASL_SSL"
    assert (options["sasl_mechanism"], options["sasl_plain_username"], options["sasl_plain_password"]) == (
        "PLAIN",
        "u",
        "p",
    )
    assert options["ssl_context"].check_hostname
    assert "ssl_context" not in client_options(Settings(broker="kafka://h:1"))


@pytest.mark.integration
async def test_topics_learnt_from_an_all_topics_refresh_are_not_forgotten(settings: Settings) -> None:
    """aiokafka 0.14 drops them at the next refresh and retries their batches for ever."""
    await create_missing(settings)
    names = {role: topic.name for role, topic in declared(settings).items()}
    async with Producer(settings, names.values()) as producer:
        assert producer._producer
        await producer._producer.client.force_metadata_update()
        first = await producer.send(names["articles"], b"a", key="x")
        second = await producer.send(names["alerts"], b"b", key="x", headers=[("ce_id", b"1")])
        places = await producer.confirm([first, second])
    assert [place.topic for place in places] == [names["articles"], names["alerts"]]
    (message,) = await messages(settings, "alerts")
    assert (message.key, message.value, dict(message.headers)) == (b"x", b"b", {"ce_id": b"1"})


@pytest.mark.integration
async def test_a_record_over_the_limit_is_refused_at_once(settings: Settings) -> None:
    await create_missing(settings)
    topic = declared(settings)["articles"].name
    async with Producer(settings, [topic]) as producer:
        with pytest.raises(SendError, match=topic):
            await producer.send(topic, b"x" * 2_000_000)


async def test_no_broker_is_one_clear_error() -> None:
    with pytest.raises(BrokerError, match=r"kafka://127\.0\.0\.1:9"):
        async with Producer(Settings(broker="kafka://127.0.0.1:9"), ["t"]):
            pass
