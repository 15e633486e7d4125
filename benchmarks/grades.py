"""Relation and level by kind: ``python -m benchmarks.grades [--answers FILE --sources FILE]``.

Each labelled article is compared with its original. With the two files of Clough and Stevenson's corpus ("Developing
a corpus of plagiarised short answers", 2011; JSON lines with ``source_id, level_name, text``) each answer is compared
with its source too; nobody is credited there.
"""

from __future__ import annotations

import argparse
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from benchmarks.quality import SETS, articles, load
from wirespin.accept import accept
from wirespin.reuse.overlap import overlap
from wirespin.reuse.verdict import level, relation
from wirespin.story.pair import Comparer
from wirespin.text.document import Document

Graded = tuple[str, str]
"""A kind, and what was said of an article of that kind."""


def of_sets() -> Iterator[Graded]:
    """Each labelled article that is not an original, measured against its story's original."""
    received, comparer = datetime.now(UTC), Comparer()
    for name in SETS:
        labelled = load(name)
        accepted = {article.id: accept(article, received) for article in articles(labelled)}
        original = {item["story"]: accepted[item["id"]] for item in labelled if item["kind"] == "original"}
        for item in labelled:
            if item["kind"] != "original":
                verdict = comparer.verdict(original[item["story"]], accepted[item["id"]])
                yield item["kind"], _said(verdict.relation, level(verdict.overlap))


def of_answers(sources: Path, answers: Path) -> Iterator[Graded]:
    """Each answer, measured against the text its author was shown or not shown."""
    shown = {row["source_id"]: Document(row["text"]) for row in _rows(sources)}
    for row in _rows(answers):
        found = overlap(shown[row["source_id"]], Document(row["text"]))
        yield row["level_name"], _said(relation(found, credited=False), level(found))


def table(graded: Iterable[Graded]) -> str:
    """Counts by kind (rows) and verdict (columns), as Markdown."""
    counts = Counter(graded)
    kinds, verdicts = (list(dict.fromkeys(sorted(side))) for side in zip(*counts, strict=True))
    lines = [["kind", *verdicts], ["---", *("---:" for _ in verdicts)]]
    lines += [[kind, *(str(counts[kind, verdict] or "") for verdict in verdicts)] for kind in kinds]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _said(relation_said: str, level_said: str) -> str:
    """The level of a republication, else the relation."""
    return level_said if relation_said == "republication" else relation_said


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rb") if path.suffix == ".xz" else path.open("rb") as lines:
        yield from map(orjson.loads, lines)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--sources", type=Path)
    given = parser.parse_args()
    print(table(of_sets()))
    if given.answers and given.sources:
        print("\n" + table(of_answers(given.sources, given.answers)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
