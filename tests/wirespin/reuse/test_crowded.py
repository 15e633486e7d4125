"""Recall where all the world reports: many reports of their own print the quotations that a rewrite keeps."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.article import Article
from wirespin.accept import accept
from wirespin.reuse.common import CROWDED, CROWDED_STORIES
from wirespin.reuse.index import RollingIndex
from wirespin.reuse.sketch import Sample, from_sketch, sample
from wirespin.text.document import Document

SETS = Path(__file__).parents[3] / "benchmarks" / "sets"
FIELDS = ("id", "url", "publisher", "headline", "body", "published_at")
REPORTS = CROWDED + CROWDED_STORIES
"""Reports of their own, each a story: with so many, what all print unquoted finds nothing any more."""

FLOOR = 18
"""Of the 18 rewrites; 2 where quotations were no exception."""


def test_a_rewrite_meets_its_source_where_all_print_the_same_quotations() -> None:
    found = 0
    for original, rewrite in _rewrites():
        index = RollingIndex(7 * 86_400.0)
        index.extend([_kept(original)], [0.0], [0])
        index.extend([_own_report(original)] * REPORTS, [1.0] * REPORTS, range(1, REPORTS + 1))
        found += any(match.document == 0 for match in index.find(_kept(rewrite), 2.0))
    assert found >= FLOOR


def _rewrites() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    lines = [line for name in ("a", "b") for line in (SETS / f"set-{name}.jsonl").read_text("utf-8").splitlines()]
    articles = {item["id"]: item for item in map(json.loads, lines)}
    rewrites = [item for item in articles.values() if item["kind"] == "neutral_rewrite"]
    assert len(rewrites) == 18
    return [(articles[item["derived_from"]], item) for item in rewrites]


def _kept(item: dict[str, Any]) -> Sample:
    article = Article.from_data({name: item[name] for name in FIELDS})
    return from_sketch(accept(article, datetime(2030, 1, 1, tzinfo=UTC)).sketch)


def _own_report(item: dict[str, Any]) -> Sample:
    """All quotations of an article between words that nobody else has."""
    generator = random.Random(7)
    paragraphs = [
        f'{_strange(generator)} "{item["body"][start:end]}" {_strange(generator)}'
        for start, end in Document(item["body"]).quotations
    ]
    return sample(Document("\n\n".join(paragraphs)))


def _strange(generator: random.Random) -> str:
    return " ".join(f"w{generator.getrandbits(32)}" for _ in range(12))
