"""The file that says which hooks there are: TOML, one ``[[hook]]`` each."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yarl import URL

from schemas.errors import FetchError, InputError, SettingsError
from streams.desk.filters import Filter
from streams.out.webhooks.message import Role
from streams.out.webhooks.schedule import FIRST, LONGEST, TRIES, Schedule
from streams.out.webhooks.signing import Secret
from streams.settings import PREFIX as OURS
from streams.settings import Settings
from streams.web.guard import Guard

MOST_HOOKS = 100
"""Hooks of a process: each has a connection to the broker of its own, and its name is a label of metrics."""

LARGEST_SECRET = 4_096
"""Bytes of a file that holds a secret; what is larger is another file."""

Kind = Literal["alerts", "republications", "withdrawn"]
ROLES: tuple[Role, ...] = ("alerts", "republications")
Start = Literal["latest", "earliest"]
_SOURCES = ("secret", "secret_file", "secret_env")


class _Given(BaseModel):
    """A hook as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    url: str
    secret: str | None = None
    secret_file: str | None = None
    secret_env: str | None = None
    old_secret: str | None = None
    old_secret_file: str | None = None
    old_secret_env: str | None = None
    filter: str | dict[str, str | int | float] = ""
    kinds: Annotated[list[Kind], Field(min_length=1)] = ["alerts", "withdrawn"]
    start: Start = "latest"
    plain_http: bool = False
    timeout: float = Field(default=15.0, gt=0, le=120)
    concurrency: int = Field(default=4, ge=1, le=64)
    tries: int = Field(default=TRIES, ge=1, le=100)
    first_wait: float = Field(default=FIRST, gt=0, le=3_600)
    longest_wait: float = Field(default=LONGEST, gt=0, le=86_400)


@dataclass(frozen=True)
class Hook:
    """Somebody who wants to be told.

    Attributes:
        name: what it is called here; its place in the topics is remembered under it.
        url: where to; often as secret as a password, so it is not shown.
        secrets: to sign with, the current one first.
        wants: by role, the filter that events must pass.
        withdrawn: whether withdrawals of these are told, too.
        start: where a hook begins that is new.
        timeout: seconds of a request.
        concurrency: requests at a time.
        schedule: of its retries.
    """

    name: str
    url: URL = field(repr=False)
    secrets: tuple[Secret, ...] = field(repr=False)
    wants: Mapping[Role, Filter]
    withdrawn: bool = True
    start: Start = "latest"
    timeout: float = 15.0
    concurrency: int = 4
    schedule: Schedule = field(default_factory=Schedule)

    @property
    def host(self) -> str:
        """Whom it tells, as far as that may be shown."""
        return self.url.host or ""


def guard_of(settings: Settings) -> Guard:
    """Judge of where hooks may lead; independent of where feeds may come from."""
    return Guard(part.strip() for part in settings.webhook_allow.split(",") if part.strip())


