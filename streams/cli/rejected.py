"""What was rejected: listing it, looking at one, sending some again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console

from schemas.errors import RecordError, SettingsError
from streams.cli.options import EXIT_FAILURE, log_to_stderr, need_broker, run_async, with_settings
from streams.cli.rejected_shown import counts, print_rejection, row, sized, table
from streams.cli.watch import parse_since
from streams.rejected import Rejected, named, send_again, standing_rejections, whole
from streams.settings import Loaded, Settings


@click.group("rejected")
def rejections() -> None:
    """What no stage could work on, with its bytes and the reason.

    A record that was refused twice (delivered again, or sent again by 'replay') is shown once, as it was refused last.
    """


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose among rejections."""
    for option in (
        click.option("--until", metavar="2h|TIME", help="Only what was rejected before then."),
        click.option("--since", metavar="2h|TIME", help="Only what was rejected since; an age (2h, 7d) or ISO 8601."),
        click.option("--reason", help="Only of this reason, as 'list' counts them, or of this class of error."),
    ):
        command = option(command)
    return command


@rejections.command("list")
@selecting
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Rows, the latest; 0 for counts.")
@click.option("--json", "as_json", is_flag=True, help="One rejection a line, for pipes, without its payload.")
@with_settings
def list_(loaded: Loaded, reason: str | None, since: str | None, until: str | None, limit: int, as_json: bool) -> None:
    """List the latest rejections, and count all by reason."""
    found = _chosen(loaded.settings, reason, since, until)
    latest = found[len(found) - min(limit, len(found)) :]
    if as_json:
        for one in latest:
            click.echo(orjson.dumps(row(one)))
        return
    console = Console(highlight=False)
    if latest:
        console.print(table(latest))
    console.print(counts(found))


@rejections.command()
@click.argument("name", metavar="ID")
@click.option("--raw", metavar="FILE", help="Write the bytes of the value to a file as they came; - for the output.")
@with_settings
def show(loaded: Loaded, name: str, raw: str | None) -> None:
    """Print one rejection: what was wrong, where, and the record as it came.

    ID is one that 'list' shows. What cannot be printed is escaped.
    """
    settings = loaded.settings
    one = _by_id(_read(settings), name)[-1]
    if raw is not None:
        _write(raw, run_async(whole(settings, one)).value)
        return
    print_rejection(one)


@rejections.command("replay")
@click.argument("names", metavar="[ID]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All there are.")
@selecting
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@with_settings
def replay_(
    loaded: Loaded,
    names: tuple[str, ...],
    everything: bool,
    reason: str | None,
    since: str | None,
    until: str | None,
    dry_run: bool,
) -> None:
    """Send records again to the topic they came from, under their key: after an upgrade, or when a limit was raised.

    Name them, or choose with --reason, --since, --until or --all. Each carries a header that tells how often it was
    sent; what is refused again is listed again, under the same ID. What was accepted meanwhile is recognised.
    """
    if bool(names) == (everything or any((reason, since, until))):
        raise SettingsError("give either IDs or --reason, --since, --until or --all", where="ID", remedy="see -h")
    settings = loaded.settings
    found = _chosen(settings, reason, since, until)
    if names:
        found = list({one.identity: one for name in names for one in _by_id(found, name)}.values())
    if dry_run:
        for one in found:
            click.echo(f"would send {one.id} ({sized(one)}) to {one.rejection.topic}[{one.rejection.partition}]")
        click.echo(f"{len(found)} to send, nothing sent")
        return
    _replay(settings, found)


def _replay(settings: Settings, found: Sequence[Rejected]) -> None:
    failed: list[str] = []

    def told(one: Rejected, problem: str | None) -> None:
        if problem is not None:
            failed.append(one.id)
            click.echo(f"wirespin: {one.id} was not sent: {problem}", err=True)

    if found:
        run_async(send_again(settings, found, told))
    click.echo(f"{len(found) - len(failed)} sent again, {len(failed)} could not be")
    if failed:
        sys.exit(EXIT_FAILURE)


def _chosen(settings: Settings, reason: str | None, since: str | None, until: str | None) -> list[Rejected]:
    """The rejections that the options choose, oldest first."""
    now = datetime.now(UTC)
    first, last = parse_since(since, now), parse_since(until, now, "--until")
    wanted = None if reason is None else reason.casefold()
    return [
        one
        for one in _read(settings)
        if (first is None or one.at >= first)
        and (last is None or one.at < last)
        and (wanted is None or wanted in (one.reason.casefold(), one.rejection.error.casefold()))
    ]


def _read(settings: Settings) -> list[Rejected]:
    """All rejections that stand; what else lies in their topic is told."""
    need_broker(settings)
    log_to_stderr(settings, quiet=True)
    return run_async(
        standing_rejections(settings, lambda problem: click.echo(f"wirespin: passed over: {problem}", err=True))
    )


def _by_id(found: Sequence[Rejected], name: str) -> list[Rejected]:
    if matching := named(found, name):
        return matching
    raise RecordError("no such rejection", where=name, remedy="'wirespin rejected list' shows the IDs")


def _write(path: str, value: bytes | None) -> None:
    if value is None:
        raise RecordError("had no value", where=path, remedy="a tombstone has no bytes to write")
    if path == "-":
        sys.stdout.buffer.write(value)
        return
    try:
        Path(path).write_bytes(value)
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", where=path) from error
    click.echo(f"{len(value):,} bytes written to {path}", err=True)
