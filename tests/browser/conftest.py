"""A desk and a Chromium that looks at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.looking import Watched, watch
from tests.support.chromium import VARIABLE, browsing, chromium
from tests.support.desk_house import House, Told, labelled_pairs, open_house

ASKED = ("verbatim", "neutral_rewrite", "reframed_loaded", "headline_spin")


@pytest.fixture
async def browser(request: pytest.FixtureRequest) -> AsyncIterator[Browser]:
    program = chromium()
    if program is None:
        said = f"no Chromium here: name one in {VARIABLE}"
        if request.config.getoption("--browser-required"):
            pytest.fail(said)
        pytest.skip(said)
    async with browsing(program) as running:
        yield running


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def told(house: House) -> list[Told]:
    """Some stories, the desk told of them."""
    pairs = [pair for pair in labelled_pairs("a", *ASKED) if pair[0].id in ("a-01-original", "a-02-original")]
    return [house.pair(*pair) for pair in pairs]


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    made = await browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    made.set_default_timeout(15_000)
    yield made
    await made.close()


@pytest.fixture
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """A page; what its console or its policy says against it fails the test."""
    opened = await context.new_page()
    watched: Watched = watch(opened)
    yield opened
    assert not watched.wrong, watched.wrong
