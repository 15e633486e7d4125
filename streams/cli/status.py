"""How a worker is, from its health endpoint."""

from __future__ import annotations

import sys
from typing import Any

import aiohttp
import click
import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.errors import BrokerError, SettingsError
from streams.cli.options import EXIT_FAILURE, run_async, with_settings
from streams.settings import Loaded, Settings

TIMEOUT = aiohttp.ClientTimeout(total=10)
"""Seconds; a worker answers from memory, but between two comparisons."""

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (what is listened on, and where that is reached)


@click.command()
@click.option("--url", metavar="URL", help="Of the worker; by default that of --health-host and --health-port.")
@click.option("--json", "as_json", is_flag=True, help="Print what it said as it is.")
@with_settings
def status(loaded: Loaded, url: str | None, as_json: bool) -> None:
    """Ask a worker how it is: partitions, lag, rates, sizes, relations. Exit code 1 if it is not ready."""
    base = address(loaded.settings, url)
    said = run_async(fetch(base))
    if as_json:
        click.echo(orjson.dumps(said))
    else:
        show(Console(highlight=False), said)
    if not said["ready"]:
        sys.exit(EXIT_FAILURE)


def address(settings: Settings, url: str | None) -> str:
    """Where the worker is asked.

    Raises:
        SettingsError: it is nowhere said, or not in http.
    """
    if url is None and not settings.health_port:
        remedy = "give http://127.0.0.1:PORT, the worker's --health-port (WIRESPIN_HEALTH_PORT)"
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


def show(console: Console, said: dict[str, Any]) -> None:
    """Print it as a table, with the problems below."""
    worker, answered = said["worker"], said["broker"]["answered_s"]
    state = "[green]ready[/]" if said["ready"] else "[red]not ready[/]"
    console.print(f"worker {worker['pid']}, since {worker['started']}: {state}; broker answered {answered} s ago")
    table = Table("stage", "phase", "partitions", "lag", "records", "a second", "rejected")
    for name, stage in said["stages"].items():
        partitions = " ".join(str(part["partition"]) for part in stage["partitions"]) or "none"
        counts = (f"{stage[key]:,}" for key in ("lag", "records", "rate"))
        table.add_row(name, stage["phase"], partitions, *counts, f"{stage['sent'].get('rejected', 0):,}")
    console.print(table)
    for name, stage in said["stages"].items():
        for what in ("rebuild", "index", "library", "relations"):
            if stage.get(what):
                console.print(f"{name} {what}: {escape(_listed(stage[what]))}")
        if stage.get("watermark"):
            console.print(f"{name} watermark: {stage['watermark']}")
    for problem in said["problems"]:
        place = "" if problem["stage"] is None else f"{problem['stage']} "
        part = "" if problem["partition"] is None else f"partition {problem['partition']}: "
        console.print(f"[red]{place}{part}{problem['reason']}[/]: {escape(problem['detail'])}")


def _listed(counts: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {count:,}" if isinstance(count, int) else f"{name} {count}" for name, count in counts.items()
    )
