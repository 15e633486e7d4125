"""The page of settings."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from streams.cli.options import SECRET
from streams.reference.markup import code, heading, page, prose, table
from streams.settings import PREFIX, Settings

GROUPS = {
    "Broker and topics": ("broker", "prefix", "article_", "story_", "index_", "feed_partitions", "replication"),
    "What is found, and what alerts": ("window_", "boilerplate", "alert_", "unsure_"),
    "Workers": ("batch", "rebuild_", "session_", "commit_", "send_", "stall_", "lag_"),
    "Health": ("health_",),
    "Feeds": ("feed_",),
    "The desk": ("desk_",),
    "Webhooks": ("webhook_",),
    "Logs and traces": ("log_", "otel_"),
    "TLS and passwords": ("security_", "sasl_", "tls_"),
}
"""Title of a group to the beginnings of its settings' names; the first that fits counts."""

REST = "Others"

BOUNDS = {"ge": "at least {}", "gt": "above {}", "le": "at most {}", "lt": "below {}", "min_length": "{} characters at "
          "least", "max_length": "{} characters at most", "pattern": "of the form `{}`"}  # fmt: skip
"""How a bound is told, by its name in pydantic's metadata."""

INTRODUCTION = """\
Every setting is a variable of the environment and a flag of every command that talks to the broker; a flag counts
before the variable, the variable before the default. A variable that begins with `WIRESPIN_` and is none of these is an
error. `wirespin config` prints each with its value and where that comes from.
"""


def settings_page() -> str:
    """All settings in groups."""
    grouped: dict[str, list[str]] = {title: [] for title in [*GROUPS, REST]}
    for name in Settings.model_fields:
        grouped[group(name)].append(name)
    sections = (_section(title, names) for title, names in grouped.items() if names)
    return page("Settings", INTRODUCTION, *sections)


def group(name: str) -> str:
    """Title of the group that a setting stands in."""
    fits = (title for title, beginnings in GROUPS.items() if name.startswith(beginnings))
    return "Broker and topics" if name == "feed_partitions" else next(fits, REST)


def kind(annotation: Any) -> str:
    """A type in words: text, whole number, number, yes or no, or the values that may be."""
    if get_origin(annotation) is Literal:
        return ", ".join(code(value) for value in get_args(annotation))
    if get_origin(annotation) in (Union, types.UnionType):
        return " or ".join(kind(one) for one in get_args(annotation) if one is not type(None))
    return {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}.get(annotation, "text")


def bounds(field: FieldInfo) -> str:
    """What a value must keep to, from the field's own metadata."""
    told = []
    for constraint in field.metadata:
        given = ((name, getattr(constraint, name, None)) for name in BOUNDS)
        told += [BOUNDS[name].format(_number(value)) for name, value in given if value is not None]
    return ", ".join(told).replace("1 characters at least", "not empty")


def default(field: FieldInfo) -> str:
    """The default as it would be written into the environment."""
    value = field.default
    if isinstance(value, bool):
        return code(str(value).lower())
    return code(_number(value)) if value not in (None, "") else "none"


def _section(title: str, names: list[str]) -> str:
    rows = [_row(name, Settings.model_fields[name]) for name in names]
    anchor = title.lower().replace(",", "").replace(" ", "-")
    return heading(2, title, anchor) + "\n\n" + table(("Variable and flag", "Value", "Default", "Meaning"), rows)


def _row(name: str, field: FieldInfo) -> tuple[str, ...]:
    flag = "no flag: a command line is read by every user" if name in SECRET else code("--" + name.replace("_", "-"))
    anchor = f'<span id="{name}"></span>'
    value = ", ".join(filter(None, (kind(field.annotation), bounds(field))))
    return f"{anchor}{code(PREFIX + name.upper())}<br>{flag}", value, default(field), prose(field.description or "")


def _number(value: object) -> str:
    """A number without a needless fraction: 20.0 is 20."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
