"""The command line."""

from __future__ import annotations

import click

from streams.cli.asyncapi import asyncapi
from streams.cli.boilerplate import boilerplate
from streams.cli.compare import compare
from streams.cli.evidence import evidence
from streams.cli.export import export
from streams.cli.feeds import feeds
from streams.cli.ingest import ingest
from streams.cli.operate import broker, config, topics, worker
from streams.cli.rejected import rejections
from streams.cli.replay import replay
from streams.cli.stats import stats
from streams.cli.status import status
from streams.cli.watch import watch

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="wirespin")
def main() -> None:
    r"""Find republications of wire stories, and show where their framing was altered.

    \b
    Try it without any broker:   wirespin compare ORIGINAL.txt COPY.txt
    Try the whole pipeline:      wirespin replay seeds
    Run it on Apache Kafka:      wirespin worker all --broker kafka://host:9092
    Feed it:                     wirespin feeds run feeds.opml --broker kafka://host:9092
    Agencies' files:             wirespin ingest FOLDER --follow --broker kafka://host:9092
    Read what it says:           wirespin watch --broker kafka://host:9092
    Ask a worker how it is:      wirespin status --url http://127.0.0.1:PORT
    Hand on what it found:       wirespin evidence EVENT_ID --broker kafka://host:9092
    Count what it found:         wirespin stats --broker kafka://host:9092
    See what it refused:         wirespin rejected list --broker kafka://host:9092

    Every setting is a WIRESPIN_* variable and a flag; 'wirespin config' lists them with their origin.
    Exit codes: 0 done, 1 failure, 2 usage.
    """


for command in (worker, broker, topics, config, replay, feeds, ingest, watch, status, compare, boilerplate, rejections):
    main.add_command(command)
main.add_command(asyncapi)
for command in (evidence, export, stats):
    main.add_command(command)
