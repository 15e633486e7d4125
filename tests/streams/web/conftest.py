"""A hostile server, and a fetcher that may ask it and nothing else of this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.types import Web
from tests.support.hostile import Hostile

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[Hostile]:
    async with Hostile() as running:
        yield running


@pytest.fixture
async def fetcher(server: Hostile) -> AsyncIterator[Fetcher]:
    web = Web(contact="https://wirespin.example/bot", allow=(server.address,), total=5, connect=2, largest=1_000_000)
    async with Fetcher(web, hosts=Hosts(at_once=99, spacing=0), now=lambda: NOW) as running:
        yield running
