"""Whatever an article holds, a page shows it as text."""

from __future__ import annotations

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import Article
from streams.desk.paths import alert_path, story_path
from streams.desk.types import Listed
from streams.desk.view_rows import row_html
from streams.desk.views import short
from tests.support.desk import decision, event
from tests.support.desk_house import House, told_of
from tests.support.desk_pages import page, scripts

PIECES = st.sampled_from(
    ["<script>alert(1)</script>", "</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "<!--",
     "]]>", "&lt;", "{{ 7*7 }}", "{% raw %}", "\u202e", "\u2066", "\x00", "\ufffe", "\u2028", "javascript:alert(1)",
     "\r\n\r\n", "data: x\n\nevent: row", "</li></ol>", "</textarea>", "</style>", "ﷺ", "e\u0301" * 9, "a" * 500]
)  # fmt: skip
HOSTILE = st.lists(PIECES | st.text(max_size=8), min_size=1, max_size=6).map("".join).filter(str.strip)
BODY = "The minister said on Monday that the bridge was safe for traffic and that it would stay open all year. " * 3


@settings(max_examples=60)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_row_holds_nothing_of_what_a_headline_would_bring(headline: str, outlet: str, name: str) -> None:
    said = event(copy=name, headline=headline, wire_headline=headline, outlet=outlet, first=name)
    html = row_html(Listed(said, decision(said, by="kim", reason=headline)))
    assert not scripts(html)
    [row] = page(html).select("li.row")
    shown = row.select_one("h3")
    assert shown
    assert shown.get_text() in (
        short(headline).replace("\x00", "\ufffd").replace("\ufffe", "\ufffd"),
        "(no headline)",
    ) or ("\ufffd" in shown.get_text())
    assert not set(row.get_text()) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\x00")
    assert {one.name for one in page(html).find_all(True)} <= set(
        "li article div h3 a bdi p ul span strong time".split()
    )


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202eevil\u2066", "x" * 4_096, "</title></head>"],
)
async def test_no_page_holds_what_an_article_would_bring(
    house: House, asker: aiohttp.ClientSession, hostile: str
) -> None:
    original = Article(id="o" + hostile[:100], headline=hostile, body=BODY + hostile, publisher=hostile, url=hostile)
    copy = Article(
        id=hostile[:99], headline="New " + hostile[:4_000], body=BODY + "It is a lie! " + hostile, publisher=hostile
    )
    said = told_of(original, copy, always=True)
    assert said.alert
    house.take(house.log.texts(said.original, said.copy))
    house.take(house.log.said(said.republication, said.alert))
    house.take(house.log.decided(decision(said.alert, by=hostile[:50], reason=hostile[:900])))
    for path in ("/", "/?kind=republications", alert_path(said.alert.id), alert_path(said.republication.id),
                 story_path(said.original.id), "/precision"):  # fmt: skip
        async with asker.get(house.url + path) as answer:
            html = await answer.text()
        assert answer.status == 200, path
        assert not scripts(html), path
        assert len(page(html).select("title, head, body, main")) == 4, path
    for path in (
        f"/?text={hostile[:100]}",
        f"/?outlet={hostile[:100]}",
        f"/?{hostile[:50]}=1",
        f"/alert/{hostile[:50]}",
    ):
        async with asker.get(house.url + path) as answer:
            assert answer.status in (200, 400, 404)
            assert not scripts(await answer.text()), path


async def test_a_headline_without_end_is_cut(house: House, asker: aiohttp.ClientSession) -> None:
    said = event(headline="word " * 20_000, wire_headline="x" * 100_000)
    house.take(house.log.said(said))
    for path, most in (("/", 20_000), (story_path("wire"), 20_000)):
        async with asker.get(house.url + path) as answer:
            assert len(await answer.text()) < most
    async with asker.get(house.url + alert_path(said.id)) as answer:
        assert answer.status == 200


def test_short() -> None:
    assert short(" a \n b ") == "a b"
    assert short("x" * 400) == "x" * 299 + "…"
    assert short("a\u202eb") == "a\ufffdb"
