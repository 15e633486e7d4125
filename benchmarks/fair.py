"""Fair rewrites that come out altered: ``python -m benchmarks.fair FILE [--half even|odd] [--show]``.

FILE holds passages of news with rewrites that keep the meaning, a JSON object a line: ``id`` (ending in digits),
``original``, and ``rewrites``, one for each way of asking. Passages in a row make up an article, their rewrites of one
way its copy; single passages are compared too. What was mended was found on passages with even numbers: the figures to
report are those of odd ones. The texts are not shipped.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from benchmarks.window.corpus import read_lines
from schemas.events import Finding, Framing
from wirespin.framing import compare_framing
from wirespin.text.document import Document

PASSAGES_AN_ARTICLE = 7
"""A passage has about 40 words; the shortest article has 150, the median one 340."""

HALVES = ("even", "odd")
SHOWN = 90
"""Characters of a finding's texts that are printed."""


@dataclass(frozen=True)
class Rewrite:
    """An original and a fair rewrite of it.

    Attributes:
        original: the text.
        copy: the rewrite.
        way: how the rewriter was asked.
        whole: whether both are articles, or single passages.
    """

    original: Document
    copy: Document
    way: str
    whole: bool


@dataclass
class Counts:
    """What came out of a group of rewrites: verdicts, and in how many each device fired."""

    verdicts: Counter[str] = field(default_factory=Counter)
    devices: Counter[str] = field(default_factory=Counter)

    def take(self, framing: Framing) -> None:
        """Count one comparison."""
        self.verdicts[framing.altered] += 1
        self.devices.update({finding.device for finding in framing.devices})

    def share(self, verdict: str) -> float:
        """Share 0..1 of a verdict."""
        return self.verdicts[verdict] / max(1, self.verdicts.total())


def rewrites(path: Path, halves: tuple[str, ...] = HALVES, passages: int = PASSAGES_AN_ARTICLE) -> Iterator[Rewrite]:
    """Articles and single passages with their rewrites; no article holds passages of both halves."""
    records = [orjson.loads(line) for line in read_lines(path)]
    for half in halves:
        mine = [record for record in records if _half(record["id"]) == half]
        for size in (passages, 1):
            for at in range(0, len(mine) - size + 1, size):
                some = mine[at : at + size]
                original = _join([record["original"] for record in some])
                for way in sorted(set.intersection(*(set(record["rewrites"]) for record in some))):
                    yield Rewrite(original, _join([one["rewrites"][way] for one in some]), way, size > 1)


def _half(name: str) -> str:
    """Half by the number at the end of an id."""
    digits = re.search(r"\d+$", name)
    return HALVES[int(digits[0]) % 2 if digits else 0]


def _join(texts: list[str]) -> Document:
    return Document("\n\n".join(text.strip() for text in texts), language="en")


def table(groups: dict[tuple[str, str], Counts]) -> str:
    """Shares by size and way, as Markdown."""
    lines = [
        "| of | asked to | pairs | yes | unsure | devices, pairs in which they fire |",
        "|---|---|--:|--:|--:|---|",
    ]
    for (size, way), counts in groups.items():
        fired = ", ".join(f"{device} {times}" for device, times in counts.devices.most_common(6))
        shares = f"{counts.share('yes'):.1%} | {counts.share('unsure'):.1%}"
        lines.append(f"| {size} | {way} | {counts.verdicts.total()} | {shares} | {fired} |")
    return "\n".join(lines)


def show(rewrite: Rewrite, framing: Framing) -> str:
    """The findings of one pair, a line each."""
    size = "articles" if rewrite.whole else "passages"
    return "\n".join([f"{framing.altered} {framing.score} {size}, {rewrite.way}", *map(_line, framing.devices)])


def _line(finding: Finding) -> str:
    before, after = (" ".join(text.split())[:SHOWN] for text in (finding.original, finding.rewritten))
    return f"  {finding.device} {finding.severity}: {finding.explanation[:SHOWN]} [{before}] -> [{after}]"


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--show", action="store_true", help="print each pair that does not come out unaltered")
    given = parser.parse_args(arguments)
    groups: dict[tuple[str, str], Counts] = {}
    for rewrite in rewrites(given.file, (given.half,) if given.half else HALVES):
        framing = compare_framing(rewrite.original, rewrite.copy)
        size = "articles" if rewrite.whole else "passages"
        for way in (rewrite.way, "all"):
            groups.setdefault((size, way), Counts()).take(framing)
        if given.show and framing.altered != "no":
            print(show(rewrite, framing))
    print(table(dict(sorted(groups.items()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
