"""The page of an event, its other forms, and decisions."""

from __future__ import annotations

import aiohttp
import orjson
import pytest

from schemas.errors import SendError
from schemas.events import Alert
from streams.desk.paths import alert_path, story_path
from streams.desk.routes_alert import FILE_POLICY
from tests.support.desk import decision, event
from tests.support.desk_house import WHEN, House, Told, labelled_pairs
from tests.support.desk_pages import form, page, scripts
from wirespin.page import render


@pytest.fixture
def told(house: House) -> Told:
    said = house.pair(*labelled_pairs("a", "reframed_loaded")[0])
    assert said.alert
    return said


async def text(house: House, asker: aiohttp.ClientSession, path: str, status: int = 200) -> str:
    async with asker.get(house.url + path) as answer:
        assert answer.status == status, await answer.text()
        return await answer.text()


async def test_both_texts_stand_side_by_side_with_linked_findings(
    house: House, asker: aiohttp.ClientSession, told: Told
) -> None:
    alert = told.alert
    assert alert
    said = page(await text(house, asker, alert_path(alert.id)))
    for letter, side in (("o", told.original), ("c", told.copy)):
        shown = said.select(f"table.pair tr:not(.headline) td.text.{letter} p.body")
        for one in said.select("sup.n"):
            one.extract()
        assert "".join(one.get_text() for one in shown).split() == side.article.body.split()
    ids = {str(one["id"]) for one in said.select("[id]")}
    links = {str(one["href"])[1:] for one in said.select("a[href^='#']")}
    assert links <= ids
    assert len(said.select(".card")) == len(alert.framing.devices)
    for against in alert.framing.against:
        assert against in said.get_text()
    hrefs = {str(one["href"]) for one in said.select(".tools a")}
    assert {story_path("a-01-original"), alert_path(told.republication.id), alert_path(alert.id) + ".json"} <= hrefs
    assert not scripts(str(said))


async def test_a_republication_leads_to_its_alert_and_is_not_decided_about(
    house: House, asker: aiohttp.ClientSession, told: Told
) -> None:
    assert told.alert
    said = page(await text(house, asker, alert_path(told.republication.id)))
    assert alert_path(told.alert.id) in {str(one["href"]) for one in said.select(".tools a")}
    assert not said.select("#decision")
    stamp = form(await text(house, asker, alert_path(told.alert.id)), "[data-decision]")["stamp"]
    for verdict in ("confirmed", "none"):
        sent = {"stamp": stamp, "event": told.republication.id, "verdict": verdict}
        async with asker.post(f"{house.url}{alert_path(told.republication.id)}/decision", data=sent) as answer:
            assert answer.status == 422
    assert not house.written


async def test_the_same_as_a_file_and_as_json(house: House, asker: aiohttp.ClientSession, told: Told) -> None:
    assert told.alert
    async with asker.get(house.url + alert_path(told.alert.id) + ".html") as answer:
        assert await answer.text() == render(told.alert, told.original, told.copy)
        assert answer.headers["Content-Security-Policy"] == FILE_POLICY
        assert "unsafe" not in FILE_POLICY
    async with asker.get(house.url + alert_path(told.alert.id) + ".json") as answer:
        assert await answer.read() == told.alert.to_bytes()
        assert answer.content_type == "application/json"
    async with asker.get(f"{house.url}/alerts/{told.alert.id}") as answer:
        assert answer.url.path == alert_path(told.alert.id)


async def test_without_the_texts_the_event_tells_what_it_quotes(house: House, asker: aiohttp.ClientSession) -> None:
    said = event(evidence="the words")
    house.take(house.log.said(said))
    html = await text(house, asker, alert_path(said.id))
    assert "not at hand" in html
    assert "the words" in page(html).select_one(".quoted").get_text()  # type: ignore[union-attr]
    assert "Loaded language" in html
    await text(house, asker, alert_path(said.id) + ".html", 404)
    assert orjson.loads(await text(house, asker, alert_path(said.id) + ".json"))["id"] == said.id


