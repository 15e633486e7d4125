"""Events, put together from a compared pair. Nothing in them depends on when or where they were made."""

from __future__ import annotations

from schemas.accepted import Accepted
from schemas.events import Alert, CopyRef, OriginalRef, Republication
from wirespin.identity import event_id, event_key
from wirespin.story.pair import Comparer, credit_change, reuse
from wirespin.story.sources import direction, later, wire_agency
from wirespin.wire.labels import agency_name


def republication(versions: list[Accepted], closest: Accepted, copy: Accepted, comparer: Comparer) -> Republication:
    """The event for a copy.

    Args:
        versions: the versions of the wire story that the copy shares text with, the earliest first.
        closest: the one that it is measured against.
        copy: the article made from it.
        comparer: compares the pair.
    """
    first = versions[0]
    wire = agency_name(wire_agency(closest) or "")
    return Republication(
        id=event_id("republication", copy.uid, first.uid, closest.uid, comparer.rules),
        key=event_key("republication", copy.id, first.id),
        time=later(closest.published, copy.published),
        rules=comparer.rules,
        original=_original(versions, closest, wire),
        copy_=_copy(copy),
        direction=direction(closest, copy, wire),
        reuse=reuse(comparer.verdict(closest, copy).overlap),
        credit=credit_change(closest, copy),
        framing=comparer.framing(closest, copy),
    )


def alert(said: Republication, copy_uid: str, first_uid: str, version_uid: str) -> Alert:
    """The alert that belongs to a republication: the same content under an id and key of its own kind."""
    fields = {name: getattr(said, name) for name in type(said).model_fields if name not in ("type", "id", "key")}
    return Alert(
        **fields,
        id=event_id("alert", copy_uid, first_uid, version_uid, said.rules),
        key=event_key("alert", said.copy_.id, said.original.first),
        republication=said.id,
    )


def _original(versions: list[Accepted], closest: Accepted, wire: str) -> OriginalRef:
    article = closest.article
    return OriginalRef(
        id=closest.id,
        first=versions[0].id,
        version=versions.index(closest) + 1,
        agency=wire_agency(closest),
        wire=wire or None,
        stands_in=closest.agency is None,
        url=article.url,
        publisher=article.publisher,
        headline=article.headline,
        published=closest.published,
        date_source=closest.date_source,
        digest=closest.digest,
    )


def _copy(copy: Accepted) -> CopyRef:
    article = copy.article
    return CopyRef(
        id=copy.id,
        url=article.url,
        publisher=article.publisher,
        headline=article.headline,
        published=copy.published,
        date_source=copy.date_source,
        language=copy.language,
        digest=copy.digest,
    )
