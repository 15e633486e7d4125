"""ninjs in its three spellings, and lines of JSON."""

from __future__ import annotations

import pytest

from schemas.article import Article
from schemas.errors import FeedError
from tests.wirespin.formats.reading import errors, fixture, one, read
from wirespin.formats.jsontext import DEEPEST, LONGEST_LINE


def test_version_1() -> None:
    article = one("ninjs-1.6.json")
    assert article.body == "MORLENNE (AP) -- The port is closed.\n\nTwo quays have collapsed.", "tags before plain text"
    assert (article.version, article.publisher, article.byline) == (2, "AP", "Ana Pellan and Ivo Marsh")
    assert (article.published_at, article.date_source) == ("2026-11-20T10:37:00Z", "versioncreated")
    assert article.url == article.id == "http://ninjs.example.com/newsitems/20261120med123"


def test_version_2_in_a_list() -> None:
    found = fixture("ninjs-2.1-list.json")
    assert [type(item).__name__ for item in found] == ["Article", "LeftOut", "LeftOut", *["ArticleError"] * 3]
    article = one("ninjs-2.1-list.json")
    assert article.headline == "Havnen i Morlenne stengt"
    assert article.body == "Havnen er stengt.\n\nTo kaier har rast."
    assert (article.publisher, article.editor_note) == ("NTB", "Noe utvidet.")
    assert "item 4: publication status 'sideways' is not known" in errors(found)[0]
    assert "item 5: no uri" in errors(found)[1]
    assert "item 6: not an object but int" in errors(found)[2]


def test_version_3() -> None:
    article = one("ninjs-3.1.json")
    assert article.id == "urn:newsml:dpa.com:20090101:261120-99-167362"
    assert article.embargoed == "2099-11-21T05:00:00Z"
    assert article.body == "Der Hafen ist zu.\n\nZwei Kais sind eingestürzt."
    assert article.published_at == "2026-11-20T16:02:28+01:00"


def test_lines_of_both_kinds_the_bad_ones_by_number() -> None:
    found = fixture("lines.jsonl")
    good = [item for item in found if isinstance(item, Article)]
    assert [(item.id, item.pub_status) for item in good] == [("a1", "usable"), ("urn:x:2", "canceled")]
    assert b'"extra":{"kept":true}' in good[0].to_bytes()
    told = errors(found)
    assert [text.partition(":")[0] for text in told] == [f"lines.jsonl line {number}" for number in (4, 5, 6)]
    assert "not JSON" in told[1]
    assert "(byte 2)" in told[1]


def test_lines_are_known_by_their_content() -> None:
    assert len(read(b'\xef\xbb\xbf{"id":"a","body":"x"}\n{"id":"b","body":"y"}\n')) == 2
    assert len(read(b'{"id":"a","body":"x"}')) == 1
    assert len(read(b'{\n "id":"a",\n "body":"x"}')) == 1
    assert len(read(b'{"items":[{"uri":"a","headline":"x"},{"uri":"b","headline":"y"}]}')) == 2


def test_a_line_that_is_too_long_is_passed_over() -> None:
    lines = b'{"id":"a","body":"x"}\n{"id":"b","body":"' + b"y" * LONGEST_LINE + b'"}\n{"id":"c","body":"x"}\n'
    found = read(lines, ".jsonl")
    assert [item.id for item in found if isinstance(item, Article)] == ["a", "c"]
    assert "line 2: over" in errors(found)[0]


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"uri": "x"', b"[1,"])
def test_documents_that_are_no_json(data: bytes) -> None:
    with pytest.raises(FeedError, match=r"not JSON|nested"):
        read(data)


def test_depth_is_bounded() -> None:
    nested = b'{"uri":"u","headline":"h","x":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}\n"
    assert f"nested over {DEEPEST} deep" in errors(read(nested, ".jsonl"))[0]
