"""Who can have been whose source: agency, credit and time, and how sure that is."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from schemas.accepted import Accepted
from schemas.events import Direction
from wirespin.dates import seconds
from wirespin.story.place import rank

CLOCKS = 600.0
"""Seconds that two sites' clocks may disagree before the earlier time counts against being the copy."""

DAY = 86_400.0
SURE, LIKELY, FAIR, UNSETTLED = 0.98, 0.9, 0.75, 0.5
"""Confidence where agency and exact times agree, where one of them is missing, where only a credit speaks, and where
nothing says who was first and either may be the one that changed the agency's text."""


def names_agency(accepted: Accepted, agency: str) -> bool:
    """Whether an article names an agency as a source of its text."""
    return any(credit.agency == agency for credit in accepted.credits)


def wire_agency(accepted: Accepted) -> str | None:
    """The agency whose wire an article stands for: its publisher's, or the first it credits."""
    if accepted.agency:
        return accepted.agency
    return accepted.credits[0].agency if accepted.credits else None


def same_house(left: Accepted, right: Accepted) -> bool:
    """Whether two articles are of one agency, outlet or site: then one is the other's update."""
    if left.agency or right.agency:
        return left.agency == right.agency
    names = [(item.article.publisher or "").strip().casefold() for item in (left, right)]
    if names[0] and names[1]:
        return names[0] == names[1]
    hosts = [_host(item.article.url) for item in (left, right)]
    return bool(hosts[0]) and hosts[0] == hosts[1]


def is_canceled(accepted: Accepted) -> bool:
    """Whether an article is a kill notice (IPTC ``pubstatus`` canceled)."""
    return accepted.article.pub_status == "canceled"


def not_before(later: Accepted, earlier: Accepted) -> bool:
    """Whether an article is not known to be older than another one."""
    first, second = seconds(earlier.published), seconds(later.published)
    return first is None or second is None or second >= first


def may_be_source(source: Accepted, copy: Accepted) -> bool:
    """Whether an article can be the wire original, or stand for it, of another one."""
    if source.id == copy.id or is_canceled(source) or is_canceled(copy):
        return False
    if rank(source) == 0:
        return False
    if source.agency:
        return not same_house(source, copy) and _agency_can_be_source(source, copy)
    gap = _gap(source, copy)
    in_time = gap is None or gap >= 0
    before = in_time and not copy.agency and stand_in_order(source) < stand_in_order(copy)
    return before and not same_house(source, copy)


def stand_in_order(accepted: Accepted) -> tuple[bool, float, str]:
    """Order in which articles stand for a wire original that was not read: credited first, then the earliest.

    An undated article comes behind all dated ones; the uid makes the order total.
    """
    time = seconds(accepted.published)
    return not accepted.credits, float("inf") if time is None else time, accepted.uid


def direction(source: Accepted, copy: Accepted, wire: str) -> Direction:
    """Why `source` is held to be the original, with a confidence."""
    gap = _gap(source, copy)
    reason = f"published by {wire} itself" if source.agency else f"credits {wire}; no feed of {wire} was read"
    if gap is not None:
        when = f"{_span(abs(gap))} {'before' if gap >= 0 else 'after'} the copy"
        credited = names_agency(copy, source.agency or "")
        excuse = f"the copy credits {wire}" if credited else "no more than clocks differ"
        reason = f"{reason}, {when}" + ("" if gap >= 0 else f"; {excuse}")
    elif copy.published is None:
        reason += "; the copy has no usable date"
    else:
        reason += "; their dates do not settle the order"
    return Direction(confidence=_confidence(source, copy, gap), reason=reason)


def _confidence(source: Accepted, copy: Accepted, gap: float | None) -> float:
    """How sure it is that `source` came first and the copy was made from its text."""
    if source.agency:
        return LIKELY if gap is None else SURE if gap >= 0 else FAIR
    if gap is not None:
        return LIKELY
    either = source.article.publisher or names_agency(copy, wire_agency(source) or "")
    return UNSETTLED if either else FAIR


def _agency_can_be_source(source: Accepted, copy: Accepted) -> bool:
    """An agency's own article: not for a text that is clearly older, unless that one credits the agency."""
    assert source.agency
    credited = names_agency(copy, source.agency)
    if copy.agency:
        mutual = names_agency(source, copy.agency)
        return credited and not (mutual and stand_in_order(copy) < stand_in_order(source))
    gap = _gap(source, copy)
    return credited or gap is None or gap >= -CLOCKS


def _gap(source: Accepted, copy: Accepted) -> float | None:
    """Seconds from source to copy, None where the dates do not settle the order."""
    first, second = seconds(source.published), seconds(copy.published)
    if first is None or second is None:
        return None
    gap = second - first
    earlier, later = (source, copy) if gap >= 0 else (copy, source)
    if later.date_source == "changed":
        return None  # it may have been published at any time before
    exact = later.date_source == "published_at" and earlier.date_source in {"published_at", "changed"}
    return gap if exact or abs(gap) > DAY else None


def _span(length: float) -> str:
    """A length of time in words: "35 minutes", "2 hours", "3 days"."""
    for unit, name in ((DAY, "day"), (3_600.0, "hour"), (60.0, "minute")):
        if length >= unit:
            count = round(length / unit)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "less than a minute"


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def later(left: str | None, right: str | None) -> str | None:
    """The later of two ISO times in UTC, None where both are missing."""
    known = [time for time in (left, right) if time]
    return max(known, key=datetime.fromisoformat) if known else None
