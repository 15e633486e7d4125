"""The brokers that suffer, each node behind a proxy: workers come through it, whoever measures goes straight."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import AlterPartitionReassignmentsRequest

from benchmarks.faults.disk import SmallDisk
from benchmarks.faults.proxy import HOST, Proxy
from streams.embedded import EmbeddedBroker
from tests.support.apache_kafka import ApacheKafka

NODES = {"kafka": 1, "cluster": 3, "disk": 1}
START_TIMEOUT = 120.0
"""Seconds until a node must answer: three of them start on a machine that is busy with the workers."""

Keeps = Callable[[int], bool]


class Broker(ABC):
    """A broker and the proxies in front of its nodes.

    Attributes:
        url: the setting for those who measure.
        far: the setting for the workers.
        nodes: how many.
    """

    def __init__(self, url: str, proxies: Sequence[Proxy]) -> None:
        self.url, self.proxies, self.nodes = url, proxies, len(proxies)
        self.far = "kafka://" + ",".join(f"{HOST}:{proxy.port}" for proxy in proxies)

    @abstractmethod
    def pid(self, node: int) -> int:
        """Process id of a node, counted from 0."""

    def pause(self, node: int) -> None:
        """Stop a node's process in the middle of whatever it does."""
        os.kill(self.pid(node), signal.SIGSTOP)

    def resume(self, node: int) -> None:
        """Let it go on."""
        os.kill(self.pid(node), signal.SIGCONT)


class Embedded(Broker):
    """Tansu; what it holds it holds in memory."""

    def __init__(self, broker: EmbeddedBroker, proxies: Sequence[Proxy]) -> None:
        super().__init__(broker.url, proxies)
        self._broker = broker

    def pid(self, node: int) -> int:
        """Process id."""
        assert not node
        return self._broker.pid


class Kafka(Broker):
    """Apache Kafka, of one node or of three.

    Attributes:
        disk: where all it writes is, if that is a disk of its own.
    """

    def __init__(self, kafka: ApacheKafka, proxies: Sequence[Proxy], disk: SmallDisk | None = None) -> None:
        super().__init__(f"kafka://{kafka.bootstrap}", proxies)
        self._kafka, self.disk = kafka, disk

    def pid(self, node: int) -> int:
        """Process id of a node, counted from 0."""
        return self._kafka.pids[node + 1]

    async def end(self, node: int) -> None:
        """Stop a node in order; one of several hands its leaderships over first."""
        await asyncio.to_thread(self._kafka.end, node + 1)

    async def kill(self, node: int) -> None:
        """Kill a node."""
        await asyncio.to_thread(self._kafka.kill, node + 1)

    async def restart(self, node: int) -> None:
        """Start a node that ended again, on its data; returns when it answers."""
        await asyncio.to_thread(self._kafka.restart, node + 1)

    def limit_files(self, node: int, size: int) -> None:
        """Let no file that a node writes grow beyond so many bytes: what it then meets is a full disk."""
        resource.prlimit(self.pid(node), resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    async def move_leaders(self, node: int, prefix: str) -> int:
        """Take a node out of the replicas of all partitions it leads, so that others lead them; how many it led."""
        return await self._reassign(prefix, node + 1, lambda number: number != node + 1)

    async def restore_replicas(self, prefix: str) -> None:
        """Every node is a replica of every partition again."""
        await self._reassign(prefix, None, lambda _: True)

    async def _reassign(self, prefix: str, leader: int | None, keeps: Keeps) -> int:
        admin = AIOKafkaAdminClient(bootstrap_servers=",".join(self._kafka.addresses))
        await admin.start()
        try:
            names = [name for name in await admin.list_topics() if name.startswith(prefix)]
            topics: list[tuple[str, list[tuple[int, list[int], dict[int, bytes]]], dict[int, bytes]]] = []
            for topic in await admin.describe_topics(names):
                led = [part for part in topic["partitions"] if leader is None or part["leader"] == leader]
                if led:
                    wanted = [
                        (part["partition"], _replicas(part, self.nodes, keeps), dict[int, bytes]()) for part in led
                    ]
                    topics.append((topic["topic"], wanted, {}))
            if topics:
                await admin._send_to_controller(AlterPartitionReassignmentsRequest(30_000, topics, {}))
            return sum(len(wanted) for _, wanted, _ in topics)
        finally:
            await admin.close()


def _replicas(partition: Mapping[str, object], nodes: int, keeps: Keeps) -> list[int]:
    """The nodes that are to hold a partition; the one that leads it first, where it stays."""
    kept = [number for number in range(1, nodes + 1) if keeps(number)]
    return sorted(kept, key=lambda number: (int(number != partition["leader"]), number))


@contextlib.asynccontextmanager
async def broker(kind: str) -> AsyncIterator[Broker]:
    """A broker of a kind (embedded, kafka, cluster, disk), running.

    Raises:
        DiskError: a disk of its own was asked for and cannot be had.
    """
    async with contextlib.AsyncExitStack() as stack:
        proxies = [await stack.enter_async_context(Proxy()) for _ in range(NODES.get(kind, 1))]
        if kind == "embedded":
            embedded = await asyncio.to_thread(stack.enter_context, EmbeddedBroker(advertised=proxies[0].port))
            proxies[0].target = (HOST, embedded.port)
            yield Embedded(embedded, proxies)
            return
        advertised = [f"{HOST}:{proxy.port}" for proxy in proxies]
        disk = stack.enter_context(SmallDisk()) if kind == "disk" else None
        running = ApacheKafka(
            NODES[kind], advertised=advertised, start_timeout=START_TIMEOUT, parent=disk.path if disk else None
        )
        kafka = await asyncio.to_thread(stack.enter_context, running)
        for proxy, address in zip(proxies, kafka.behind, strict=True):
            host, _, port = address.partition(":")
            proxy.target = (host, int(port))
        yield Kafka(kafka, proxies, disk)
