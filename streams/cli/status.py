"""How the workers are: all of them as the broker sees them, or one from its health endpoint."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import click
import orjson
from rich.console import Console

from schemas.errors import BrokerError, SettingsError
from streams.cli.options import EXIT_FAILURE, log_to_stderr, run_async, with_settings
from streams.cli.status_shown import as_json as cluster_json
from streams.cli.status_shown import show, show_cluster, show_sizes
from streams.cluster.ask import Broker, broker
from streams.cluster.rates import Rates
from streams.cluster.types import Cluster
from streams.settings import Loaded, Settings

TIMEOUT = aiohttp.ClientTimeout(total=10)
"""Seconds; a worker answers from memory, but between two comparisons."""

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (what is listened on, and where that is reached)


@dataclass(frozen=True)
class Look:
    """What was found at one look.

    Attributes:
        cluster: as the broker sees it, None where it is not asked.
        workers: address to what the worker there said, or to why it did not.
    """

    cluster: Cluster | None
    workers: dict[str, dict[str, Any] | BrokerError] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        ready = all(isinstance(said, dict) and said["ready"] for said in self.workers.values())
        return ready and not (self.cluster and self.cluster.problems())


@click.command()
@click.option("--url", "urls", metavar="URL", multiple=True, help="Ask the worker there; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, with --watch a line a look.")
@click.option("--watch", "watching", is_flag=True, help="Go on looking until Ctrl-C.")
@click.option("--every", type=click.FloatRange(0.5, 3_600), default=2.0, show_default=True, help="Seconds to a look.")
@with_settings
def status(loaded: Loaded, urls: tuple[str, ...], as_json: bool, watching: bool, every: float) -> None:
    """Tell how the workers are: partitions, owners, lag, rates, sizes.

    With --broker the broker is asked: who is in each stage's consumer group, who has which partition, how far it is
    committed, how many records wait, how fast they come and go. With --url a worker is asked, for what only it knows:
    its phase, its window, what it rejected. With neither, the worker at --health-host and --health-port.

    Exit code 1 where a partition has no owner or stands still with records waiting, or a worker is not ready.
    """
    settings = loaded.settings
    log_to_stderr(settings, quiet=True)
    whole = not settings.embedded and (not urls or loaded.origins["broker"] == "--broker")
    asked = [address(settings, url) for url in urls]
    if not whole and not asked:
        asked = [address(settings, None)]
    # within a container that has a health port, the worker of that container is asked too, if there is one
    optional = [address(settings, None)] if whole and not asked and settings.health_port else []
    if not run_async(_run(settings, Asked(whole, asked, optional), every, as_json=as_json, watching=watching)):
        sys.exit(EXIT_FAILURE)


@dataclass(frozen=True)
class Asked:
    """Whom to ask.

    Attributes:
        broker: whether the broker.
        workers: addresses.
        optional: addresses of workers that need not answer.
    """

    broker: bool
    workers: list[str]
    optional: list[str]


async def _run(settings: Settings, asked: Asked, every: float, *, as_json: bool, watching: bool) -> bool:
    """Look once, or for ever; whether all was well at the last look."""
    console, well = Console(highlight=False), True
    if not asked.broker and not watching and len(asked.workers) == 1:
        look = Look(None, {asked.workers[0]: await fetch(asked.workers[0])})
        _print(console, look, as_json=as_json)
        return look.well
    async for look in _looks(settings, asked, every, watching=watching):
        if watching and console.is_terminal and not as_json:
            console.clear()
        _print(console, look, as_json=as_json)
        well = look.well
    return well


async def _looks(settings: Settings, asked: Asked, every: float, *, watching: bool) -> AsyncIterator[Look]:
    """Looks, the last of which tells rates: one where only workers are asked, for they know theirs."""
    async with contextlib.AsyncExitStack() as stack:
        there = await stack.enter_async_context(broker(settings)) if asked.broker else None
        rates = Rates()
        if there and not watching:
            yield await _settled(there, rates, asked, every)
            return
        while True:
            cluster = rates.take(await there.look(), time.monotonic()) if there else None
            yield Look(cluster, await _workers(asked))
            if not watching:
                return
            await asyncio.sleep(every)


async def _settled(there: Broker, rates: Rates, asked: Asked, every: float) -> Look:
    """Two looks, or as many as it takes to tell whether what waits stands still."""
    cluster = rates.take(await there.look(), time.monotonic())
    while True:
        await asyncio.sleep(every)
        cluster = rates.take(await there.look(), time.monotonic())
        if not rates.waiting(cluster):
            return Look(cluster, await _workers(asked))


async def _workers(asked: Asked) -> dict[str, dict[str, Any] | BrokerError]:
    """What the workers say."""
    addresses = [*asked.workers, *asked.optional]
    answers = await asyncio.gather(*map(fetch, addresses), return_exceptions=True)
    found: dict[str, dict[str, Any] | BrokerError] = {}
    for where, answer in zip(addresses, answers, strict=True):
        if isinstance(answer, BrokerError):
            if where not in asked.optional:
                found[where] = answer
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found[where] = answer
    return found


def _print(console: Console, look: Look, *, as_json: bool) -> None:
    """One look: a single worker as it says itself, everything else together."""
    said = list(look.workers.values())
    alone = look.cluster is None and len(said) == 1 and isinstance(said[0], dict)
    if as_json:
        click.echo(orjson.dumps(said[0] if alone else _both(look)))
        return
    if look.cluster is not None:
        show_cluster(console, look.cluster)
    for where, answer in look.workers.items():
        if isinstance(answer, BrokerError):
            console.print(f"[red]{answer}[/]", markup=True)
        elif look.cluster is None:
            show(console, answer)
        else:
            console.print(f"worker {where}:")
            show_sizes(console, answer)


def _both(look: Look) -> dict[str, Any]:
    workers = {where: said if isinstance(said, dict) else {"error": str(said)} for where, said in look.workers.items()}
    told = {} if look.cluster is None else cluster_json(look.cluster)
    return {"ready": look.well, **told, "workers": workers}


def address(settings: Settings, url: str | None) -> str:
    """Where the worker is asked.

    Raises:
        SettingsError: it is nowhere said, or not in http.
    """
    if url is None and not settings.health_port:
        remedy = (
            "give http://127.0.0.1:PORT, the worker's --health-port (WIRESPIN_HEALTH_PORT), or --broker to ask that"
        )
        raise SettingsError("no worker is named", where="--url", remedy=remedy)
    host = ANYWHERE.get(settings.health_host, settings.health_host)
    named = (url or f"http://{host}:{settings.health_port}").rstrip("/").removesuffix("/status")
    if not named.startswith(("http://", "https://")):
        raise SettingsError(f"'{url}' is no http address", where="--url", remedy="give http://127.0.0.1:PORT")
    return named


async def fetch(base: str) -> dict[str, Any]:
    """What the worker says.

    Raises:
        BrokerError: nothing listens there, or it is no worker.
    """
    where = f"{base}/status"
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session, session.get(where) as response:
            said = orjson.loads(await response.read())
    except (aiohttp.ClientConnectionError, TimeoutError) as error:
        remedy = "is a worker running with this --health-port?"
        raise BrokerError(f"no answer: {str(error) or 'in time'}", where=where, remedy=remedy) from error
    except (aiohttp.ClientError, ValueError) as error:
        raise BrokerError("this is no worker's answer", where=where) from error
    if not isinstance(said, dict) or not isinstance(said.get("stages"), dict):
        raise BrokerError("this is no worker's answer", where=where)
    return said
