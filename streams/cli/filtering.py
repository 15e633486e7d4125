"""The filters of the desk as flags of a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from schemas.errors import InputError, SettingsError
from streams.cli.watch import AGO, parse_since
from streams.desk.filters import Filter

Command = TypeVar("Command", bound=Callable[..., Any])

FLAGS = {
    "agency": "Only of this wire agency, by key (afp).",
    "outlet": "Only printed by this outlet.",
    "device": "Only where this way of altering was found (omission, headline_spin).",
    "score": "Only from this score of the framing on, 0 to 1.",
    "language": "Only copies in this language (en).",
    "since": "Only of this event time and later; an age (2h, 7d), a day or ISO 8601.",
    "until": "Only before then; a day counts whole.",
    "text": "Only with all these words in headlines, names or evidence.",
    "verdict": "Only what was decided so: confirmed, dismissed, watching or undecided.",
}
"""Flags and their help; what they mean is `streams.desk.filters.Filter`'s affair."""


def filtering(command: Command) -> Command:
    """Give a command a flag for each filter."""
    for name, text in reversed(FLAGS.items()):
        command = click.option(f"--{name}", metavar=name.upper(), help=text)(command)
    return command


def filter_of(given: Mapping[str, str | None], kind: str) -> Filter:
    """The filter that the flags make.

    Raises:
        SettingsError: a value that its flag cannot hold.
    """
    query = {name: _moment(name, value) for name, value in given.items() if value is not None}
    try:
        return Filter.from_query({**query, "kind": kind})
    except InputError as error:
        raise SettingsError(error.problem, where=f"--{error.where}", remedy=error.remedy) from error


def _moment(name: str, value: str) -> str:
    """An age as the time that it names; all else as it is."""
    if name in ("since", "until") and AGO.fullmatch(value.strip()):
        moment = parse_since(value, datetime.now(UTC), f"--{name}")
        assert moment is not None
        return moment.isoformat(timespec="seconds")
    return value
