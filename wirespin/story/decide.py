"""Judge: what a newcomer to a story changes about the events that stand for its copies.

The standing events of a copy are a function of the copy and the articles it is directly linked with, never of the
order in which they came; a newcomer's output is the difference between what stood before and what stands now.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from schemas.accepted import Accepted
from schemas.events import Alert, Event, Relation, Republication
from schemas.story import StoryItem
from wirespin.story.library import Library, Story
from wirespin.story.origin import Member
from wirespin.story.pair import Comparer
from wirespin.story.place import rank
from wirespin.story.sources import is_canceled, may_be_source
from wirespin.story.standing import Standing


@dataclass(frozen=True)
class Withdrawn:
    """A key under which no event stands any more: a tombstone on the compacted topic."""

    kind: str
    key: str


@dataclass(frozen=True)
class Output:
    """What one record leads to.

    Attributes:
        events: said anew.
        withdrawn: keys under which nothing stands any more.
        relations: how many of the pairs that the newcomer makes at this story came out as what. Each pair is counted
            where its second article arrives. Pairs that nothing had to be known of are left out: those of which
            neither can be the other's source, and articles of one house that are no versions of one story.
    """

    events: list[Event] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    relations: Counter[Relation] = field(default_factory=Counter)


def handle(item: StoryItem, offset: int, library: Library, comparer: Comparer) -> Output:
    """Take an article into its story and say what that changes.

    Args:
        item: the article at the story.
        offset: offset of its record; the same record again gives the same output.
        library: the stories of the partition; updated.
        comparer: compares pairs.
    """
    story = library.take(item, offset)
    before, now = Standing(story, offset - 1, comparer), Standing(story, offset, comparer)
    output = Output()
    stand_in = _only_stand_in(story, item.accepted, offset)
    for copy_id in _affected(story, item.accepted, offset, now):
        was = before.origin(copy_id)
        origin = now.after(None if copy_id == item.accepted.id else stand_in, copy_id, was)
        if was is None or origin is None or was.names != origin.names:
            _difference(before.events(was), now.events(origin), output)
    _count(story, item.accepted, offset, now, output.relations)
    return output


def _only_stand_in(story: Story, newcomer: Accepted, offset: int) -> Member | None:
    """The newcomer's member of the story, where all it can be to others is one more stand-in."""
    alone = len(story.versions(newcomer.id, offset)) == 1
    return story.members[newcomer.uid] if alone and not newcomer.agency and not is_canceled(newcomer) else None


def _affected(story: Story, newcomer: Accepted, offset: int, now: Standing) -> list[str]:
    """Ids of the copies about which the newcomer may change something: itself, and those it may be a source of.

    Its earlier versions count too: a kill notice need not share a word with what it kills.
    """
    sources = [version.accepted for version in story.versions(newcomer.id, offset)]
    if is_canceled(newcomer):
        sources += now.replaced_by(newcomer)
    others = {
        other.accepted.id
        for source in sources
        if rank(source)
        for other in story.linked(source.uid, offset)
        if may_be_source(source, other.accepted)
    }
    return sorted(others | {newcomer.id})


def _count(story: Story, newcomer: Accepted, offset: int, now: Standing, relations: Counter[Relation]) -> None:
    """Count what the pairs came to that this record made."""
    for uid, since in story.links.get(newcomer.uid, {}).items():
        if since != offset or uid not in story.members:
            continue
        found = now.relations.get((uid, newcomer.uid)) or now.relations.get((newcomer.uid, uid))
        if found is None and now.own_version(newcomer, story.members[uid].accepted):
            found = "own_update"
        if found is not None:
            relations[found] += 1


def _difference(before: list[Event], now: list[Event], output: Output) -> None:
    """Add to `output` what is said anew and which keys nothing stands under any more."""
    stood, stand = {event.id: event for event in before}, {event.id for event in now}
    gone = [event for name, event in stood.items() if name not in stand]
    kept_keys = {event.key for event in now}
    fresh = [event for event in now if event.id not in stood]
    for event in fresh:
        superseded = _superseded(event, gone, {type(other) for other in fresh})
        output.events.append(event.model_copy(update={"supersedes": superseded}))
    output.withdrawn.extend(Withdrawn(_kind(event), event.key) for event in gone if event.key not in kept_keys)


def _superseded(event: Event, gone: list[Event], kinds: set[type[Event]]) -> list[str]:
    """Ids an event takes the place of: those of its kind, and a republication also answers for an alert that fell."""
    mine = [other for other in gone if type(other) is type(event)]
    orphans = [other for other in gone if isinstance(event, Republication) and type(other) not in kinds]
    return sorted({other.id for other in (*mine, *orphans)})


def _kind(event: Event) -> str:
    return "alert" if isinstance(event, Alert) else "republication"
