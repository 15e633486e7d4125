"""What answers mean: statuses, validators, freshness, Retry-After, redirects for now and for good."""

from __future__ import annotations

import re

import pytest

from schemas.errors import FetchError
from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.types import Ask, Validators, Web
from tests.streams.web.conftest import NOW
from tests.support.hostile import Asked, Hostile, answer, head, in_turn, moved, raw


async def refused(fetcher: Fetcher, url: str, **more: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.ask(Ask(url, **more))  # type: ignore[arg-type]
    return caught.value


async def test_what_is_sent(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>")
    await fetcher.get(server.url("/"), validators=Validators('W/"a b"', "Sun, 22 Nov 2026 08:00:00 GMT"))
    sent = server.asked[0].headers
    assert sent["user-agent"] == "wirespin/0.1 (+https://wirespin.example/bot)"
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"a b"', "Sun, 22 Nov 2026 08:00:00 GMT")
    assert (sent["a-im"], sent["accept-encoding"]) == ("feed", "gzip, deflate, br, zstd")
    assert "rss" in sent["accept"]
    assert "cookie" not in sent


async def test_cookies_are_not_taken(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=["Set-Cookie: id=1; Path=/"])
    await fetcher.get(server.url("/"))
    await fetcher.get(server.url("/"))
    assert "cookie" not in server.asked[1].headers


async def test_a_page_is_asked_for_as_a_page(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<html/>")
    await fetcher.get(server.url("/"), accept="page")
    assert server.asked[0].headers["accept"].startswith("text/html")
    assert "a-im" not in server.asked[0].headers


def test_the_user_agent() -> None:
    assert Web().agent == "wirespin/0.1"
    assert Web(contact="mail@wirespin.example").agent == "wirespin/0.1 (+mail@wirespin.example)"
    assert Web(contact="x", user_agent="Own/1.0").agent == "Own/1.0"


async def test_a_good_answer(server: Hostile, fetcher: Fetcher) -> None:
    headers = ["Content-Type: text/xml", "ETag: W/\"x\"", "Last-Modified: yesterday, about noon", "X-A: 1", "X-A: 2",
               "Set-Cookie: id=1", "Cache-Control: public, max-age=900"]  # fmt: skip
    server.routes["/"] = answer(b"<rss/>", headers=headers)
    found = await fetcher.get(server.url("/#frag"))
    assert (found.status, found.body, found.final) == (200, b"<rss/>", server.url("/"))
    assert found.validators == Validators('W/"x"', "yesterday, about noon")  # verbatim, whatever it says
    assert (found.headers["content-type"], found.headers["x-a"], found.fresh_for) == ("text/xml", "1, 2", 900.0)
    assert "set-cookie" not in found.headers
    assert (found.permanent, found.downgraded) == (None, False)
    assert 0 < found.took < 5


async def test_the_new_entries_only(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", "226 IM Used", ["IM: feed"])
    found = await fetcher.get(server.url("/"))
    assert (found.status, found.body) == (226, b"<rss/>")


@pytest.mark.parametrize(
    "status",
    ["201 Created", "202 Accepted", "204 No Content", "206 Partial Content", "300 Multiple Choices", "305 Use Proxy",
     "400 Bad Request", "401 Unauthorized", "402 Payment Required", "403 Forbidden", "404 Not Found",
     "405 Method Not Allowed", "406 Not Acceptable", "418 I'm a teapot", "429 Too Many Requests",
     "451 Unavailable For Legal Reasons", "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable",
     "504 Gateway Timeout", "520 Origin Error", "599 What", "999 Request denied"],
)  # fmt: skip
async def test_statuses_that_are_no_answer(server: Hostile, fetcher: Fetcher, status: str) -> None:
    body = [] if status.startswith("204") else ["Content-Length: 4"]
    server.routes["/"] = raw(head(status, body) + (b"oops" if body else b""))
    error = await refused(fetcher, server.url("/"))
    assert (error.trouble, error.status) == ("status", int(status[:3]))
    assert error.where == server.url("/")
    assert f"answered {status}" in str(error)


async def test_gone(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"", "410 Gone")
    assert (await refused(fetcher, server.url("/"))).trouble == "gone"


async def test_what_a_status_line_says_is_no_command_to_a_terminal(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = raw(head("500 \x1b[2Jboo" + "o" * 500, ["Content-Length: 0"]))
    error = await refused(fetcher, server.url("/"))
    assert str(error).isprintable()
    assert len(str(error)) < 300


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable", "403 Forbidden"])
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (["Retry-After: 120"], 120.0),
        (["Retry-After: 0"], 0.0),
        (["Retry-After: 316800"], 86_400.0),  # 88 hours have been seen
        (["Retry-After: Sun, 22 Nov 2026 12:10:00 GMT"], 600.0),
        (["Retry-After: Sun, 22 Nov 2026 10:10:00 GMT", "Date: Sun, 22 Nov 2026 10:00:00 GMT"], 600.0),
        (["Retry-After: Fri, 22 Nov 2126 10:10:00 GMT"], 86_400.0),
        (["Retry-After: Sat, 22 Nov 1986 10:10:00 GMT"], 0.0),
        (["Retry-After: soon"], None),
        (["Retry-After: -5"], None),
        (["Retry-After:"], None),
        ([], None),
    ],
)
async def test_retry_after(
    server: Hostile, fetcher: Fetcher, status: str, headers: list[str], seconds: float | None
) -> None:
    server.routes["/"] = answer(b"", status, headers)
    assert (await refused(fetcher, server.url("/"))).retry_after == seconds


KNOWN = Validators('"old"', "Sat, 21 Nov 2026 08:00:00 GMT")


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ([], KNOWN),
        (['ETag: "new"'], Validators('"new"', KNOWN.modified)),
        (["Last-Modified: now"], Validators('"old"', "now")),
        (['ETag: "new"', "Last-Modified: now"], Validators('"new"', "now")),
        (['ETag: "new"', "Expires: 0"], Validators()),
        (["Expires: 0"], Validators()),
    ],
)
async def test_not_modified(server: Hostile, fetcher: Fetcher, headers: list[str], kept: Validators) -> None:
    server.routes["/"] = raw(head("304 Not Modified", headers))
    found = await fetcher.get(server.url("/"), validators=KNOWN)
    assert (found.status, found.body, found.validators) == (304, None, kept)


async def test_a_304_with_a_body_that_must_not_be(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = raw(head("304 Not Modified", ["Content-Length: 6"]), b"<rss/>", every=0.1)
    assert (await fetcher.get(server.url("/"), validators=KNOWN)).body is None


async def test_where_that_body_reads_as_a_broken_answer_all_is_asked_for(server: Hostile, fetcher: Fetcher) -> None:
    broken = raw(head("304 Not Modified", ["Content-Length: 6"]) + b"<rss/>")
    server.routes["/"] = in_turn(broken, answer(b"<rss/>"))
    found = await fetcher.get(server.url("/"), validators=KNOWN)
    assert (found.status, found.body, found.validators) == (200, b"<rss/>", Validators())
    assert [asked.headers.get("if-none-match") for asked in server.asked] == ['"old"', None]
    server.routes["/"] = broken
    assert (await refused(fetcher, server.url("/"), validators=KNOWN)).trouble == "protocol"
    assert len(server.asked) == 4


@pytest.mark.parametrize("validators", [None, Validators(), Validators("", "")])
async def test_not_modified_since_when(server: Hostile, fetcher: Fetcher, validators: Validators | None) -> None:
    server.routes["/"] = raw(head("304 Not Modified"))
    error = await refused(fetcher, server.url("/"), validators=validators)
    assert (error.trouble, error.status) == ("protocol", 304)


async def test_an_answer_after_all_forgets_the_old_validators(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=['ETag: "new"'])
    assert (await fetcher.get(server.url("/"), validators=KNOWN)).validators == Validators('"new"', None)


@pytest.mark.parametrize("expires", ["Expires: 0", "Expires:  0 "])
async def test_expires_0_has_no_validators(server: Hostile, fetcher: Fetcher, expires: str) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=['ETag: "x"', "Last-Modified: now", expires])
    found = await fetcher.get(server.url("/"))
    assert (found.validators, found.fresh_for) == (Validators(), 0.0)


@pytest.mark.parametrize(
    ("etag", "kept"),
    [
        ('W/"weak"', 'W/"weak"'),
        ("unquoted", "unquoted"),
        ('"a", "b"', '"a", "b"'),
        ('"' + "x" * 2000 + '"', None),  # would be sent with every poll and kept with every feed
        ('"\x01"', None),
        ('"\xe9"', None),  # Latin-1, which could not be sent back as it came
        ("", None),
    ],
)
async def test_etags_come_back_verbatim_or_not_at_all(
    server: Hostile, fetcher: Fetcher, etag: str, kept: str | None
) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=[f"ETag: {etag}"])
    found = await fetcher.get(server.url("/"))
    assert found.validators.etag == kept
    await fetcher.get(server.url("/"), validators=found.validators)
    assert server.asked[1].headers.get("if-none-match") == kept


