"""Made-up stories that share no telling words, for what is learned from many."""

from __future__ import annotations

import random

from schemas.article import Article

FIRST = "bar cor dun fel gor han jor kel lom mar nor pel ror sal tor vel win zan".split()
LAST = "adan ebith ikore olum uster amont erriv idane ophal untrel".split()


def word(rng: random.Random) -> str:
    return rng.choice(FIRST) + rng.choice(FIRST) + rng.choice(LAST)


def sentence(rng: random.Random) -> str:
    words = [word(rng) for _ in range(9)]
    return f"The {words[0]} of {words[1]} {words[2]} the {' '.join(words[3:])} on Monday."


def story(seed: int, sentences: int = 6) -> list[str]:
    """Sentences of a story; the same seed gives the same story, another one shares none of its telling words."""
    rng = random.Random(seed)
    return [sentence(rng) for _ in range(sentences)]


def article(
    number: int, body: str, outlet: str = "lantern.example", day: int | None = None, publisher: str | None = None
) -> Article:
    date = f"2026-03-{1 + (number if day is None else day) % 28:02}T08:00:00Z"
    return Article(
        id=f"{outlet}-{number}",
        url=f"https://www.{outlet}/{number}" if "." in outlet else None,
        publisher=publisher or outlet,
        headline=f"Story {number}",
        body=body,
        published_at=date,
    )
