"""Every topic: its name, key, partitions, retention, compaction, and what flows in it. Created where missing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError

from schemas.errors import TopicError
from streams.client import client_options, reaching
from streams.settings import Settings

DAY_MS = 86_400_000
SLACK_DAYS = 3
"""Days kept beyond what a rebuild needs: a worker may be down over a weekend and still find its log whole."""

EVENT_DAYS = 90
"""Days that events are kept; a compacted topic holds the last of each key until then."""

LAST_COUNTS = ("republications", "alerts", "feeds")
"""Roles of the topics that tell what stands, where the last record of a key counts."""

ASK_EVERY = 0.05
"""Seconds between two questions whether the broker knows its new topics."""

CREATE_TIMEOUT = 30.0
"""Seconds for the broker to create topics and to name their leaders."""


@dataclass(frozen=True)
class Topic:
    """A declared topic.

    Attributes:
        role: what the code calls it.
        name: its full name.
        key: what its records are keyed by.
        partitions: how many it is created with.
        retention_days: how long records are kept.
        cleanup: Kafka's cleanup.policy.
        carries: what flows.
        oldest: seconds that a record may be old when it is written; of any age where None.
    """

    role: str
    name: str
    key: str
    partitions: int
    retention_days: float
    cleanup: str
    carries: str
    oldest: float | None = None

    def config(self) -> dict[str, str]:
        """Kafka topic configuration."""
        config = {
            "cleanup.policy": self.cleanup,
            "retention.ms": str(int(self.retention_days * DAY_MS)),
            "compression.type": "producer",
        }
        if self.oldest is not None:
            config["message.timestamp.before.max.ms"] = str(int(self.oldest * 1_000))
        return config


def declared(settings: Settings) -> dict[str, Topic]:
    """All topics by role."""
    window = settings.window_days + SLACK_DAYS
    rows = [
        ("articles", "any", settings.article_partitions, window, "delete", "Article, from feeds, replay, any producer"),
        (
            "accepted",
            "language",
            settings.index_partitions,
            window,
            "delete",
            "Accepted: the index log, in total order",
        ),
        ("stories", "story id", settings.story_partitions, 2 * window, "delete", "StoryItem: the library of texts"),
        ("republications", "event key", 1, EVENT_DAYS, "compact,delete", "Republication: every derived article"),
        ("alerts", "event key", 1, EVENT_DAYS, "compact,delete", "Alert: the reframed ones, with evidence"),
        ("rejected", "source topic", 1, EVENT_DAYS, "delete", "Rejection: what no stage could work on, kept whole"),
        (
            "feeds",
            "feed id/part",
            settings.feed_partitions,
            EVENT_DAYS,
            "compact",
            "FeedConfig, FeedState, FeedSeen, FeedPush",
        ),
        ("dispositions", "alert key", 1, EVENT_DAYS, "compact", "Disposition: what people decided about alerts"),
    ]
    topics = {row[0]: Topic(row[0], f"{settings.prefix}.{row[0]}", *row[1:]) for row in rows}
    # what a worker said before its partitions went to another may not come behind what that one said since
    return topics | {role: replace(topics[role], oldest=settings.given_up_after) for role in LAST_COUNTS}


async def create_missing(settings: Settings) -> list[str]:
    """Create the declared topics that the broker lacks and return their names.

    Raises:
        TopicError: one exists with another number of partitions, or could not be created.
        BrokerError: the broker cannot be reached.
    """
    admin = AIOKafkaAdminClient(**client_options(settings), client_id=f"{settings.prefix}-admin")
    with reaching(settings):
        await admin.start()
    try:
        return await asyncio.wait_for(_create(admin, settings), CREATE_TIMEOUT)
    except TimeoutError as error:
        raise TopicError("topics were not ready in time", where=settings.broker) from error
    except KafkaError as error:
        raise TopicError(str(error), where=settings.broker) from error
    finally:
        await admin.close()


async def partition_counts(admin: AIOKafkaAdminClient) -> dict[str, int]:
    """Partitions of every topic that the broker has."""
    names = await admin.list_topics()
    described = await admin.describe_topics(sorted(names)) if names else []
    return {topic["topic"]: len(topic["partitions"]) for topic in described if not topic["error_code"]}


async def _create(admin: AIOKafkaAdminClient, settings: Settings) -> list[str]:
    """Create what is missing, then wait until every topic answers with its partitions."""
    wanted = {topic.name: topic for topic in declared(settings).values()}
    known = await partition_counts(admin)
    _check(wanted, known)
    missing = [topic for name, topic in wanted.items() if name not in known]
    for topic in missing:
        new = NewTopic(topic.name, topic.partitions, settings.replication, topic_configs=topic.config())
        try:
            response = await admin.create_topics([new])
        except TopicAlreadyExistsError:  # another worker was quicker
            continue
        _raise_for(response)
    while set(wanted) - set(known := await partition_counts(admin)):
        await asyncio.sleep(ASK_EVERY)
    _check(wanted, known)
    return [topic.name for topic in missing]


def _raise_for(response: object) -> None:
    """Turn a refusal within the answer into an error; "already exists" (36) is none."""
    for name, code, *rest in getattr(response, "topic_errors", []):
        if code not in (0, 36):
            raise TopicError(f"could not be created: {rest[0] if rest else code}", where=name)


def _check(wanted: dict[str, Topic], known: dict[str, int]) -> None:
    for name, topic in wanted.items():
        if name in known and known[name] != topic.partitions:
            raise TopicError(
                f"has {known[name]} partitions, not {topic.partitions}",
                where=name,
                remedy="set WIRESPIN_ARTICLE_PARTITIONS, WIRESPIN_INDEX_PARTITIONS, WIRESPIN_STORY_PARTITIONS or "
                "WIRESPIN_FEED_PARTITIONS to what it has, or use another WIRESPIN_PREFIX: more partitions need new "
                "topics, filled for a window",
            )
