"""Match: look an article up, name the story it lives in and those it visits.

A story is a routing key, not a verdict. Every pair of articles that share kept shingles is compared at every story
where both texts are: when the later of the two arrives it is sent to at least one home of the earlier one, along with
all other candidates that are there. The same pair found in two homes gives the same event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.accepted import Accepted
from schemas.story import Candidate, StoryItem
from wirespin.dates import seconds
from wirespin.identity import story_id
from wirespin.reuse.index import Match, RollingIndex
from wirespin.reuse.sketch import Sample, from_sketch

CLEAR_TENTHS = 3
"""Tenths of both texts that shared shingles must touch for an article to live in the other's story: a recycled
background paragraph touches one or two, and chains of weak links would grow giant stories."""

MOST_STORIES = 4
"""Stories that one article is sent to. An article with parts of more than four wire stories is a digest."""

MOST_CANDIDATES = 512
"""Candidates that travel with an article, wire first: 512 of ~60 bytes stay well under a broker's 1 MB limit."""


@dataclass(frozen=True)
class Placed:
    """What match remembers of an article.

    Attributes:
        uid: identity of the version.
        offset: where in the index log it stands.
        rank: 2 published by an agency, 1 crediting one, 0 neither.
        homes: numbers of the stories it was sent to; it lives in the first.
    """

    uid: str
    offset: int
    rank: int
    homes: tuple[int, ...]


@dataclass
class Statistics:
    """Counts since the start of the process."""

    articles: int = 0
    duplicates: int = 0
    new_stories: int = 0
    expired: int = 0
    candidates: int = 0


class Placer:
    """The state of match: the rolling index and where each of its articles is.

    Args:
        window: seconds of event time over which articles are compared.
    """

    def __init__(self, window: float) -> None:
        self.index = RollingIndex(window)
        self.statistics = Statistics()
        self._placed: dict[int, Placed] = {}
        self._known: dict[str, int] = {}
        self._stories: dict[int, str] = {}

    def place(self, accepted: Accepted, offset: int) -> list[StoryItem]:
        """Look an article up and take it in.

        Args:
            accepted: the article.
            offset: its offset in the index log. The same article at another offset is a duplicate and gives nothing;
                at the same offset it was delivered again and gives what it gave before.
        """
        sample = from_sketch(accepted.sketch)
        time = seconds(accepted.published)
        known = self._known.get(accepted.uid)
        if known is not None:
            return self._again(accepted, known, sample, time, offset)
        matches = self.index.find(sample, time)
        homes, items = self._route(accepted, matches)
        document = self.index.add(sample, time, homes[0])
        self._placed[document] = Placed(accepted.uid, offset, rank(accepted), homes)
        self._known[accepted.uid] = document
        self.statistics.articles += 1
        self.statistics.candidates += len(matches)
        self._expire()
        return items

    def _again(
        self, accepted: Accepted, document: int, sample: Sample, time: float | None, offset: int
    ) -> list[StoryItem]:
        """Answer for an article that is already in the index."""
        if self._placed[document].offset != offset:
            self.statistics.duplicates += 1
            return []
        matches = self.index.find(sample, time, before=document)
        return self._route(accepted, matches)[1]

    def _route(self, accepted: Accepted, matches: list[Match]) -> tuple[tuple[int, ...], list[StoryItem]]:
        """The stories of an article, the one it lives in first, and what is sent to each."""
        ranked = sorted(matches, key=lambda match: (-self._placed[match.document].rank, -match.shared, match.document))
        chosen = ranked[:MOST_CANDIDATES]
        homes = [self._lives_in(accepted.uid, matches)]
        while len(homes) < MOST_STORIES and (left := [match for match in chosen if not self._is_at(match, *homes)]):
            homes.append(self._best_cover(left, chosen))
        items = [
            self._item(accepted, story, lives=story == homes[0], matches=[m for m in chosen if self._is_at(m, story)])
            for story in homes
        ]
        return tuple(homes), items

    def _lives_in(self, uid: str, matches: list[Match]) -> int:
        """Number of the story of the closest article that clearly shares text, else of a new one."""
        for match in matches:
            if min(match.here, match.there) >= CLEAR_TENTHS:
                return self._placed[match.document].homes[0]
        name = story_id(uid)
        number = int(name.removeprefix("story-")[:15], 16)
        if number not in self._stories:
            self._stories[number] = name
            self.statistics.new_stories += 1
        return number

    def _is_at(self, match: Match, *stories: int) -> bool:
        """Whether an article was sent to one of these stories."""
        return not set(stories).isdisjoint(self._placed[match.document].homes)

    def _best_cover(self, left: Iterable[Match], chosen: Iterable[Match]) -> int:
        """The story at which the most of all candidates are, among those at which one that is left is.

        Those that another story has already count too: what is to be weighed against each other must meet.
        """
        open_to = {story for match in left for story in self._placed[match.document].homes}
        count = Counter(story for match in chosen for story in self._placed[match.document].homes if story in open_to)
        return min(count, key=lambda story: (-count[story], story))

    def _item(self, accepted: Accepted, story: int, *, lives: bool, matches: list[Match]) -> StoryItem:
        candidates = [Candidate(uid=self._placed[match.document].uid, shared=match.shared) for match in matches]
        return StoryItem(story=self._stories[story], lives=lives, accepted=accepted, candidates=candidates)

    def _expire(self) -> None:
        """Forget the articles of dropped segments, and stories that nobody lives in or visits any more."""
        gone = self.index.expire()
        if not gone:
            return
        for document in gone:
            del self._known[self._placed.pop(document).uid]
        alive = {story for placed in self._placed.values() for story in placed.homes}
        self._stories = {number: name for number, name in self._stories.items() if number in alive}
        self.statistics.expired += len(gone)


def rank(accepted: Accepted) -> int:
    """How much of a wire original an article is: 2 published by an agency, 1 crediting one, 0 neither."""
    return 2 if accepted.agency else 1 if accepted.credits else 0
