"""The desk in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from schemas.article import Article
from streams.desk.filters import Filter
from streams.desk.paths import alert_path, story_path
from tests.browser.looking import too_wide, watch, weak
from tests.support.desk import decision, event
from tests.support.desk_house import House, Told, told_of

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="document.title=\'gone\'"><script>document.title="gone"</script>\u202e"\'>'


def an_alert(told: list[Told]) -> Told:
    return max((one for one in told if one.alert), key=lambda one: len(one.republication.framing.devices))


def at(one: Told) -> str:
    assert one.alert
    return alert_path(one.alert.id)


async def test_what_comes_stands_at_the_top_and_moves_nothing_that_is_read(
    house: House, told: list[Told], page: Page
) -> None:
    await page.goto(house.url + "/")
    await expect(page.locator("[data-live-state]")).to_have_text("Live")
    first = event(copy="n1", headline="Came first", time="2026-11-22T10:00:00Z")
    house.take(house.log.said(first))
    await expect(page.locator(".row h3").first).to_have_text("Came first")
    for number in range(30):
        house.take(house.log.said(event(copy=f"more-{number}", headline=f"More {number}")))
    await expect(page.locator(".row")).to_have_count(31 + sum(one.alert is not None for one in told))
    await page.evaluate("window.scrollTo(0, 900)")
    read = page.locator(".row", has_text="More 5")
    before = await read.bounding_box()
    for number in range(3):
        house.take(house.log.said(event(copy=f"late-{number}", headline=f"Late {number}")))
    await expect(page.locator("[data-fresh-button]")).to_have_text("3 new")
    await expect(page.locator("[data-announce]")).to_contain_text("3 new")
    assert await read.bounding_box() == before
    await page.keyboard.press("n")
    await expect(page.locator(".row h3").first).to_have_text("Late 2")
    await expect(page.locator("[data-fresh]")).to_be_hidden()


async def test_what_changes_changes_where_it_stands(house: House, page: Page) -> None:
    one, other = event(copy="a", headline="Alpha"), event(copy="b", headline="Beta")
    house.take(house.log.said(one, other))
    await page.goto(house.url + "/")
    await expect(page.locator("[data-live-state]")).to_have_text("Live")
    house.take(house.log.decided(decision(one, "watching", by="lena")))
    await expect(page.locator(".row", has_text="Alpha").locator(".decided")).to_contain_text("Watching by lena")
    house.take(house.log.said(event(copy="b", version="2", headline="Beta again", supersedes=[other.id])))
    await expect(page.locator(".row h3")).to_have_count(2)
    await expect(page.locator(".row", has_text="Beta again")).to_be_visible()
    house.take([house.log.withdrawn(one)])
    await expect(page.locator(".row.left")).to_contain_text("Alpha")


async def test_filters_are_kept_and_hold_for_what_comes(house: House, told: list[Told], page: Page) -> None:
    await page.goto(house.url + "/")
    await page.keyboard.press("/")
    await expect(page.locator("#f-text")).to_be_focused()
    await page.keyboard.type("zebra")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/?text=zebra")
    await expect(page.locator("[data-empty]")).to_be_visible()
    await expect(page.locator("[data-live-state]")).to_have_text("Live")
    house.take(house.log.said(event(copy="x", headline="A cat"), event(copy="y", headline="A zebra")))
    await expect(page.locator(".row h3")).to_have_text(["A zebra"])
    await page.click(".chips a")
    await expect(page.locator(".row", has_text="A cat")).to_be_visible()
    await page.select_option("#f-device", "omission")
    await page.click(".filters button")
    await page.wait_for_url("**/?device=omission")
    assert await page.locator(".row").count() == house.desk.store.count(Filter(device="omission")) > 0


async def test_findings_lead_to_the_texts_and_back(house: House, told: list[Told], page: Page) -> None:
    await page.goto(house.url + at(an_alert(told)))
    card = page.locator(".card").first
    await card.locator("a", has_text="in the copy").click()
    number = (await card.get_attribute("id") or "")[1:]
    await expect(page.locator(f"#c{number}")).to_be_in_viewport()
    await page.locator(f"#c{number} sup a").click()
    await expect(card).to_be_in_viewport()
    assert page.url.endswith(f"#f{number}")
    await card.hover()
    assert await page.locator(".here").count() >= 2


async def test_a_decision_is_seen_on_another_page(
    house: House, told: list[Told], page: Page, context: BrowserContext
) -> None:
    here, other = at(an_alert(told)), await context.new_page()
    watched = watch(other)
    await other.goto(house.url + "/")
    await expect(other.locator("[data-live-state]")).to_have_text("Live")
    await page.goto(house.url + here)
    await page.keyboard.press("d")
    await expect(page.locator("#reason")).to_be_focused()
    await expect(page.locator("[value=dismissed]")).to_be_checked()
    await page.keyboard.press("Enter")
    assert not house.written, "nothing is sent by Enter"
    await page.locator("#reason").fill("")
    await page.click("[data-decision] button")
    assert not house.written, "a dismissal asks for a reason"
    await page.locator("#reason").fill("The same words.")
    await page.click("[data-decision] button")
    await expect(page.locator("#decision .decided")).to_contain_text("Dismissed by kim")
    await expect(other.locator(f".row:has(a[href='{here}']) .decided")).to_contain_text("Dismissed by kim")
    await page.click(".take-back button")
    await expect(page.locator("#decision .decided")).to_contain_text("Nobody has decided")
    await expect(other.locator(f".row:has(a[href='{here}']) .decided")).to_have_count(0)
    assert not watched.wrong


async def test_a_hostile_headline_does_nothing(house: House, page: Page) -> None:
    body = "The minister said on Monday that the bridge was safe and that it would stay open all year. " * 4
    await page.goto(house.url + "/")
    await expect(page.locator("[data-live-state]")).to_have_text("Live")
    said = told_of(
        Article(id="o", headline=HOSTILE, body=body + HOSTILE, publisher=HOSTILE),
        Article(id="c" + HOSTILE, headline="New " + HOSTILE, body=body + "It is a lie! " + HOSTILE, publisher=HOSTILE),
        always=True,
    )
    assert said.alert
    house.take(house.log.texts(said.original, said.copy))
    house.take(house.log.said(said.republication, said.alert))
    await expect(page.locator(".row h3")).to_contain_text("<script>")  # put in by the script
    for path in (
        "/",
        "/?kind=republications",
        alert_path(said.alert.id),
        story_path("o"),
        f"{alert_path(said.alert.id)}.html",
    ):
        await page.goto(house.url + path)
        await page.wait_for_timeout(100)
        assert await page.title() != "gone"
        assert await page.locator("img").count() == 0


async def test_keys_go_through_the_list_and_open(house: House, told: list[Told], page: Page) -> None:
    await page.goto(house.url + "/?score=0.5")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(page.locator(".row.selected")).to_have_count(1)
    second = page.locator(".row").nth(1)
    await expect(second.locator("[data-open]")).to_be_focused()
    await page.keyboard.press("k")
    await expect(page.locator(".row").first.locator("[data-open]")).to_be_focused()
    await page.keyboard.press("?")
    await expect(page.locator("#help")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#help")).to_be_hidden()
    await page.keyboard.press("j")
    wanted = await second.locator("[data-open]").get_attribute("href")
    await page.keyboard.press("o")
    await page.wait_for_url(f"**{wanted}")
    await page.keyboard.press("f")
    await expect(page.locator(".card.here")).to_have_count(1)
    await page.keyboard.press("w")
    await expect(page.locator("[value=watching]")).to_be_checked()
    assert not house.written
    await page.keyboard.press("Escape")
    await page.click("[data-decision] button")
    await expect(page.locator("#decision .decided")).to_contain_text("Watching")
    await page.keyboard.press("u")
    await page.wait_for_url(house.url + "/?score=0.5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_contrasts_enough(house: House, told: list[Told], browser: Browser, scheme: str) -> None:
    for number, one in enumerate(told):
        if one.alert:
            house.take(house.log.decided(decision(one.alert, ("confirmed", "dismissed", "watching")[number % 3])))
    context = await browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = await context.new_page()
    one = an_alert(told)
    unaltered = next(one for one in told if not one.alert)
    for path in ("/", "/?kind=republications&text=bank", at(one), alert_path(unaltered.republication.id), "/precision",
                 story_path(one.original.id), "/help", "/nothing"):  # fmt: skip
        await page.goto(house.url + path)
        assert await weak(page) == [], path
    await context.close()


async def test_the_theme_is_chosen_and_kept(house: House, page: Page) -> None:
    await page.goto(house.url + "/help")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(paper)
    for name in ("light", "dark"):
        await page.click("[data-theme-toggle]")
        await expect(page.locator("[data-theme-name]")).to_have_text(name)
    dark = await page.evaluate(paper)
    assert dark != light
    await page.goto(house.url + "/")
    assert await page.evaluate(paper) == dark
    assert await weak(page) == []


@pytest.mark.parametrize("width", [360, 768])
async def test_nothing_scrolls_sideways(house: House, told: list[Told], page: Page, width: int) -> None:
    long = event(copy="long", headline="Un" + "endlich" * 40, outlet="x" * 90, wire_headline="y" * 400)
    house.take(house.log.said(long))
    await page.set_viewport_size({"width": width, "height": 740})
    one = an_alert(told)
    for path in ("/", "/?kind=republications", at(one), alert_path(long.id), "/precision", story_path(one.original.id),
                 "/help", "/?score=x"):  # fmt: skip
        await page.goto(house.url + path)
        assert await too_wide(page) == [], path


async def test_the_file_opens_alone(house: House, told: list[Told], page: Page, tmp_path: Path) -> None:
    await page.goto(house.url + at(an_alert(told)))
    async with page.expect_download() as waited:
        await page.click("text=Page as a file")
    download = await waited.value
    file = tmp_path / download.suggested_filename
    await download.save_as(file)
    assert file.suffix == ".html"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    await expect(page.locator("table.pair")).to_be_visible()
    assert await weak(page) == []
    await page.goto(house.url + at(an_alert(told)) + ".html")
    heading = page.locator("h1")
    assert await heading.evaluate("(one) => getComputedStyle(one).color") != "rgb(0, 0, 0)", "its own style holds"


async def test_without_script_all_but_live_and_keys_works(house: House, told: list[Told], browser: Browser) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(house.url + "/")
    await page.locator(".row h3 a").first.click()
    await page.locator("[value=confirmed]").check()
    await page.click("[data-decision] button")
    await expect(page.locator("#decision .decided")).to_contain_text("Confirmed by kim")
    await page.goto(house.url + "/?verdict=confirmed")
    await expect(page.locator(".row")).to_have_count(1)
    await context.close()


async def test_right_to_left_headlines_stand_right_to_left(house: House, page: Page) -> None:
    house.take(house.log.said(event(headline="الوزير ينفي التقرير", language="ar", wire_headline="وزير")))
    await page.goto(house.url + "/")
    headline = page.locator(".row h3 bdi")
    assert (await headline.get_attribute("dir"), await headline.get_attribute("lang")) == ("rtl", "ar")
    await page.goto(house.url + story_path("wire"))
    assert await page.locator("h1 bdi").evaluate("(one) => getComputedStyle(one).direction") == "rtl"


async def test_what_looks_at_pages_sees_what_is_wrong(house: House, context: BrowserContext) -> None:
    page = await context.new_page()
    watched = watch(page)
    await page.goto(house.url + "/help")
    assert (await weak(page), await too_wide(page), watched.wrong) == ([], [], [])
    await page.evaluate("document.querySelector('h1').innerHTML = '<b onclick=x>faint</b>'")
    assert "Content Security Policy" in watched.wrong[0]
    await page.evaluate("Object.assign(document.querySelector('b').style, {color: '#999', width: '200vw'})")
    await page.evaluate("document.querySelector('b').style.display = 'block'")
    assert ["faint" in one for one in await weak(page)] == [True]
    assert (await too_wide(page))[0] == "the page"


async def test_on_paper_there_is_nothing_to_press_and_the_theme_is_light(
    house: House, told: list[Told], browser: Browser
) -> None:
    one = an_alert(told)
    assert one.alert
    house.take(house.log.decided(decision(one.alert)))
    context = await browser.new_context(color_scheme="dark")
    page = await context.new_page()
    await page.goto(house.url + at(one))
    await page.emulate_media(media="print")
    for pressed in await page.locator("button, input, textarea, select").all():
        await expect(pressed).to_be_hidden()
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    await expect(page.locator("#decision .decided")).to_contain_text("Confirmed by kim")
    assert await weak(page) == []
    await context.close()
