"""Originals that are put into the window, and the articles derived from them that must find them again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

from benchmarks.quality import SETS, load
from benchmarks.window.articles import Article, from_text, join
from benchmarks.window.corpus import read_lines

REWRITE = "neutral_rewrite"
PASSAGES_AN_ARTICLE = 8
"""A passage has about 40 words; the shortest article has 150."""


@dataclass(frozen=True)
class Query:
    """A derived article.

    Attributes:
        article: its text.
        original: which of the planted originals it came from.
        groups: the groups in which it counts.
    """

    article: Article
    original: int
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """Originals and the articles derived from them."""

    originals: list[Article]
    queries: list[Query]


def labelled() -> Planted:
    """The labelled sets: groups `set-a rewrites`, `set-a derived` and the same of set b."""
    originals: list[Article] = []
    queries: list[Query] = []
    for name in SETS:
        items = load(name)
        place = {}
        for item in items:
            if item["kind"] == "original":
                place[item["id"]] = len(originals)
                originals.append(from_text(item["body"]))
        for item in items:
            if item["derived_from"]:
                groups = (f"{name} rewrites",) * (item["kind"] == REWRITE) + (f"{name} derived",)
                queries.append(Query(from_text(item["body"]), place[item["derived_from"]], groups))
    return Planted(originals, queries)


def passages(path: Path) -> Planted:
    """Rewritten passages (fields `original` and `rewrites`, one for each way of asking): group `passages`.

    Eight passages in a row are one original, their rewrites of one kind one derived article.
    """
    records = [orjson.loads(line) for line in read_lines(path)]
    full = len(records) // PASSAGES_AN_ARTICLE * PASSAGES_AN_ARTICLE
    originals: list[Article] = []
    queries: list[Query] = []
    for at in range(0, full, PASSAGES_AN_ARTICLE):
        some = records[at : at + PASSAGES_AN_ARTICLE]
        for way in set.intersection(*(set(record["rewrites"]) for record in some)):
            article = join(from_text(record["rewrites"][way]) for record in some)
            queries.append(Query(article, len(originals), ("passages",)))
        originals.append(join(from_text(record["original"]) for record in some))
    return Planted(originals, queries)


def together(parts: list[Planted]) -> Planted:
    """Several as one."""
    originals: list[Article] = []
    queries: list[Query] = []
    for part in parts:
        before = len(originals)
        originals += part.originals
        queries += [Query(query.article, query.original + before, query.groups) for query in part.queries]
    return Planted(originals, queries)
