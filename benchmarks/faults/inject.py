"""The faults themselves: each is done to the workers or the broker of a run, and undone where it does not pass."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from benchmarks.faults.brokers import Broker, Kafka
from benchmarks.faults.fleet import Fleet
from benchmarks.faults.plan import Fault

DISK_FULL = 64
"""Bytes of the largest file that a process may write while its disk is full; every log of a broker is larger."""

BETWEEN_STEPS = (2.0, 8.0)
"""Seconds between two steps of a change of scale, shortest and longest."""


@dataclass
class Suffering:
    """What is done faults to.

    Attributes:
        broker: and its proxies.
        fleet: the workers.
        prefix: of the topics.
        stops: seconds and exit code of every worker that was told to stop.
    """

    broker: Broker
    fleet: Fleet
    prefix: str
    stops: list[tuple[float, int]] = field(default_factory=list)


async def inject(fault: Fault, on: Suffering) -> None:
    """Do a fault, and undo it when its time is over; a worker or a node that ended runs again or is about to."""
    await DEEDS[fault.kind.name](fault, on)


async def _worker_term(fault: Fault, on: Suffering) -> None:
    on.stops.append(await on.fleet.pick(fault.victim).end(signal.SIGTERM))


async def _worker_kill(fault: Fault, on: Suffering) -> None:
    await on.fleet.pick(fault.victim).end(signal.SIGKILL)


async def _worker_stop(fault: Fault, on: Suffering) -> None:
    worker = on.fleet.pick(fault.victim)
    worker.signal(signal.SIGSTOP)
    await asyncio.sleep(fault.seconds)
    worker.signal(signal.SIGCONT)


async def _worker_wiped(fault: Fault, on: Suffering) -> None:
    """Its files go while it runs, and then it goes: the next one finds nothing."""
    worker = on.fleet.pick(fault.victim)
    worker.wipe()
    await asyncio.sleep(1.0)
    await worker.end(signal.SIGKILL)


async def _worker_full(fault: Fault, on: Suffering) -> None:
    worker = on.fleet.pick(fault.victim)
    worker.limit_files(0)
    await asyncio.sleep(fault.seconds)
    worker.limit_files(-1)


async def _scale(fault: Fault, on: Suffering) -> None:
    """1 -> 3 -> 2 -> 1, and back to what the run has."""
    shortest, longest = BETWEEN_STEPS
    pause = shortest + (longest - shortest) * (fault.victim % 100) / 100
    on.stops += await on.fleet.shrink(1)
    for size in (3, 2, 1):
        await asyncio.sleep(pause)
        await on.fleet.grow(size)
        on.stops += await on.fleet.shrink(size)
    await on.fleet.grow(on.fleet.size)


def _net(mode: str) -> Callable[[Fault, Suffering], Awaitable[None]]:
    async def deed(fault: Fault, on: Suffering) -> None:
        for proxy in on.broker.proxies:
            await proxy.set(mode)  # type: ignore[arg-type]
        await asyncio.sleep(fault.seconds)
        for proxy in on.broker.proxies:
            await proxy.set("open")

    return deed


async def _broker_stop(fault: Fault, on: Suffering) -> None:
    node = fault.victim % on.broker.nodes
    on.broker.pause(node)
    await asyncio.sleep(fault.seconds)
    on.broker.resume(node)


async def _broker_term(fault: Fault, on: Suffering) -> None:
    kafka, node = _kafka(fault, on)
    await kafka.end(node)
    await asyncio.sleep(fault.seconds)
    await kafka.restart(node)


async def _broker_kill(fault: Fault, on: Suffering) -> None:
    kafka, node = _kafka(fault, on)
    await kafka.kill(node)
    await asyncio.sleep(fault.seconds)
    await kafka.restart(node)


async def _broker_full(fault: Fault, on: Suffering) -> None:
    """A broker that cannot write gives its only folder up and ends, or lives on and refuses; then space is made."""
    kafka, node = _kafka(fault, on)
    kafka.limit_files(node, DISK_FULL)
    await asyncio.sleep(fault.seconds)
    await kafka.kill(node)
    await kafka.restart(node)


async def _broker_disk(fault: Fault, on: Suffering) -> None:
    """The disk below the broker has no byte left; then it has, and the broker starts again, as after any such end."""
    kafka, node = _kafka(fault, on)
    assert kafka.disk is not None
    await asyncio.to_thread(kafka.disk.fill)
    await asyncio.sleep(fault.seconds)
    await kafka.kill(node)
    kafka.disk.free()
    await kafka.restart(node)


async def _broker_absent(fault: Fault, on: Suffering) -> None:
    """All workers are started while there is no broker."""
    kafka, _ = _kafka(fault, on)
    await asyncio.gather(*(kafka.end(node) for node in range(kafka.nodes)))
    await asyncio.gather(*(worker.end(signal.SIGKILL) for worker in on.fleet.workers))
    await asyncio.sleep(fault.seconds)
    await asyncio.gather(*(kafka.restart(node) for node in range(kafka.nodes)))


async def _leader_moved(fault: Fault, on: Suffering) -> None:
    kafka, node = _kafka(fault, on)
    await kafka.move_leaders(node, on.prefix)
    await asyncio.sleep(fault.seconds)
    await kafka.restore_replicas(on.prefix)


def _kafka(fault: Fault, on: Suffering) -> tuple[Kafka, int]:
    assert isinstance(on.broker, Kafka)
    return on.broker, fault.victim % on.broker.nodes


DEEDS: dict[str, Callable[[Fault, Suffering], Awaitable[None]]] = {
    "worker-term": _worker_term,
    "worker-kill": _worker_kill,
    "worker-stop": _worker_stop,
    "worker-stop-60": _worker_stop,
    "worker-wiped": _worker_wiped,
    "worker-full": _worker_full,
    "scale": _scale,
    "net-cut": _net("cut"),
    "net-silent": _net("silent"),
    "net-slow": _net("slow"),
    "broker-stop": _broker_stop,
    "broker-stop-60": _broker_stop,
    "broker-term": _broker_term,
    "broker-kill": _broker_kill,
    "broker-full": _broker_full,
    "broker-disk": _broker_disk,
    "broker-absent": _broker_absent,
    "leader-moved": _leader_moved,
}
