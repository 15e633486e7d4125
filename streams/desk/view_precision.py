"""Precision by device or outlet, in all and month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from streams.desk.types import Precision
from wirespin import plain


@dataclass(frozen=True)
class Group:
    """A device or an outlet.

    Attributes:
        name: as the filter has it.
        label: as people read it.
        whole: all months together.
        months: each month in which something was decided, in order.
    """

    name: str
    label: str
    whole: Precision
    months: tuple[Precision, ...]


def grouped(whole: Iterable[Precision], months: Iterable[Precision]) -> list[Group]:
    """The most often decided first."""
    by_name: dict[str, list[Precision]] = defaultdict(list)
    for one in months:
        by_name[one.name].append(one)
    made = [
        Group(one.name, _label(one.name), one, tuple(sorted(by_name[one.name], key=lambda month: month.month or "")))
        for one in whole
    ]
    return sorted(made, key=lambda group: (-(group.whole.confirmed + group.whole.dismissed), group.name))


def _label(name: str) -> str:
    return plain.device_name(name) if name in plain.MEANINGS else name
