"""Lists of feeds as programs and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import FeedError
from wirespin.feed.opml import OpmlFeed, read_opml, write_opml

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>Subscriptions</title></head><body>
<outline text="News" title="News">
  <outline text="World">
    <outline type="rss" text="Quay &amp; Port" title="Quay &amp; Port" xmlUrl="https://quay.example/rss" htmlUrl="https://quay.example/"/>
  </outline>
  <outline type="rss" TEXT="Faro" XMLURL='https://faro.example/?a=1&b=2' category="/es/press,daily"/>
</outline>
<outline text="No address" type="rss"/>
<outline text="A file" xmlUrl="file:///etc/passwd"/>
<!-- <outline text="Old" xmlUrl="https://old.example/rss"/> -->
<outline text="Again" xmlUrl="https://quay.example/rss"></outline>
<outline text="Feed scheme" xmlurl="feed://bote.example/rss">
</body></opml>"""


def test_a_list() -> None:
    feeds, problems = read_opml(LIST.encode())
    assert feeds == [
        OpmlFeed("https://quay.example/rss", "Quay & Port", ("News", "World")),
        OpmlFeed("https://faro.example/?a=1&b=2", "Faro", ("News", "es/press", "daily")),
        OpmlFeed("https://bote.example/rss", "Feed scheme", ()),
    ]
    assert len(problems) == 3
    assert problems[0].startswith("line 9: ")
    assert "file:///etc/passwd" in problems[1]
    assert "twice" in problems[2]


def test_a_text_of_urls() -> None:
    feeds, problems = read_opml(
        b"\xef\xbb\xbf# mine\nhttps://a.example/rss  The A\n\nb.example/rss\nhttp://c.example/\n"
    )
    assert feeds == [OpmlFeed("https://a.example/rss", "The A"), OpmlFeed("http://c.example/")]
    assert problems == ["line 4: 'b.example/rss' is no http(s) URL"]


def test_utf_16() -> None:
    assert len(read_opml(LIST.replace("UTF-8", "UTF-16").encode("utf-16"))[0]) == 3


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"<opml><body></body></opml>", "names no feed"),
        (b"hello", "names no feed"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><outline xmlUrl="https://a.example/"/></opml>', "entities"),
        ('<!DOCTYPE o [<!ENTITY a "b">]><opml/>'.encode("utf-16"), "entities"),
    ],
)
def test_no_list(data: bytes, problem: str) -> None:
    with pytest.raises(FeedError, match=problem):
        read_opml(data)


def test_a_large_hostile_list_takes_linear_time() -> None:
    for piece in ("<outline ", '<outline a="', "<!--", "</outline>", '<outline text="a">'):
        data = '<outline xmlUrl="https://a.example/"/>' + piece * 300_000
        assert len(read_opml(data.encode())[0]) == 1


LABELS = st.text(st.characters(codec="utf-8"), max_size=20).map(lambda text: " ".join(text.replace(",", " ").split()))


@given(
    st.dictionaries(
        st.from_regex(r"https://[a-z]{1,8}\.example/[a-z?&=%#\"'<>é]{0,10}", fullmatch=True),
        st.tuples(LABELS, st.lists(st.from_regex(r"[A-Za-zé&<>\"']{1,8}", fullmatch=True), max_size=3, unique=True)),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read_again(given_feeds: dict[str, tuple[str, list[str]]]) -> None:
    feeds = [OpmlFeed(url, "", tuple(labels)) for url, (_, labels) in given_feeds.items()]
    again, problems = read_opml(write_opml(feeds))
    assert problems == []
    assert sorted(again, key=lambda feed: feed.url) == sorted(feeds, key=lambda feed: feed.url)


@given(st.text(max_size=200) | st.text(alphabet="<>outline xmlUrl=\"'/!-&;", max_size=200))
def test_any_text_gives_a_list_or_its_error(text: str) -> None:
    for data in (text, f'<opml>{text}<outline xmlUrl="https://a.example/{text}"/>'):
        try:
            feeds, _ = read_opml(data.encode("utf-8", "replace"))
        except FeedError:
            continue
        assert feeds