async def test_an_earlier_version_leads_to_what_stands(house: House, asker: aiohttp.ClientSession) -> None:
    old = event(headline="Old one")
    new = event(headline="New one", version="2", supersedes=[old.id])
    house.take(house.log.said(old))
    house.take(house.log.decided(decision(old, "confirmed")))
    house.take(house.log.said(new))
    said = page(await text(house, asker, alert_path(old.id)))
    notice = said.select_one(".notice")
    assert notice
    assert "Superseded" in notice.get_text()
    assert alert_path(new.id) in str(notice)
    assert "New one" in str(said.select_one("main header"))
    assert "earlier version" in said.select_one(".decided").get_text()  # type: ignore[union-attr]
    assert not said.select("[name=verdict][checked]"), "what was decided of another version is not taken over"
    assert "Superseded" not in await text(house, asker, alert_path(new.key)), "by its key it is asked for as it stands"
    async with asker.get(house.url + alert_path(old.id) + ".json") as answer:
        assert answer.url.path == alert_path(new.id) + ".json"
    house.take([house.log.withdrawn(new)])
    assert "withdrawn" in await text(house, asker, alert_path(new.id), 410)
    await text(house, asker, "/alert/never-seen", 404)


async def decide(house: House, asker: aiohttp.ClientSession, alert: Alert, **given: str) -> tuple[int, str]:
    sent = form(await text(house, asker, alert_path(alert.id)), "[data-decision]") | given
    async with asker.post(f"{house.url}{alert_path(alert.id)}/decision", data=sent) as answer:
        return answer.status, await answer.text()


async def test_a_decision_is_signed_seen_and_taken_back(house: House, asker: aiohttp.ClientSession, told: Told) -> None:
    assert told.alert
    status, html = await decide(house, asker, told.alert, verdict="dismissed", reason=" Their\r\nstyle <b> ")
    assert status == 200
    [(key, said)] = house.written
    assert said
    assert (key, said.alert, said.event) == (told.alert.key, told.alert.key, told.alert.id)
    assert (said.verdict, said.reason, said.by) == ("dismissed", "Their\nstyle <b>", "kim")
    assert said.at == WHEN.strftime("%Y-%m-%dT%H:%M:%SZ")
    shown = page(html)
    assert "Dismissed by kim" in shown.select_one("#decision .decided").get_text(" ", strip=True)  # type: ignore[union-attr]
    assert shown.select_one(".reason").get_text() == "Their\nstyle <b>"  # type: ignore[union-attr]
    back = form(html, ".take-back")
    async with asker.post(f"{house.url}{alert_path(told.alert.id)}/decision", data=back) as answer:
        assert "Nobody has decided" in await answer.text()
    assert house.written[1] == (told.alert.key, None)
    counts = house.desk.counts
    assert (counts["dismissed"], counts["taken_back"], counts["confirmed"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("given", "status", "problem"),
    [
        ({"verdict": "dismissed", "reason": "  "}, 422, "Say why"),
        ({"verdict": "guilty", "reason": "kept words"}, 422, "verdict"),
        ({"verdict": "confirmed", "reason": "kept words" + "x" * 4_000}, 422, "4000"),
        ({"verdict": "confirmed", "reason": "kept words", "event": "another"}, 409, "has changed"),
    ],
)
async def test_what_cannot_be_decided_is_told_and_nothing_is_lost(
    house: House, asker: aiohttp.ClientSession, told: Told, given: dict[str, str], status: int, problem: str
) -> None:
    assert told.alert
    answered, html = await decide(house, asker, told.alert, **given)
    assert answered == status
    assert problem in page(html).select_one("[role=alert]").get_text()  # type: ignore[union-attr]
    if given["reason"].strip():
        assert page(html).select_one("textarea").get_text().strip() == given["reason"]  # type: ignore[union-attr]
    assert not house.written


async def test_a_broker_that_is_gone_is_told(house: House, asker: aiohttp.ClientSession, told: Told) -> None:
    assert told.alert
    house.broken = SendError("not confirmed")
    status, html = await decide(house, asker, told.alert, verdict="confirmed", reason="kept words")
    assert (status, "try again" in html, "kept words" in html) == (503, True, True)
    assert not house.desk.counts["confirmed"]


async def test_what_does_not_come_back_in_time_is_said_to_be_sent(
    house: House, asker: aiohttp.ClientSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        pass

    assert told.alert
    monkeypatch.setattr("streams.desk.routes_decide.SEEN_WITHIN", 0.05)
    house.desk.write = lost
    _, html = await decide(house, asker, told.alert, verdict="watching")
    assert "Sent; it will be seen" in html