async def test_validators_that_hold_a_second_header_are_not_sent(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>")
    await fetcher.get(server.url("/"), validators=Validators('"x"\r\nX-Evil: 1', "\ud800"))
    assert {"x-evil", "if-none-match", "if-modified-since"}.isdisjoint(server.asked[0].headers)


async def test_headers_that_are_no_utf_8_can_be_written_down(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=["X-Name: caf\xe9", "X-Two: \xc3\xa9"])
    headers = (await fetcher.get(server.url("/"))).headers
    assert (headers["x-name"], headers["x-two"]) == ("café", "é")


# redirects

FOR_GOOD = ["301 Moved Permanently", "308 Permanent Redirect"]
FOR_NOW = ["302 Found", "303 See Other", "307 Temporary Redirect"]


@pytest.mark.parametrize("status", FOR_GOOD + FOR_NOW)
async def test_a_redirect_is_followed_and_stored_only_if_it_is_for_good(
    server: Hostile, fetcher: Fetcher, status: str
) -> None:
    server.routes |= {"/old": moved("/new", status), "/new": answer(b"<rss/>")}
    found = await fetcher.get(server.url("/old"))
    assert (found.asked, found.final) == (server.url("/old"), server.url("/new"))
    assert found.permanent == (server.url("/new") if status in FOR_GOOD else None)


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [("301 301", "/2"), ("301 308", "/2"), ("301 302", "/1"), ("302 301", None), ("301 307 301", "/1"), ("303", None)],
)
async def test_the_first_hops_that_are_for_good_count(
    server: Hostile, fetcher: Fetcher, statuses: str, permanent: str | None
) -> None:
    hops = statuses.split()
    for number, status in enumerate(hops):
        server.routes[f"/{number}"] = moved(f"/{number + 1}", f"{status} Moved")
    server.routes[f"/{len(hops)}"] = answer(b"<rss/>")
    found = await fetcher.get(server.url("/0"))
    assert found.final == server.url(f"/{len(hops)}")
    assert found.permanent == (permanent and server.url(permanent))


