"""Cutting an outlet's boilerplate from its articles."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from schemas.boilerplate import BoilerplateForm, BoilerplateLine, BoilerplateTable
from schemas.errors import RecordError
from tests.wirespin.text.making import article, story
from wirespin.text.boilerplate import Boilerplate

STORY = story(7)
CLUB = "The Lantern Club meets every second Thursday in the old brewery behind the station."
BAR = "Send Facebook Twitter Whatsapp Tumblr Reddit Permalink https://lantern.example/p"


def table(*rows: tuple[str, BoilerplateForm]) -> Boilerplate:
    lines = [BoilerplateLine(outlet="lantern.example", text=text, form=form) for text, form in rows]
    return Boilerplate(BoilerplateTable(lines=lines))


def cut(boilerplate: Boilerplate, body: str, outlet: str = "lantern.example") -> list[str]:
    return [body[start:end] for start, end in boilerplate.spans(article(1, body, outlet))]


@pytest.mark.parametrize("joint", ["\n\n", "\n", " "], ids=["paragraphs", "lines", "one line"])
@pytest.mark.parametrize("place", [0, 3, 6])
@pytest.mark.parametrize("printed", [CLUB, CLUB.upper(), f"** {CLUB}", CLUB.replace(" ", "  ")])
def test_a_sentence_is_cut_wherever_it_stands(joint: str, place: int, printed: str) -> None:
    printed = printed.lstrip("* ") if joint == " " else printed  # no sentence begins with a star
    body = joint.join([*STORY[:place], printed, *STORY[place:]])
    assert [text.strip("* ") for text in cut(table((CLUB, "sentence")), body)] == [printed.strip("* ")]


def test_only_its_own_outlet_s() -> None:
    body = "\n\n".join([*STORY, CLUB])
    assert cut(table((CLUB, "sentence")), body, "beacon.example") == []


def test_a_line_is_cut_only_as_a_line() -> None:
    short = table(("Lantern plus", "line"))
    assert cut(short, "\n\n".join([*STORY, "Lantern plus"])) == ["Lantern plus"]
    assert cut(short, " ".join([*STORY, "Lantern plus."])) == []


def test_part_of_a_sentence_is_never_cut_as_a_whole_one() -> None:
    longer = CLUB.rstrip(".") + " and the mayor came too."
    assert cut(table((CLUB, "sentence")), "\n\n".join([*STORY, longer])) == []


def test_what_ran_into_a_sentence_goes_with_its_address() -> None:
    body = " ".join([*STORY[:3], BAR + "/17", *STORY[3:]])
    assert cut(table((BAR, "opening")), body) == [BAR + "/17"]


def test_an_opening_is_no_opening_in_mid_sentence() -> None:
    body = " ".join([*STORY[:3], f"{BAR} was what the page showed."])
    assert cut(table((BAR, "opening")), body) == []


def test_an_ending() -> None:
    ending = "Follow us on Facebook and on Telegram"
    assert cut(table((ending, "ending")), " ".join(STORY).rstrip(".") + " " + ending) == [ending]
    assert cut(table((ending, "ending")), " ".join(STORY).rstrip(".") + ", F" + ending[1:]) == []


def test_neighbours_are_cut_as_one() -> None:
    body = "\n\n".join([*STORY, CLUB, "Lantern plus"])
    assert cut(table((CLUB, "sentence"), ("Lantern plus", "line")), body) == [f"{CLUB}\n\nLantern plus"]


def test_where_most_of_the_article_would_go_nothing_does() -> None:
    assert cut(table((CLUB, "sentence")), f"{CLUB}\n\nNo one came.") == []


def test_a_table_survives_its_file() -> None:
    made = BoilerplateTable(articles=9, lines=[BoilerplateLine(outlet="a.example", text="Sign up", last="2026-01-02")])
    assert BoilerplateTable.from_bytes(made.to_file()) == made
    assert b'\n      "outlet": "a.example"' in made.to_file()
    assert Boilerplate.from_bytes(made.to_file()).spans(article(1, "Sign up\n\n" + STORY[0], "a.example")) == [(0, 7)]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"lines": [{"outlet": " ", "text": "x"}]}', b'{"lines": [], "schema_version": 99}']
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError):
        Boilerplate.from_bytes(data)


PIECES = st.sampled_from([*STORY, CLUB, BAR, BAR + "/1", "Lantern plus", "", "“", "…"]) | st.text(max_size=40)


@given(st.lists(PIECES, max_size=10), st.sampled_from(["\n\n", "\n", " ", "\r\n", "\u2028"]))
def test_spans_are_in_order_in_range_and_never_most_of_it(parts: list[str], joint: str) -> None:
    body = joint.join(parts)
    spans = table((CLUB, "sentence"), (BAR, "opening"), (BAR, "ending"), ("Lantern plus", "line")).spans(
        Article(id="x", url="https://lantern.example/x", headline="h", body=body)
    )
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(body)
        at = end


@pytest.mark.parametrize("body", ["a" * 1_000_000, "Lantern plus\n" * 80_000, f"{CLUB} " * 11_000, f"{BAR} " * 2_400])
def test_a_megabyte_takes_less_than_a_second(body: str) -> None:
    boilerplate = table((CLUB, "sentence"), (BAR, "opening"), ("Lantern plus", "line"))
    began = time.process_time()
    boilerplate.spans(article(1, body))
    assert time.process_time() - began < 1