def load_hooks(path: Path, guard: Guard, environment: Mapping[str, str] = os.environ) -> tuple[Hook, ...]:
    """Read the file.

    Args:
        path: of the file; those that it names are found from its folder.
        guard: judge of the URLs.
        environment: where secrets may stand.

    Raises:
        SettingsError: what is wrong, in which hook; no value of a secret or a URL is repeated.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except ValueError as error:  # TOML that is none, or no UTF-8; only a place is told of either
        raise SettingsError(f"is no TOML: {_place(error)}", where=str(path), remedy="see docs/out.md") from None
    rows = data.pop("hook", None)
    if data or not isinstance(rows, list) or not 0 < len(rows) <= MOST_HOOKS:
        problem = f"holds {', '.join(data) or 'no hook, or too many'}"
        raise SettingsError(problem, where=str(path), remedy=f"write 1 to {MOST_HOOKS} tables [[hook]] and no others")
    hooks = tuple(_hook(row, f"{path}: hook {number}", path.parent, guard, environment)
                  for number, row in enumerate(rows, 1))  # fmt: skip
    names = [hook.name for hook in hooks]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"two hooks are called {name!r}", where=str(path), remedy="their places would be one")
    return hooks


def _place(error: ValueError) -> str:
    """Where TOML is wrong, without what stands there."""
    return str(error).rpartition("(")[2].rstrip(")") if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"


def _hook(row: Any, where: str, folder: Path, guard: Guard, environment: Mapping[str, str]) -> Hook:
    given = _checked(row, where)
    where = f"{where} ({given.name})"
    secrets = [_secret(given, old, where, folder, environment) for old in ("", "old_")]
    if secrets[0] is None:
        raise SettingsError("has no secret", where=where, remedy=f"give one of {', '.join(_SOURCES)}")
    return Hook(
        name=given.name,
        url=_url(given, where, guard),
        secrets=tuple(one for one in secrets if one is not None),
        wants=_wants(given, where),
        withdrawn="withdrawn" in given.kinds,
        start=given.start,
        timeout=given.timeout,
        concurrency=given.concurrency,
        schedule=Schedule(given.tries, given.first_wait, given.longest_wait),
    )


def _checked(row: Any, where: str) -> _Given:
    try:
        return _Given.model_validate(row)
    except ValidationError as error:
        # without the values: one of them is the secret
        found = error.errors(include_url=False, include_input=False, include_context=False)
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
        raise SettingsError(said, where=where, remedy="see docs/out.md") from None


def _url(given: _Given, where: str, guard: Guard) -> URL:
    try:
        url = guard.url(given.url)
    except FetchError as error:
        raise SettingsError(f"url: {error.problem}", where=where, remedy="correct it, or see WIRESPIN_WEBHOOK_ALLOW") from None  # noqa: E501  # fmt: skip
    if url.scheme != "https" and not given.plain_http:
        remedy = "use https, or say plain_http = true"
        raise SettingsError("url: not encrypted, so everybody on the way can read it", where=where, remedy=remedy)
    return url


def _wants(given: _Given, where: str) -> dict[Role, Filter]:
    roles = [role for role in ROLES if role in given.kinds]
    if not roles:
        raise SettingsError("kinds: withdrawn alone", where=where, remedy="add alerts or republications")
    query = given.filter if isinstance(given.filter, dict) else _query(given.filter.removeprefix("?"), where)
    for name, instead in (("kind", "kinds"), ("verdict", "the desk's feed")):
        if name in query:
            raise SettingsError(f"filter: no {name} here", where=where, remedy=f"use {instead}")
    try:
        found = Filter.from_query({name: str(value) for name, value in query.items()})
    except InputError as error:
        raise SettingsError(f"filter: {error}", where=where) from error
    return {role: replace(found, kind=role) for role in roles}


def _query(text: str, where: str) -> dict[str, str]:
    """A query as the desk's address bar has it. What cannot be read must not be left out: it would let more through."""
    try:
        pairs = parse_qsl(text, strict_parsing=True, keep_blank_values=True) if text else []
    except ValueError as error:
        raise SettingsError(f"filter: {error}", where=where, remedy="write name=value&name=value") from None
    if len(dict(pairs)) < len(pairs):
        raise SettingsError("filter: names something twice", where=where, remedy="all that is given must fit")
    return dict(pairs)


def _secret(given: _Given, old: str, where: str, folder: Path, environment: Mapping[str, str]) -> Secret | None:
    named = {source: getattr(given, old + source) for source in _SOURCES}
    sources = [source for source, value in named.items() if value is not None]
    if not sources:
        return None
    if len(sources) > 1:
        raise SettingsError(f"{old}secret is given {len(sources)} times", where=where, remedy="give one")
    source = sources[0]
    try:
        return Secret(_text(source, named[source], folder, environment))
    except ValueError as error:
        remedy = "'wirespin webhooks secret' makes one"
        raise SettingsError(f"{old}{source}: {error}", where=where, remedy=remedy) from None


def _text(source: str, value: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Raises ValueError where there is no secret."""
    if source == "secret_env":
        if value.startswith(OURS):
            raise ValueError(f"variables that begin with {OURS} are settings")
        if value not in environment:
            raise ValueError(f"there is no variable {value}")
        return environment[value]
    if source == "secret":
        return value
    try:
        with (folder / value).open("rb") as file:
            content = file.read(LARGEST_SECRET + 1)
    except OSError as error:
        raise ValueError(f"{value} cannot be read: {error.strerror}") from None
    if len(content) > LARGEST_SECRET:
        raise ValueError(f"{value} is no file of a secret: over {LARGEST_SECRET:,} bytes")
    return content.decode("ascii", "replace")
