"""What the bundle says about itself, in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from schemas.events import Event
from wirespin.plain import credit, date, direction, reuse, verdict

WIDTH = 100
"""Characters of a line."""

CLAIMS = """\
An ALERT claims this, and no more:
- that the text called COPY shares so much wording with the text called ORIGINAL that it was made from it, or from
  another copy of it;
- that the listed places differ in the listed ways, and that a fixed set of rules adds these differences up to a score
  at or above the alert threshold that manifest.json names.

It does NOT claim:
- that anything in either text is true or false;
- that anybody meant to mislead, or knew of the difference: agencies correct, clients shorten, editors rewrite;
- that the rewriting was not allowed: that is a matter of contract and law, of which the program knows nothing;
- that the outlet named wrote the words: it published them, as far as the feed or page said so;
- that the publication times are right: they are what feeds and pages said (timeline.json says how well each is known).
A REPUBLICATION event without alert claims the first point only. A person has to read both texts (comparison.html) and
"what speaks against" below before anybody is accused."""

CHECKING = """\
How to check it, without the program:
- unpack the bundle into an empty folder and run there:  sha256sum -c SHA256SUMS
  Every line must say OK. (Windows: certutil -hashfile NAME SHA256, and compare.) The sums show that the files are what
  was bundled; they do not show who bundled them. Note the SHA-256 of the bundle itself on the day, sign it, or have it
  time-stamped (RFC 3161), if that will matter.
- findings.csv: each quoted text can be looked up in original.txt or copy.txt. Places count Unicode characters from 0,
  in the headline or in the body as said, and the end is not included.
- a text that begins with ' and = + - or @ in findings.csv has the ' from us, so that no spreadsheet computes it.

How to check it with the program, without any server:
-  wirespin evidence --verify FILE.zip
  recomputes all sums, both digests, all places, and makes the comparison again if it has the same rules."""

METHOD = """\
How the comparison works

1. Reading. Headline and body are kept to the letter. What the site puts around the article (links to other stories,
   appeals, lines of an outlet that are on all its pages), the dateline and credit lines are recognised and left out of
   the comparison. "spans" in original.json and copy.json say what counted.
2. Reuse. Both texts are cut into words; sequences of words that both share are aligned. Measured is how much of either
   text stands in shared passages, how they spread over the texts, and how much is outside of quotation marks:
   quotations alone, boilerplate alone, or one recycled paragraph do not make a republication.
3. Direction. event.json says why the one is held to be the original ("direction"): an agency published it itself, or
   it came first, or the other names the agency, for example. An alert needs a confidence of 0.7 in that.
4. Framing. Sentences are paired; each difference is looked at by rules and word lists, each of which knows one way of
   altering a framing (a "device"): loaded words for neutral ones, doubt or certainty added to what somebody said, a
   quotation cut or changed, a statement credited to somebody else, a number changed, facts left out, a headline that
   says something else, and others. Every finding quotes the texts, with places.
5. Score. The findings are added up by kind and severity. From the alert threshold on the framing is "altered: yes";
   from the other one on "unsure", which never raises an alert. What speaks for a fair edit is listed with the verdict.

Limits

- Rules and word lists: no irony, no pictures, no knowledge of the world. A difference may be a correction.
- Where the language is not among those of the word lists, coverage is "partial": findings that need them are missing.
- The original may itself be a copy where the agency's own feed was not read ("stands_in": true in event.json): the
  earliest credited copy stands for the wire then, and what differs may have been changed by it.
- Measured error rates stand in docs/benchmarks.md of the version that manifest.json names.
- The same two texts and the same rules give the same answer on every machine."""


def what_this_is(event: Event, about: Mapping[str, Any]) -> bytes:
    """The page to read first.

    Args:
        event: the event.
        about: head of the manifest.
    """
    parts = [
        "EVIDENCE BUNDLE",
        _head(event, about),
        _standing(about),
        CLAIMS,
        _against(event),
        _decision(about),
        _checks(about),
        CHECKING,
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def method() -> bytes:
    """How the comparison works, for whoever has to explain it."""
    return (METHOD + "\n").encode()


def _head(event: Event, about: Mapping[str, Any]) -> str:
    original, copy = event.original, event.copy_
    wire = original.wire or original.publisher or "a publisher that is not known"
    lines = [
        f"Event      {event.id}",
        f"Verdict    {verdict(event)}",
        f"ORIGINAL   {_line(original.headline)}",
        f"           {wire}, {date(original.published, original.date_source)}, {original.url or 'no URL'}",
        f"COPY       {_line(copy.headline)}",
        f"           {copy.publisher or 'unknown'}, {date(copy.published, copy.date_source)}, {copy.url or 'no URL'}",
        f"Reuse      {reuse(event.reuse)}",
        f"Credit     {credit(event.credit, original.wire)}",
        f"Direction  {direction(event)}",
        f"Rules      {event.rules} (bundle made by wirespin {about['wirespin']}, {about['made']})",
    ]
    return "\n".join(lines)


def _standing(about: Mapping[str, Any]) -> str:
    """A warning where the event no longer stands."""
    if about["stands"]:
        return ""
    now = about["standing"]
    said = f"It was superseded by {now}." if now else "It was WITHDRAWN; no event stands in its place."
    return _wrapped(f"ATTENTION: this event no longer stood when the bundle was made. {said} See history.json.")


def _against(event: Event) -> str:
    given = event.framing.against or ["nothing that the rules know of"]
    return "\n".join(["What speaks against an altered framing here:", *(f"- {_line(one)}" for one in given)])


def _decision(about: Mapping[str, Any]) -> str:
    """What a person decided, if anybody did."""
    found = about["disposition"]
    if found is None:
        return "Decision: nobody has decided about this alert."
    if "unreadable" in found:
        return "Decision: there is one that cannot be read; see disposition.json."
    version = "" if found["about_this_version"] else f" on an earlier or later version of it, {found['about']}"
    reason = f": {_line(found['reason'])}" if found["reason"] else ""
    return _wrapped(f"Decision: {found['verdict']} by {_line(found['by'])}, {found['at']}{version}{reason}")


def _checks(about: Mapping[str, Any]) -> str:
    found = about["findings"]
    said = (
        f"Of {sum(found.values())} findings, {found['verified']} were verified when this was bundled: each quoted text "
        f"is exactly what stands at its place. {found['unplaced']} quote a text that has no place of its own (an "
        f"agency's name from a field, for instance). {found['unverifiable']} could not be verified; they are "
        "marked and shown."
    )
    return _wrapped(said)


def _line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH)
