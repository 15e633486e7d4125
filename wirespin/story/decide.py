"""Judge: which events stand for a copy, and what a newcomer changes about that.

The standing events of a copy are a function of the copy and the articles it is directly linked with, never of the
order in which they came; a newcomer's output is the difference between what stood before and what stands now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.accepted import Accepted
from schemas.events import Alert, Event, Republication
from schemas.story import StoryItem
from wirespin.reuse.verdict import closeness
from wirespin.story.events import alert, republication
from wirespin.story.library import Library, Member, Story
from wirespin.story.pair import Comparer
from wirespin.story.place import rank
from wirespin.story.sources import may_be_source, names_agency, stand_in_order, wire_agency

SURE_ENOUGH = 0.7
"""Confidence in the direction that an alert needs: it accuses the copy, and must not accuse the source of it."""


@dataclass(frozen=True)
class Withdrawn:
    """A key under which no event stands any more: a tombstone on the compacted topic."""

    kind: str
    key: str


@dataclass(frozen=True)
class Output:
    """What one record leads to."""

    events: list[Event] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """An original for a copy: its versions, the earliest first, and which the copy is closest to."""

    versions: list[Accepted]
    closest: Accepted


def handle(item: StoryItem, offset: int, library: Library, comparer: Comparer) -> Output:
    """Take an article into its story and say what that changes.

    Args:
        item: the article at the story.
        offset: offset of its record; the same record again gives the same output.
        library: the stories of the partition; updated.
        comparer: compares pairs.
    """
    story = library.take(item, offset)
    output = Output()
    for copy_id in _affected(story, item.accepted, offset):
        before = standing(story, copy_id, offset - 1, comparer)
        now = standing(story, copy_id, offset, comparer)
        _difference(before, now, output)
    return output


def standing(story: Story, copy_id: str, upto: int, comparer: Comparer) -> list[Event]:
    """The events that stand for a copy, given what was at the story up to an offset."""
    versions = story.versions(copy_id, upto)
    if not versions:
        return []
    copy = max((member.accepted for member in versions), key=_version_order)
    events: list[Event] = []
    for source in _sources(story, copy, upto, comparer):
        said = republication(source.versions, source.closest, copy, comparer)
        events.append(said)
        if said.framing.altered == "yes" and said.direction.confidence >= SURE_ENOUGH:
            events.append(alert(said, copy.uid, source.versions[0].uid, source.closest.uid))
    return events


def _affected(story: Story, newcomer: Accepted, offset: int) -> list[str]:
    """Ids of the copies about which the newcomer may change something: itself, and those it may be a source of.

    Its earlier versions count too: a kill notice need not share a word with what it kills.
    """
    versions = story.versions(newcomer.id, offset)
    others = {
        other.accepted.id
        for version in versions
        if rank(version.accepted)
        for other in story.linked(version.uid, offset)
        if may_be_source(version.accepted, other.accepted)
    }
    return sorted(others | {newcomer.id})


def _sources(story: Story, copy: Accepted, upto: int, comparer: Comparer) -> list[Source]:
    """The originals of a copy: one for each group of linked wire articles that it derives from."""
    possible = [
        member
        for member in story.linked(copy.uid, upto)
        if may_be_source(member.accepted, copy) and not _killed(story, member, upto)
    ]
    agency = [member for member in possible if member.accepted.agency and _derived(member, copy, comparer)]
    others = [
        member for member in possible if not member.accepted.agency and not _spoken_for(story, member, agency, upto)
    ]
    sources = [_by_versions(group, copy, comparer) for group in _groups(story, agency, upto)]
    sources += [Source([one.accepted], one.accepted) for one in _stand_ins(story, others, copy, upto, comparer)]
    return sorted(sources, key=lambda source: source.versions[0].uid)


def _derived(source: Member, copy: Accepted, comparer: Comparer) -> bool:
    return comparer.verdict(source.accepted, copy).relation == "republication"


def _stand_ins(story: Story, members: list[Member], copy: Accepted, upto: int, comparer: Comparer) -> list[Member]:
    """The earliest credited copy of each wire story stands for the wire; what comes behind it is not even compared."""
    chosen: list[Member] = []
    for member in sorted(members, key=lambda member: stand_in_order(member.accepted)):
        told = any(_one_story(story, member, earlier, upto) for earlier in chosen)
        if not told and _derived(member, copy, comparer):
            chosen.append(member)
    return chosen


def _spoken_for(story: Story, stand_in: Member, agency: Iterable[Member], upto: int) -> bool:
    """Whether the agency's own article is there, so that nobody need stand for it."""
    return any(
        story.are_linked(stand_in.uid, own.uid, upto) or names_agency(stand_in.accepted, own.accepted.agency or "")
        for own in agency
    )


def _killed(story: Story, member: Member, upto: int) -> bool:
    """Whether the newest version of an article is a kill notice."""
    newest = max((version.accepted for version in story.versions(member.accepted.id, upto)), key=_version_order)
    return newest.article.pub_status == "canceled"


def _groups(story: Story, members: list[Member], upto: int) -> list[list[Member]]:
    """Members that tell one wire story: linked with each other, and of one agency."""
    groups: list[list[Member]] = []
    for member in sorted(members, key=lambda member: member.uid):
        mine = [group for group in groups if any(_one_story(story, member, other, upto) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([member, *(other for group in mine for other in group)])
    return groups


def _one_story(story: Story, left: Member, right: Member, upto: int) -> bool:
    linked = story.are_linked(left.uid, right.uid, upto) or left.accepted.id == right.accepted.id
    return linked and wire_agency(left.accepted) == wire_agency(right.accepted)


def _by_versions(group: list[Member], copy: Accepted, comparer: Comparer) -> Source:
    """An agency's versions of its story, measured against the copy one by one."""
    versions = sorted((member.accepted for member in group), key=_version_order)
    closest = max(versions, key=lambda version: closeness(comparer.verdict(version, copy).overlap))
    return Source(versions, closest)


def _version_order(accepted: Accepted) -> tuple[int, str, bool, str]:
    """Order of the versions of an article: by its publisher's count, then by time; a kill comes last, then content."""
    canceled = accepted.article.pub_status == "canceled"
    return accepted.article.version or 0, accepted.published or "", canceled, accepted.digest


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
