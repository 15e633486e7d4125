"""The comparison made again from the stored texts: does it still come out as the event says?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.accepted import Accepted
from schemas.events import Event
from streams.evidence.contents import thresholds
from wirespin.identity import event_id, event_key
from wirespin.story.events import republication
from wirespin.story.pair import Comparer

COMPARED = ("time", "relation", "direction", "reuse", "credit", "framing", "copy", "original")
"""Parts of the event that follow from the two texts and the rules."""

OF_THE_STORY = ("first", "version")
"""Of the original, what other versions decide that are not in the bundle."""

SHOWN = 20
"""Differences listed."""

Data = dict[str, Any]


def differences(event: Event, original: Accepted, copy: Accepted) -> list[str]:
    """What comes out otherwise when the two texts are compared again, at most `SHOWN`; none where all is equal.

    Raises:
        RecordError: the event's rules cannot be read.
    """
    comparer = Comparer(thresholds(event.rules)[1])
    said = republication([original], original, copy, comparer)
    relation = comparer.verdict(original, copy).relation
    again = said.model_copy(update={"relation": relation}).model_dump(mode="json", by_alias=True)
    then = event.model_dump(mode="json", by_alias=True)
    for name in OF_THE_STORY:
        again["original"].pop(name), then["original"].pop(name)
    found = [line for part in COMPARED for line in _different(part, then[part], again[part])]
    return [*_names(event, original, copy), *found][:SHOWN]


def id_checkable(event: Event) -> bool:
    """Whether the id can be made again: it covers the story's first version, which must be the one in the bundle."""
    return event.original.version == 1 and event.original.first == event.original.id


def _names(event: Event, original: Accepted, copy: Accepted) -> Iterator[str]:
    kind = event.id.partition("-")[0]
    key = event_key(kind, copy.id, event.original.first)
    if key != event.key:
        yield f"key: {event.key} in the event, {key} made again"
    if id_checkable(event):
        name = event_id(kind, copy.uid, original.uid, original.uid, event.rules)
        if name != event.id:
            yield f"id: {event.id} in the event, {name} made again"


def _different(where: str, then: Any, again: Any) -> Iterator[str]:
    """The leaves in which two JSON values differ."""
    if isinstance(then, dict) and isinstance(again, dict):
        for name in sorted(then.keys() | again.keys()):
            yield from _different(f"{where}.{name}", then.get(name), again.get(name))
    elif isinstance(then, list) and isinstance(again, list) and len(then) == len(again):
        for number, (one, other) in enumerate(zip(then, again, strict=True)):
            yield from _different(f"{where}.{number}", one, other)
    elif then != again:
        yield f"{where}: {_short(then)} in the event, {_short(again)} made again"


def _short(value: Any) -> str:
    text = f"{len(value)} entries" if isinstance(value, list) else repr(value)
    return text if len(text) <= 80 else text[:80] + "…"
