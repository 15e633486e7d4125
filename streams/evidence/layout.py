"""What lies in a bundle, and in which form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

BUNDLE_VERSION = 1
"""Version of the layout; raised when a reader of the old one would misread the new one."""

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"

WHAT = {
    "what-this-is.txt": "what this bundle is, what it claims and does not claim, how to check it",
    "method.txt": "how the comparison works and what its limits are",
    "event.json": "the event, byte for byte as on its topic",
    "records.json": "where each record stood: topic, partition, offset, Kafka time, key, headers, SHA-256",
    "history.json": "all events of the same key that the topic still had, and what they superseded",
    "original.json": "the wire story as it was accepted, byte for byte as in the log",
    "original.txt": "its headline, an empty line, its body",
    "copy.json": "the copy as it was accepted, byte for byte as in the log",
    "copy.txt": "its headline, an empty line, its body",
    "findings.json": "each finding, held against the stored texts",
    "findings.csv": "the same as a table",
    "comparison.html": "both texts side by side, the differences marked; opens in any browser, loads nothing",
    "timeline.json": "what is known of when",
    "disposition.json": "what a person decided about the alert",
    "pages.json": "what the two pages answered when the bundle was made, and which quoted texts they still show",
    "pages.warc.gz": "the two pages as fetched then (WARC 1.1)",
    MANIFEST: "this list",
}
"""Every file that a bundle may have, and what it is."""

OPTIONAL = frozenset({"disposition.json", "pages.json", "pages.warc.gz"})
"""Files that not every bundle has."""


def to_json(data: Any) -> bytes:
    """JSON for people: UTF-8, indented, names sorted, a line end behind it."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def sha256(data: bytes) -> str:
    """Hex digest (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def sums(files: Mapping[str, bytes]) -> bytes:
    """The list that ``sha256sum -c`` reads (GNU coreutils), of all files but itself."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files) if name != SUMS).encode()


def as_text(headline: str, body: str) -> bytes:
    """An article as a text file: headline, an empty line, body; both to the letter."""
    return f"{headline}\n\n{body}".encode()
