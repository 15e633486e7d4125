"""Checking a bundle with nothing but the bundle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from schemas.accepted import Accepted
from schemas.errors import InputError, RecordError
from schemas.events import Alert, Event, Republication
from streams.evidence.archive import unpacked
from streams.evidence.case import check_digest
from streams.evidence.contents import derived, thresholds
from streams.evidence.findings import checked, counts
from streams.evidence.layout import BUNDLE_VERSION, MANIFEST, OPTIONAL, SUMS, WHAT, sha256, sums
from streams.evidence.rerun import differences, id_checkable
from wirespin.identity import RULES_VERSION

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what.
        passed: whether it holds; None where it could not be looked at.
        said: in plain words.
    """

    name: str
    passed: bool | None
    said: str


def verify(data: bytes, where: str) -> list[Check]:
    """Check a bundle: its sums, the manifest, both digests, the places of all findings, the comparison made again.

    Args:
        data: the zip file.
        where: what to call it in an error.

    Raises:
        RecordError: it is no bundle that can be read at all.
    """
    files = unpacked(data, where)
    missing = sorted(set(WHAT) - OPTIONAL - set(files) | {SUMS} - set(files))
    if missing:
        raise RecordError(f"lacks {', '.join(missing)}", where=where, remedy="it is no whole bundle")
    found = [_sums(files), _manifest(files, where)]
    try:
        event, original, copy = _read(files, where)
    except InputError as error:
        return [*found, Check("records", False, str(error))]
    return [*found, *_of_event(files, event, original, copy)]


def _read(files: Files, where: str) -> tuple[Event, Accepted, Accepted]:
    data = Event.decoded(files["event.json"], where=f"{where}/event.json")
    kind: type[Event] = Alert if data.get("type") == "alert" else Republication
    event = kind.from_data(data, where=f"{where}/event.json")
    original, copy = (
        Accepted.from_bytes(files[name], where=f"{where}/{name}") for name in ("original.json", "copy.json")
    )
    return event, original, copy


def _sums(files: Files) -> Check:
    """Whether every file is what SHA256SUMS says, and none is left out there."""
    if files[SUMS] == sums(files):
        return Check("sums", True, f"{len(files) - 1} files are what {SUMS} says")
    lines = [line.partition("  ") for line in files[SUMS].decode("utf-8", "replace").splitlines()]
    listed = {name: digest for digest, _, name in lines}
    wrong = sorted(name for name in (files.keys() | listed.keys()) - {SUMS} if _sum(files, name) != listed.get(name))
    return Check("sums", False, f"not what {SUMS} says: {', '.join(wrong) or SUMS + ' itself'}")


def _sum(files: Files, name: str) -> str | None:
    return sha256(files[name]) if name in files else None


def _manifest(files: Files, where: str) -> Check:
    """Whether the manifest lists the very files, with their sums and lengths, and speaks of the event that is there."""
    try:
        manifest = orjson.loads(files[MANIFEST])
        version, event_id = manifest["bundle_version"], manifest["event"]["id"]
        listed = {one["name"]: (one["sha256"], one["bytes"]) for one in manifest["files"]}
        there = orjson.loads(files["event.json"])["id"]
    except (ValueError, LookupError, TypeError) as error:
        return Check("manifest", False, f"cannot be read: {error!r}")
    if not isinstance(version, int) or version > BUNDLE_VERSION:
        raise RecordError(f"layout {version!r} is newer than {BUNDLE_VERSION}", where=where, remedy="upgrade wirespin")
    real = {name: (sha256(files[name]), len(files[name])) for name in files if name not in (SUMS, MANIFEST)}
    wrong = sorted(name for name in real.keys() | listed.keys() if real.get(name) != listed.get(name))
    if wrong or event_id != there:
        return Check("manifest", False, f"does not fit: {', '.join(wrong) or 'it is of another event'}")
    return Check("manifest", True, f"lists the {len(real)} files as they are, of event {event_id}")


def _of_event(files: Files, event: Event, original: Accepted, copy: Accepted) -> Iterator[Check]:
    yield _digests(event, original, copy)
    yield _findings(event, original, copy)
    yield _derived(files, event, original, copy)
    yield _again(event, original, copy)


def _digests(event: Event, original: Accepted, copy: Accepted) -> Check:
    try:
        check_digest(original, event.original, "original.json")
        check_digest(copy, event.copy_, "copy.json")
    except RecordError as error:
        return Check("digests", False, str(error))
    return Check(
        "digests", True, f"original {event.original.digest}, copy {event.copy_.digest}, made again from the texts"
    )


def _findings(event: Event, original: Accepted, copy: Accepted) -> Check:
    found: dict[str, int] = counts(checked(event, original, copy))
    said = ", ".join(f"{count} {name}" for name, count in found.items())
    return Check("findings", found["unverifiable"] == 0, said)


def _derived(files: Files, event: Event, original: Accepted, copy: Accepted) -> Check:
    """Whether what follows from the records alone comes out the same; another version may draw another page."""
    try:
        made = derived(event, original, copy)
    except InputError as error:
        return Check("files", False, str(error))
    wrong = sorted(name for name, data in made.items() if files[name] != data)
    if wrong == ["comparison.html"]:
        return Check("files", None, "comparison.html is another than this version would make")
    return Check(
        "files",
        not wrong,
        f"not what follows from the records: {', '.join(wrong)}" if wrong else "follow from the records",
    )


def _again(event: Event, original: Accepted, copy: Accepted) -> Check:
    """The comparison made again, where these are the same rules."""
    try:
        judged_by, _ = thresholds(event.rules)
        if judged_by != RULES_VERSION:
            return Check(
                "comparison", None, f"judged by rules {judged_by}, this version has {RULES_VERSION}: not made again"
            )
        found = differences(event, original, copy)
    except InputError as error:
        return Check("comparison", False, str(error))
    if found:
        return Check("comparison", False, "made again it differs: " + "; ".join(found))
    note = "" if id_checkable(event) else " (the id covers an earlier version, which is not in the bundle)"
    return Check("comparison", True, f"made again with rules {event.rules}: equal{note}")


def failed(checks: list[Check]) -> list[dict[str, Any]]:
    """Those that do not hold, as JSON."""
    return [{"check": one.name, "said": one.said} for one in checks if one.passed is False]
