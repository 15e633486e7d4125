"""Every kind of bad input that has a name, and what must become of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from benchmarks.poison.mutate import altered, damaged
from benchmarks.poison.texts import DATES, VALUES, article, filled

Expected = Literal["accepted", "rejected", "either"]
MEGABYTE = 1_000_000

Make = Callable[[random.Random, str], bytes | None]


@dataclass(frozen=True)
class Kind:
    """A kind of message.

    Attributes:
        name: what it is called in the report.
        weight: how often it comes, relative to the others.
        expected: what must become of it.
        make: its bytes, given dice and an id that no other message has.
    """

    name: str
    weight: float
    expected: Expected
    make: Make


def _with(**fields: Any) -> Make:
    """An ordinary article with some fields replaced."""
    return lambda dice, name: orjson.dumps({**article(dice, name), **fields})


def _hostile(size: int) -> Make:
    return lambda dice, name: orjson.dumps({**article(dice, name), "body": filled(dice, size)})


def _raw(text: str) -> Make:
    """JSON with a piece that no encoder would write; `%s` is the id."""
    return lambda dice, name: (text % name).encode("utf-8", "surrogatepass")


def _wrong_type(dice: random.Random, name: str) -> bytes:
    field = dice.choice(("id", "url", "guid", "headline", "body", "published_at", "publisher", "language", "credit"))
    wrong = dice.choice([value for value in VALUES if value is not None and not isinstance(value, str)])
    return orjson.dumps({**article(dice, name), field: wrong})


def _no_utf8(dice: random.Random, name: str) -> bytes:
    bad = dice.choice(
        (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\xaf", b"\x80", b"\xf4\x90\x80\x80")
    )
    return orjson.dumps(article(dice, name)).replace(b'"body":"', b'"body":"' + bad)


def _hostile_fields(dice: random.Random, name: str) -> bytes:
    fields = {field: filled(dice, dice.choice((1, 50, 900))) for field in ("headline", "publisher", "byline", "credit")}
    return orjson.dumps(
        {**article(dice, name), **fields, "id": f"{name} {filled(dice, 60)}", "body": filled(dice, 300)}
    )


def _nested(depth: int) -> Make:
    def make(dice: random.Random, name: str) -> bytes:
        opening, closing = dice.choice(((b"[", b"]"), (b'{"a":', b"}")))
        inner = opening * depth + b"1" + closing * depth
        return orjson.dumps(article(dice, name))[:-1] + b',"more":' + inner + b"}"

    return make


def _without(*fields: str) -> Make:
    return lambda dice, name: orjson.dumps(
        {field: value for field, value in article(dice, name).items() if field not in fields}
    )


def _many_fields(dice: random.Random, name: str) -> bytes:
    more = {f"x{number}{filled(dice, 8)}": number for number in range(2_000)}
    return orjson.dumps({**article(dice, name), **more})


def _twice(dice: random.Random, name: str) -> bytes:
    return orjson.dumps(article(dice, name))[:-1] + dice.choice((b',"id":5}', b',"body":null}', b',"id":"other"}'))


def _random_version(dice: random.Random, name: str) -> bytes:
    version = dice.choice((2, 99, "2", "7e5", 1e300, "inf", "9" * 400, 2**63))
    return orjson.dumps({**article(dice, name), "schema_version": version})


def _old_version(dice: random.Random, name: str) -> bytes:
    return orjson.dumps({**article(dice, name), "schema_version": dice.choice((0, -1, "x", None, [], {}, 0.5))})


def _dated(dice: random.Random, name: str) -> bytes:
    return orjson.dumps({**article(dice, name), "published_at": dice.choice(DATES[:-1])})


KINDS = (
    Kind("ordinary", 6, "accepted", lambda dice, name: orjson.dumps(article(dice, name))),
    Kind("damaged bytes", 20, "either", lambda dice, name: damaged(dice, orjson.dumps(article(dice, name)))),
    Kind("altered JSON", 16, "either", lambda dice, name: altered(dice, orjson.dumps(article(dice, name)))),
    Kind("random bytes", 3, "rejected", lambda dice, _: b"\xfe" + dice.randbytes(dice.randrange(2_000))),
    Kind("no value", 3, "rejected", lambda *_: None),
    Kind("empty value", 2, "rejected", lambda *_: b""),
    Kind("invalid UTF-8", 4, "rejected", _no_utf8),
    Kind("UTF-16", 1, "rejected", lambda dice, name: orjson.dumps(article(dice, name)).decode().encode("utf-16")),
    Kind("lone surrogate", 2, "rejected", _raw('{"id":"%s","body":"\\ud800 \\udfff\\ud800"}')),
    Kind("wrong type", 5, "rejected", _wrong_type),
    Kind(
        "no object", 2, "rejected", lambda dice, _: dice.choice((b"null", b"7", b'"x"', b"[]", b"true", b"-0", b"[{}]"))
    ),
    Kind("nothing names it", 2, "rejected", _without("id", "url")),
    Kind("no text", 2, "rejected", _with(headline=" ", body="\n")),
    Kind("later version", 2, "rejected", _random_version),
    Kind("impossible version", 1, "rejected", _old_version),
    Kind("NaN", 1, "rejected", _raw('{"id":"%s","body":"x","more":NaN}')),
    Kind("huge number", 1, "either", _raw('{"id":"%s","body":"x","more":1' + "0" * 5_000 + "}")),
    Kind("field twice", 1, "either", _twice),
    Kind("byte order mark", 1, "either", _raw('\ufeff{"id":"%s","body":"x"}')),
    Kind("nested 100 deep", 1, "accepted", _nested(100)),
    Kind("nested 900 deep", 1, "rejected", _nested(900)),
    Kind("nested 10,000 deep", 0.5, "rejected", _nested(10_000)),
    Kind("brackets never closed", 0.2, "rejected", lambda dice, _: dice.choice((b"[", b'{"a":', b'["')) * 100_000),
    Kind("hostile Unicode", 4, "accepted", _hostile_fields),
    Kind("date out of range", 3, "accepted", _dated),
    Kind("2,000 unknown fields", 0.1, "either", _many_fields),
    Kind("20 KB of one piece", 0.2, "either", _hostile(20_000)),
    Kind("200 KB of one piece", 0.05, "either", _hostile(200_000)),
    Kind("1 MB of one piece", 0.03, "either", _hostile(MEGABYTE)),
    Kind("1 MB of quotes", 0.03, "either", _with(body='"“' * (MEGABYTE // 2))),
    Kind("body of 10 MB", 0.02, "rejected", _with(body="All work and no play. " * (10 * MEGABYTE // 22))),
)
"""All of them; the rare ones cost the most."""
