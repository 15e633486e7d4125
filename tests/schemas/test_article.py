"""The record that outside producers write: what is asked of them and what is said when it is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import MAX_BODY, MAX_FIELD, Article
from schemas.errors import ArticleError, RecordError

LEAST = {"id": "a", "headline": "Rates rise"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SOME_TEXT = TEXT.filter(str.strip)
JSON = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("name", ["id", "url", "guid"])
@pytest.mark.parametrize("text", ["headline", "body"])
def test_one_name_and_one_text_are_enough(name: str, text: str) -> None:
    article = Article.from_data({name: "x", text: "Some words"})
    assert getattr(article, name) == "x"
    assert getattr(article, text) == "Some words"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"headline": "x"}, "none of id, url, guid"),
        ({"id": "a"}, "headline and body are both empty"),
        ({"id": "a", "headline": None, "body": None}, "headline and body are both empty"),
        ({"id": "a", "headline": " \n", "body": "\t"}, "headline and body are both empty"),
    ],
)
def test_too_little_is_refused_and_the_record_shown(data: dict[str, Any], said: str) -> None:
    with pytest.raises(ArticleError) as caught:
        Article.from_data(data, where="wirespin.articles[0]@17")
    assert said in str(caught.value)
    assert str(caught.value).startswith("wirespin.articles[0]@17: field record: ")
    assert repr(data)[:40] in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 7),
        ("id", ""),
        ("id", "  "),
        ("url", "\n"),
        ("guid", "\u3000"),
        ("url", "u" * (MAX_FIELD + 1)),
        ("headline", ["x"]),
        ("body", 1.5),
        ("body", "b" * (MAX_BODY + 1)),
        ("published_at", 1795341600),
        ("version", -1),
        ("version", "third"),
        ("pub_status", "killed"),
        ("language", "x" * 36),
        ("schema_version", "first"),
        ("schema_version", 0),
        ("schema_version", None),
    ],
)
def test_an_error_names_the_field_and_the_value(field: str, value: object) -> None:
    with pytest.raises(ArticleError) as caught:
        Article.from_data({**LEAST, field: value})
    shown = repr(value)
    assert f"field {field}: " in str(caught.value)
    assert f"got {shown[:80]}" in str(caught.value)
    assert len(str(caught.value)) < 400


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(ArticleError) as caught:
        Article.from_data({**LEAST, "url": 1, "version": "x", "pub_status": 2})
    assert [field for field in ("url", "version", "pub_status") if f"field {field}: " in str(caught.value)] == [
        "url",
        "version",
        "pub_status",
    ]


def test_null_texts_are_empty_ones() -> None:
    assert Article.from_data({**LEAST, "body": None}).body == ""
    assert Article.from_data({"id": "a", "headline": None, "body": "x"}).headline == ""


@pytest.mark.parametrize("version", [2, 99, "2", 2.0, 1.5, 10**400])
def test_a_newer_format_is_refused_before_its_fields_are_read(version: object) -> None:
    with pytest.raises(RecordError, match=r"field schema_version: .* is newer than 1") as caught:
        Article.from_data({"schema_version": version, "text": "what a later version calls its body"})
    assert "upgrade" in str(caught.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        (b'{"id": "a", "headline": NaN}', "not JSON"),
        (b'{"id": "a", "headline": "\\ud800"}', "not JSON"),
        (b"[" * 5_000, "not JSON"),
        (b"[]", "not a JSON object but list"),
        (b"null", "not a JSON object but NoneType"),
        (b'"text"', "not a JSON object but str"),
        (None, "the record has no value"),
    ],
)
def test_bytes_that_are_no_object_are_refused(value: bytes | None, said: str) -> None:
    with pytest.raises(RecordError) as caught:
        Article.from_bytes(value, where="topic[3]@5")
    assert str(caught.value).startswith(f"topic[3]@5: {said}")
    assert len(str(caught.value)) < 400


def test_an_article_error_is_no_record_error() -> None:
    """What is decoded but unfit is told apart from what is no record at all."""
    with pytest.raises(ArticleError) as caught:
        Article.from_bytes(b"{}")
    assert not isinstance(caught.value, RecordError)


def test_unknown_fields_survive() -> None:
    data = {**LEAST, "x_rights": {"usage": [1, 2.5, None], "note": "näh"}, "copy": "desk", "model_config": 1}
    back = json.loads(Article.from_data(data).to_bytes())
    assert {name: back[name] for name in data} == data


def test_null_fields_are_left_out_and_defaults_written() -> None:
    assert json.loads(Article.from_data({**LEAST, "url": None}).to_bytes()) == {
        "schema_version": 1,
        "id": "a",
        "headline": "Rates rise",
        "body": "",
        "pub_status": "usable",
    }


def test_equal_records_give_equal_bytes_whatever_the_order_of_their_fields() -> None:
    one = {**LEAST, "zone": {"b": 1, "a": 2}, "extra": 3}
    other = {"extra": 3, "zone": {"a": 2, "b": 1}, "headline": "Rates rise", "id": "a"}
    assert Article.from_data(one) == Article.from_data(other)
    assert Article.from_data(one).to_bytes() == Article.from_data(other).to_bytes()


def test_records_are_frozen() -> None:
    article = Article.from_data(LEAST)
    with pytest.raises(ValueError, match="frozen"):
        article.headline = "other"  # type: ignore[misc]


@given(
    name=SOME_TEXT,
    headline=SOME_TEXT,
    body=TEXT,
    version=st.none() | st.integers(0, 99),
    extra=st.dictionaries(TEXT.map("x_".__add__), JSON, max_size=3),
)
def test_round_trip(name: str, headline: str, body: str, version: int | None, extra: dict[str, Any]) -> None:
    article = Article.from_data({"guid": name, "headline": headline, "body": body, "version": version, **extra})
    once = article.to_bytes()
    assert Article.from_bytes(once) == article
    assert Article.from_bytes(once).to_bytes() == once


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_raise_anything_but_an_input_error(value: bytes) -> None:
    try:
        Article.from_bytes(value)
    except (RecordError, ArticleError) as error:
        assert error.problem  # noqa: PT017 (either outcome is right)


@pytest.mark.parametrize("depth", [240, 985, 1_000, 1_020])
def test_what_is_nested_deep_is_refused_by_name(depth: int) -> None:
    value = b'{"id":"x","body":"","more":' + b"[" * depth + b"]" * depth + b"}"
    with pytest.raises(ArticleError, match="headline and body are both empty"):
        Article.from_bytes(value, where="here")


def test_a_version_without_end_is_told_shortly() -> None:
    with pytest.raises(RecordError) as caught:
        Article.from_data({"id": "x", "body": "x", "schema_version": "9" * 100_000})
    assert len(str(caught.value)) < 300
