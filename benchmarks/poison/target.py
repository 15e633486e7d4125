"""One message through all three stages without any broker: what must hold whatever its bytes are."""

from __future__ import annotations

import asyncio
import time

import orjson

from agents.ingest import work as ingest
from agents.judge import Bench
from agents.judge import work as judge
from agents.match import Residences
from agents.match import work as match
from agents.records import Outgoing, Record
from agents.stage import LARGEST_VALUE, attempt
from benchmarks.poison.account import NAMED
from schemas.rejection import Rejection
from wirespin.story.library import Library
from wirespin.story.place import Placer

WINDOW = 7 * 86_400.0
NOON = 1_795_348_800_000
"""Milliseconds: 2026-11-22T12:00:00Z, when everything arrives."""

SLOWEST = 3.0
"""Seconds of processor time that one message may take, whatever it is: a second, and what a busy machine adds."""

BODY = (
    "The port of Riga was closed on Monday as ice thickened faster than breakers could clear it, officials said.\n\n"
    '"We have never seen this in November," the harbour master, Anna Berzina, told reporters. Ships waited at sea.\n\n'
    "The ministry said that it would reopen the port within two days, and that nobody had been hurt. (AFP)"
)
WIRE = orjson.dumps(
    {
        "id": "wire",
        "publisher": "AFP",
        "headline": "Ice closes port",
        "body": BODY,
        "published_at": "2026-11-22T08:00:00Z",
    }
)


class Wrong(AssertionError):  # noqa: N818 (a verdict)
    """Something happened that must not."""


def one(value: bytes | None) -> str:
    """Send one message behind a wire story through all stages; what became of it: accepted or rejected.

    Raises:
        Wrong: an error that names nothing, a record too large for the broker, too much time, or a rejection of what
            an earlier stage let in.
    """
    began = time.process_time()
    outcome = _said(attempt("ingest", ingest, _record("articles", value, 1)))
    if outcome is None:
        return "rejected"
    state, bench = {0: Placer(WINDOW)}, Bench({0: Library(WINDOW)}, "/fuzz")
    offset = 0
    for accepted in (wire_accepted(), outcome):
        for story in _passed(state, accepted, offset):
            record = _record("stories", story, offset)
            if any(sent.role == "rejected" for sent in attempt("judge", lambda one: judge(bench, one), record)):
                raise Wrong("judge rejected what ingest and match let in")
            offset += 1
    if (taken := time.process_time() - began) > SLOWEST:
        raise Wrong(f"{len(value or b''):,} bytes took {taken:.1f} s")
    return "accepted"


def between(accepted: bytes | None, story: bytes | None) -> None:
    """Give match and judge a record that ingest and match never write; they must refuse it or live with it.

    Raises:
        Wrong: as `one`; any other error is a crash of the worker.
    """
    state, bench = {0: Placer(WINDOW)}, Bench({0: Library(WINDOW)}, "/fuzz")
    for sent in match(state, [_record("accepted", accepted, 0)]):
        for outgoing in sent:
            _said([outgoing])
    for outgoing in attempt("judge", lambda one: judge(bench, one), _record("stories", story, 0)):
        _said([outgoing])
    _restored(story)


def article(text: str) -> bytes:
    """An article made of a text: its lines are the headline, the date, the publisher and the body."""
    headline, date, publisher, body = [*text.split("\n", 3), "", "", "", ""][:4]
    fields = {"id": "x", "headline": headline, "published_at": date, "publisher": publisher, "body": f"{BODY}\n{body}"}
    return orjson.dumps({name: value[:4_000] if name != "body" else value for name, value in fields.items()})


def wire_accepted() -> bytes:
    """The wire story as ingest lets it in."""
    return ingest(_record("articles", WIRE, 0))[0].value or b""


def wire_story() -> bytes:
    """The wire story as match sends it on."""
    return _passed({0: Placer(WINDOW)}, wire_accepted(), 0)[0] or b""


def _passed(state: dict[int, Placer], accepted: bytes | None, offset: int) -> list[bytes | None]:
    """What match sends on of an accepted record."""
    sent = [one for some in match(state, [_record("accepted", accepted, offset)]) for one in some]
    if any(one.role == "rejected" for one in sent):
        raise Wrong(f"match rejected what ingest let in: {sent[0].value!r}")
    return [one.value for one in sent]


def _said(outgoing: object) -> bytes | None:
    """The value that is sent on, None where it is a rejection, which must name what was wrong."""
    assert isinstance(outgoing, list | tuple)
    kept = None
    for one in outgoing:
        assert isinstance(one, Outgoing)
        if len(one.value or b"") > LARGEST_VALUE:
            raise Wrong(f"a record of {len(one.value or b''):,} bytes for {one.role}")
        if one.role != "rejected":
            kept = one.value
            continue
        rejection = Rejection.from_bytes(one.value)
        if rejection.error not in NAMED or not rejection.message.isprintable():
            raise Wrong(f"{rejection.error}: {rejection.message!r}")
    return kept


def _restored(story: bytes | None) -> None:
    """A restart with this record in the log of stories: what is taken in must be an index that can be made."""
    residences = Residences({0: 1})
    try:
        residences.take(_record("stories", story, 0))
    except Exception:  # noqa: BLE001 (passed over, whatever it is, as `streams.log` does)
        return
    asyncio.run(residences.placer(0, WINDOW))


def _record(role: str, value: bytes | None, offset: int) -> Record:
    return Record(f"fuzz.{role}", 0, offset, NOON, None, value)
