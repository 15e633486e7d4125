"""Commands as other files write them, read as our command line would read them, and settings as they are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from streams.cli import main
from streams.settings import Settings, load


def parsed(words: Sequence[str]) -> click.Context:
    """The command that words after ``wirespin`` lead to; raises `click.UsageError` where they lead to none.

    Nothing is run: arguments, options and choices are checked as at a start.
    """
    command: click.Command = main
    context: click.Context | None = None
    rest = list(words)
    while True:
        context = command.make_context(command.name, rest, parent=context)
        if not isinstance(command, click.Group):
            return context
        rest = [*context._protected_args, *context.args]
        _, found, rest = command.resolve_command(context, rest)
        assert found is not None
        command = found


def settings_of(environment: Mapping[str, str]) -> Settings:
    """Settings as a process with such variables has them; raises SettingsError where it would not start."""
    return load(environment).settings
