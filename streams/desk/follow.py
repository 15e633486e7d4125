"""Keeping the desk's store as the topics stand."""

from __future__ import annotations

from collections.abc import Callable

from streams.desk.store import Store
from streams.desk.types import Changes, Following
from streams.settings import Settings


async def follow_into(
    store: Store, settings: Settings, notify: Callable[[Changes], None], following: Following | None = None
) -> None:
    """Read accepted articles, events and decisions into a store, from where it stands, until cancelled.

    A broker that is gone is asked again and again; a record that cannot be read is logged, counted and passed over.

    Args:
        store: what to fill.
        settings: how to reach the broker, and the topics' names.
        notify: told of each batch, in the event loop, when it is in the store.
        following: told of how far it has come.
    """
    raise NotImplementedError