async def test_validators_go_with_every_hop_and_a_304_may_come_at_the_end(server: Hostile, fetcher: Fetcher) -> None:
    server.routes |= {"/old": moved("/new"), "/new": raw(head("304 Not Modified"))}
    assert (await fetcher.get(server.url("/old"), validators=KNOWN)).status == 304
    assert [asked.headers.get("if-none-match") for asked in server.asked] == ['"old"', '"old"']


async def test_ten_hops_and_no_more(server: Hostile, fetcher: Fetcher) -> None:
    async def on(asked: Asked, writer: object) -> None:
        number = int(asked.path[1:])
        handler = moved(f"/{number - 1}") if number else answer(b"<rss/>")
        await handler(asked, writer)  # type: ignore[arg-type]

    server.routes["*"] = on
    assert (await fetcher.get(server.url("/10"))).final == server.url("/0")
    error = await refused(fetcher, server.url("/11"))
    assert (error.trouble, error.status) == ("redirects", 302)


@pytest.mark.parametrize("targets", [["/0"], ["/0#elsewhere"], ["/1", "/0"], ["/1", "/2", "/1"]])
async def test_circles(server: Hostile, fetcher: Fetcher, targets: list[str]) -> None:
    for number, target in enumerate(targets):
        server.routes[f"/{number}"] = moved(target, "301 Moved")
    error = await refused(fetcher, server.url("/0"))
    assert error.trouble == "redirects"
    assert len(server.asked) == len(targets)


