"""Figures as Prometheus reads them: the text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from streams.spread import Spread

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Kind = Literal["counter", "gauge", "histogram"]


@dataclass(frozen=True)
class Family:
    """A metric with all its samples.

    Attributes:
        name: by the naming rules: prefix, base unit, ``_total`` for counters.
        kind: its type.
        help: what it tells, in a line.
        samples: end of the name (empty but for histograms), labels, value.
    """

    name: str
    kind: Kind
    help: str
    samples: tuple[tuple[str, Mapping[str, str], float], ...]


def counter(name: str, text: str, counts: Mapping[str, float] | float, label: str = "outcome") -> Family:
    """A count that only grows, in all or by the values of a label."""
    return Family(name, "counter", text, _samples(counts, label))


def gauge(name: str, text: str, values: Mapping[str, float] | float, label: str = "state") -> Family:
    """A figure that goes up and down, in all or by the values of a label."""
    return Family(name, "gauge", text, _samples(values, label))


def histogram(name: str, text: str, buckets: Mapping[float, int], count: int, total: float) -> Family:
    """How values are spread.

    Args:
        name: with its unit.
        text: what it tells.
        buckets: upper bound, rising, to how many values are not above it.
        count: values in all.
        total: their sum.
    """
    parts = [("_bucket", {"le": _number(bound)}, float(at_most)) for bound, at_most in buckets.items()]
    ends = [("_bucket", {"le": "+Inf"}, float(count)), ("_sum", {}, total), ("_count", {}, float(count))]
    return Family(name, "histogram", text, (*parts, *ends))


def labelled(
    kind: Literal["counter", "gauge"], name: str, text: str, labels: Sequence[str], values: Mapping[Any, float]
) -> Family:
    """A metric by the values of several labels.

    Args:
        kind: counter or gauge.
        name: with its unit.
        text: what it tells.
        labels: their names.
        values: figure by the labels' values, a tuple in the same order.
    """
    samples = (("", dict(zip(labels, key, strict=True)), float(value)) for key, value in values.items())
    return Family(name, kind, text, tuple(samples))


def info(name: str, text: str, facts: Mapping[str, str]) -> Family:
    """Facts as labels of a gauge that is always 1: https://prometheus.io/docs/practices/naming/ (``_info``)."""
    return Family(name, "gauge", text, (("", dict(facts), 1.0),))


def histograms(name: str, text: str, label: str, spreads: Mapping[str, Spread]) -> Family:
    """How values are spread, by the values of a label."""
    parts = (
        (end, {label: value, **labels}, figure)
        for value, spread in spreads.items()
        for end, labels, figure in histogram(name, text, spread.at_most, spread.count, spread.total).samples
    )
    return Family(name, "histogram", text, tuple(parts))


def text_of(families: Iterable[Family]) -> str:
    """The page that Prometheus fetches."""
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _samples(values: Mapping[str, float] | float, label: str) -> tuple[tuple[str, Mapping[str, str], float], ...]:
    if isinstance(values, Mapping):
        return tuple(("", {label: name}, float(value)) for name, value in values.items())
    return (("", {}, float(values)),)


def _lines(family: Family) -> Iterable[str]:
    yield f"# HELP {family.name} {_escaped(family.help)}"
    yield f"# TYPE {family.name} {family.kind}"
    for end, labels, value in family.samples:
        told = ",".join(f'{name}="{_quoted(text)}"' for name, text in labels.items())
        yield f"{family.name}{end}{f'{{{told}}}' if told else ''} {_number(value)}"


def _number(value: float) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')
