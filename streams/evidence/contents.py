"""The files of a bundle, made of a case. The same case, time of making and pages give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from schemas.disposition import Disposition
from schemas.errors import RecordError
from schemas.events import Event
from streams.evidence.case import Case, check_digest
from streams.evidence.findings import as_csv, checked, counts
from streams.evidence.layout import BUNDLE_VERSION, MANIFEST, SUMS, WHAT, as_text, sha256, sums, to_json
from streams.evidence.places import placed
from streams.evidence.timeline import timeline
from streams.evidence.words import method, what_this_is
from wirespin.framing import Thresholds
from wirespin.page import render

_RULES = re.compile(r"(?P<version>\S+) alert=(?P<alert>[\d.e+-]+) unsure=(?P<unsure>[\d.e+-]+)")


def contents(
    case: Case, made: str, pages: Mapping[str, bytes] | None = None, program: str | None = None
) -> dict[str, bytes]:
    """All files of a bundle by name.

    Args:
        case: what was gathered.
        made: when the bundle is made, ISO 8601 in UTC.
        pages: files about the pages as fetched now; none where they were not.
        program: version of wirespin that makes it; this one where None.

    Raises:
        RecordError: a stored text is not the one that the event speaks of.
    """
    event, (original, copy) = case.event, case.texts
    check_digest(original, event.original, case.original.where)
    check_digest(copy, event.copy_, case.copy.where)
    rows = checked(event, original, copy)
    about = _about(case, made, rows, program or wirespin_version(), fetched=pages is not None)
    files = {
        **placed(case),
        "original.txt": as_text(original.article.headline, original.article.body),
        "copy.txt": as_text(copy.article.headline, copy.article.body),
        "findings.json": to_json(rows),
        "findings.csv": as_csv(rows),
        "comparison.html": render(event, original, copy).encode(),
        "timeline.json": to_json(timeline(case)),
        "method.txt": method(),
        "what-this-is.txt": what_this_is(event, about),
        **(pages or {}),
    }
    files[MANIFEST] = to_json({**about, "files": [_listed(name, files[name]) for name in sorted(files)]})
    return files | {SUMS: sums(files)}


def thresholds(rules: str) -> tuple[str, Thresholds]:
    """Version and thresholds of the rules that an event names (`wirespin.identity.rules`).

    Raises:
        RecordError: they are written in another way.
    """
    found = _RULES.fullmatch(rules)
    if found is None:
        raise RecordError(f"rules are not of the form 'VERSION alert=A unsure=U': {rules!r}", where="rules")
    return found["version"], Thresholds(float(found["alert"]), float(found["unsure"]))


def wirespin_version() -> str:
    """Version of this program."""
    try:
        return version("wirespin")
    except PackageNotFoundError:  # run from its source, without being installed
        return "unknown"


def _about(case: Case, made: str, rows: Sequence[Mapping[str, Any]], program: str, *, fetched: bool) -> dict[str, Any]:
    """The head of the manifest."""
    event = case.event
    judged_by, limits = thresholds(event.rules)
    return {
        "bundle_version": BUNDLE_VERSION,
        "event": {"id": event.id, "key": event.key, "type": _kind(event), "time": event.time},
        "standing": case.standing,
        "stands": case.standing == event.id,
        "rules": event.rules,
        "rules_version": judged_by,
        "thresholds": {"alert": limits.alert, "unsure": limits.unsure},
        "wirespin": program,
        "made": made,
        "findings": counts([dict(row) for row in rows]),
        "pages_fetched": fetched,
        "disposition": _decided(case),
        "digests": {"original": event.original.digest, "copy": event.copy_.digest, "algorithm": "BLAKE2b, 96 bits"},
    }


def _decided(case: Case) -> dict[str, Any] | None:
    """What was decided, and about which version of the alert."""
    if case.disposition is None:
        return None
    try:
        found = Disposition.from_bytes(case.disposition.value, where=case.disposition.where)
    except RecordError as error:
        return {"unreadable": str(error)}
    decided = {"verdict": found.verdict, "by": found.by, "at": found.at, "reason": found.reason, "about": found.event}
    return {**decided, "about_this_version": found.event == case.event.id}


def _kind(event: Event) -> str:
    return event.id.partition("-")[0]


def _listed(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "bytes": len(data), "sha256": sha256(data), "what": WHAT[name]}
