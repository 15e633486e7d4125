"""Evidence bundles: making one, checking one."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import orjson

from schemas.errors import RecordError, SettingsError
from streams.cli.options import EXIT_FAILURE, log_to_stderr, need_broker, run_async, with_settings
from streams.evidence.archive import packed
from streams.evidence.case import Case, find_case
from streams.evidence.contents import contents
from streams.evidence.layout import MANIFEST, sha256
from streams.evidence.pages import fetched_pages
from streams.evidence.verify import Check, verify
from streams.feeds.run import fetcher_of, web_of
from streams.settings import Loaded, Settings
from streams.web.robots import Robots

SAID = {True: "ok", False: "FAILED", None: "not checked"}


@click.command()
@click.argument("event_id", metavar="[EVENT_ID]", required=False)
@click.option("--out", metavar="FILE", help="Where to write it; EVENT_ID.zip if not given.")
@click.option("--fetch", is_flag=True, help="Fetch both pages now and put them in, as a web archive.")
@click.option("--made", metavar="TIME", help="When it is made, as entered in it; now if not given.")
@click.option("--verify", "checked", metavar="FILE", help="Check a bundle instead; no broker is needed.")
@with_settings
def evidence(
    loaded: Loaded, event_id: str | None, out: str | None, fetch: bool, made: str | None, checked: str | None
) -> None:
    """Put an alert (or a republication) and all that it rests on into one zip file that others can check.

    EVENT_ID is the event's id, as 'wirespin watch --json' shows it. Both texts are taken from the log of accepted
    articles, so a bundle can be made while that still holds them. The same event, topics and --made give the same
    bytes, but for what --fetch brings. With --verify, exit code 1 if anything does not hold.
    """
    if (event_id is None) == (checked is None):
        raise SettingsError("give either EVENT_ID or --verify FILE", where="EVENT_ID", remedy="see -h")
    if checked is not None:
        _verify(checked)
        return
    need_broker(loaded.settings)
    log_to_stderr(loaded.settings, quiet=True)
    assert event_id is not None
    _make(loaded.settings, event_id, Path(out or f"{event_id}.zip"), _time(made), fetch=fetch)


def _make(settings: Settings, event_id: str, target: Path, made: str, *, fetch: bool) -> None:
    case = run_async(find_case(settings, event_id))
    pages = run_async(_pages(settings, case)) if fetch else None
    files = contents(case, made, pages)
    data = packed(files, case.event.time)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", where=str(target)) from error
    _tell(case, files, target, data)


async def _pages(settings: Settings, case: Case) -> dict[str, bytes]:
    async with fetcher_of(settings) as fetcher:
        return await fetched_pages(case.event, Robots(fetcher), web_of(settings).agent)


def _tell(case: Case, files: dict[str, bytes], target: Path, data: bytes) -> None:
    findings = orjson.loads(files[MANIFEST])["findings"]
    told = ", ".join(f"{count} {name}" for name, count in findings.items())
    click.echo(f"{target}: {len(data):,} bytes, {len(files)} files; findings: {told}")
    click.echo(f"sha256 {sha256(data)}")
    if case.standing != case.event.id:
        now = f"superseded by {case.standing}" if case.standing else "withdrawn"
        click.echo(f"wirespin: {case.event.id} does not stand any more: {now}", err=True)


def _verify(path: str) -> None:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise RecordError(f"cannot be read: {error.strerror}", where=path) from error
    checks = verify(data, path)
    for one in checks:
        click.echo(_line(one))
    click.echo(f"sha256 {sha256(data)}")
    if any(one.passed is False for one in checks):
        sys.exit(EXIT_FAILURE)


def _line(check: Check) -> str:
    return f"{SAID[check.passed]:<11} {check.name:<10} {check.said}"


def _time(given: str | None) -> str:
    """When the bundle is made, in UTC with seconds.

    Raises:
        SettingsError: what was given is no time.
    """
    try:
        moment = datetime.now(UTC) if given is None else datetime.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"'{given}' is no time", where="--made", remedy="give ISO 8601") from error
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
