"""Which events stand for a copy, given what was at its story at an offset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from schemas.accepted import Accepted
from schemas.events import Event, Relation
from wirespin.reuse.verdict import closeness
from wirespin.story.events import alert, republication
from wirespin.story.library import Story
from wirespin.story.origin import Member, Origin, Source
from wirespin.story.pair import Comparer
from wirespin.story.sources import (
    is_canceled,
    may_be_source,
    names_agency,
    not_before,
    same_house,
    stand_in_order,
    wire_agency,
)

SURE_ENOUGH = 0.7
"""Confidence in the direction that an alert needs: it accuses the copy, and must not accuse the source of it."""


class Standing:
    """A story as it stood at an offset.

    Args:
        story: the story.
        upto: offset of the last record that counts.
        comparer: compares pairs.

    Attributes:
        relations: what came out for each pair of source and copy that had to be compared, by uid.
    """

    def __init__(self, story: Story, upto: int, comparer: Comparer) -> None:
        self.relations: dict[tuple[str, str], Relation] = {}
        self._story, self._upto, self._comparer = story, upto, comparer

    def origin(self, copy_id: str) -> Origin | None:
        """What a copy was made from; None where the copy was not here yet.

        It is kept with the story: only a newcomer that may change it asks for it again, and each of hundreds does.
        """
        known = self._story.origins.get(copy_id)
        if known is not None and known[0] <= self._upto:
            return known[1]
        return self._keep(copy_id, self._origin(copy_id))

    def after(self, newcomer: Member | None, copy_id: str, before: Origin | None) -> Origin | None:
        """What a copy was made from, now that a newcomer is here.

        Args:
            newcomer: a member that is no agency's, nobody's new version and no kill notice; None for any other.
            copy_id: the copy.
            before: what it was made from before.
        """
        stays = newcomer is not None and before is not None and not self._joins(newcomer, before)
        return self._keep(copy_id, before if stays else self._origin(copy_id))

    def events(self, origin: Origin | None) -> list[Event]:
        """The events that stand for a copy of that origin."""
        events: list[Event] = []
        if origin is None:
            return events
        copy = origin.copy
        for source in origin.sources:
            said = republication(source.versions, source.closest, copy, self._comparer)
            events.append(said)
            if said.framing.altered == "yes" and said.direction.confidence >= SURE_ENOUGH:
                events.append(alert(said, copy.uid, source.versions[0].uid, source.closest.uid))
        return events

    def replaced_by(self, kill: Accepted) -> list[Accepted]:
        """Articles of the story under other ids that a kill notice takes back: those it is a new version of."""
        return [one for one in self._here() if self._takes_back(kill, one)]

    def own_version(self, left: Accepted, right: Accepted) -> bool:
        """Whether two articles are versions of one story of one agency or outlet."""
        return left.id == right.id or (same_house(left, right) and self._comparer.is_update(left, right))

    def _here(self) -> Iterator[Accepted]:
        """The articles that were at the story."""
        return (member.accepted for member in self._story.members.values() if member.offset <= self._upto)

    @cached_property
    def _kills(self) -> list[Accepted]:
        """The kill notices among them."""
        return [member.accepted for member in self._story.kills.values() if member.offset <= self._upto]

    def _keep(self, copy_id: str, origin: Origin | None) -> Origin | None:
        """Keep an origin, unless that of a later record is known: then this one is delivered again."""
        known = self._story.origins.get(copy_id)
        if origin is not None and (known is None or known[0] <= self._upto):
            self._story.origins[copy_id] = self._upto, origin
        return origin

    def _origin(self, copy_id: str) -> Origin | None:
        """The originals of a copy: one for each group of linked wire articles that it derives from."""
        versions = self._story.versions(copy_id, self._upto)
        if not versions:
            return None
        copy = max((member.accepted for member in versions), key=_version_order)
        possible = [
            member
            for member in self._story.linked(copy.uid, self._upto)
            if may_be_source(member.accepted, copy) and not self._killed(member)
        ]
        agency = [member for member in possible if member.accepted.agency and self._derived(member, copy)]
        others = [member for member in possible if not member.accepted.agency and not self._spoken_for(member, agency)]
        stand_ins = self._stand_ins(others, copy)
        sources = [self._by_versions(group, copy) for group in self._groups(agency)]
        sources += [Source([one.accepted], one.accepted) for one in stand_ins]
        return Origin(copy, agency, stand_ins, sorted(sources, key=lambda source: source.versions[0].uid))

    def _joins(self, newcomer: Member, origin: Origin) -> bool:
        """Whether a newcomer may be one of the stand-ins of a copy, which is all that it can change."""
        if self._killed(newcomer) or self._spoken_for(newcomer, origin.agency):
            return False
        place = stand_in_order(newcomer.accepted)
        earlier = [one for one in origin.stand_ins if stand_in_order(one.accepted) < place]
        return not any(self._one_story(newcomer, one) for one in earlier) and self._derived(newcomer, origin.copy)

    def _derived(self, source: Member, copy: Accepted) -> bool:
        relation = self._comparer.verdict(source.accepted, copy).relation
        self.relations[source.uid, copy.uid] = relation
        return relation == "republication"

    def _stand_ins(self, members: list[Member], copy: Accepted) -> list[Member]:
        """The earliest credited copy of each wire story stands for the wire; what comes behind is not even compared."""
        chosen: list[Member] = []
        for member in sorted(members, key=lambda member: stand_in_order(member.accepted)):
            told = any(self._one_story(member, earlier) for earlier in chosen)
            if not told and self._derived(member, copy):
                chosen.append(member)
        return chosen

    def _spoken_for(self, stand_in: Member, agency: Iterable[Member]) -> bool:
        """Whether the agency's own article is there, so that nobody need stand for it."""
        return any(
            self._story.are_linked(stand_in.uid, own.uid, self._upto)
            or names_agency(stand_in.accepted, own.accepted.agency or "")
            for own in agency
        )

    def _killed(self, member: Member) -> bool:
        """Whether the newest version of an article is a kill notice, or one under another id takes it back."""
        if not self._kills:
            return False
        versions = (version.accepted for version in self._story.versions(member.accepted.id, self._upto))
        if is_canceled(max(versions, key=_version_order)):
            return True
        return any(self._takes_back(kill, member.accepted) for kill in self._kills)

    def _takes_back(self, kill: Accepted, earlier: Accepted) -> bool:
        return kill.id != earlier.id and not_before(kill, earlier) and self.own_version(kill, earlier)

    def _groups(self, members: list[Member]) -> list[list[Member]]:
        """Members of which only the one that a copy is closest to counts as its source."""
        groups: list[list[Member]] = []
        for member in sorted(members, key=lambda member: member.uid):
            mine = [group for group in groups if any(self._one_story(member, other) for other in group)]
            groups = [group for group in groups if group not in mine]
            groups.append([member, *(other for group in mine for other in group)])
        return groups

    def _one_story(self, left: Member, right: Member) -> bool:
        """Whether two articles tell or follow one wire story: linked, of one agency, and not by a form alone."""
        if wire_agency(left.accepted) != wire_agency(right.accepted):
            return False
        if left.accepted.id == right.accepted.id:
            return True
        linked = self._story.are_linked(left.uid, right.uid, self._upto)
        return linked and not self._comparer.other_facts(left.accepted, right.accepted)

    def _by_versions(self, group: list[Member], copy: Accepted) -> Source:
        """The article that a copy is closest to, among the versions of its story.

        A report that only follows up on the story is in the group, so that it does not accuse the copy of having
        changed what it has from an earlier one; a version of that one it is not.
        """
        members = sorted((member.accepted for member in group), key=_version_order)
        closest = max(members, key=lambda one: closeness(self._comparer.verdict(one, copy).overlap))
        versions, left = [closest], [member for member in members if member is not closest]
        for known in versions:
            found = [other for other in left if self.own_version(known, other)]
            versions += found
            left = [other for other in left if other not in found]
        return Source(sorted(versions, key=_version_order), closest)


def _version_order(accepted: Accepted) -> tuple[int, str, bool, str]:
    """Order of the versions of an article: by its publisher's count, then by time; a kill comes last, then content."""
    return accepted.article.version or 0, accepted.published or "", is_canceled(accepted), accepted.digest
