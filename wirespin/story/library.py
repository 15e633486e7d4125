"""The texts of the stories of a partition, and which of them are to be compared with which.

Everything remembers the offset that brought it, so that the library can be asked how it stood at any record: what is
delivered again after a crash or a rebalance is answered as it was the first time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from schemas.errors import InputError
from schemas.story import StoryItem
from wirespin.dates import seconds
from wirespin.reuse.index import KEPT_ARRIVALS
from wirespin.story.folds import NO_SKETCH, Folds
from wirespin.story.origin import Member, Origin
from wirespin.story.sources import is_canceled

KEPT_WINDOWS = 2.0
"""Windows of event time that a text is kept: a newcomer within the window of a copy may bring the copy's source,
which may itself be a window older than the copy."""


@dataclass
class Story:
    """The members of a story by uid, and for each the members it is compared with and since which offset.

    `kills` are those of the members that are kill notices: each copy asks for them. `origins` is for `Standing`: what
    it found the copies to be made from, by id, and as of which offset; what the story forgets may have been in it.
    """

    members: dict[str, Member] = field(default_factory=dict)
    kills: dict[str, Member] = field(default_factory=dict)
    by_id: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, dict[str, int]] = field(default_factory=dict)
    origins: dict[str, tuple[int, Origin]] = field(default_factory=dict)

    def versions(self, article_id: str, upto: int) -> list[Member]:
        """Versions of one article that were here at an offset."""
        members = (self.members[uid] for uid in self.by_id.get(article_id, ()))
        return [member for member in members if member.offset <= upto]

    def add(self, member: Member) -> None:
        """Take a member in."""
        self.members[member.uid] = member
        if is_canceled(member.accepted):
            self.kills[member.uid] = member
        self.by_id.setdefault(member.accepted.id, []).append(member.uid)

    def drop(self, uid: str) -> None:
        """Let a member go, with its links."""
        member = self.members.pop(uid)
        self.kills.pop(uid, None)
        self.by_id[member.accepted.id].remove(uid)
        if not self.by_id[member.accepted.id]:
            del self.by_id[member.accepted.id]
        for other in self.links.pop(uid, {}):
            self.links.get(other, {}).pop(uid, None)
        self.origins.clear()

    def linked(self, uid: str, upto: int) -> Iterator[Member]:
        """Members that an article was to be compared with at an offset."""
        for other, since in self.links.get(uid, {}).items():
            if since <= upto and other in self.members and self.members[other].offset <= upto:
                yield self.members[other]

    def are_linked(self, uid: str, other: str, upto: int) -> bool:
        """Whether two members were to be compared at an offset."""
        return self.links.get(uid, {}).get(other, upto + 1) <= upto


class Library:
    """The stories of one partition.

    Args:
        window: seconds of event time over which articles are compared.
        kept_arrivals: records whose articles are kept whatever their age.
    """

    def __init__(self, window: float, kept_arrivals: int = KEPT_ARRIVALS) -> None:
        self._window, self._kept = window, kept_arrivals
        self._stories: dict[str, Story] = {}
        self._folded = Folds()
        self._watermark: float | None = None
        self._swept: float | None = None

    def __len__(self) -> int:
        stories = tuple(self._stories.values())  # who asks may do so from another thread
        return sum(len(story.members) for story in stories) + len(self._folded)

    def fold(self, item: dict[str, Any], offset: int) -> None:
        """Take in what was taken in before a restart, as its JSON object; it is read when its story is asked for.

        Raises:
            LookupError, TypeError, ValueError: it is no item of a story.
        """
        self._folded.add(item, offset, self._age(item["accepted"].get("published")))
        self._sweep(offset)

    def story(self, name: str) -> Story:
        """A story, empty where it is not known."""
        self._unfold(name)
        return self._stories.get(name) or Story()

    def take(self, item: StoryItem, offset: int) -> Story:
        """Take an article in; what is already known stays as it was. Returns its story."""
        self._unfold(item.story)
        story = self._take(item, offset, self._age(item.accepted.published))
        self._sweep(offset)
        return story

    def _take(self, item: StoryItem, offset: int, aged: float | None) -> Story:
        story = self._stories.setdefault(item.story, Story())
        uid = item.accepted.uid
        if uid not in story.members:
            kept = item.accepted.model_copy(update={"sketch": NO_SKETCH})
            story.add(Member(kept, offset, aged))
        for candidate in item.candidates:
            if candidate.uid in story.members and candidate.uid != uid:
                _link(story, uid, candidate.uid, offset)
        return story

    def _unfold(self, name: str) -> None:
        """Take in what is folded of a story, in its order. What cannot be read was rejected when it came."""
        for record in self._folded.pop(name):
            with suppress(InputError):
                self._take(StoryItem.from_bytes(record.value), record.offset, record.aged)

    def _age(self, published: str | None) -> float | None:
        """Event time an article ages by; moves the watermark."""
        time = seconds(published)
        if time is None:
            return self._watermark
        self._watermark = time if self._watermark is None else max(time, self._watermark)
        return time

    def _sweep(self, offset: int) -> None:
        """Once a tenth of a window, drop the members that are too old to meet anybody, and stories left empty."""
        if self._watermark is None:
            return
        if self._swept is not None and self._watermark - self._swept < self._window / 10:
            return
        self._swept = self._watermark
        horizon = self._watermark - KEPT_WINDOWS * self._window
        self._folded.sweep(horizon, offset - self._kept)
        for name, story in list(self._stories.items()):
            _drop_older(story, horizon, offset - self._kept)
            if not story.members:
                del self._stories[name]


def _link(story: Story, uid: str, other: str, offset: int) -> None:
    story.links.setdefault(uid, {}).setdefault(other, offset)
    story.links.setdefault(other, {}).setdefault(uid, offset)


def _drop_older(story: Story, horizon: float, recent: int) -> None:
    """Drop members that aged out; an undated one that came before any dated one stays until the story goes."""
    old = {
        uid: None
        for uid, member in story.members.items()
        if member.aged is not None and member.aged < horizon and member.offset < recent
    }
    if old and all(uid in old or member.aged is None for uid, member in story.members.items()):
        old = dict.fromkeys(story.members)
    for uid in old:
        story.drop(uid)
