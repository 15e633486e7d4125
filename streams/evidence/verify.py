"""Checking a bundle with nothing but the bundle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from schemas.errors import InputError, RecordError
from streams.evidence.archive import unpacked
from streams.evidence.case import Case, check_digest
from streams.evidence.contents import contents, thresholds, wirespin_version
from streams.evidence.findings import checked, counts
from streams.evidence.layout import BUNDLE_VERSION, MANIFEST, OPTIONAL, SUMS, WHAT, sha256, sums
from streams.evidence.places import read_case
from streams.evidence.rerun import differences, id_checkable
from wirespin.identity import RULES_VERSION

Files = Mapping[str, bytes]

WORDED = frozenset({"comparison.html", "what-this-is.txt", "method.txt"})
"""Files that another version may word or draw otherwise, from the same records."""

PAGES = ("pages.json", "pages.warc.gz")
"""Files that cannot be made again: what the web answered then."""


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
        case = read_case(files, where)
    except InputError as error:
        return [*found, Check("records", False, str(error))]
    return [*found, *_of_case(files, case)]


def _of_case(files: Files, case: Case) -> Iterator[Check]:
    yield _digests(case)
    yield _findings(case)
    yield _files(files, case)
    yield _again(case)


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
    """Whether the manifest lists the very files, with their sums and lengths."""
    try:
        manifest = orjson.loads(files[MANIFEST])
        version = manifest["bundle_version"]
        listed = {str(one["name"]): (one["sha256"], one["bytes"]) for one in manifest["files"]}
    except (ValueError, LookupError, TypeError) as error:
        return Check("manifest", False, f"cannot be read: {error!r}")
    if not isinstance(version, int) or version > BUNDLE_VERSION:
        raise RecordError(f"layout {version!r} is newer than {BUNDLE_VERSION}", where=where, remedy="upgrade wirespin")
    real = {name: (sha256(files[name]), len(files[name])) for name in files if name not in (SUMS, MANIFEST)}
    wrong = sorted(name for name in real.keys() | listed.keys() if real.get(name) != listed.get(name))
    if wrong:
        return Check("manifest", False, f"does not fit: {', '.join(wrong)}")
    return Check("manifest", True, f"lists the {len(real)} files as they are")


def _digests(case: Case) -> Check:
    original, copy = case.texts
    try:
        check_digest(original, case.event.original, "original.json")
        check_digest(copy, case.event.copy_, "copy.json")
    except RecordError as error:
        return Check("digests", False, str(error))
    return Check("digests", True, f"original {original.digest}, copy {copy.digest}, made again from the texts")


def _findings(case: Case) -> Check:
    found: dict[str, int] = counts(checked(case.event, *case.texts))
    said = ", ".join(f"{count} {name}" for name, count in found.items())
    return Check("findings", found["unverifiable"] == 0, said)


def _files(files: Files, case: Case) -> Check:
    """Whether a bundle made anew of the same records is this one; another version may draw and word it otherwise."""
    try:
        manifest = orjson.loads(files[MANIFEST])
        made, program = str(manifest["made"]), str(manifest["wirespin"])
        again = contents(case, made, _pages(files), program)
    except (ValueError, LookupError, TypeError) as error:
        return Check("files", False, f"cannot be made again: {error}")
    wrong = {name for name in files.keys() | again.keys() if files.get(name) != again.get(name)} - {SUMS, MANIFEST}
    same = _head(files[MANIFEST]) == _head(again[MANIFEST]) if wrong else files[MANIFEST] == again[MANIFEST]
    wrong |= set() if same else {MANIFEST}
    if not wrong:
        return Check("files", True, "all follow from the records")
    named = ", ".join(sorted(wrong))
    if program != wirespin_version() and wrong <= WORDED:
        return Check(
            "files", None, f"made by wirespin {program}; this one, {wirespin_version()}, would word {named} otherwise"
        )
    return Check("files", False, f"not what follows from the records: {named}")


def _head(manifest: bytes) -> dict[str, Any]:
    """What the manifest says of the event; its list of files is another where they are."""
    return {name: value for name, value in orjson.loads(manifest).items() if name != "files"}


def _pages(files: Files) -> dict[str, bytes] | None:
    return {name: files[name] for name in PAGES if name in files} or None


def _again(case: Case) -> Check:
    """The comparison made again, where these are the same rules."""
    event, (original, copy) = case.event, case.texts
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
