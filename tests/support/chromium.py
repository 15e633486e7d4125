"""A real Chromium without a window, found on this machine: nothing is downloaded."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import AsyncIterator

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

VARIABLE = "CHROMIUM_PROGRAM"
"""Names the program where it is none of these."""


def chromium() -> str | None:
    """The program; None where there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextlib.asynccontextmanager
async def browsing(program: str) -> AsyncIterator[Browser]:
    """The browser, running."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # its sandbox refuses to work for root
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()
