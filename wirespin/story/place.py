"""Match: look articles up, name the story each lives in and those it visits.

A story is a routing key, not a verdict. Every pair of articles that share kept shingles is compared at every story
where both texts are: when the later of the two arrives it is sent to at least one home of the earlier one, along with
all other candidates that are there. The same pair found in two homes gives the same event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from schemas.accepted import Accepted
from schemas.story import Candidate, StoryItem
from wirespin.dates import seconds
from wirespin.identity import story_id, story_name, story_number
from wirespin.reuse.index import KEPT_ARRIVALS, RollingIndex
from wirespin.reuse.matches import Match
from wirespin.reuse.sketch import Sample, from_sketch
from wirespin.story.register import Placed, Register
from wirespin.story.residence import Residence

CLEAR_TENTHS = 3
"""Tenths of both texts that shared shingles must touch for an article to live in the other's story: a recycled
background paragraph touches one or two, and chains of weak links would grow giant stories."""

MOST_STORIES = 4
"""Stories that one article is sent to. An article with parts of more than four wire stories is a digest."""

MOST_CANDIDATES = 512
"""Candidates that travel with an article, wire first: 512 of ~60 bytes stay well under a broker's 1 MB limit."""

RESTORED_AT_ONCE = 8_192
"""Articles that are taken into the index at once after a restart: about a million postings, so that few are merged
often. It takes a tenth of a second."""


