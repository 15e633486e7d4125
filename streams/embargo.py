"""Which items go out now, which wait for the end of their embargo, and which have been overtaken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from schemas.article import Article
from streams.journal import Journal
from wirespin.identity import article_id, content_digest, digest

Verdict = Literal["send", "held", "repeated", "overtaken"]
NEVER = datetime.max.replace(tzinfo=UTC)


def item_digest(article: Article) -> str:
    """Hash of an item and its version: what has the same one is the same sending."""
    return digest(article_id(article), str(article.version or ""), content_digest(article))


def free_at(article: Article) -> datetime | None:
    """When an embargo ends, `NEVER` where that is not known or not to be read; None without one.

    A notice that cancels an item is under no embargo.
    """
    if article.embargoed is None or article.pub_status == "canceled":
        return None
    try:
        time = datetime.fromisoformat(article.embargoed)
    except ValueError:
        return NEVER
    return time if time.tzinfo else NEVER


class Desk:
    """Decides about one item after the other, and remembers in a journal.

    Args:
        journal: what was done before.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def judge(self, article: Article, now: datetime) -> Verdict:
        """What becomes of an item. Where it is to be sent, call `sent` when it is on its way."""
        name, key = article_id(article), bytes.fromhex(item_digest(article))
        if key in self._journal.sent:
            return "repeated"
        end = free_at(article)
        if end is None or end <= now:
            return "send"
        if self._is_overtaken(article, name):
            return "overtaken"
        waiting = self._journal.held.get(name)
        if waiting != article:
            self._journal.hold(name, article)
        return "held"

    def sent(self, article: Article) -> None:
        """Note that an item is on its way; an earlier version of it that waits will not follow."""
        name = article_id(article)
        self._journal.note(sent=item_digest(article))
        if article.pub_status == "canceled":
            self._journal.note(killed=name, version=article.version)
        waiting = self._journal.held.get(name)
        if waiting is not None and not _older(article, waiting):
            self._journal.note(freed=name)

    def due(self, now: datetime) -> list[Article]:
        """Items whose embargo has ended, first ended first."""
        over = [(end, name) for name, article in self._journal.held.items() if (end := free_at(article) or now) <= now]
        return [self._journal.held[name] for _, name in sorted(over)]

    def next_end(self) -> datetime | None:
        """When the next embargo ends; None where no end is known."""
        ends = [free_at(article) or NEVER for article in self._journal.held.values()]
        return min((end for end in ends if end != NEVER), default=None)

    def waiting(self) -> list[Article]:
        """All items that are held."""
        return list(self._journal.held.values())

    def _is_overtaken(self, article: Article, name: str) -> bool:
        """Whether a later version of it waits already, or it was canceled since."""
        waiting = self._journal.held.get(name)
        if waiting is not None and _older(article, waiting):
            return True
        if name not in self._journal.killed:
            return False
        killed = self._journal.killed[name]
        return killed is None or article.version is None or article.version <= killed


def _older(article: Article, other: Article) -> bool:
    """Whether an item is an earlier version than another one, as their numbers say; else the later to come counts."""
    return article.version is not None and other.version is not None and article.version < other.version
