"""What the commands share: settings as flags, logging, errors as one line, exit codes."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import click

from schemas.errors import SettingsError, WirespinError
from streams.loglines import formatter, plain, speaks_json
from streams.settings import Loaded, Settings, load

EXIT_FAILURE, EXIT_USAGE = 1, 2
SHOWN = {"broker", "prefix", "window_days", "log_level"}
"""Settings whose flags stand in every command's help; the others are listed by `wirespin config`."""

SECRET = {"sasl_password"}
"""Settings without a flag: what is on a command line is read by every user of the machine."""

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")


def with_settings(command: Command) -> Command:
    """Give a command a flag for every setting, and hand it the loaded settings as its first argument."""

    @functools.wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        flags = {name: values.pop(name, None) for name in Settings.model_fields}
        debug = values.pop("debug")
        return guarded(lambda: command(_loaded(flags), *args, **values), debug=debug)

    decorated = click.option("--debug", is_flag=True, help="Show tracebacks and every log line.")(run)
    for name, field in reversed(Settings.model_fields.items()):
        if name not in SECRET:
            flag = "--" + name.replace("_", "-")
            text = (field.description or "")[:1].upper() + (field.description or "")[1:] + "."
            decorated = click.option(flag, name, default=None, metavar="VALUE", help=text, hidden=name not in SHOWN)(
                decorated
            )
    return decorated  # type: ignore[return-value]


def guarded(command: Callable[[], Result], *, debug: bool) -> Result:
    """Run a command; an error of ours becomes one line on standard error and an exit code."""
    try:
        return command()
    except WirespinError as error:
        if debug:
            raise
        _last_word(error)
        sys.exit(EXIT_USAGE if isinstance(error, SettingsError) else EXIT_FAILURE)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_FAILURE)


def run_async(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine; Ctrl-C ends it without a traceback."""
    try:
        return asyncio.run(coroutine)
    except KeyboardInterrupt:
        sys.exit(130)


def log_to_stderr(settings: Settings, *, quiet: bool = False) -> None:
    """Log to standard error. Faust and aiokafka speak from warnings up, unless at DEBUG."""
    level = logging.getLevelName(settings.log_level)
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(settings.log_format))
    logging.basicConfig(level=logging.WARNING if quiet else level, handlers=[handler])
    if settings.log_format == "json":
        logging.captureWarnings(capture=True)
        sys.excepthook = _log_uncaught
    if settings.log_level != "DEBUG":
        # mode reports every service at WARNING when it is asked to stop; what matters to us is logged by ourselves
        for name in ("faust", "mode", "aiokafka"):
            logging.getLogger(name).setLevel(logging.ERROR)


def need_broker(settings: Settings) -> None:
    """Refuse to go on without a broker to talk to."""
    if settings.embedded:
        raise SettingsError(
            "no broker is named",
            where="--broker",
            remedy="give kafka://host:port (or WIRESPIN_BROKER); 'wirespin broker' starts an embedded one",
        )


def _log_uncaught(_: type[BaseException], error: BaseException, __: object) -> None:
    logging.getLogger("wirespin").critical("ended by an error", exc_info=error)


def _last_word(error: WirespinError) -> None:
    """Why a command ends: a line on standard error, in JSON where the log is."""
    if speaks_json():
        logging.getLogger("wirespin").error("%s", error)
    else:
        click.echo(f"wirespin: {plain(str(error))}", err=True)


def _loaded(flags: dict[str, Any]) -> Loaded:
    return load(os.environ, flags)
