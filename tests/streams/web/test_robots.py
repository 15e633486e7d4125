"""robots.txt: what it allows, what its absence means, and what it may cost."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

import pytest
from protego import Protego
from yarl import URL

from schemas.errors import FetchError
from streams.web import robots
from streams.web.fetch import Fetcher
from streams.web.robots import KEPT, UNREACHABLE, Robots, ours
from streams.web.types import Ask, Fetched, Validators
from tests.support.hostile import Handler, Hostile, answer, endless, head, in_turn, moved, raw, reset

RULES = b"""# ours
User-agent: otherbot
Disallow: /

User-agent: *
Disallow: /private/
Allow: /private/but/
Disallow: /*.pdf$
Crawl-delay: 7
"""


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def asks(fetcher: Fetcher, clock: list[float]) -> Robots:
    return Robots(fetcher, clock=lambda: clock[0])


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/news/1", True), ("/private/x", False), ("/private/but/this", True), ("/a.pdf", False),
     ("/a.pdf?x", True), ("/robots.txt", True)],
)  # fmt: skip
async def test_rules(server: Hostile, asks: Robots, path: str, allowed: bool) -> None:
    server.routes["/robots.txt"] = answer(RULES)
    assert await asks.allowed(server.url(path)) is allowed


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"", True),
        (b"User-agent: wirespin\nDisallow: /", False),
        (b"User-Agent: WireSpin\nDisallow: /", False),
        (b"user agent : wirespin/1.0\nDisallow: /", False),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: wirespin\nAllow: /", True),
        (b"User-agent: a\nUser-agent: wirespin\nUser-agent: b\nDisallow: /", False),
        (b"User-agent: wire\nDisallow: /", True),
        (b"User-agent: wirespinner\nDisallow: /", True),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /\r\n", False),
        (b"User-agent: *\rDisallow: /", False),
        (b"User-agent: # all\nDisallow: /", True),
        (b"Disallow: /", True),
        (b"User-agent: *\nDisallow:", True),
        (b"\xff\xfe\x00garbage\x00\nUser-agent: *\nDisallow: /", False),
        (b"<!DOCTYPE html><html><body>no such page</body></html>", True),
    ],
)
async def test_how_rules_may_be_written(server: Hostile, asks: Robots, rules: bytes, allowed: bool) -> None:
    server.routes["/robots.txt"] = answer(rules)
    assert await asks.allowed(server.url("/news/1")) is allowed


@pytest.mark.parametrize(
    ("handler", "allowed"),
    [
        (answer(b"", "404 Not Found"), True),
        (answer(b"", "401 Unauthorized"), True),
        (answer(b"", "403 Forbidden"), True),
        (answer(b"", "410 Gone"), True),
        (answer(b"", "429 Too Many Requests"), False),
        (answer(b"", "500 Internal Server Error"), False),
        (answer(b"", "503 Service Unavailable"), False),
        (raw(b"garbage"), False),
        (reset(b""), False),
        (moved("http://10.0.0.1/robots.txt"), False),
        (moved("/robots.txt"), True),
    ],
)
async def test_without_rules(server: Hostile, asks: Robots, handler: Handler, allowed: bool) -> None:
    server.routes["/robots.txt"] = handler
    assert await asks.allowed(server.url("/news/1")) is allowed


@pytest.mark.parametrize(("hops", "allowed"), [(5, False), (6, True)])
async def test_five_redirects_and_then_there_is_none(server: Hostile, asks: Robots, hops: int, allowed: bool) -> None:
    names = ["/robots.txt", *(f"/{number}" for number in range(1, hops)), "/last"]
    for name, following in pairwise(names):
        server.routes[name] = moved(following)
    server.routes["/last"] = answer(b"User-agent: *\nDisallow: /")
    assert await asks.allowed(server.url("/news/1")) is allowed


async def test_asked_once_a_day(server: Hostile, asks: Robots, clock: list[float]) -> None:
    server.routes["/robots.txt"] = answer(RULES)
    await asyncio.gather(*(asks.allowed(server.url(f"/{number}")) for number in range(20)))
    clock[0] += KEPT - 1
    await asks.allowed(server.url("/"))
    assert len(server.asked) == 1
    clock[0] += 2
    await asks.allowed(server.url("/"))
    assert len(server.asked) == 2


async def test_who_could_not_say_is_asked_again_within_the_hour(
    server: Hostile, asks: Robots, clock: list[float]
) -> None:
    server.routes["/robots.txt"] = in_turn(answer(b"", "503 Service Unavailable"), answer(RULES))
    assert not await asks.allowed(server.url("/"))
    clock[0] += UNREACHABLE - 1
    assert not await asks.allowed(server.url("/"))
    clock[0] += 2
    assert await asks.allowed(server.url("/"))


async def test_who_gives_up_waiting_does_not_take_it_from_the_others(server: Hostile, asks: Robots) -> None:
    server.routes["/robots.txt"] = raw(head(headers=["Content-Length: 0"])[:-2], b"\r\n", every=0.1)
    first, second = (asyncio.create_task(asks.allowed(server.url("/"))) for _ in range(2))
    await asyncio.sleep(0.03)
    first.cancel()
    assert await second
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("rule", "seconds"), [("7", 7), ("0.5", 0.5), ("86400", 60), ("-3", 0), ("nan", 0), ("inf", 60), ("soon", 0)]
)
async def test_the_delay_that_is_wanted(server: Hostile, asks: Robots, rule: str, seconds: float) -> None:
    server.routes["/robots.txt"] = answer(f"User-agent: *\nCrawl-delay: {rule}".encode())
    assert await asks.before(URL(server.url("/"))) in {seconds, 0}


async def test_a_page(server: Hostile, asks: Robots) -> None:
    server.routes |= {
        "/robots.txt": answer(RULES.replace(b"7", b"0.4")),
        "/a": answer(b"<html/>"),
        "/to": moved("/private/x"),
    }
    started = time.monotonic()
    assert (await asks.page(Ask(server.url("/a")))).body == b"<html/>"
    for path in ("/private/x", "/to"):
        with pytest.raises(FetchError, match="forbidden by") as caught:
            await asks.page(Ask(server.url(path)))
        assert caught.value.trouble == "robots"
    assert server.paths() == ["/robots.txt", "/a", "/to"]
    assert time.monotonic() - started > 0.4
    assert server.asked[1].headers["accept"].startswith("text/html")


async def test_a_server_that_cannot_say_is_named_so(server: Hostile, asks: Robots) -> None:
    server.routes["/robots.txt"] = answer(b"", "503 Service Unavailable")
    with pytest.raises(FetchError, match="cannot be had") as caught:
        await asks.page(Ask(server.url("/a")))
    assert caught.value.trouble == "robots"


@pytest.mark.parametrize("url", ["", "news", "http://", "http://10.0.0.1/", "file:///etc/passwd"])
async def test_what_is_no_url_is_not_allowed(asks: Robots, url: str) -> None:
    assert not await asks.allowed(url)


async def test_rules_behind_the_first_500_kib_do_not_exist(server: Hostile, asks: Robots) -> None:
    start = head() + b"User-agent: *\nDisallow: /first\n"
    server.routes["/robots.txt"] = endless(start, b"Disallow: /other\n" * 1000)
    assert not await asks.allowed(server.url("/first"))
    assert await asks.allowed(server.url("/second"))


def test_rules_that_multiply_are_kept_once() -> None:
    """Ten thousand names with ten thousand rules: a hundred million in all, were they kept under every name."""
    names = "".join(f"User-agent: bot{number}\n" for number in range(10_000))
    rules = "".join(f"Disallow: /{number}*$\n" for number in range(10_000))
    started = time.process_time()
    parsed = Protego.parse(ours(f"{names}User-agent: *\n{rules}"))
    assert not parsed.can_fetch("https://a.example/77", robots.PRODUCT)
    assert parsed.can_fetch("https://a.example/news", robots.PRODUCT)
    assert time.process_time() - started < 5


class Answers:
    """Gives every origin rules of a size."""

    def __init__(self, size: int) -> None:
        self.asked, self.body = 0, b"User-agent: *\n" + b"#" * size

    async def ask(self, ask: Ask) -> Fetched:
        self.asked += 1
        return Fetched(ask.url, ask.url, None, 200, {}, self.body, Validators(), None, 0.1)


async def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "ORIGINS", 10)
    monkeypatch.setattr(robots, "BYTES", 5_000)
    for size, kept in ((1, 10), (900, 5)):
        answers = Answers(size)
        asks = Robots(answers)
        for number in range(50):
            await asks.allowed(f"https://{number}.example/")
        for number in reversed(range(50 - kept, 50)):
            await asks.allowed(f"https://{number}.example/")
        assert answers.asked == 50
        await asks.allowed(f"https://{49 - kept}.example/")
        assert answers.asked == 51
