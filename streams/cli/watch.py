"""Following the alerts."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta

import click
from rich.console import Console

from schemas.errors import SettingsError
from streams.cli.options import log_to_stderr, need_broker, run_async, with_settings
from streams.events import follow, to_line
from streams.render import render
from streams.settings import Loaded, Settings

AGO = re.compile(r"(\d+)\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@click.command()
@click.option("--republications", is_flag=True, help="Also the republications whose framing was not altered.")
@click.option("--json", "as_json", is_flag=True, help="One event a line, for pipes.")
@click.option("--since", metavar="2h|TIME", help="Only events written since then; an age (30m, 2h, 7d) or ISO 8601.")
@with_settings
def watch(loaded: Loaded, republications: bool, as_json: bool, since: str | None) -> None:
    """Follow the alert topic until Ctrl-C."""
    settings = loaded.settings
    need_broker(settings)
    log_to_stderr(settings, quiet=True)
    start = parse_since(since, datetime.now(UTC))
    roles = ["republications", "alerts"] if republications else ["alerts"]
    run_async(_watch(settings, roles, start, as_json=as_json))


def parse_since(given: str | None, now: datetime, flag: str = "--since") -> datetime | None:
    """The time that an age or a date names, given with some flag.

    Raises:
        SettingsError: neither.
    """
    if given is None:
        return None
    if age := AGO.fullmatch(given.strip()):
        return now - timedelta(**{_UNITS[age[2]]: int(age[1])})
    try:
        time = datetime.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"'{given}' is no time", where=flag, remedy="give 30m, 2h, 7d or ISO 8601") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


async def _watch(settings: Settings, roles: list[str], since: datetime | None, *, as_json: bool) -> None:
    console = Console(highlight=False)
    async for said in follow(settings, roles, since):
        if as_json:
            sys.stdout.buffer.write(to_line(said))
            sys.stdout.buffer.flush()
        elif said.event is None:
            console.print(f"withdrawn: {said.key}\n")
        else:
            render(console, said.event)
