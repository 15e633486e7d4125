"""Webhooks: telling other people's servers of alerts."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.errors import SettingsError
from schemas.undelivered import Undelivered
from streams.background import until_stopped
from streams.cli.options import EXIT_FAILURE, log_to_stderr, need_broker, run_async, with_settings
from streams.cli.rejected_shown import printable
from streams.out.webhooks.config import Hook, guard_of, load_hooks
from streams.out.webhooks.letters import chosen, letters_of, sent_again, standing_letters
from streams.out.webhooks.message import trial
from streams.out.webhooks.post import Outcome
from streams.out.webhooks.run import delivering, poster_of
from streams.out.webhooks.served import served
from streams.out.webhooks.signing import new_secret
from streams.settings import Loaded, Settings
from streams.worker import end_process, told_to_stop

CONFIG = click.argument("config", type=click.Path(path_type=Path))
HOOK = click.option("--hook", metavar="NAME", help="Only of this hook.")


@click.group("webhooks")
def webhooks() -> None:
    """Tell other people's servers of alerts: signed, retried, each at its own pace."""


@webhooks.command()
@CONFIG
@with_settings
def run(loaded: Loaded, config: Path) -> None:
    """Deliver to the hooks of a file until told to stop.

    Several processes of one file share its hooks, and one takes over from another. Stops on SIGTERM or Ctrl-C within
    ten seconds; ends with code 70 when it cannot go on: let systemd, Docker or Kubernetes start it again.
    """
    settings = loaded.settings
    need_broker(settings)
    hooks = load_hooks(config, guard_of(settings))
    log_to_stderr(settings)
    run_async(_run(settings, hooks))


async def _run(settings: Settings, hooks: Sequence[Hook]) -> None:
    stop = asyncio.Event()
    with told_to_stop(stop):
        async with delivering(settings, hooks) as running, served(settings, running):
            if error := await until_stopped(stop, running.failed):
                await end_process(error)


@webhooks.command()
@CONFIG
@with_settings
def check(loaded: Loaded, config: Path) -> None:
    """Read a file as 'run' would, and show its hooks without anything secret. Asks nobody."""
    for hook in load_hooks(config, guard_of(loaded.settings)):
        click.echo(f"{hook.name}: {', '.join(_facts(hook))}")


def _facts(hook: Hook) -> list[str]:
    query = next(iter(hook.wants.values())).to_query()
    shown = "&".join(f"{name}={value}" for name, value in query.items() if name != "kind")
    kinds = [*hook.wants, *(["withdrawn"] if hook.withdrawn else [])]
    keys = "signed with the old secret, too" if len(hook.secrets) > 1 else "signed"
    return [f"{hook.url.scheme}://{hook.host}", " and ".join(kinds), printable(shown) or "no filter", keys]


@webhooks.command()
@CONFIG
@click.argument("name")
@with_settings
def test(loaded: Loaded, config: Path, name: str) -> None:
    """Send a message that says nothing to one hook, and show what it answers."""
    settings = loaded.settings
    log_to_stderr(settings, quiet=True)
    hooks = load_hooks(config, guard_of(settings))
    hook = next((one for one in hooks if one.name == name), None)
    if hook is None:
        known = ", ".join(one.name for one in hooks)
        raise SettingsError(f"has no hook {name!r}", where=str(config), remedy=f"there are {known}")
    outcome = run_async(_test(settings, hook))
    if not outcome.delivered:
        click.echo(f"wirespin: {name}: {outcome.reason}", err=True)
        sys.exit(EXIT_FAILURE)
    click.echo(f"{name}: {outcome.status}, accepted")


async def _test(settings: Settings, hook: Hook) -> Outcome:
    async with poster_of(settings) as poster:
        return await poster.post(hook, *trial(hook.name, uuid4().hex, settings.prefix, time.time()))


@webhooks.command()
def secret() -> None:
    """Print a new secret, for a hook and its receiver."""
    click.echo(new_secret())


@webhooks.group()
def undelivered() -> None:
    """What no hook took, even at the last try."""


@undelivered.command("list")
@HOOK
@click.option("--json", "as_json", is_flag=True, help="One message a line, with its event, for pipes.")
@with_settings
def list_(loaded: Loaded, hook: str | None, as_json: bool) -> None:
    """List what was not delivered, the oldest first."""
    found = chosen(_letters(loaded.settings), (), hook)
    if as_json:
        for letter in found:
            click.echo(letter.to_bytes())
    elif found:
        Console(highlight=False).print(_table(found))
    else:
        click.echo("nothing is undelivered")


@undelivered.command()
@CONFIG
@click.argument("messages", nargs=-1, metavar="[ID]...")
@HOOK
@click.option("--all", "everything", is_flag=True, help="All there are.")
@with_settings
def replay(loaded: Loaded, config: Path, messages: tuple[str, ...], hook: str | None, everything: bool) -> None:
    """Try messages once more, and drop those from the list that are taken.

    Name them, or choose with --hook or --all. A receiver that orders by 'sequence' is not misled by their age.
    """
    settings = loaded.settings
    if everything == bool(messages or hook):
        raise SettingsError("give either IDs, --hook or --all", where="ID", remedy="see -h")
    hooks = load_hooks(config, guard_of(settings))
    failed = run_async(_replay(settings, hooks, chosen(_letters(settings), messages, hook)))
    if failed:
        sys.exit(EXIT_FAILURE)


async def _replay(settings: Settings, hooks: Sequence[Hook], letters: Sequence[Undelivered]) -> int:
    """Try them; how many failed."""
    failed = 0
    async with letters_of(settings) as kept, poster_of(settings) as poster:
        async for letter, outcome in sent_again(letters, hooks, poster, kept, settings.prefix, time.time()):
            if not outcome.delivered:
                failed += 1
                click.echo(f"wirespin: {letter.hook}: {printable(letter.message)}: {outcome.reason}", err=True)
    click.echo(f"{len(letters) - failed} delivered, {failed} could not be")
    return failed


def _letters(settings: Settings) -> list[Undelivered]:
    need_broker(settings)
    log_to_stderr(settings, quiet=True)

    def told(problem: str) -> None:
        click.echo(f"wirespin: passed over: {problem}", err=True)

    return run_async(standing_letters(settings, told))


def _table(letters: Sequence[Undelivered]) -> Table:
    rows = Table(box=None, pad_edge=False)
    for name in ("id", "hook", "event", "last try", "tries"):
        rows.add_column(name, justify="right" if name == "tries" else "left", no_wrap=name != "event")
    rows.add_column("reason", overflow="fold")
    for one in letters:
        event = f"{one.topic}[{one.partition}]@{one.offset}"
        cells = (one.message, one.hook, event, one.last, str(one.tries), one.reason)
        rows.add_row(*(Text(printable(cell)) for cell in cells))
    return rows
