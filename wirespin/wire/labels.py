"""Names of agencies by key."""

from __future__ import annotations

from functools import lru_cache

from wirespin.wire.agencies import agencies


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {agency.key: agency.name for agency in agencies()}


def agency_name(key: str | None) -> str:
    """The name of an agency, or the key itself where the table does not have it.

    >>> agency_name("afp")
    'AFP'
    """
    return _names().get(key or "", key or "")
