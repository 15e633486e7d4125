"""One request to a hook: signed, bounded, followed nowhere, never to an address of the inside."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import hmac
import socket
import time
from collections.abc import AsyncIterator

import orjson
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from streams.out.webhooks.message import CONTENT_TYPE
from streams.out.webhooks.post import TOLD, Outcome, Poster
from streams.web.guard import Guard
from streams.web.types import Web
from tests.streams.out.receiver import Answer, Receiver, broken_off, endless, slow, status, unanswered
from tests.streams.out.webhooks_support import KEY, hook

BODY = b'{"specversion":"1.0"}'


@pytest.fixture
async def server() -> AsyncIterator[Receiver]:
    async with Receiver() as running:
        yield running


@pytest.fixture
async def poster(server: Receiver) -> AsyncIterator[Poster]:
    async with Poster(Web(connect=1), Guard([f"127.0.0.1:{server.port}"])) as running:
        yield running


async def answered(server: Receiver, poster: Poster, answer: Answer, **fields: float) -> Outcome:
    server.answers["/"].append(answer)
    return await poster.post(hook(server.url("/"), **fields), "m1", BODY)


async def test_a_delivery_is_signed_so_that_the_receiver_can_tell(server: Receiver, poster: Poster) -> None:
    assert await answered(server, poster, status(200, "thanks")) == Outcome(True, status=200)
    came = server.came["/"][0]
    assert came.body == BODY
    assert came.headers["content-type"] == CONTENT_TYPE
    assert came.headers["user-agent"].startswith("wirespin/")
    stamp = came.headers["webhook-timestamp"]
    assert abs(int(stamp) - time.time()) < 5
    content = b"m1." + stamp.encode() + b"." + BODY
    expected = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert came.headers["webhook-signature"] == f"v1,{expected}"


@pytest.mark.parametrize("code", [500, 502, 503, 429, 408])
async def test_a_server_in_trouble_is_told_from_one_that_refuses(server: Receiver, poster: Poster, code: int) -> None:
    outcome = await answered(server, poster, status(code, "sorry"))
    assert (outcome.delivered, outcome.status, outcome.server, outcome.gone) == (False, code, True, False)
    assert outcome.reason.endswith(": sorry")


@pytest.mark.parametrize("code", [400, 401, 404, 422])
async def test_a_refusal_is_of_this_message(server: Receiver, poster: Poster, code: int) -> None:
    outcome = await answered(server, poster, status(code))
    assert (outcome.delivered, outcome.status, outcome.server) == (False, code, False)


async def test_410_ends_it(server: Receiver, poster: Poster) -> None:
    assert (await answered(server, poster, status(410))).gone


@pytest.mark.parametrize(("said", "wait"), [("7", 7.0), ("soon", None), ("99999999", 86_400.0)])
async def test_retry_after_is_heard(server: Receiver, poster: Poster, said: str, wait: float | None) -> None:
    assert (await answered(server, poster, status(429, Retry_After=said))).retry_after == wait


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(server: Receiver, poster: Poster, code: int) -> None:
    outcome = await answered(server, poster, status(code, Location=server.url("/elsewhere")))
    assert not outcome.delivered
    assert "redirect" in outcome.reason
    assert "/elsewhere" not in server.came


async def test_a_hook_that_hangs_is_given_up_in_time(server: Receiver, poster: Poster) -> None:
    begun = time.monotonic()
    outcome = await answered(server, poster, slow(30), timeout=0.2)
    assert time.monotonic() - begun < 5
    assert (outcome.delivered, outcome.server, outcome.reason[:8]) == (False, True, "timeout:")


async def test_a_connection_that_breaks_is_no_delivery(server: Receiver, poster: Poster) -> None:
    outcome = await answered(server, poster, unanswered())
    assert (outcome.delivered, outcome.server, outcome.status) == (False, True, None)


async def test_an_answer_that_breaks_behind_its_status_counts_by_that(server: Receiver, poster: Poster) -> None:
    assert (await answered(server, poster, broken_off(200))).delivered
    outcome = await answered(server, poster, broken_off(500))
    assert (outcome.delivered, outcome.status) == (False, 500)


@pytest.mark.parametrize("code", [200, 400])
async def test_of_a_body_without_end_only_the_first_words_are_read(server: Receiver, poster: Poster, code: int) -> None:
    begun = time.monotonic()
    outcome = await answered(server, poster, endless(code))
    assert time.monotonic() - begun < 5
    assert outcome.status == code
    assert len(outcome.reason) < TOLD
    assert "\x1b" not in outcome.reason


async def test_a_packed_answer_is_not_unpacked(server: Receiver, poster: Poster) -> None:
    packed = gzip.compress(b"x" * 1_000).decode("latin-1")
    outcome = await answered(server, poster, status(500, packed, Content_Encoding="gzip"))
    assert outcome.reason == "500 Internal Server Error"


async def test_nobody_listens(poster: Poster) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    async with Poster(Web(connect=1), Guard([f"127.0.0.1:{free}"])) as another:
        outcome = await another.post(hook(f"http://127.0.0.1:{free}/"), "m1", BODY)
    assert (outcome.delivered, outcome.server) == (False, True)


class _Rebinding(AbstractResolver):
    """A name server in a stranger's hands: every name is at an address of the inside."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            {"hostname": host, "host": self._address, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1"])
async def test_a_name_that_leads_inside_is_not_connected_to(server: Receiver, address: str) -> None:
    async with Poster(Web(connect=1), Guard(), _Rebinding(address)) as poster:
        outcome = await poster.post(hook(f"http://hooks.example:{server.port}/"), "m1", BODY)
    assert not outcome.delivered
    assert address in outcome.reason
    assert not server.came


async def test_a_literal_address_of_the_inside_is_not_connected_to(server: Receiver) -> None:
    async with Poster(Web(connect=1), Guard()) as poster:
        outcome = await poster.post(hook(server.url("/")), "m1", BODY)
    assert (outcome.delivered, "loopback" in outcome.reason) == (False, True)
    assert not server.came


async def test_requests_share_nothing(server: Receiver, poster: Poster) -> None:
    server.always["/"] = status(200, Set_Cookie="a=b")
    await asyncio.gather(*(poster.post(hook(server.url("/")), f"m{n}", orjson.dumps({"n": n})) for n in range(5)))
    assert sorted(server.ids()) == [f"m{n}" for n in range(5)]
    assert not any("cookie" in one.headers for one in server.came["/"])
