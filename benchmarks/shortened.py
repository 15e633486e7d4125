"""Alerts on originals that were merely shortened: ``python -m benchmarks.shortened [SET ...]``.

One, two and three sentences are cut at random from each original of the labelled sets, the first sentence and those
that deny excepted. No such copy alters anything by choice, though a draw may take a quoted denial or the one
counterpoint.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.quality import articles, load
from schemas.article import Article
from wirespin.accept import accept
from wirespin.framing.compare import compare_framing
from wirespin.framing.view import FramingView
from wirespin.story.pair import to_document
from wirespin.text.document import Document

CUTS = (1, 2, 3)
DRAWS = 6
"""Draws for each original and number of sentences."""

SEED = 20261122


def cuttable(view: FramingView) -> list[int]:
    """Sentences behind the first that deny nothing."""
    return [
        number
        for number, one in enumerate(view.sentences)
        if number and all(mark.tag != "balance.denial" for mark in view.marks_in(one.first, one.last))
    ]


def without(view: FramingView, numbers: list[int]) -> str:
    """The body without some sentences."""
    body = view.document.body
    for number in sorted(numbers, reverse=True):
        start, end = view.sentences[number].start, view.sentences[number].end
        body = body[:start] + body[end:].removeprefix(" ")
    return "\n\n".join(part.strip() for part in body.split("\n\n") if part.strip())


def draws(original: Article, generator: random.Random) -> Iterator[tuple[int, FramingView, Document]]:
    """Shortened copies of an article, with how many sentences were cut."""
    view = FramingView(to_document(accept(original, datetime.now(UTC))))
    free = cuttable(view)
    for count in CUTS:
        for _ in range(DRAWS):
            body = without(view, generator.sample(free, min(count, len(free))))
            copy = original.model_copy(update={"id": "shortened", "body": body})
            yield count, view, to_document(accept(copy, datetime.now(UTC)))


def measure(names: list[str]) -> tuple[Counter[int], Counter[int]]:
    """Alerts and copies by the number of sentences cut."""
    generator, alerts, copies = random.Random(SEED), Counter[int](), Counter[int]()
    for name in names:
        originals = [item for item in load(name) if item["kind"] == "original"]
        for article in articles(originals):
            for count, view, copy in draws(article, generator):
                copies[count] += 1
                alerts[count] += compare_framing(view, copy).altered == "yes"
    return alerts, copies


def main(arguments: list[str]) -> int:
    """Print the shares."""
    alerts, copies = measure(arguments or ["set-a", "set-b", "set-c"])
    for count in CUTS:
        print(f"{count} cut: {alerts[count]} of {copies[count]} altered ({alerts[count] / copies[count]:.1%})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
