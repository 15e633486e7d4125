"""Records as they stand in the store's tables, and back."""

from __future__ import annotations

from typing import Any

import orjson
import zstandard

from schemas.accepted import Accepted
from schemas.errors import RecordError
from schemas.events import Alert, Event, Republication
from streams.desk.filters import Kind, folded, kind_of, outlet_of, searched, time_of
from streams.desk.words import encoded, words

LEVEL = 3
"""Of zstd: against 1 a tenth fewer bytes of an article for a third more time, and reading is as quick."""

NO_SKETCH = {"scale": 1, "shingles": 0, "hashes": "", "tenths": ""}
"""What stands for the sketch of a text that is kept: half its bytes, and of no use to people."""

EVENTS: dict[Kind, type[Event]] = {"alerts": Alert, "republications": Republication}

COLUMNS = (
    "number", "kind", "key", "id", "time", "written", "pass", "agency", "outlet", "outlet_name", "language", "score",
    "verdict", "first", "original", "original_digest", "copy", "copy_digest",
)  # fmt: skip


class Packer:
    """Compresses; for one thread at a time."""

    def __init__(self) -> None:
        self._made = zstandard.ZstdCompressor(level=LEVEL)

    def __call__(self, data: bytes) -> bytes:
        """Compress; `unpacked` gives it back."""
        return self._made.compress(data)


def plain(name: str) -> str:
    """A name as it can be asked for: halves of characters, which no record holds, are replaced."""
    return name.encode("utf-8", "replace").decode()


def unpacked(data: bytes) -> bytes:
    """What was packed."""
    return zstandard.decompress(data)


def text_row(value: bytes | None, received: int, where: str, pack: Packer) -> tuple[str, str, int, bytes]:
    """Row of `texts` (id, digest, received, body) of an accepted article, of which only the names are checked.

    Raises:
        RecordError: the bytes are no accepted article.
    """
    data = Accepted.decoded(value, where=where)
    article, digest = data.get("article"), data.get("digest")
    name = article.get("id") if isinstance(article, dict) else None
    if not (name and isinstance(name, str) and digest and isinstance(digest, str)):
        raise RecordError("names no text: article.id or digest is missing", where=where, remedy="see Accepted's schema")
    return name, digest, received, pack(orjson.dumps(data | {"sketch": NO_SKETCH}))


def text_of(body: bytes, where: str) -> Accepted:
    """The article of a row; raises `RecordError` where it is none after all."""
    return Accepted.from_bytes(unpacked(body), where=where)


def event_of(kind: Kind, body: bytes) -> Event:
    """The event of a row."""
    return EVENTS[kind].from_bytes(unpacked(body))


def event_row(event: Event, written: int, number_of_pass: int, verdict: str) -> dict[str, Any]:
    """Row of `events`, without its number."""
    name = outlet_of(event)
    return {
        "kind": kind_of(event), "key": event.key, "id": event.id, "time": time_of(event), "written": written,
        "pass": number_of_pass, "agency": event.original.agency, "outlet": folded(name), "outlet_name": name,
        "language": event.copy_.language, "score": event.framing.score, "verdict": verdict,
        "first": event.original.first, "original": event.original.id, "original_digest": event.original.digest,
        "copy": event.copy_.id, "copy_digest": event.copy_.digest,
    }  # fmt: skip


def devices_of(event: Event) -> list[str]:
    """The devices that an event found, each once."""
    return list(dict.fromkeys(finding.device for finding in event.framing.devices))


def words_of(event: Event) -> str:
    """What of an event is searched, as it stands in `search`: a space before every word."""
    return "".join(f" {encoded(word)}" for word in words(searched(event)))