@dataclass(frozen=True)
class Arrival:
    """An accepted article as it comes from the index log.

    Attributes:
        accepted: the article.
        log: partition of the index log.
        offset: its offset there.
        sample: its kept hashes.
    """

    accepted: Accepted
    log: int
    offset: int
    sample: Sample

    @classmethod
    def of(cls, accepted: Accepted, log: int, offset: int) -> Arrival:
        """Decode its sketch; raises ValueError where that is none."""
        return cls(accepted, log, offset, from_sketch(accepted.sketch))

    @property
    def time(self) -> float | None:
        """Its event time, seconds since 1970."""
        return seconds(self.accepted.published)


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
        kept_arrivals: articles that are kept whatever their age.
    """

    def __init__(self, window: float, kept_arrivals: int = KEPT_ARRIVALS) -> None:
        self.index = RollingIndex(window, kept_arrivals)
        self.statistics = Statistics()
        self._register = Register()

    def __len__(self) -> int:
        return len(self._register)

    def place(self, arrivals: Sequence[Arrival]) -> list[list[StoryItem]]:
        """Look a batch up and take it in, in order of the index log.

        Args:
            arrivals: the same article at another offset is a duplicate and gives nothing; at the same offset it was
                delivered again and gives what it gave before.

        Returns:
            For each arrival the items to send to stories.
        """
        fresh = self._unknown(arrivals)
        found = self.index.take([one.sample for one in fresh], [one.time for one in fresh])
        matches = dict(zip(map(id, fresh), found, strict=True))
        items = [self._admit(one, matches[id(one)]) if id(one) in matches else self._again(one) for one in arrivals]
        self._expire()
        return items

    def restore(self, residences: Iterable[Residence]) -> None:
        """Take in what was placed before a restart, in order of the index log, without looking it up again."""
        for _ in self.restoring(residences):
            pass

    def restoring(self, residences: Iterable[Residence]) -> Iterator[None]:
        """As `restore`, with a pause after every so many, for others to work."""
        waiting = iter(residences)
        while some := list(islice(waiting, RESTORED_AT_ONCE)):
            lives = [one.placed.homes[0] for one in some]
            self.index.extend([one.sample for one in some], [one.time for one in some], lives)
            for one in some:
                self._register.add(one.placed)
            self._expire()
            yield
        yield from self.index.readying()

    def _unknown(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Those that are in the index neither yet nor by an earlier one of the batch."""
        first: dict[str, Arrival] = {}
        for one in arrivals:
            if self._register.document(one.accepted.id, one.accepted.uid) is None:
                first.setdefault(one.accepted.uid, one)
        return list(first.values())

    def _admit(self, arrival: Arrival, matches: list[Match]) -> list[StoryItem]:
        """Place an article that the index has just taken in."""
        homes, items = self._route(arrival, matches)
        document = self._register.add(_placed(arrival, homes))
        self.index.settle(document, homes[0])
        self.statistics.articles += 1
        self.statistics.candidates += len(matches)
        return items

    def _again(self, arrival: Arrival) -> list[StoryItem]:
        """Answer for an article that is already in the index."""
        document = self._register.document(arrival.accepted.id, arrival.accepted.uid)
        assert document is not None
        if self._register[document].offset != arrival.offset:
            self.statistics.duplicates += 1
            return []
        return self._route(arrival, self.index.find(arrival.sample, arrival.time, before=document), document)[1]

    def _route(
        self, arrival: Arrival, matches: list[Match], before: int | None = None
    ) -> tuple[tuple[int, ...], list[StoryItem]]:
        """The stories of an article, the one it lives in first, and what is sent to each."""
        where = self._register
        chosen = sorted(matches, key=lambda m: (-where[m.document].rank, -m.shared, m.document))[:MOST_CANDIDATES]
        homes = self._certain_homes(arrival.accepted, matches, before)
        most = max(MOST_STORIES, len(homes))
        while len(homes) < most and (left := [match for match in chosen if not self._is_at(match, *homes)]):
            homes.append(self._best_cover(left, chosen))
        items = [self._item(arrival, story, homes[0], [m for m in chosen if self._is_at(m, story)]) for story in homes]
        return tuple(homes), items

    def _certain_homes(self, accepted: Accepted, matches: list[Match], before: int | None) -> list[int]:
        """The story an article lives in, and for a kill notice all those where what it kills is.

        It lives with the closest article that clearly shares text, else with its earlier version, else in a story of
        its own. A version need not share a word with the one before it: a kill notice does not.
        """
        versions = [self._register[document].homes for document in self._register.versions(accepted.id, before)]
        clear = next((match for match in matches if min(match.here, match.there) >= CLEAR_TENTHS), None)
        if clear is not None:
            lives = self._register[clear.document].homes[0]
        elif versions:
            lives = versions[0][0]
        else:
            lives = story_number(story_id(accepted.uid))
            self.statistics.new_stories += before is None
        kills = accepted.article.pub_status != "usable"
        return list(dict.fromkeys([lives, *(home for homes in versions if kills for home in homes)]))

    def _is_at(self, match: Match, *stories: int) -> bool:
        """Whether an article was sent to one of these stories."""
        return not set(stories).isdisjoint(self._register[match.document].homes)

    def _best_cover(self, left: Iterable[Match], chosen: Iterable[Match]) -> int:
        """The story at which the most of all candidates are, among those at which one that is left is.

        Those that another story has already count too: what is to be weighed against each other must meet.
        """
        open_to = {story for match in left for story in self._register[match.document].homes}
        count = Counter(story for match in chosen for story in self._register[match.document].homes if story in open_to)
        return min(count, key=lambda story: (-count[story], story))

    def _item(self, arrival: Arrival, story: int, lives: int, matches: list[Match]) -> StoryItem:
        candidates = [Candidate(uid=self._register[match.document].uid, shared=match.shared) for match in matches]
        return StoryItem(
            story=story_name(story),
            lives=story == lives,
            log=arrival.log,
            offset=arrival.offset,
            accepted=arrival.accepted,
            candidates=candidates,
        )

    def _expire(self) -> None:
        """Forget the articles of dropped segments."""
        gone = self.index.expire()
        for document in gone:
            self._register.drop(document)
        self.statistics.expired += len(gone)


def rank(accepted: Accepted) -> int:
    """How much of a wire original an article is: 2 published by an agency, 1 crediting one, 0 neither."""
    return 2 if accepted.agency else 1 if accepted.credits else 0


def _placed(arrival: Arrival, homes: tuple[int, ...]) -> Placed:
    accepted = arrival.accepted
    return Placed(accepted.id, accepted.digest, arrival.offset, rank(accepted), homes)
