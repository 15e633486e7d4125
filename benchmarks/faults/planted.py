"""Made articles with planted stories, the same for the same seed; an undisturbed run tells what is to be found.

Nine articles of ten are alone in the world. The others belong to wire stories, whose members are spread over hundreds
of articles, so that a fault falls between an original and its copies: plain ones, ones whose original comes last, ones
that get a second version, ones that are killed by their agency, and copies that come when the window is over.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson

from streams.sources import Waiting

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
WINDOW_DAYS = 3.0
"""Days of the window: the articles fill four of them."""

WINDOWS = 4
STORY_EVERY = 60
"""Articles a planted story, of eight members at most: one article of ten belongs to one."""

SPREAD = 400
"""Articles over which the members of a story are spread, fewer in a short run: half a day, a sixth of the window.

A story that outlasts the window, its wire missing, is told otherwise in another order; that is not looked at here."""

SHARE = 24
"""Spreads that all articles hold at least."""

COPIES = (3, 6)
WORDS = 25
PARAGRAPHS = 5
ALONE_WORDS = 40

Item = dict[str, object]


@dataclass
class Planted:
    """A member of a story on its way to its place: where in the story's spread it is sent, 0..1."""

    after: float
    article: Item


def articles(count: int, seed: int) -> list[Waiting]:
    """Articles in the order in which they are to be sent; their event time goes with it."""
    dice = random.Random(seed)
    items: list[Item] = [_alone(number, dice) for number in range(count)]
    taken = set[int]()
    spread = max(1, min(SPREAD, count // SHARE))
    for story, begin in enumerate(range(0, count, STORY_EVERY)):
        for member in KINDS[story % len(KINDS)](f"s{story}", dice):
            at = _free(begin + int(member.after * spread), taken, count)
            if at is not None:
                items[at] = member.article
    step = timedelta(days=WINDOW_DAYS * WINDOWS) / count
    return [_waiting(item, number, step, spread) for number, item in enumerate(items)]


def _free(wanted: int, taken: set[int], count: int) -> int | None:
    """The first place from the wanted one on that no story has, None behind the end."""
    while wanted in taken:
        wanted += 1
    taken.add(wanted)
    return wanted if wanted < count else None


def _waiting(item: Item, number: int, step: timedelta, spread: int) -> Waiting:
    time = BEGIN + step * (number - (spread if item.pop("late", False) else 0))
    if item.pop("too old", False):
        time -= timedelta(days=1.2 * WINDOW_DAYS)
    item["published_at"] = time.isoformat(timespec="seconds")
    return Waiting(orjson.dumps(item), str(item["id"]), time)


def _alone(number: int, dice: random.Random) -> Item:
    return _article(f"n{number}", f"Outlet {number % 997}", _words(ALONE_WORDS, dice), "Nothing like it")


def _article(name: str, publisher: str, body: str, headline: str) -> Item:
    return {"id": name, "publisher": publisher, "headline": headline, "body": body, "language": "en"}


def _words(count: int, dice: random.Random) -> str:
    return " ".join(f"w{dice.randrange(10**9)}" for _ in range(count))


def _paragraphs(dice: random.Random) -> list[str]:
    """A story's text: each paragraph has an attribution that a copy can alter.

    No four words in a row are those of another story: what all stories share is nobody's wording.
    """
    return [f"{_words(WORDS, dice)}, the minister said {_words(2, dice)}." for _ in range(PARAGRAPHS)]


def _wire(name: str, paragraphs: list[str], **more: object) -> Item:
    return _article(name, "AFP", "\n\n".join(paragraphs), f"Report of {name.partition('-')[0]}") | more


def _copies(name: str, paragraphs: list[str], dice: random.Random) -> Iterator[Item]:
    for number in range(dice.randint(*COPIES)):
        body = "\n\n".join(paragraphs[-dice.randint(3, PARAGRAPHS) :])
        if number % 2:
            body = body.replace("the minister said", "minister falsely claimed")
        yield _article(f"{name}-{number}", f"Outlet {name}.{number}", body, f"Copy of {name}") | {"credit": "AFP"}


def _spread(members: list[Item], dice: random.Random) -> list[Planted]:
    places = sorted(dice.random() for _ in members)
    return [Planted(place, member) for place, member in zip(places, members, strict=True)]


def _plain(name: str, dice: random.Random) -> list[Planted]:
    paragraphs = _paragraphs(dice)
    return _spread([_wire(f"{name}-wire", paragraphs), *_copies(name, paragraphs, dice)], dice)


def _wire_last(name: str, dice: random.Random) -> list[Planted]:
    """The original is the oldest and comes last: what was said of the copies until then is superseded."""
    paragraphs = _paragraphs(dice)
    copies = list(_copies(name, paragraphs, dice))
    return _spread([*copies, _wire(f"{name}-wire", paragraphs, late=True)], dice)


def _second_version(name: str, dice: random.Random) -> list[Planted]:
    paragraphs = _paragraphs(dice)
    wire = f"{name}-wire"
    longer = [*paragraphs, *_paragraphs(dice)[:1]]
    first, second, *others = list(_copies(name, paragraphs, dice))
    return _spread([_wire(wire, paragraphs, version=1), first, second, _wire(wire, longer, version=2), *others], dice)


def _killed(name: str, dice: random.Random) -> list[Planted]:
    paragraphs = _paragraphs(dice)
    wire = f"{name}-wire"
    notice = _wire(wire, ["Kill."], version=2, pub_status="canceled")
    return _spread([_wire(wire, paragraphs), *_copies(name, paragraphs, dice), notice], dice)


def _too_late(name: str, dice: random.Random) -> list[Planted]:
    """The copies come a window and more after the original: an index that does not expire would find them."""
    paragraphs = _paragraphs(dice)
    old = _wire(f"{name}-wire", paragraphs) | {"too old": True}
    return _spread([old, *_copies(name, paragraphs, dice)], dice)


KINDS: tuple[Callable[[str, random.Random], list[Planted]], ...] = (
    _plain,
    _wire_last,
    _second_version,
    _killed,
    _too_late,
)
