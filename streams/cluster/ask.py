"""Asking the broker: groups, their members and what each has, where topics begin and end.

What aiokafka 0.14 cannot ask in a way that Apache Kafka 4 and the embedded broker both answer (all offsets of a group,
the end of a topic) is asked partition by partition.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from aiokafka.errors import (
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    KafkaError,
    NotCoordinatorForGroupError,
)

from schemas.errors import BrokerError
from streams.app import STAGES, group
from streams.client import client_options, reaching
from streams.cluster.types import Cluster, Group, Member, Part, Reading
from streams.feeds.member import group as feeds_group
from streams.log import committed
from streams.offsets import Bounds, bounds
from streams.settings import Settings
from streams.topics import declared, partition_counts

ANSWER_WITHIN = 20.0
"""Seconds for one look: a cluster that moves its coordinators takes ten."""

ASK_AGAIN = 0.5
"""Seconds until a group is asked for again whose coordinator is not there yet."""

DESCRIBED = 6
"""Fields of a described group, of which the last are its members, before Kafka 2.3 added another."""


class Broker:
    """A broker that is looked at again and again.

    Args:
        settings: how to reach it, and the prefix.
        admin: connected.
    """

    def __init__(self, settings: Settings, admin: AIOKafkaAdminClient) -> None:
        self._settings, self._admin = settings, admin

    async def look(self) -> Cluster:
        """Everything as it stands.

        Raises:
            BrokerError: the broker does not answer (in time).
        """
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                with reaching(self._settings):
                    return await self._look()
        except TimeoutError as error:
            remedy = "is a broker of the cluster down?"
            raise BrokerError("no answer in time", where=self._settings.broker, remedy=remedy) from error

    async def _look(self) -> Cluster:
        topics = {role: topic.name for role, topic in declared(self._settings).items()}
        there = await partition_counts(self._admin)
        found = await bounds(self._settings, *(name for name in topics.values() if name in there))
        ends: dict[str, dict[int, Bounds]] = {}
        for place, where in found.items():
            ends.setdefault(place.topic, {})[place.partition] = where
        read = {stage: (group(self._settings, stage), topics[role]) for stage, role in STAGES.items()}
        read["feeds"] = (feeds_group(self._settings), topics["feeds"])
        others = await self._others({name for name, _ in read.values()})
        groups = await self._groups([*(name for name, _ in read.values()), *others])
        readings = [self._reading(stage, groups[name], topic, ends) for stage, (name, topic) in read.items()]
        return Cluster(tuple(await asyncio.gather(*readings)), ends, tuple(groups[name] for name in others))

    async def _reading(self, stage: str, found: Group, topic: str, ends: Mapping[str, Mapping[int, Bounds]]) -> Reading:
        """One topic as its group reads it."""
        parts, commits = ends.get(topic, {}), stage in STAGES
        done = await committed(self._settings, found.name, topic, sorted(parts)) if commits and parts else {}
        at = {place.partition: offset for place, offset in done.items()}
        owners = found.owners or {}
        told = (Part(one, where, at.get(one), owners.get((topic, one))) for one, where in sorted(parts.items()))
        return Reading(stage, topic, found, tuple(told), commits)

    async def _groups(self, names: Iterable[str]) -> dict[str, Group]:
        """By name; asked one by one, for the embedded broker's answer about several cannot be read."""
        found = {}
        for name in names:
            found[name] = described(await self._describe(name))
        return found

    async def _describe(self, name: str) -> Any:
        while True:
            try:
                (answer,) = await self._admin.describe_consumer_groups([name])
            except (GroupCoordinatorNotAvailableError, GroupLoadInProgressError, NotCoordinatorForGroupError):
                await asyncio.sleep(ASK_AGAIN)  # moving, or made by this very question on a cluster that is new
            else:
                return answer.groups[0]

    async def _others(self, known: set[str]) -> list[str]:
        """Further groups of our prefix; the embedded broker lists none."""
        listed = {one[0] for one in await self._admin.list_consumer_groups()}
        return sorted(name for name in listed - known if name.startswith(f"{self._settings.prefix}-"))


@contextlib.asynccontextmanager
async def broker(settings: Settings) -> AsyncIterator[Broker]:
    """Connect.

    Raises:
        BrokerError: it cannot be reached.
    """
    admin = AIOKafkaAdminClient(**client_options(settings), client_id=f"{settings.prefix}-status")
    with reaching(settings):
        await admin.start()
    try:
        yield Broker(settings, admin)
    finally:
        with contextlib.suppress(KafkaError, OSError):
            await admin.close()


def described(answer: tuple[Any, ...]) -> Group:
    """A group out of the broker's answer: error, name, state, kind, protocol, members.

    Raises:
        BrokerError: the broker refuses to tell.
    """
    error, name, state, _, _, members = answer[:DESCRIBED]
    if error:
        remedy = "may this user describe consumer groups?"
        raise BrokerError(f"could not be described (Kafka error {error})", where=name, remedy=remedy)
    told = [(Member(one[0], one[1], one[2].lstrip("/")), one[4]) for one in members]
    if members and state == "Stable" and not any(assigned for _, assigned in told):
        return Group(name, state, tuple(member for member, _ in told), owners=None)
    owners = {place: member for member, assigned in told for place in _places(assigned)}
    return Group(name, state, tuple(member for member, _ in told), owners)


def _places(assigned: bytes) -> Iterable[tuple[str, int]]:
    """Topics and partitions out of what a member was given."""
    if not assigned:
        return []
    given = ConsumerProtocolMemberAssignment.decode(assigned).assignment
    return [(topic, partition) for topic, partitions in given for partition in partitions]
