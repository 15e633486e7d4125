"""The list, its filters and its live end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest

from schemas.events import Event
from streams.desk.store import PAGE
from tests.support.desk import decision, event
from tests.support.desk_house import House, open_house, until
from tests.support.desk_pages import page


async def html(house: House, asker: aiohttp.ClientSession, path: str) -> str:
    async with asker.get(house.url + path) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


def headlines(said: str) -> list[str]:
    return [one.get_text(strip=True) for one in page(said).select(".row h3")]


def tell(house: House, *events: Event) -> None:
    house.take(house.log.said(*events))


async def test_the_newest_come_first_and_older_ones_by_a_link(house: House, asker: aiohttp.ClientSession) -> None:
    many = [event(copy=f"c{n}", headline=f"Headline {n}", time=f"2026-11-18T{n // 60:02}:{n % 60:02}:00Z")
            for n in range(PAGE + 3)]  # fmt: skip
    tell(house, *many)
    first = await html(house, asker, "/?device=loaded_language")
    assert headlines(first) == [f"Headline {n}" for n in reversed(range(3, PAGE + 3))]
    older = page(first).select_one("a[rel=next]")
    assert older
    assert page(first).select_one(".count").get_text() == "53"  # type: ignore[union-attr]
    last = await html(house, asker, str(older["href"]))
    assert headlines(last) == ["Headline 2", "Headline 1", "Headline 0"]
    assert not page(last).select("a[rel=next], [data-stream]"), "only the first page is live"


async def test_each_filter_is_kept_in_the_form_and_can_be_left_out(house: House, asker: aiohttp.ClientSession) -> None:
    tell(
        house,
        event(copy="a", headline="Alpha", outlet="One & Two", agency="afp", devices=["omission"], language="ar"),
        event(copy="b", headline="Beta", outlet="Other", agency="reuters", devices=["doubt_added"], score=0.9),
        event("republication", copy="a", headline="Alpha"),
    )
    for name, value in (
        ("outlet", "One & Two"), ("agency", "afp"), ("device", "omission"), ("language", "ar"), ("text", "alph"),
    ):  # fmt: skip
        said = await html(house, asker, f"/?{name}={value.replace('&', '%26').replace(' ', '+')}")
        assert headlines(said) == ["Alpha"], name
        field = page(said).select_one(f"[name={name}]")
        assert field
        chosen = field.select_one("option[selected]") if field.name == "select" else field
        assert chosen
        assert chosen["value"] == value
        without = page(said).select_one(".chips a")
        assert without
        assert without["href"] == "/"
    assert headlines(await html(house, asker, "/?score=0.8&since=2026-11-18&until=2026-11-18")) == ["Beta"]
    assert headlines(await html(house, asker, "/?kind=republications")) == ["Alpha"]
    assert headlines(await html(house, asker, "/?outlet=nobody")) == []
    async with asker.get(house.url + "/?colour=red") as answer:
        assert answer.status == 400
        assert "colour" in await answer.text()


async def test_decisions_stand_in_the_list_and_can_be_filtered_by(house: House, asker: aiohttp.ClientSession) -> None:
    done, open_ = event(copy="a", headline="Alpha"), event(copy="b", headline="Beta")
    tell(house, done, open_)
    house.take(house.log.decided(decision(done, "dismissed")))
    said = await html(house, asker, "/?verdict=dismissed")
    assert headlines(said) == ["Alpha"]
    assert "Dismissed by kim" in page(said).select_one(".row .decided").get_text(" ", strip=True)  # type: ignore[union-attr]
    assert headlines(await html(house, asker, "/?verdict=undecided")) == ["Beta"]


async def test_what_is_not_complete_is_said(house: House, asker: aiohttp.ClientSession) -> None:
    house.desk.following.caught_up = False
    assert "not complete" in await html(house, asker, "/")


class Stream:
    """Server-sent events, read as a browser reads them."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> tuple[str, str, Any]:
        """Kind, position and data of the next event; other blocks than events have no kind."""
        found: dict[str, str] = {}
        while (
            line := (await asyncio.wait_for(self._answer.content.readline(), 10)).decode().rstrip("\n")
        ) or not found:
            name, _, value = line.partition(": ")
            if line:
                found[name or "comment"] = value
            assert line or not self._answer.content.at_eof()
        return found.get("event", ""), found.get("id", ""), orjson.loads(found.get("data", "null"))

    async def event(self) -> tuple[str, str, Any]:
        """The next that a page hears of."""
        while True:
            kind, position, data = await self.next()
            if kind:
                return kind, position, data

    async def ended(self) -> bool:
        return not await asyncio.wait_for(self._answer.content.read(), 10)


@contextlib.asynccontextmanager
async def streaming(house: House, asker: aiohttp.ClientSession, path: str, seen: str = "") -> AsyncIterator[Stream]:
    headers = {"Last-Event-ID": seen} if seen else {}
    async with asker.get(house.url + path, headers=headers) as answer:
        assert (answer.status, answer.content_type) == (200, "text/event-stream")
        yield Stream(answer)


async def test_what_comes_is_told_as_a_filter_sees_it(house: House, asker: aiohttp.ClientSession) -> None:
    one, other = event(copy="a", headline="Alpha <b>"), event(copy="b", headline="Beta", devices=["omission"])
    async with streaming(house, asker, "/stream?device=loaded_language") as stream:
        tell(house, event("republication", copy="a"), one, other)
        kind, position, data = await stream.event()
        assert (kind, data["key"]) == ("row", one.key)
        assert "Alpha &lt;b&gt;" in data["html"]
        assert await stream.event() == ("leave", house.desk.live.position, {"key": other.key})
        house.take([house.log.withdrawn(one)])
        assert (await stream.event())[2] == {"key": one.key}
    async with streaming(house, asker, "/stream?device=loaded_language", position) as stream:
        assert [(await stream.event())[0], (await stream.event())[0]] == ["leave", "leave"], "what was missed"


async def test_nothing_is_missed_between_the_page_and_its_stream(house: House, asker: aiohttp.ClientSession) -> None:
    listed = page(await html(house, asker, "/?score=0.1")).select_one("[data-stream]")
    assert listed
    said = event()
    tell(house, said)
    async with streaming(house, asker, str(listed["data-stream"])) as stream:
        assert (await stream.event())[2]["key"] == said.key


async def test_who_was_away_too_long_loads_anew(house: House, asker: aiohttp.ClientSession) -> None:
    async with streaming(house, asker, "/stream", "other.7") as stream:
        assert await stream.event() == ("reset", house.desk.live.position, {})


async def test_signs_of_life_and_the_end_of_a_login(
    house: House, asker: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.desk.routes_list.HEARTBEAT", 0.05)
    async with streaming(house, asker, "/stream") as stream:
        assert (await stream.next())[0] == ""
        assert await stream.next() == ("", "", None)
        house.desk.live.close()
    await until(lambda: len(house.desk.live) == 0)


async def test_there_is_an_end_to_streams(tmp_path: Path, asker: aiohttp.ClientSession) -> None:
    async with open_house(tmp_path, most=1) as house:
        async with streaming(house, asker, "/stream"), asker.get(house.url + "/stream") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        await until(lambda: len(house.desk.live) == 0)
        async with streaming(house, asker, "/stream"):
            pass
