"""What is wrong with a feed, judged from facts alone: nothing here asks the web or a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.accepted import DateSource
from schemas.errors import Trouble
from streams.feeds.facts import Answer, Body, EntryFacts, Facts, FeedFacts, Refusal
from streams.feeds.health import SILENT_AFTER
from streams.feeds.schedule import Policy
from streams.feeds.spans import span

Grade = Literal["error", "warning", "note"]
"""``error``: nothing can be had of it. ``warning``: less comes of it than should. ``note``: good to know."""

SHORT = 200
"""Characters below which an entry has no text to speak of: a sentence or two."""

EXAMPLES = 3
"""Entries named in a finding."""

FEED_TYPES = ("xml", "rss", "atom", "rdf", "json")
"""What stands in the content types of feeds."""

WRONG_DATES: dict[DateSource, str] = {
    "unreadable": "cannot be read, or can be read in two ways",
    "implausible": "lie before 1980",
    "future": "lie more than a day ahead",
    "wrong_zone": "lie ahead, so they are of another time zone than they state",
    "no_zone": "state no time zone, and may be 14 hours off",
    "date_only": "name a day and no time",
    "changed": "tell of the last change, not of publication",
}
"""Dates that do not decide who was first, and why."""

ADVICE: dict[Trouble, str] = {
    "address": "if it is yours, name the host in WIRESPIN_FEED_ALLOW",
    "url": "give an http or https address",
    "dns": "look for a slip in the host's name, or ask whether the outlet still exists",
    "dns_temporary": "ask again in some minutes",
    "connect": "ask again in some minutes; if nothing else can be reached either, look at WIRESPIN_FEED_PROXY",
    "tls": "tell the outlet that its certificate is not good; it is not passed over",
    "timeout": "ask again; WIRESPIN_FEED_TIMEOUT gives it more time",
    "too_large": "look for a shorter feed of that outlet; WIRESPIN_FEED_LARGEST allows more",
    "encoding": "tell the outlet that its server compresses wrongly",
    "gone": "look for its new address; this one is not asked any more",
    "bot_wall": "ask the outlet to let WIRESPIN_FEED_USER_AGENT pass; a contact in it (WIRESPIN_FEED_CONTACT) helps",
    "redirects": "open it in a browser, and give the address that it ends at",
    "robots": "ask the outlet",
    "protocol": "tell the outlet that its server breaks the rules of HTTP",
}
"""What helps against a trouble, where the error itself does not say."""


@dataclass(frozen=True)
class Finding:
    """Something to be said of a feed.

    Attributes:
        grade: how bad it is.
        code: a word that stays the same for the same thing.
        text: what was found.
        remedy: what can be done about it; empty where there is nothing to do.
    """

    grade: Grade
    code: str
    text: str
    remedy: str = ""


def findings(facts: Facts, policy: Policy) -> list[Finding]:
    """All that is to be said of a feed, the worst first.

    Args:
        facts: what was found out.
        policy: how feeds are scheduled here.
    """
    found: list[Finding] = []
    if facts.refusal is not None:
        found += _refusal(facts.refusal)
    if facts.answer is not None:
        found += _way(facts.answer)
        found += _validators(facts)
    if facts.body is not None:
        found += _body(facts.body, facts)
    if facts.feed is not None:
        found += _feed(facts.feed, facts, policy)
    order: tuple[Grade, ...] = ("error", "warning", "note")
    return sorted(found, key=lambda one: order.index(one.grade))


def next_interval(facts: Facts, policy: Policy) -> float:
    """Seconds after which a feed that was just added is asked for the second time."""
    every = facts.feed.every if facts.feed else None
    fresh = facts.answer.fresh_for if facts.answer else None
    return policy.clamp(max(policy.interval, every or 0.0, fresh or 0.0))


def _refusal(refusal: Refusal) -> Iterator[Finding]:
    code = refusal.trouble or "file"
    advice = _of_status(refusal) if refusal.trouble else ""
    remedy = advice if refusal.trouble == "address" else refusal.remedy or advice  # the guard knows of no setting
    yield Finding("error", code, refusal.problem, remedy)
    if refusal.retry_after is not None:
        yield Finding("note", "retry_after", f"the server asks to wait {span(refusal.retry_after)}")


def _of_status(refusal: Refusal) -> str:
    if refusal.trouble in ADVICE:
        return ADVICE[refusal.trouble]
    status = refusal.status or 0
    if status in {401, 402, 403}:
        return "it is not open to all, or not to this User-Agent: ask the outlet"
    if status == 404:
        return "look for a slip in the address; it is asked again, since feeds do come back"
    if status == 429:
        return "it is asked too often, perhaps by others behind the same address: wait"
    return "the server has a fault: ask again later" if status >= 500 else ""


def _way(answer: Answer) -> Iterator[Finding]:
    if len(answer.hops) > 1 and answer.permanent:
        text = f"has moved for good to {answer.permanent}"
        yield Finding("warning", "moved", text, "add it by that address")
    elif len(answer.hops) > 1:
        yield Finding("note", "redirected", f"is answered by {answer.hops[-1]}, for now")
    if answer.downgraded:
        yield Finding("warning", "downgraded", "a redirect leads from https to http, where anybody can alter it")


def _validators(facts: Facts) -> Iterator[Finding]:
    answer = facts.answer
    assert answer is not None
    if facts.body is None:
        return
    if not answer.etag and not answer.modified:
        text = "gives neither ETag nor Last-Modified, so each poll transfers all of it"
        yield Finding("note", "no_validators", f"{text} ({facts.body.size:,} bytes)")
    elif facts.again == "same":
        text = "gives validators, but answers with the same document when they are sent back"
        yield Finding("note", "validators_ignored", text)
    elif facts.again == "failed":
        yield Finding("warning", "second_failed", "answered once, but not when it was asked again with its validators")
    if facts.again == "changed":
        text = "differs from one fetch to the next a few seconds later: a clock or a token in it, perhaps"
        yield Finding("note", "changes", text)


def _body(body: Body, facts: Facts) -> Iterator[Finding]:
    if body.kind == "empty":
        yield Finding("error", "empty", "answers with an empty document", "look at the address in a browser")
        return
    if facts.not_feed is not None:
        remedy = f"it names these feeds: {', '.join(body.links)}" if body.links else ""
        yield Finding("error", "html" if body.kind == "html" else "no_feed", facts.not_feed, remedy)
        return
    content_type = facts.answer.content_type if facts.answer else None
    if content_type and not any(name in content_type.lower() for name in FEED_TYPES):
        yield Finding("note", "content_type", f"is a feed, but calls itself {content_type}")
    yield from _encoding(body)


def _encoding(body: Body) -> Iterator[Finding]:
    stated = body.by_header or body.by_document
    if body.by_header and body.by_document and not _same(body.by_header, body.by_document):
        text = f"its header says {body.by_header}, the document {body.by_document}"
        proof = f"; it is {body.real}" if body.real not in {None, "ascii"} else ""
        yield Finding("note", "encodings_differ", text + proof)
    if stated and body.readable is False:
        real = f"; it is {body.real}" if body.real else ", nor as UTF-8: some characters may be wrong"
        yield Finding("warning", "encoding", f"states the encoding {stated}, but cannot be read as that{real}")


def _same(one: str, other: str) -> bool:
    return one.lower().replace("_", "-") == other.lower().replace("_", "-")


def _feed(feed: FeedFacts, facts: Facts, policy: Policy) -> Iterator[Finding]:
    for problem in feed.problems:
        yield Finding("warning", "document", problem)
    if not feed.entries:
        yield Finding("warning", "no_entries", "is a feed without entries", "it may be new, or the wrong one")
        return
    yield from _age(feed, facts)
    yield from _dates(feed.entries)
    yield from _identity(feed)
    yield from _texts(feed.entries, facts)
    if not feed.language and not any(entry.language for entry in feed.entries):
        yield Finding("note", "language", "states no language; it is told from the text")
    yield from _pace(feed, facts, policy)
    if feed.hub:
        yield Finding("note", "hub", f"can be pushed by the hub {feed.hub} where a callback is set")


def _age(feed: FeedFacts, facts: Facts) -> Iterator[Finding]:
    times = [entry.time for entry in feed.entries if entry.time is not None]
    if times and (age := (facts.at - max(times)).total_seconds()) > SILENT_AFTER:
        text = f"its newest entry is {span(age)} old"
        yield Finding("warning", "silent", text, "look at the outlet's page for another feed")


def _dates(entries: tuple[EntryFacts, ...]) -> Iterator[Finding]:
    for kind, why in WRONG_DATES.items():
        wrong = [entry for entry in entries if entry.date == kind]
        if wrong:
            shown = ", ".join(repr(entry.raw_date) for entry in wrong[:EXAMPLES])
            yield Finding("warning", f"date_{kind}", f"{_of(wrong, entries)} have dates that {why}: {shown}")
    missing = [entry for entry in entries if entry.date == "missing"]
    if missing:
        text = f"{_of(missing, entries)} have no date; when they were first seen decides nothing"
        yield Finding("warning", "date_missing", text)


def _identity(feed: FeedFacts) -> Iterator[Finding]:
    entries = feed.entries
    if feed.shared:
        shown = ", ".join(f"{guid!r} {count} times" for guid, count in list(feed.shared.items())[:EXAMPLES])
        text = f"{sum(feed.shared.values())} entries share identifiers: {shown}"
        yield Finding("warning", "guid_shared", text, "they are told apart by their links, or by their text")
    missing = [entry for entry in entries if not entry.guid]
    if missing and any(not entry.url for entry in missing):
        text = "some entries have neither identifier nor link: a change of their text makes them new ones"
        yield Finding("warning", "unnamed", text)
    elif missing:
        yield Finding(
            "note", "guid_missing", f"{_of(missing, entries)} have no identifier; their links tell them apart"
        )


def _texts(entries: tuple[EntryFacts, ...], facts: Facts) -> Iterator[Finding]:
    lacking = [entry for entry in entries if not entry.full]
    if not lacking:
        return
    short = [entry for entry in lacking if entry.characters < SHORT]
    text = f"{_of(lacking, entries)} have a summary, not the text"
    if len(short) == len(entries):
        text = f"no entry has more than {SHORT} characters of text"
    remedy = "add it with --full-text, and the pages are read"
    if facts.robots is False:
        text, remedy = f"{text}; robots.txt forbids to read the pages ({facts.page})", "ask the outlet for a full feed"
    yield Finding("warning", "summary", text, remedy)


def _pace(feed: FeedFacts, facts: Facts, policy: Policy) -> Iterator[Finding]:
    asked = {"the feed": feed.every, "its server": facts.answer.fresh_for if facts.answer else None}
    told = [f"{who} asks for {span(seconds)}" for who, seconds in asked.items() if seconds]
    interval = next_interval(facts, policy)
    usual = "" if told else ", as nothing else is asked for"
    text = f"is asked every {span(interval)} at first{usual}"
    yield Finding("note", "interval", "; ".join([text, *told]))
    times = [entry.time.timestamp() for entry in feed.entries if entry.time is not None]
    if len(times) > 1 and 0 < max(times) - min(times) < interval:
        text = (
            f"its {len(feed.entries)} entries reach back {span(max(times) - min(times))}, less than the first interval"
        )
        yield Finding("warning", "overruns", text, "some are missed until the interval has adapted; lower it")


def _of(some: list[EntryFacts], all_of: tuple[EntryFacts, ...]) -> str:
    return "all entries" if len(some) == len(all_of) else f"{len(some)} of {len(all_of)} entries"
