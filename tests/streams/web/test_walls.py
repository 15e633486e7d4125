"""Bot walls: each told by its name, and articles about walls told from walls."""

from __future__ import annotations

import pytest

from schemas.errors import FetchError
from streams.web.fetch import Fetcher
from streams.web.types import Accept, Ask
from tests.support.hostile import Hostile, answer, moved

CHALLENGE = "/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"
HTML = "Content-Type: text/html; charset=utf-8"


def page(text: str, title: str = "News") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{text}</body></html>".encode()


async def trouble(server: Hostile, fetcher: Fetcher, accept: Accept = "feed") -> FetchError | None:
    try:
        await fetcher.ask(Ask(server.url("/feed"), accept))
    except FetchError as error:
        return error
    return None


REFUSALS = [
    ("403 Forbidden", ["cf-mitigated: challenge"], b"", "Cloudflare"),
    (
        "503 Service Unavailable",
        [],
        page(f"<script src={CHALLENGE}></script>"),
        "Cloudflare",
    ),
    ("403 Forbidden", [], page('<script>window._cf_chl_opt={cvId:"3"}</script>', "Just a moment..."), "Cloudflare"),
    ("403 Forbidden", ["x-datadome: protected"], b"{}", "DataDome"),
    ("403 Forbidden", [], page("<script src='https://ct.captcha-delivery.com/c.js'></script>"), "DataDome"),
    ("403 Forbidden", [], page("<script>window._pxAppId='PX1'</script><div id=px-captcha></div>"), "PerimeterX"),
    ("403 Forbidden", [], page("Reference https://errors.edgesuite.net/18.1", "Access Denied"), "Akamai"),
    ("403 Forbidden", [], page("<iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe>"), "Incapsula"),
    ("405 Method Not Allowed", ["x-amzn-waf-action: captcha"], page(""), "AWS WAF"),
    ("202 Accepted", ["x-amzn-waf-action: challenge"], page(""), "AWS WAF"),
    ("403 Forbidden", [], page("<a href='https://ddos-guard.net'>", "DDoS-Guard"), "DDoS-Guard"),
    ("429 Too Many Requests", [], page("<script src='/x/ips.js'>KPSDK.configure</script>"), "Kasada"),
    ("403 Forbidden", [], page("<script id='anubis_challenge'></script>"), "Anubis"),
    ("403 Forbidden", ["x-sucuri-block: 1"], page(""), "Sucuri"),
    ("403 Forbidden", [], page("<script src='https://www.google.com/recaptcha/api.js'></script>"), "captcha"),
    ("403 Forbidden", [], page("<script src='https://js.hcaptcha.com/1/api.js'></script>"), "captcha"),
    ("403 Forbidden", [], page("", "Are you a robot?"), "bot wall"),
]


@pytest.mark.parametrize(("status", "headers", "body", "name"), REFUSALS)
async def test_walls_behind_a_refusal(
    server: Hostile, fetcher: Fetcher, status: str, headers: list[str], body: bytes, name: str
) -> None:
    server.routes["/feed"] = answer(body, status, [HTML, "Retry-After: 60", *headers])
    error = await trouble(server, fetcher)
    assert error is not None
    assert (error.trouble, error.status, error.retry_after) == ("bot_wall", int(status[:3]), 60.0)
    assert name in str(error)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("403 Forbidden", page("Forbidden")),
        ("403 Forbidden", b""),
        ("429 Too Many Requests", b"slow down"),
        ("503 Service Unavailable", page("We are upgrading", "Maintenance")),
        ("503 Service Unavailable", page("<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>")),
        ("404 Not Found", page(f"<script src={CHALLENGE}></script>")),
        ("401 Unauthorized", page("Login", "Login")),
    ],
)
async def test_plain_refusals_are_no_walls(server: Hostile, fetcher: Fetcher, status: str, body: bytes) -> None:
    server.routes["/feed"] = answer(body, status, [HTML])
    error = await trouble(server, fetcher)
    assert error is not None
    assert error.trouble == "status"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (page("", "Just a moment..."), "bot wall"),
        (page("<div id=px-captcha>", "Access to this page has been denied"), "PerimeterX"),
        (page("<iframe src='/_Incapsula_Resource?x'></iframe>", ""), "Incapsula"),
        (page("<script src='https://ct.captcha-delivery.com/c.js'></script>", "example.com"), "DataDome"),
    ],
)
async def test_walls_that_say_all_is_well(server: Hostile, fetcher: Fetcher, body: bytes, name: str) -> None:
    server.routes["/feed"] = answer(body, headers=[HTML])
    error = await trouble(server, fetcher)
    assert error is not None
    assert (error.trouble, error.status) == ("bot_wall", 200)
    assert name in str(error)


@pytest.mark.parametrize(
    "path", ["/login?next=/feed", "/signin", "/accounts/login/", "/wp-login.php", "/oauth2/authorize"]
)
async def test_login_pages(server: Hostile, fetcher: Fetcher, path: str) -> None:
    server.routes |= {"/feed": moved(path), path: answer(page("<form>"), headers=[HTML])}
    error = await trouble(server, fetcher)
    assert error is not None
    assert error.trouble == "bot_wall"
    assert "login page" in str(error)


async def test_consent_pages(server: Hostile) -> None:
    from streams.web.hosts import Hosts
    from streams.web.types import Web

    server.routes["http://news.example/a"] = moved("http://consent.news.example/collect?to=a")
    server.routes["http://consent.news.example/collect?to=a"] = answer(page("We value"), headers=[HTML])
    async with Fetcher(Web(proxy=server.url("")), hosts=Hosts(spacing=0)) as fetcher:
        with pytest.raises(FetchError, match="a consent page") as caught:
            await fetcher.get("http://news.example/a", accept="page")
        assert caught.value.trouble == "bot_wall"
        assert (await fetcher.get("http://consent.news.example/collect?to=a", accept="page")).status == 200


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        ("feed", page('<link rel="alternate" type="application/rss+xml" href="/rss">', "News")),
        ("feed", page("no feed here", "Page not found")),
        ("feed", b"<?xml version='1.0'?><rss><title>Just a moment: captcha-delivery.com</title></rss>"),
        ("feed", b"<rss><item><title>_Incapsula_Resource</title></item></rss>"),
        ("page", page("<script src='https://www.google.com/recaptcha/api.js'></script>Comment!", "Cat found")),
        ("page", page("How Cloudflare's _cf_chl_opt works", "Bot walls explained")),
        ("page", page("x" * 200_001, "Just a moment: a minute of silence")),
        ("page", page("", "Sign in to continue")),
    ],
)
async def test_what_only_looks_like_a_wall(server: Hostile, fetcher: Fetcher, accept: Accept, body: bytes) -> None:
    """HTML where a feed was asked is told from walls: a person may have given the address of a site."""
    server.routes["/feed"] = answer(body, headers=[HTML])
    assert await trouble(server, fetcher, accept) is None


async def test_a_packed_wall(server: Hostile, fetcher: Fetcher) -> None:
    import gzip

    body = gzip.compress(page("<script>_cf_chl_opt</script>"))
    server.routes["/feed"] = answer(body, "403 Forbidden", [HTML, "Content-Encoding: gzip"])
    error = await trouble(server, fetcher)
    assert error is not None
    assert error.trouble == "bot_wall"
