"""Whether the desk says when its list is not what the topics hold."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import orjson

from streams.desk.health import Condition
from tests.support.desk_house import Clock, House, house
from tests.support.metrics import labels, lint


def reasons(condition: Condition) -> list[str]:
    return [problem.reason for problem in condition.problems()]


def test_it_is_red_until_all_is_read_and_when_nothing_moves(tmp_path: Path) -> None:
    desk, clock = house(tmp_path).desk, Clock()
    with desk.store:
        following = desk.following
        following.connected = following.caught_up = False
        condition = Condition(desk, 60.0, clock)
        assert reasons(condition) == ["broker gone", "catching up"]
        following.connected, following.lag = True, {"t.alerts": 7}
        assert reasons(condition) == ["catching up"]
        assert "7 records" in str(next(condition.problems()))
        following.caught_up = True
        assert reasons(condition) == []
        clock.now += 61
        assert reasons(condition) == ["lag grows"]
        following.read = {"t.alerts": 1}
        assert reasons(condition) == []
        clock.now += 61
        following.lag = {"t.alerts": 0}
        assert reasons(condition) == []
        following.connected = False
        assert reasons(condition) == ["broker gone"]


async def test_the_four_paths(house: House, asker: aiohttp.ClientSession) -> None:
    house.desk.following.read, house.desk.following.bad = {"t.alerts": 3}, {"t.alerts": 1}
    async with asker.get(house.url + "/ready") as answer:
        assert (answer.status, orjson.loads(await answer.read())["ready"]) == (200, True)
    house.desk.following.caught_up = False
    async with asker.get(house.url + "/ready") as answer:
        assert answer.status == 503
    async with asker.get(house.url + "/status") as answer:
        assert orjson.loads(await answer.read())["desk"]["bad"] == {"t.alerts": 1}
    async with asker.get(house.url + "/metrics") as answer:
        text = await answer.text()
    lint(text)
    assert "topic" in labels(text)
    for line in ('wirespin_desk_records_total{topic="t.alerts"} 3', "wirespin_desk_caught_up 0", "wirespin_ready 0"):
        assert line in text.splitlines()
