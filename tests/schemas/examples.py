"""One good record of every kind, as data."""

from __future__ import annotations

from typing import Any

from schemas.accepted import Accepted
from schemas.base import WireRecord
from schemas.disposition import Disposition
from schemas.events import Alert, Republication
from schemas.rejection import Rejection
from schemas.story import StoryItem

ACCEPTED: dict[str, Any] = {
    "article": {"id": "a", "headline": "Rates rise", "body": "Rates rose.", "x_desk": "eco"},
    "digest": "d1",
    "published": "2025-01-01T00:00:00Z",
    "date_source": "published_at",
    "agency": "afp",
    "credits": [{"agency": "afp", "name": "AFP", "form": "publisher"}],
    "language": "en",
    "spans": [[0, 11]],
    "sketch": {"scale": 1, "shingles": 0, "hashes": "", "tenths": ""},
}
EVENT: dict[str, Any] = {
    "id": "republication-1",
    "key": "republication-k",
    "time": "2025-01-01T01:00:00Z",
    "rules": "2026.1",
    "original": {"id": "a", "first": "a", "digest": "d1", "date_source": "published_at"},
    "copy": {"id": "b", "date_source": "published_at", "digest": "d2"},
    "direction": {"confidence": 0.9, "reason": "published by AFP itself"},
    "reuse": {
        "level": "edited",
        "original_share": 0.5,
        "copy_share": 0.5,
        "unquoted_share": 0.5,
        "original_tenths": 5,
        "copy_tenths": 5,
        "longest": 20,
        "passages": [{"original": [0, 9], "copy": [3, 12], "words": 2}],
    },
    "credit": {"status": "removed"},
    "framing": {
        "altered": "yes",
        "score": 0.7,
        "devices": [
            {
                "device": "omission",
                "original": "denied it",
                "original_span": [4, 13],
                "severity": 0.5,
                "explanation": "x",
            }
        ],
    },
}
ALERT = {**EVENT, "id": "alert-1", "key": "alert-k", "republication": "republication-1"}
ITEM = {
    "story": "story-1",
    "lives": True,
    "log": 0,
    "offset": 7,
    "accepted": ACCEPTED,
    "candidates": [{"uid": "b@d2", "shared": 3}],
}
REJECTION = {
    "stage": "ingest",
    "topic": "wirespin.articles",
    "partition": 0,
    "offset": 7,
    "error": "ArticleError",
    "message": "no",
    "headers": [["h", "eA=="], ["n", None]],
}
DISPOSITION: dict[str, Any] = {
    "type": "disposition",
    "alert": "alert-k",
    "event": "alert-1",
    "verdict": "dismissed",
    "reason": "the agency's own correction",
    "by": "kim",
    "at": "2025-01-02T00:00:00Z",
    "time": "2025-01-01T01:00:00Z",
    "outlet": "The Lantern",
    "devices": ["omission"],
}
EXAMPLES: list[tuple[type[WireRecord], dict[str, Any]]] = [
    (Accepted, ACCEPTED),
    (StoryItem, ITEM),
    (Republication, EVENT),
    (Alert, ALERT),
    (Rejection, REJECTION),
    (Disposition, DISPOSITION),
]
