"""The story on its time line, and precision."""

from __future__ import annotations

from datetime import UTC, datetime

import aiohttp
import pytest

from streams.desk.paths import story_path
from streams.desk.view_story import WIDTH, ago, when
from tests.support.desk import decision, event
from tests.support.desk_house import House, labelled_pairs
from tests.support.desk_pages import page


async def html(house: House, asker: aiohttp.ClientSession, path: str, status: int = 200) -> str:
    async with asker.get(house.url + path) as answer:
        assert answer.status == status
        return await answer.text()


async def test_copies_stand_in_order_of_time_with_how_close_they_are(
    house: House, asker: aiohttp.ClientSession
) -> None:
    pairs = [pair for pair in labelled_pairs("a", "verbatim", "reframed_loaded", "neutral_rewrite")
             if pair[0].id == "a-01-original"]  # fmt: skip
    told = [house.pair(*pair) for pair in pairs]
    said = page(await html(house, asker, story_path("a-01-original")))
    rows = said.select("tbody tr")
    assert len(rows) == 4
    assert "version" in (rows[0].get("class") or [])
    times = [str(row.select_one("time")["datetime"]) for row in rows]  # type: ignore[index]
    assert times == sorted(times)
    for row in rows[1:]:
        one = next(one for one in told if (one.copy.article.headline in row.get_text()))
        reuse = one.republication.reuse
        assert reuse.level in row.get_text()
        assert f"{reuse.copy_share:.0%} of the copy, {reuse.original_share:.0%} of the original" in row.get_text()
        assert str(row.select_one("[data-open]")["href"]).endswith((one.alert or one.republication).id)  # type: ignore[index]
        assert bool(row.select(".dot.yes")) == (one.alert is not None)
    lead = said.select_one(".lead")
    assert lead
    assert (
        lead.get_text() == f"3 copies from 3 outlets; framing altered in {sum(one.alert is not None for one in told)}."
    )


async def test_ids_of_any_kind_lead_to_their_story(house: House, asker: aiohttp.ClientSession) -> None:
    for first in ("https://a.example/1?x=1#y", "..", "a b\u202e/"):
        house.take(house.log.said(event("republication", copy=first, first=first)))
        assert "1 copy from 1 outlet" in await html(house, asker, story_path(first))
    await html(house, asker, "/story/none", 404)
    await html(house, asker, "/story/~!", 400)


async def test_undated_articles_stand_last_and_nowhere_on_the_line(house: House, asker: aiohttp.ClientSession) -> None:
    house.take(house.log.said(event("republication", time=None, headline="Undated"), event("republication", copy="b")))
    rows = page(await html(house, asker, story_path("wire"))).select("tbody tr")
    assert "Undated" in rows[-1].get_text()
    assert not rows[-1].select("svg.line, td.line svg")
    assert "not known" in rows[-1].get_text()


def test_times_in_words() -> None:
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    for time, said in (
        ("2026-11-22T09:00:30Z", "at the same time"),
        ("2026-11-22T08:15:00Z", "45 min earlier"),
        ("2026-11-22T11:05:00Z", "2 h 5 min later"),
        ("2026-11-25T10:30:00Z", "3 d 1 h later"),
        ("no time", ""),
    ):
        assert ago(start, when(time)) == said
    assert ago(None, start) == ""
    assert WIDTH == 100


@pytest.mark.parametrize("by", ["device", "outlet"])
async def test_precision_in_all_and_by_month(house: House, asker: aiohttp.ClientSession, by: str) -> None:
    assert "Nothing has been decided" in await html(house, asker, "/precision")
    for number, (verdict, month) in enumerate(
        (("confirmed", "10"), ("confirmed", "11"), ("dismissed", "11"), ("watching", "11"))
    ):
        said = event(copy=f"c{number}", outlet="A & B", devices=["omission"], time=f"2026-{month}-18T10:00:00Z")
        house.take(house.log.said(said))
        house.take(house.log.decided(decision(said, verdict, time=said.time, outlet="A & B", devices=["omission"])))
    section = page(await html(house, asker, "/precision")).select_one(f"section[aria-labelledby=by-{by}]")
    assert section
    [row] = section.select("tbody tr")
    said_of = " ".join(row.get_text(" ").split())
    assert "2 of 3" in said_of
    assert "67%" in said_of
    assert "2026-10 100% (1 of 1) 2026-11 50% (1 of 2)" in said_of
    assert ("Omission" if by == "device" else "A & B") in said_of
    assert str(row.select_one("a")["href"]) in ("/?device=omission", "/?outlet=A+%26+B")  # type: ignore[index]
