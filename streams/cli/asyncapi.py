"""`wirespin asyncapi`: the contract of all topics, for these settings."""

from __future__ import annotations

import click

from streams.cli.options import with_settings
from streams.contracts.asyncapi import document
from streams.contracts.examples import load
from streams.contracts.text import Format, rendered
from streams.settings import Loaded


@click.command()
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@with_settings
def asyncapi(loaded: Loaded, form: Format) -> None:
    """Print the AsyncAPI 3 document of all topics: what they carry, their keys, schemas and examples.

    Topic names, partitions, retention and servers are those of the settings.
    """
    click.echo(rendered(document(loaded.settings, load()), form), nl=False)
