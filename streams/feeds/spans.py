"""Lengths of time as a person says them."""

from __future__ import annotations

UNITS = ((86_400.0, "day"), (3_600.0, "hour"), (60.0, "minute"), (1.0, "second"))


def span(seconds: float) -> str:
    """A length of time in the largest unit of which there are at least two, or exactly one.

    >>> span(3_600), span(5_400), span(90_000), span(1)
    ('1 hour', '90 minutes', '25 hours', '1 second')
    """
    for length, name in UNITS:
        count = seconds / length
        if count >= 2 or count == 1 or length == 1.0:
            return f"{count:,.0f} {name}{'' if round(count) == 1 else 's'}"
    raise AssertionError("the last unit fits all")