async def test_a_redirect_that_hangs_on_a_cookie_is_a_circle(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"", "302 Found", ["Set-Cookie: seen=1", "Location: /"])
    assert (await refused(fetcher, server.url("/"))).trouble == "redirects"


@pytest.mark.parametrize("headers", [[], ["Location:"], ["Location:  "], ["Location: http://[::1"]])
async def test_a_redirect_to_nowhere(server: Hostile, fetcher: Fetcher, headers: list[str]) -> None:
    server.routes["/"] = answer(b"", "301 Moved", headers)
    assert (await refused(fetcher, server.url("/"))).trouble in {"redirects", "url"}


@pytest.mark.parametrize(
    ("target", "trouble"),
    [
        ("http://127.0.0.1:1025/", "address"),
        ("http://10.0.0.1/", "address"),
        ("//10.0.0.1/", "address"),
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://[::ffff:127.0.0.1]/", "address"),
        ("http://2130706433/", "address"),
        ("http://0x7f.1/", "address"),
        ("http://localhost/", "address"),
        ("file:///etc/passwd", "url"),
        ("gopher://example.com/_GET", "url"),
        ("data:text/xml,<rss/>", "url"),
        ("javascript:alert(1)", "url"),
        ("http://example.com:22/", "url"),
        ("http://user:secret@example.com/", "url"),
        ("http://example.com\\@10.0.0.1/", "redirects"),
    ],
)
async def test_redirects_are_judged_as_the_first_url_is(
    server: Hostile, fetcher: Fetcher, target: str, trouble: str
) -> None:
    server.routes["/"] = moved(target, "301 Moved")
    error = await refused(fetcher, server.url("/"))
    assert (error.trouble, error.status) == (trouble, 301)
    assert "redirected to" in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    "target", ["new", "./new", "/x/../new", "//{host}/new", "http://{host}/new", "?new", "/n ew", "/né"]
)
async def test_how_a_target_may_be_written(server: Hostile, fetcher: Fetcher, target: str) -> None:
    server.routes |= {"/old": moved(target.format(host=server.address)), "*": answer(b"<rss/>")}
    assert (await fetcher.get(server.url("/old"))).body == b"<rss/>"
    assert re.fullmatch(r"/new|/old\?new|/n%20ew|/n%C3%A9", server.paths()[1])


async def test_every_hop_waits_for_its_turn_and_waiting_is_not_counted(server: Hostile) -> None:
    server.routes |= {"/old": moved("/new"), "/new": answer(b"<rss/>")}
    web = Web(allow=(server.address,), total=0.5)
    async with Fetcher(web, hosts=Hosts(spacing=0.7), now=lambda: NOW) as fetcher:
        found = await fetcher.get(server.url("/old"))
    assert found.took < 0.5


async def test_who_asks_before_every_hop_can_refuse_one(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/old"] = moved("/new")
    hops = []

    async def before(url: object) -> float:
        hops.append(str(url))
        if len(hops) > 1:
            raise FetchError("no further", trouble="robots")
        return 0.0

    assert (await refused(fetcher, server.url("/old"), before=before)).trouble == "robots"
    assert hops == [server.url("/old"), server.url("/new")]
    assert server.paths() == ["/old"]
