"""What is remembered of one entry, as one short text, and how an entry is known again by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

import numpy as np
import xxhash

from wirespin.feed.types import Entry
from wirespin.identity import article_id, digest

FRESH = 48
"""Hours after which a changed guid is not looked for any more (NewsBlur: two days); also the words from which on two
equal texts are no chance (`reader`'s entry_dedupe)."""

ALIKE_TITLES = 0.75
"""Ratio of matching characters from which on two headlines may be one that was edited (NewsBlur)."""

ALIKE_BITS = 62
"""Bits of two sketches that agree where texts are one (NewsBlur asks 0.98 of their characters): as many of 64 stand for
a Jaccard likeness of 0.94 of their word 3-grams, a changed word in 150."""

UNLIKE_BITS, UNLIKE_TITLES = 48, 0.4
"""Bits that agree (a likeness of a half), and ratio of headlines, below which two articles have nothing in common."""

SKETCHED_WORDS = 600
"""Words of a text that its sketch is made of."""

LANES = 64
"""Bits of a text's sketch: one of each minimum of as many hash functions (b-bit minwise hashing, Li & König 2010)."""

HEADLINE = 160
"""Characters of a headline that are remembered."""

_FACTORS = np.array([xxhash.xxh64_intdigest(f"lane {lane}".encode()) | 1 for lane in range(LANES)], dtype=np.uint64)
"""Odd factors of the hash functions; the same on every machine."""

_HOURS = re.compile(r"[0-9]{1,9}")
_SKETCH = re.compile(r"[0-9a-f]{16}|-")
_SHIFT = np.uint64(32)


@dataclass(frozen=True)
class Memory:
    """What is remembered of an entry.

    Attributes:
        digest: of the version seen last.
        id: of the article, as it was first handed in.
        link: digest of its URL.
        seen: hours since 1970 when it was first seen; 0 once nobody will look for it under another guid.
        sketch: of its text, hex; empty where nothing is remembered but the above.
        headline: the beginning of its headline.
    """

    digest: str
    id: str = ""
    link: str = ""
    seen: int = 0
    sketch: str = ""
    headline: str = ""

    @property
    def text_digest(self) -> str:
        """Digest of headline and text alone."""
        return self.digest.partition(".")[0]

    @classmethod
    def read(cls, text: str) -> Memory:
        """What was written; of a text that was not written here only its first field is of use."""
        fields = text.split("\t", 5)
        fields += [""] * (6 - len(fields))
        seen = int(fields[3]) if _HOURS.fullmatch(fields[3]) else 0
        sketch = fields[4] if _SKETCH.fullmatch(fields[4]) else ""
        return cls(fields[0], fields[1], fields[2], seen, sketch, fields[5])

    def write(self, now: datetime) -> str:
        """One line; sketch and headline are left out when they are of no more use."""
        kept = (str(self.seen), self.sketch, self.headline) if self.fresh(now) else ()
        return "\t".join((self.digest, self.id, self.link, *kept)).rstrip("\t")

    def fresh(self, now: datetime) -> bool:
        """Whether the entry may yet be known again under another guid."""
        return bool(self.sketch) and 0 <= _hours(now) - self.seen <= FRESH

    def alike(self, entry: Entry) -> bool:
        """Whether an entry is this one with an edited headline."""
        if not self.sketch or _agreeing(self.sketch, sketch_of(entry.article.body)) < ALIKE_BITS:
            return False
        return _ratio(self.headline, entry.article.headline) >= ALIKE_TITLES

    def another(self, entry: Entry) -> bool:
        """Whether an entry of the same guid is another article: other link, other headline, other text."""
        if not self.headline or self.link == _link(entry) or self.text_digest == entry.digest.partition(".")[0]:
            return False
        if _ratio(self.headline, entry.article.headline) >= UNLIKE_TITLES:
            return False
        return _agreeing(self.sketch, sketch_of(entry.article.body)) < UNLIKE_BITS


def remembered_as(entry: Entry, memory: Memory | None, now: datetime, *, sketched: bool) -> Memory:
    """What is remembered of an entry from now on.

    Args:
        entry: as it was fetched.
        memory: what was remembered of it before.
        now: time of the fetch.
        sketched: whether it shall be known again under another guid.
    """
    if memory is not None and memory.digest == entry.digest:
        return memory
    seen = memory.seen if memory is not None else _hours(now)
    sketch = sketch_of(entry.article.body) if sketched and _hours(now) - seen <= FRESH else ""
    headline = " ".join(entry.article.headline.split())[:HEADLINE] if sketch else ""
    first_id = memory.id if memory is not None and memory.id else article_id(entry.article)
    return Memory(entry.digest, first_id, _link(entry), seen, sketch, headline)


def sketch_of(text: str) -> str:
    """One bit of each of 64 minima over a text's word 3-grams, hex; ``-`` of a text without any."""
    words = text.split(None, SKETCHED_WORDS)[:SKETCHED_WORDS]
    if len(words) < 3:
        return "-"
    grams = zip(words, words[1:], words[2:], strict=False)
    hashes = np.array(
        [xxhash.xxh64_intdigest(" ".join(gram).encode("utf-8", "replace")) for gram in grams], dtype=np.uint64
    )
    minima = ((hashes[:, None] * _FACTORS[None, :]) >> _SHIFT).min(axis=0)
    return np.packbits((minima & np.uint64(1)).astype(np.uint8)).tobytes().hex()


def _agreeing(one: str, other: str) -> int:
    """Bits that two sketches agree in; none where either text was too short."""
    if "-" in (one, other):
        return 0
    return LANES - (int(one, 16) ^ int(other, 16)).bit_count()


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, " ".join(other.split())[:HEADLINE], autojunk=False).ratio()


def _link(entry: Entry) -> str:
    return digest(entry.article.url or "")[:8]


def _hours(time: datetime) -> int:
    return int(time.timestamp() // 3_600)
