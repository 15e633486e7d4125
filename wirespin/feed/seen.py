"""Which entries of a fetch are new, which are changed, and what to remember of them until the next.

What is remembered of an entry is one short text: its digest, and, as long as its feed may yet give it another guid,
what it could be known again by. Keys and texts are opaque to whoever stores them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from wirespin.feed.identity import PATH_DIGITS
from wirespin.feed.memory import FRESH, Memory, remembered_as
from wirespin.feed.types import Entry, ParsedFeed
from wirespin.identity import article_id, digest

MOST_REMEMBERED = 2_000
"""Entries remembered of a feed: as many as are read of one document."""

LEAST_GONE, GONE_SHARE = 200, 4
"""How many entries are remembered that have left the document: so many, or so many times those in it. One that comes
back later is handed in again, which harms nothing: its id and text are the same."""

MOST_SKETCHED = 200
"""Entries of a document that are remembered so well that they are known again under another guid."""

MOST_REPAIRS = 3
"""Guids in a fetch that are told to be new ones of old entries by likeness; NewsBlur's limit. More, and the feed is
doing something else."""

RESTAMPED = 3
"""Known entries whose date alone has changed, from which on a feed is taken to write the time of the request."""


@dataclass(frozen=True)
class Decision:
    """What a fetch brought.

    Attributes:
        new: entries not seen before, in the document's order.
        changed: new versions of entries that were seen, under the ids that they were first handed in with.
        same: how many entries are as they were.
        remember: key to what is remembered of it, oldest first; at most `MOST_REMEMBERED`.
        repaired: how many entries were known again although their guid had changed.
        problems: what the feed does that it should not.
    """

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    same: int
    remember: dict[str, str]
    repaired: int = 0
    problems: tuple[str, ...] = ()


def decide(remembered: Mapping[str, str], feed: ParsedFeed, received: datetime) -> Decision:
    """Compare a fetch with what is remembered of the feed.

    Args:
        remembered: `Decision.remember` of the fetch before; empty at first.
        feed: what was fetched.
        received: when.
    """
    known = {key: Memory.read(text) for key, text in remembered.items()}
    found, problems = [], []
    gone = {key: memory for key, memory in known.items() if key not in {entry.key for entry in feed.entries}}
    aliases = _Aliases(gone, received)
    for entry in feed.entries:
        memory = known.get(entry.key) or aliases.known_again(entry)
        found.append(_Seen(*_recycled(entry, memory)) if memory else _Seen(entry, None))
    restamped = _restamped(found)
    if restamped:
        problems.append("gives its entries new dates at every fetch; that alone makes no new version")
    return Decision(
        new=tuple(seen.entry for seen in found if seen.memory is None),
        changed=tuple(seen.under_first_id() for seen in found if seen.changed(restamped)),
        same=sum(seen.memory is not None and not seen.changed(restamped) for seen in found),
        remember=_remember(known, found, aliases.used, received),
        repaired=len(aliases.used),
        problems=tuple(problems),
    )


@dataclass(frozen=True)
class _Seen:
    """An entry, and what is remembered of it; None of a new one."""

    entry: Entry
    memory: Memory | None

    def changed(self, restamped: bool) -> bool:
        if self.memory is None:
            return False
        if restamped:
            return self.memory.text_digest != self.entry.digest.partition(".")[0]
        return self.memory.digest != self.entry.digest

    def under_first_id(self) -> Entry:
        """The entry under the id that its first version was handed in with."""
        if self.memory is None or not self.memory.id or self.memory.id == article_id(self.entry.article):
            return self.entry
        return replace(self.entry, article=self.entry.article.model_copy(update={"id": self.memory.id}))


def _restamped(found: list[_Seen]) -> bool:
    """Whether the feed writes the time of the request where the time of publication belongs."""
    known = [seen for seen in found if seen.memory is not None]
    stamped = [seen for seen in known if seen.changed(False) and not seen.changed(True)]
    return len(stamped) >= RESTAMPED and 2 * len(stamped) > len(known)


def _recycled(entry: Entry, memory: Memory) -> tuple[Entry, Memory | None]:
    """A guid that has been given to another article (some feeds number their places): a new entry of its own id."""
    if not memory.another(entry):
        return entry, memory
    own = f"{article_id(entry.article)}-{digest(entry.article.url or entry.article.headline)}"
    return replace(entry, article=entry.article.model_copy(update={"id": own})), None


class _Aliases:
    """Entries that have left the document, among which one with a new guid may be known again."""

    def __init__(self, gone: Mapping[str, Memory], received: datetime) -> None:
        self.used: set[str] = set()
        self._gone = gone
        self._by_text = {memory.text_digest: key for key, memory in gone.items()}
        self._fresh = [key for key, memory in gone.items() if memory.fresh(received)]
        self._repairs = 0

    def known_again(self, entry: Entry) -> Memory | None:
        """The memory of the entry that this one is under a new guid: word for word the same, or nearly so."""
        key = self._by_text.get(entry.digest.partition(".")[0])
        if key is not None and key not in self.used and _same_text(key, entry):
            return self._use(key)
        if self._repairs >= MOST_REPAIRS:
            return None
        for key in self._fresh:
            if key not in self.used and self._gone[key].alike(entry):
                self._repairs += 1
                return self._use(key)
        return None

    def _use(self, key: str) -> Memory:
        self.used.add(key)
        return self._gone[key]


def _same_text(key: str, entry: Entry) -> bool:
    """Whether equal words are enough: the feed has moved to another host, or there are too many words for chance."""
    return key[:PATH_DIGITS] == entry.key[:PATH_DIGITS] or len(entry.article.body.split(None, FRESH)) >= FRESH


def _remember(known: Mapping[str, Memory], found: list[_Seen], used: set[str], received: datetime) -> dict[str, str]:
    """What is remembered next: the entries of this fetch last, so that the others are forgotten first."""
    here = {seen.entry.key for seen in found}
    old = [(key, memory.write(received)) for key, memory in known.items() if key not in here and key not in used]
    now = []
    for place, seen in enumerate(found):
        memory = remembered_as(seen.entry, seen.memory, received, sketched=place < MOST_SKETCHED)
        now.append((seen.entry.key, memory.write(received)))
    left = min(max(LEAST_GONE, GONE_SHARE * len(now)), MOST_REMEMBERED - len(now))
    return dict([*old[max(0, len(old) - left) :], *reversed(now)])
