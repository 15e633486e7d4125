"""A bundle as a zip file: the same files give the same bytes; what comes from others is read with bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

from schemas.errors import RecordError
from streams.evidence.layout import SUMS, WHAT

MODE = 0o644 << 16
"""Readable by all, writable by its owner, where zip keeps it."""

UNIX = 3
"""``create_system`` of a zip entry whose mode counts."""

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Zip knows no earlier time."""

LARGEST = 256 * 1_048_576
"""Bytes of all files of a bundle: two pages of 15 MB, two articles of 8 MB in several forms, and room."""


def packed(files: Mapping[str, bytes], time: str | None) -> bytes:
    """Files as a zip.

    They are stored, not deflated: what zlib makes of them differs between its builds.

    Args:
        files: by name.
        time: ISO 8601, given to all of them; the event's own.
    """
    moment = max(EARLIEST, datetime.fromisoformat(time).astimezone(UTC)) if time else EARLIEST
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.create_system, entry.external_attr = UNIX, MODE
            archive.writestr(entry, files[name])
    return target.getvalue()


def unpacked(data: bytes, where: str) -> dict[str, bytes]:
    """The files of a bundle by name.

    Raises:
        RecordError: it is no zip file, or holds what no bundle holds: other names, a name twice, or too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check(entries, where)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise RecordError(f"not a zip file that can be read: {error}", where=where) from error


def _check(entries: list[zipfile.ZipInfo], where: str) -> None:
    names = [entry.filename for entry in entries]
    strange = sorted(set(names) - set(WHAT) - {SUMS})
    if strange:
        raise RecordError(f"holds {strange[0]!r}, which no bundle holds", where=where, remedy="is it a bundle?")
    if len(names) != len(set(names)):
        raise RecordError("holds a name twice", where=where, remedy="it was not made by us")
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise RecordError(f"over {LARGEST:,} bytes unpacked", where=where, remedy="no bundle is as large")
