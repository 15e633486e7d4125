"""Which traces are recorded."""

from __future__ import annotations

from collections.abc import Sequence

from opentelemetry.context import Context
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, ParentBased, Sampler, SamplingResult, TraceIdRatioBased
from opentelemetry.trace import Link, SpanKind, TraceState
from opentelemetry.util.types import Attributes


def sampler(ratio: float) -> Sampler:
    """Goes by what a producer decided, as the headers tell; else records so many of all.

    Args:
        ratio: 0..1.
    """
    return ParentBased(_Root(ratio))


class _Root(Sampler):
    """For spans without a parent: so many of all articles, and every batch that holds a recorded one."""

    def __init__(self, ratio: float) -> None:
        self._ratio = TraceIdRatioBased(ratio)

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        """As the SDK asks."""
        chosen: Sampler = self._ratio
        if kind is SpanKind.CLIENT and any(link.context.trace_flags.sampled for link in links or ()):
            chosen = ALWAYS_ON
        return chosen.should_sample(parent_context, trace_id, name, kind, attributes, links, trace_state)

    def get_description(self) -> str:
        """As the SDK asks."""
        return f"WirespinRoot{{{self._ratio.get_description()}}}"
