"""Ingest: decode, validate, clean, identify, credit, date and sketch. Stateless."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence

from agents.records import Outgoing, Outlet, Record
from agents.stage import Acknowledge, run_stage
from agents.trace import UNTRACED, Tracer
from schemas.article import Article
from wirespin.accept import accept
from wirespin.text.boilerplate import Boilerplate

NAME = "ingest"


def work(record: Record, boilerplate: Boilerplate | None = None) -> list[Outgoing]:
    """An article becomes an accepted one; raises `ArticleError` or `RecordError` where it is unfit.

    Its key is its language, by which the index log is partitioned where it has several partitions.
    """
    article = Article.from_bytes(record.value, where=record.where)
    accepted = accept(article, record.received, boilerplate)
    return [Outgoing("accepted", accepted.language, accepted.to_bytes(), (record.arrival,))]


async def ingest(
    batches: AsyncIterable[Sequence[Record]],
    outlet: Outlet,
    acknowledge: Acknowledge,
    boilerplate: Boilerplate | None = None,
    tracer: Tracer = UNTRACED,
) -> None:
    """Run the stage over a stream of ``articles``.

    Args:
        batches: records in order.
        outlet: where accepted articles go.
        acknowledge: commits a record.
        boilerplate: learned lines to cut; the same for all workers, or their answers differ.
        tracer: told of the work.
    """
    await run_stage(NAME, batches, lambda record: work(record, boilerplate), outlet, acknowledge, tracer=tracer)
