"""Ingest: decode, validate, clean, identify, credit, date and sketch. Stateless."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence

from agents.records import Outgoing, Outlet, Record
from agents.stage import Acknowledge, run_stage
from schemas.article import Article
from wirespin.accept import accept

NAME = "ingest"


def work(record: Record) -> list[Outgoing]:
    """An article becomes an accepted one; raises `ArticleError` or `RecordError` where it is unfit.

    Its key is its language, by which the index log is partitioned where it has several partitions.
    """
    article = Article.from_bytes(record.value, where=record.where)
    accepted = accept(article, record.received)
    return [Outgoing("accepted", accepted.language, accepted.to_bytes())]


async def ingest(batches: AsyncIterable[Sequence[Record]], outlet: Outlet, acknowledge: Acknowledge) -> None:
    """Run the stage over a stream of ``articles``."""
    await run_stage(NAME, batches, work, outlet, acknowledge)
