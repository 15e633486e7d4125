"""The desk on a broker: from an article to a row in a browser, and from a decision to its topic."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
import time
from pathlib import Path

import aiohttp
import orjson
import pytest
from playwright.async_api import Browser, expect

from streams.desk.decide import take_back
from streams.desk.run import running
from streams.desk.store import Store
from streams.events import messages, standing
from streams.settings import Settings, as_environment
from streams.topics import create_missing
from tests.browser.conftest import browser  # the fixture
from tests.browser.looking import watch
from tests.support.desk_house import until
from tests.support.pipeline import ROOT, labelled, see_through, stages

__all__ = ["browser"]

pytestmark = pytest.mark.integration


@pytest.mark.browser
async def test_an_article_becomes_a_row_and_a_decision_a_record(settings: Settings, browser: Browser) -> None:
    async with running(settings) as desk, stages(settings):
        page = await browser.new_page()
        watched = watch(page)
        await page.goto(desk.url)
        await expect(page.locator("[data-live-state]")).to_have_text("Live", timeout=20_000)
        await until(lambda: desk.desk.following.caught_up)
        result = await see_through(settings, labelled("a-01"))
        alerts = [one for one in standing(result.events) if one.key.startswith("alert")]
        assert alerts
        await expect(page.locator("[data-row], .row")).to_have_count(len(alerts), timeout=20_000)
        await page.keyboard.press("j")
        await page.keyboard.press("o")
        await expect(page.locator("table.pair")).to_be_visible(timeout=20_000)
        await page.keyboard.press("c")
        await page.click("[data-decision] button")
        await expect(page.locator("#decision .decided")).to_contain_text("Confirmed by", timeout=20_000)
        [message] = await messages(settings, "dispositions")
        said = orjson.loads(message.value)
        assert (said["verdict"], message.key.decode()) == ("confirmed", said["alert"])
        assert said["alert"] in {one.key for one in alerts}
        await take_back(settings, said["alert"])
        await until(lambda: desk.desk.store.disposition(said["alert"]) is None)
        assert not watched.wrong


async def test_it_says_when_it_is_ready_and_stops_when_it_is_told(settings: Settings, tmp_path: Path) -> None:
    await create_missing(settings)
    own = settings.model_copy(update={"desk_data": str(tmp_path)})
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams", "desk", env={**os.environ, **as_environment(own)}, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        async with aiohttp.ClientSession() as session:
            await _ready(session, found[0])
            async with session.get(found[0] + "stream") as stream:  # what is open does not hold it up
                assert stream.status == 200
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
                assert await asyncio.wait_for(process.wait(), 20) == 0
                assert time.monotonic() - began < 9
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        _, logged = await process.communicate()
    assert b"Traceback" not in logged, logged.decode()
    with Store.of(own) as store:
        assert store.sizes()["alerts"] == 0


async def _ready(session: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(30):
        while True:
            async with session.get(url + "ready") as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(0.1)
