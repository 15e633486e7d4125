"""HTML that is safe by construction."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wirespin.page.reading import Reading
from wirespin.page.markup import element, is_web, joined, line, link, text


def test_what_is_no_html_is_escaped_and_what_is_html_is_not() -> None:
    inner = element("b", "1 < 2 & 'x'")
    assert element("p", inner, "<br>") == "<p><b>1 &lt; 2 &amp; &#x27;x&#x27;</b>&lt;br&gt;</p>"
    assert element("p", f"{inner}").startswith("<p>&lt;b&gt;"), "what was formatted is text again"


def test_attributes_are_escaped_and_named() -> None:
    made = element("td", class_='a"b', data_n="<1>", id=None)
    assert made == '<td class="a&quot;b" data-n="&lt;1&gt;"></td>'


def test_void_elements_have_no_end() -> None:
    assert joined(element("br"), element("meta", charset="utf-8")) == '<br><meta charset="utf-8">'


@given(st.text(max_size=60))
def test_any_text_is_one_text_of_the_same_length(value: str) -> None:
    made = text(value)
    assert not set("<>\"'\r") & set(made)
    assert len(html.unescape(made)) == len(value)


def test_what_cannot_be_printed_is_replaced_one_for_one() -> None:
    assert text("a\x00b\x1b\ud800\uffff\n\tc\x85") == "a\ufffdb\ufffd\ufffd\ufffd\n\tc\ufffd"
    assert text("a\r\nb") == "a&#13;\nb"


def test_a_line_turns_no_words_beside_it() -> None:
    assert line(" a\n\u202eb\u2066 ") == "a \ufffdb\ufffd"


@pytest.mark.parametrize("url", ["http://a.example/x?y=1&z=2", "https://a.example", "HTTPS://A.example/ä"])
def test_addresses_of_the_web_are_linked(url: str) -> None:
    assert is_web(url)
    assert Reading(link(url)).links == [url]


@pytest.mark.parametrize(
    "url",
    [
        *["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"],
        *["//a.example", "a.example/x", "https:", "https:///x", "https://user@a.example", "http://[::1", ""],
        *["java\nscript:alert(1)", "https://a.example/\u202ex", "https://a.example/x y", "http\x00://a.example"],
    ],
)
def test_nothing_else_is(url: str) -> None:
    assert not is_web(url)
    assert Reading(link(url)).tags == set()
