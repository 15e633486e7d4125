"""Ordinary bytes, damaged: by the bit, by the stretch, by the JSON value."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

import orjson

from benchmarks.poison.texts import VALUES, filled

LONGEST_PIECE = 64
"""Bytes that are cut, repeated or overwritten at once."""


def damaged(dice: random.Random, value: bytes) -> bytes:
    """Some bytes of a value changed, cut, repeated or moved; one to four times."""
    data = bytearray(value)
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        at = dice.randrange(len(data)) if data else 0
        to = at + dice.randrange(1, LONGEST_PIECE)
        how = dice.randrange(6)
        if how == 0 and data:
            data[at] ^= 1 << dice.randrange(8)
        elif how == 1:
            del data[at:to]
        elif how == 2:
            del data[at:]
        elif how == 3:
            data[at:at] = data[at:to] * dice.choice((1, 2, 50))
        elif how == 4:
            data[at:to] = dice.randbytes(to - at)
        else:
            data[at:at] = dice.choice(
                (b'"', b"\\", b"{", b"}", b",", b"\0", b"\xff", b"\xed\xa0\x80", b"\\ud800", b"1e999")
            )
    return bytes(data)


def altered(dice: random.Random, value: bytes) -> bytes:
    """A JSON object of which a value somewhere is another one, is missing, or stands under another name."""
    data = orjson.loads(value)
    for _ in range(dice.choice((1, 1, 2, 3))):
        holder = _holder(dice, data)
        if isinstance(holder, dict) and holder:
            _alter(dice, holder, dice.choice(list(holder)))
        elif isinstance(holder, list) and holder:
            holder[dice.randrange(len(holder))] = _other(dice)
    return orjson.dumps(data)


def _alter(dice: random.Random, holder: dict[str, Any], name: str) -> None:
    how = dice.random()
    if how < 0.1:
        holder.pop(name)
    elif how < 0.15:
        holder[filled(dice, 20)] = holder.pop(name)
    else:
        holder[name] = _other(dice)


def _other(dice: random.Random) -> Any:
    return filled(dice, dice.choice((1, 40, 400))) if dice.random() < 0.3 else deepcopy(dice.choice(VALUES))


def _holder(dice: random.Random, data: Any) -> Any:
    """An object or array somewhere within, the outer ones more often."""
    inner = [one for one in (data.values() if isinstance(data, dict) else data) if isinstance(one, dict | list) and one]
    return _holder(dice, dice.choice(inner)) if inner and dice.random() < 0.6 else data
