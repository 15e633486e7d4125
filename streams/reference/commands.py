"""The page of commands, from the objects that run them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from streams.cli import main
from streams.reference.markup import code, fenced, heading, page, prose, table
from streams.settings import Settings

UNWRAPPED = "\b"
"""Sign with which click marks a paragraph whose lines stay as they are."""

INTRODUCTION = """\
What `wirespin COMMAND --help` says, for all commands. Exit codes: 0 done, 1 failure, 2 usage; workers have
[others too](../operations.md#what-ends-a-worker).
"""


def commands_page() -> str:
    """All commands that are not hidden, groups before what is in them."""
    shown = list(commands(main, "wirespin"))
    rows = [(f"[{code(path)}](#{anchor(path)})", prose(one.get_short_help_str(200))) for path, one in shown[1:]]
    sections = (_section(path, one) for path, one in shown)
    return page("Commands", INTRODUCTION, table(("Command", "What it does"), rows), *sections)


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command with its full name, and all below it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, below in sorted(command.commands.items()):
            if not below.hidden:
                yield from commands(below, f"{path} {name}")


def anchor(path: str) -> str:
    """Anchor of a command on the page."""
    return path.replace(" ", "-")


def _section(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    blocks = [heading(2, path, anchor(path)), fenced(usage), _help(command.help or ""), _options(command, context)]
    return "\n\n".join(block for block in blocks if block)


def _help(text: str) -> str:
    """The help's paragraphs; those that are not to be wrapped as blocks."""
    blocks = (block.strip("\n") for block in inspect.cleandoc(text).partition("\f")[0].split("\n\n"))
    return "\n\n".join(
        fenced(block.removeprefix(UNWRAPPED)) if block.startswith(UNWRAPPED) else prose(block) for block in blocks
    )


def _options(command: click.Command, context: click.Context) -> str:
    """The command's own options; settings stand on a page of their own."""
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    own = [one for one in options if one.name not in Settings.model_fields]
    rows = [_row(one, context) for one in own if one.name != "help"]
    width = 3 if any(row[2] for row in rows) else 2
    known = table(("Option", "Meaning", "Default")[:width], [row[:width] for row in rows]) if rows else ""
    settings = "All [settings](settings.md) are options too." if len(options) > len(own) else ""
    return "\n\n".join(filter(None, (known, settings)))


def _row(option: click.Option, context: click.Context) -> tuple[str, ...]:
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    names = ", ".join(code(name + value) for name in [*option.opts, *option.secondary_opts])
    notes = [prose(option.help or "")]
    notes += ["May be given several times."] if option.multiple else []
    notes += ["Must be given."] if option.required else []
    return names, " ".join(filter(None, notes)), _default(option, context)


def _default(option: click.Option, context: click.Context) -> str:
    """The default where there is one that can be written."""
    value = option.get_default(context, call=False)
    written = isinstance(value, str | int | float) and not isinstance(value, bool)
    return code(value) if written else ""
