"""Claims made stronger or weaker on the way from press release to news.

``python -m benchmarks.strength --news FILE.jsonl.xz --releases FILE.jsonl.xz``

Reads the InSciOut corpus (Sumner et al., BMJ 2014;349:g7015) as JSON lines: news items with ``ref``, ``text``,
``label_headline_strength`` and ``label_main_strength``, releases with ``ref`` and ``text``. The score of a pair is how
many steps stronger the news item's claim is, read from the two texts alone; codes and extracts by hand are not used.
Lists and constants were chosen on the releases at even places of the sorted references; the others are reported.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reuters import rows
from wirespin.framing.inflect import stem
from wirespin.framing.stopwords import STOPWORDS
from wirespin.framing.strength import MAY, strength
from wirespin.text.document import Document
from wirespin.text.tokens import tokenize

SENTENCES = 2
"""Sentences behind the headline in which the main statement is looked for."""

TOPIC_SENTENCES = 3
"""Sentences of the other text that say what the matter is."""

SENTENCE_WORDS, LINE_WORDS, LONG_LINE = 7, 9, 25
"""Least words of a sentence and of a line of text; words from which a line is text whatever it begins with."""

HEADLINE_LINES = 12
"""Lines within which the headline stands; pages and archives put others before it."""

FURNITURE = re.compile(
    r"(?i)^(by\b|byline|published|updated|public release|posted|issued|copyright|section|edition|national edition"
    r"|length|share|filed|date|station|close|text builder|continue reading|image|credit|photo|\(?reuters|related|topics"
    r"|press release|news release|contact|tags|embargo|for immediate|under strict|archives of|from the section"
    r"|comments?\b|view|print|email|follow|source|last updated|home|\+\d|http|www|click to|please remember to credit)"
    r"|(?:\b\d{1,2}[:.]\d\d\b)|\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b.*\d"
    r"|^\W*\d{1,2}(st|nd|rd|th)?\W*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|^(january|february|march|april|may|june|july|august|september|october|november|december) \d"
    r"|\.(com|co\.uk|org)\b|@"
)
"""Lines of archives and pages: bylines, dates, sections, buttons."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """The headline of a text and its first sentences, as folded words."""

    headline: Words
    sentences: tuple[Words, ...]

    @property
    def topic(self) -> frozenset[str]:
        """Stems of what the text is about."""
        return _stems(self.headline).union(*(_stems(words) for words in self.sentences[:TOPIC_SENTENCES]))


def read(text: str) -> Text:
    """Headline and first sentences of a text with the furniture of its page."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    at = next((n for n, line in enumerate(lines[:HEADLINE_LINES]) if _is_headline(line, n)), None)
    headline = tuple(token.norm for token in tokenize(lines[at])) if at is not None else ()
    sentences: list[Words] = []
    for line in lines[(at if at is not None else -1) + 1 :]:
        if len(sentences) >= TOPIC_SENTENCES:
            break
        words = len(line.split())
        if words >= LINE_WORDS and (words >= LONG_LINE or not FURNITURE.search(line)):
            document = Document(line)
            split = [tuple(t.norm for t in document.tokens[s.first : s.last]) for s in document.sentences]
            sentences += [sentence for sentence in split if len(sentence) >= SENTENCE_WORDS]
    return Text(headline, tuple(sentences))


def _is_headline(line: str, number: int) -> bool:
    """Whether a line is the first that tells news; the paper's name and its section stand before it."""
    words = line.split()
    name = number < 3 and len(words) <= 4 and all(word[0].isupper() for word in words)
    return len(words) >= 3 and not name and not FURNITURE.search(line)


def headline_step(text: Text) -> float:
    """Step of the headline's claim; where it makes none, the middle of the ladder."""
    claim = strength(text.headline)
    return claim.step if claim else MAY


def main_step(text: Text, other: Text) -> float:
    """Mean step of the first sentences' claims, weighted by how far they speak of what the other text speaks of."""
    weighed = []
    for place, words in enumerate(text.sentences[:SENTENCES]):
        claim, stems = strength(words), _stems(words)
        if claim:
            shared = len(stems & other.topic) / max(1, len(stems))
            weighed.append(((shared + 0.05) / (1 + 0.5 * place), claim.step))
    total = sum(weight for weight, _ in weighed)
    return sum(weight * step for weight, step in weighed) / total if weighed else MAY


def scores(release: Text, news: Text) -> dict[str, float]:
    """How many steps stronger the news item's claims are than the release's."""
    headline = headline_step(news) - headline_step(release)
    main = main_step(news, release) - main_step(release, news)
    return {"headline": headline, "main": main, "both": headline / 2 + main}


def labels(item: dict[str, Any]) -> dict[str, str]:
    """What coders found, by place; of both, the one that is not ``same_strength``, and nothing where they differ."""
    headline, main = item["label_headline_strength"], item["label_main_strength"]
    found = {headline, main} - {"na"}
    moved = found - {"same_strength"}
    both = "na" if len(moved) > 1 or not found else next(iter(moved or found))
    return {"headline": headline, "main": main, "both": both}


def auc(positive: list[float], negative: list[float]) -> float:
    """Chance that a positive scores above a negative; a tie is half a chance."""
    above = sum((one > other) + (one == other) / 2 for one in positive for other in negative)
    return above / (len(positive) * len(negative)) if positive and negative else float("nan")


def report(news: list[dict[str, Any]], releases: list[dict[str, Any]]) -> Iterator[str]:
    """The figures of both halves, in lines."""
    texts = {row["ref"]: read(row["text"]) for row in releases}
    tuned = set(sorted(texts)[::2])
    found: dict[tuple[bool, str, str], list[float]] = defaultdict(list)
    for item in news:
        if item["ref"] in texts:
            said, label = scores(texts[item["ref"]], read(item["text"])), labels(item)
            for place, score in said.items():
                found[item["ref"] in tuned, place, label[place]].append(score)
    for half, name in ((True, "even places (tuned on)"), (False, "odd places (reported)")):
        yield name
        for place in ("headline", "main", "both"):
            same, up, down = (found[half, place, label] for label in ("same_strength", "exaggerated", "downplayed"))
            lower = auc([-score for score in down], [-score for score in same])
            yield (
                f"  {place:9} exaggerated ({len(up)}) against same ({len(same)}): AUC {auc(up, same):.3f}; "
                f"downplayed ({len(down)}): {lower:.3f}"
            )


def _stems(words: Words) -> frozenset[str]:
    return frozenset(stem(word) for word in words if word not in STOPWORDS)


def main(arguments: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.strength")
    parser.add_argument("--news", type=Path, required=True, help="news items, JSON lines, may be packed with xz")
    parser.add_argument("--releases", type=Path, required=True, help="press releases, the same")
    asked = parser.parse_args(arguments)
    for line in report(rows(asked.news), rows(asked.releases)):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
