"""What every answer carries, and who is let in."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from streams.desk.hosts import Hosts
from streams.desk.people import People
from streams.desk.protect import HEADERS, POLICY
from streams.desk.sessions import COOKIE, FAILURES, HOURS
from tests.support.desk import event
from tests.support.desk_house import House, open_house, until
from tests.support.desk_pages import form

KIM = "kim-token-0123456789"
PATHS = (
    "/ /?score=x /help /precision /nothing /alert/none /alert/~! /story/none /static/no /static/desk.css "
    "/static/desk.js /alerts.atom /live /ready /metrics /status /login"
).split()


def basic(name: str, token: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{token}".encode()).decode()}


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, people=People({"kim": KIM, "lena": "lena-token-012345678"})) as opened:
        yield opened


async def log_in(house: House, asker: aiohttp.ClientSession, token: str = KIM, **fields: str) -> aiohttp.ClientResponse:
    async with asker.post(house.url + "/login", data={"token": token, **fields}, allow_redirects=False) as answer:
        await answer.read()
        return answer


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_the_headers(house: House, asker: aiohttp.ClientSession, path: str) -> None:
    async with asker.get(house.url + path) as answer:
        assert answer.headers["Content-Security-Policy"] == POLICY
        for name, value in HEADERS.items():
            assert answer.headers[name] == ("no-cache" if (path, name) in CACHED else value)
        assert answer.headers["Server"] == "wirespin"


CACHED = [(f"/static/desk.{end}", "Cache-Control") for end in ("css", "js")]


async def test_errors_have_them_too(
    house: House, asker: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(house.desk.store, "facets", broken)
    with caplog.at_level(logging.ERROR):
        async with asker.get(house.url + "/?text=whom") as answer:
            said = await answer.text()
    assert (answer.status, answer.headers["Content-Security-Policy"]) == (500, POLICY)
    assert "secret" not in said
    assert "secret detail" in caplog.text
    assert "whom" not in caplog.text
    async with asker.put(house.url + "/") as answer:
        assert (answer.status, answer.headers["Content-Security-Policy"]) == (405, POLICY)
        assert "GET" in answer.headers["Allow"]
    async with asker.post(house.url + "/alert/x/decision", data=b"x" * 100_000) as answer:
        assert (answer.status, answer.headers["Content-Security-Policy"]) in ((403, POLICY), (413, POLICY))


async def test_another_name_is_refused(house: House, asker: aiohttp.ClientSession) -> None:
    for name in ("evil.example", "evil.example:80", ""):
        async with asker.get(house.url + "/", headers={"Host": name}) as answer:
            assert answer.status in (400, 421), name
            assert "WIRESPIN_DESK_ALLOWED_HOSTS" in await answer.text() or answer.status == 400
    async with asker.get(house.url + "/live", headers={"Host": "10.0.0.7:1"}) as answer:
        assert answer.status == 200


async def test_allowed_names_are_not(tmp_path: Path, asker: aiohttp.ClientSession) -> None:
    hosts, named = Hosts("127.0.0.1", ["desk.example"]), {"Host": "desk.example"}
    async with open_house(tmp_path, hosts=hosts) as house, asker.get(house.url + "/", headers=named) as answer:
        assert answer.status == 200


async def test_nobody_is_let_in_without_a_token(guarded: House, asker: aiohttp.ClientSession) -> None:
    said = event(headline="Hidden headline")
    guarded.tell(said)  # type: ignore[arg-type]
    for path in ("/", "/help", "/precision", f"/alert/{said.id}", f"/alert/{said.id}.json", "/story/wire", "/nothing"):
        async with asker.get(guarded.url + path, allow_redirects=False) as answer:
            assert answer.status == 303
            assert answer.headers["Location"].startswith("/login")
            assert "Hidden" not in await answer.text()
    for path in ("/stream", "/alerts.atom"):
        async with asker.get(guarded.url + path) as answer:
            assert answer.status == 401
            assert answer.headers["WWW-Authenticate"].startswith("Basic")
    async with asker.post(guarded.url + f"/alert/{said.id}/decision", data={"verdict": "confirmed"}) as answer:
        assert answer.status == 401
    assert not guarded.written
    for path in ("/live", "/ready", "/metrics", "/status", "/static/desk.css"):
        async with asker.get(guarded.url + path) as answer:
            assert answer.status == 200


async def test_a_token_lets_in_and_leads_back(guarded: House, asker: aiohttp.ClientSession) -> None:
    answer = await log_in(guarded, asker, next="/precision?x=1")
    assert (answer.status, answer.headers["Location"]) == (303, "/precision?x=1")
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (
        True, "Strict", "/", str(int(HOURS * 3_600)),
    )  # fmt: skip
    assert KIM not in cookie.value
    async with asker.get(guarded.url + "/") as page:
        html = await page.text()
    assert '<span class="person">kim</span>' in html
    async with asker.post(guarded.url + "/logout", data={"stamp": "wrong"}) as refused:
        assert refused.status == 403
    async with asker.post(guarded.url + "/logout", data=form(html, "form[action='/logout']")) as left:
        assert str(left.url).endswith("/login")
    async with asker.get(guarded.url + "/", allow_redirects=False) as page:
        assert page.status == 303


async def test_a_login_ends_with_its_time(guarded: House, asker: aiohttp.ClientSession) -> None:
    await log_in(guarded, asker)
    guarded.clock.now += HOURS * 3_600
    async with asker.get(guarded.url + "/", allow_redirects=False) as answer:
        assert answer.status == 303


async def test_a_live_list_ends_with_its_login(
    guarded: House, asker: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.desk.routes_list.HEARTBEAT", 0.05)
    await log_in(guarded, asker)
    async with asker.get(guarded.url + "/stream") as stream:
        assert stream.status == 200
        await until(lambda: len(guarded.desk.live) == 1)
        guarded.clock.now += HOURS * 3_600
        await asyncio.wait_for(stream.content.read(), 10)
    await until(lambda: len(guarded.desk.live) == 0)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"])
async def test_a_login_leads_nowhere_else(guarded: House, asker: aiohttp.ClientSession, elsewhere: str) -> None:
    assert (await log_in(guarded, asker, next=elsewhere)).headers["Location"] == "/"
    async with asker.get(guarded.url + "/login", params={"next": elsewhere}, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/"


async def test_wrong_tokens_are_few_and_told_nowhere(
    guarded: House, asker: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for _ in range(FAILURES):
            assert (await log_in(guarded, asker, "wrong-token-wrong-token")).status == 401
        late = await log_in(guarded, asker)
        assert (late.status, late.headers["Retry-After"]) == (429, "60")
        guarded.clock.now += 60
        assert (await log_in(guarded, asker)).status == 303
    assert "token-" not in caplog.text
    async with asker.get(guarded.url + "/metrics") as answer:
        assert f'wirespin_desk_logins_total{{outcome="failed"}} {FAILURES}' in await answer.text()


async def test_scripts_and_feed_readers_send_name_and_token(guarded: House, asker: aiohttp.ClientSession) -> None:
    url = guarded.url + "/alerts.atom"
    async with asker.get(url, headers=basic("kim", KIM)) as answer:
        assert answer.status == 200
    for name, token in (("lena", KIM), ("kim", "x"), ("", "")):
        async with asker.get(url, headers=basic(name, token)) as answer:
            assert answer.status == 401
    async with asker.get(url, headers={"Authorization": "Basic !"}) as answer:
        assert answer.status == 401
    async with asker.post(guarded.url + "/logout", headers=basic("kim", KIM)) as answer:
        assert answer.status == 401


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"},
     {"Origin": "https://evil.example"}, {"Origin": "http://127.0.0.1:1"}],
)  # fmt: skip
async def test_a_form_of_another_site_is_refused(
    house: House, asker: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    said = event()
    house.tell(said)  # type: ignore[arg-type]
    async with asker.get(f"{house.url}/alert/{said.id}") as answer:
        sent = {**form(await answer.text(), "[data-decision]"), "verdict": "confirmed"}
    async with asker.post(f"{house.url}/alert/{said.id}/decision", data=sent, headers=headers) as answer:
        assert answer.status == 403
    async with asker.post(f"{house.url}/alert/{said.id}/decision", data={**sent, "stamp": "0" * 64}) as answer:
        assert answer.status == 403
    assert not house.written
    here = {"Sec-Fetch-Site": "same-origin", "Origin": house.url}
    async with asker.post(f"{house.url}/alert/{said.id}/decision", data=sent, headers=here) as answer:
        assert answer.status == 200
    assert len(house.written) == 1
