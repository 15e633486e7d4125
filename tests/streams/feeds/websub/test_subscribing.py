"""Callbacks as the settings have them."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession

from schemas.errors import SettingsError
from streams.feeds.book import Book
from streams.feeds.poller import Poller
from streams.feeds.run import subscribing
from streams.settings import load
from tests.streams.feeds.fakes import Bench
from tests.support.pipeline import free_port


class FakeMember:
    removed: Any = None

    def at_hand(self) -> tuple[Book, ...]:
        return ()


def given(**flags: object) -> Any:
    return load({}, flags).settings


def desk() -> tuple[Any, Any, Any, Any]:
    bench = Bench()
    return FakeMember(), Poller(bench.tools, 1, 1, lambda _: None), bench.outbox, lambda _: None


async def test_without_settings_nothing_listens() -> None:
    async with subscribing(given(), *desk()) as subscriber:
        assert subscriber is None


@pytest.mark.parametrize("flags", [{"feed_callback": "https://us.example/hooks"}, {"feed_callback_port": 9}])
async def test_one_setting_without_the_other_is_refused(flags: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="an address and a port"):
        async with subscribing(given(**flags), *desk()):
            pass


@pytest.mark.parametrize("url", ["ftp://us.example/", "https://us.example/?x=1", "us.example", "https://us.example/ x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="feed-callback"):
        given(feed_callback=url)


async def test_with_both_the_callbacks_listen_on_loopback() -> None:
    port = free_port()
    settings = given(feed_callback="https://us.example/hooks", feed_callback_port=port)
    member, *others = desk()
    async with subscribing(settings, member, *others) as subscriber, ClientSession() as http:
        assert subscriber
        assert member.removed == subscriber.removed
        async with http.post(f"http://127.0.0.1:{port}/hooks/feed-1/guess", data=b"x") as response:
            assert response.status == 404
    assert settings.feed_callback_host == "127.0.0.1"
