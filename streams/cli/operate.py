"""Commands of the operator: worker, broker, topics, config."""

from __future__ import annotations

import signal

import click

from schemas.errors import BrokerError
from streams.app import STAGES
from streams.cli.options import guarded, log_to_stderr, need_broker, run_async, with_settings
from streams.embedded import EmbeddedBroker
from streams.settings import PREFIX, Loaded, Settings
from streams.topics import create_missing, declared
from streams.worker import stages_named, work


@click.command()
@click.argument("stage", type=click.Choice([*STAGES, "all"]), default="all")
@with_settings
def worker(loaded: Loaded, stage: str) -> None:
    """Run one worker process: one stage, or all three.

    \b
    ingest   decode, clean, identify, credit, date and sketch articles (scales with the articles topic's partitions)
    match    look them up in the rolling index and route them to stories (one process; others stand by)
    judge    compare them at their story and emit events (scales with the stories topic's partitions)

    Stops on SIGTERM or Ctrl-C, without losing anything. Ends with code 70 or 71 when it cannot go on: let systemd,
    Docker or Kubernetes start it again.
    """  # noqa: D301 (click takes the sign itself, not its name)
    need_broker(loaded.settings)
    log_to_stderr(loaded.settings)
    run_async(work(loaded.settings, stages_named(stage)))


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="Port on 127.0.0.1; a free one is chosen by default.")
@click.option("--debug", is_flag=True, hidden=True)
def broker(port: int | None, debug: bool) -> None:
    """Run the embedded broker in the foreground, on loopback only.

    For a first evening and for tests: its data lives in memory and is gone when it stops. Everything is written for
    Apache Kafka; use that for anything you want to keep.
    """
    guarded(lambda: _serve(port), debug=debug)


def _serve(port: int | None) -> None:
    with EmbeddedBroker(port) as started:
        signal.signal(signal.SIGTERM, _interrupt)
        click.echo(f"embedded broker (in memory, not Apache Kafka) on {started.url}; Ctrl-C stops it")
        click.echo(f"export WIRESPIN_BROKER={started.url}")
        try:
            code = started.wait()
        except KeyboardInterrupt:
            return
        raise BrokerError(f"ended by itself with exit code {code}", where="embedded broker")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@click.command()
@click.option("--create", is_flag=True, help="Create those that the broker lacks.")
@with_settings
def topics(loaded: Loaded, create: bool) -> None:
    """List the topics: name, key, partitions, retention, and what flows. With --create, make them."""
    settings = loaded.settings
    for topic in declared(settings).values():
        kept = f"{topic.retention_days:g} days, {topic.cleanup}"
        click.echo(f"{topic.name:28} {topic.partitions:>3} partitions  key: {topic.key:13} {kept:24} {topic.carries}")
    if create:
        need_broker(settings)
        created = run_async(create_missing(settings))
        click.echo(f"created: {', '.join(created)}" if created else "nothing to create")


@click.command()
@with_settings
def config(loaded: Loaded) -> None:
    """Print every setting: its value, where that comes from, and what it means. Secrets are not shown."""
    for name, field in Settings.model_fields.items():
        value = getattr(loaded.settings, name)
        shown = "***" if name == "sasl_password" and value else "" if value is None else value
        variable = PREFIX + name.upper()
        click.echo(f"{variable:28} {shown!s:24} {loaded.origins[name]:28} {field.description}")
