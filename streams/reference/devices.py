"""The page of devices: the ways of altering a framing that are looked for."""

from __future__ import annotations

import importlib
import pkgutil
from typing import get_args

from schemas.events import Device
from streams.reference.docstrings import read
from streams.reference.markup import code, heading, page, paragraphs, table
from wirespin.framing import devices
from wirespin.framing.decide import GROUPS

INTRODUCTION = """\
What the field `device` of a finding may hold. The group is where its weight counts: the sum of a group is capped before
the groups are weighed. A device without a group is told and weighs nothing. When each fires and when not, with
examples that are run by the tests, stands in [the devices](../devices.md); what works in which language, in
[languages](../languages.md).
"""


def devices_page() -> str:
    """Every device that an event may name, and what its module says of it."""
    names = get_args(Device)
    told = modules()
    rows = [
        (
            f"[{code(name)}](../devices.md#{name})",
            GROUPS.get(name, "none"),
            f"[{code(told[name][0])}](#{told[name][0]})",
        )
        for name in names
    ]
    sections = dict(told[name] for name in names)
    bodies = (f"{heading(2, title, title)}\n\n{paragraphs(text)}" for title, text in sections.items())
    return page("Devices", INTRODUCTION, table(("Device", "Group", "Module"), rows), *bodies)


def modules() -> dict[str, tuple[str, str]]:
    """Device to its module's name and what that says: the first line of its docstring names the devices it finds."""
    told = {}
    for found in pkgutil.iter_modules(devices.__path__):
        text = read(importlib.import_module(f"{devices.__name__}.{found.name}").__doc__).text
        for name in _named(text):
            told[name] = (found.name, text)
    return told


def _named(text: str) -> list[str]:
    """The devices that a docstring names before its first colon, such as "doubt_added and doubt_removed: ..."."""
    words = text.partition(":")[0].replace(",", " ").split()
    return [word for word in words if word in get_args(Device)]
