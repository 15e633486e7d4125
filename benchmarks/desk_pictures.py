"""Pictures of the desk for the documentation: ``python -m benchmarks.desk_pictures [FOLDER]``.

The desk shows the stories of the labelled sets, which are invented, with decisions that nobody made. Needs a Chromium
(``tests/support/chromium.py`` tells where it is looked for) and Pillow.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import Browser, Page

from streams.desk.decide import disposition_of
from streams.desk.filters import time_of
from streams.desk.paths import alert_path, story_path
from tests.support.chromium import browsing, chromium
from tests.support.desk_house import WHEN, House, Told, labelled_pairs, open_house

KINDS = (
    "verbatim",
    "copyedit",
    "neutral_rewrite",
    "reframed_loaded",
    "reframed_doubt",
    "headline_spin",
    "reframed_quote",
)
LARGEST = 150_000
"""Bytes of a picture."""

COLOURS = (256, 128, 64, 32)
"""Colours of a palette, tried until a picture is small enough."""

STORY = "a-01"
SCALE = 1.5

Scheme = Literal["light", "dark"]


def main() -> int:
    """Write the pictures."""
    os.environ.pop("WIRESPIN_DESK_PERSON", None)
    program = chromium()
    if program is None:
        print("no Chromium here: name one in CHROMIUM_PROGRAM")
        return 1
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_pictures(folder, program))
    return 0


async def _pictures(folder: Path, program: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        async with open_house(Path(place)) as house, browsing(program) as browser:
            told = _fill(house)
            strong = max((one for one in told if one.alert and _of_story(one)), key=_score)
            assert strong.alert
            here = alert_path(strong.alert.id)
            wide, phone = (1280, 860), (390, 844)
            for name, path, size, scheme in (
                ("desk-list", "/", wide, "light"),
                ("desk-alert", here, (1360, 1180), "light"),
                ("desk-story", story_path(strong.original.id), wide, "dark"),
                ("desk-phone", here, phone, "dark"),
            ):
                await _picture(browser, house.url + path, folder / f"{name}.png", size, scheme)  # type: ignore[arg-type]


def _fill(house: House) -> list[Told]:
    """Tell the desk of the stories, and decide about every other alert as the labels have it."""
    told = [house.pair(*pair) for name in "ab" for pair in labelled_pairs(name, *KINDS)]
    alerts = sorted((one.alert for one in told if one.alert), key=lambda alert: (time_of(alert), alert.id))
    for number, alert in enumerate(alerts[::2]):
        reframed = not any(kind in alert.copy_.id for kind in ("verbatim", "copyedit", "neutral"))
        verdict = "watching" if number % 7 == 3 else "confirmed" if reframed and number % 5 else "dismissed"
        reason = "Read both texts: the change is the outlet's own style." if verdict == "dismissed" else ""
        at = WHEN - timedelta(minutes=7 * number)
        said = disposition_of(alert, verdict, by=("kim", "lena")[number % 2], reason=reason, at=at)
        house.take(house.log.decided(said))
    return told


def _of_story(one: Told) -> bool:
    return one.original.id.startswith(STORY)


def _score(one: Told) -> tuple[int, float]:
    framing = one.republication.framing
    return len(framing.devices), framing.score


async def _picture(browser: Browser, url: str, file: Path, size: tuple[int, int], scheme: Scheme) -> None:
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, device_scale_factor=SCALE, color_scheme=scheme
    )
    page: Page = await context.new_page()
    await page.goto(url)
    await page.wait_for_timeout(300)
    await page.screenshot(path=file)
    await context.close()
    _shrink(file)


def _shrink(file: Path) -> None:
    """Give a picture a palette, as small as it must be."""
    whole = Image.open(file).convert("RGB")
    for colours in COLOURS:
        whole.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size < LARGEST:
            break
    print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    raise SystemExit(main())
