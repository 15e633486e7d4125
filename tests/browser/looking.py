"""What a test looks at in a page: what its console says, how its colours contrast, whether it is too wide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import ConsoleMessage, Page

LEAST = 4.5
"""Contrast of text with what is behind it (WCAG 2.2, 1.4.3, level AA)."""

CONTRAST = """
(least) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const brush = canvas.getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((n) => top[n] * top[3] + below[n] * (1 - top[3])).concat(1);
  const linear = (value) => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), rgba("Canvas"));
  };
  const found = [];
  let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({visibilityProperty: true})) continue;
    if (element.closest("option, script, style, .visually-hidden, .skip")) continue;
    looked += 1;
    const ground = behind(element);
    const ink = over(rgba(getComputedStyle(element).color), ground);
    const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const where = `${element.tagName}.${element.className}: ${node.data.trim().slice(0, 40)}`;
    if (ratio < least) found.push(`${ratio.toFixed(2)} ${where}`);
  }
  return [looked, [...new Set(found)]];
}
"""


@dataclass
class Watched:
    """What went wrong in a page: errors of its console, scripts that threw, what its policy refused."""

    wrong: list[str] = field(default_factory=list)


def watch(page: Page, *, allowed: str = "status of 4") -> Watched:
    """Listen to a page. Answers that are meant to be errors are told by the console, too."""
    watched = Watched()

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and allowed not in message.text:
            watched.wrong.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: watched.wrong.append(str(error)))
    page.on("dialog", lambda dialog: watched.wrong.append(f"dialog: {dialog.message}"))
    return watched


async def weak(page: Page) -> list[str]:
    """Texts that contrast too little."""
    looked, found = await page.evaluate(CONTRAST, LEAST)
    assert looked > 10, "there was hardly any text"
    return list(found)


async def too_wide(page: Page) -> list[str]:
    """What sticks out to the right, if the page scrolls sideways."""
    found: Any = await page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : ["the page"].concat(
           [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
           .map((one) => `${one.tagName}.${one.className}`).slice(0, 9))"""
    )
    return list(found)
