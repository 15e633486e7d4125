"""What a hook gets: the event as it stands on the topic, in a CloudEvent; which events concern it."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cloudevents import headers
from schemas.errors import RecordError
from schemas.events import Alert
from schemas.undelivered import Undelivered
from streams.desk.filters import Filter
from streams.out.webhooks.feeder import concerns
from streams.out.webhooks.lanes import GivenUp
from streams.out.webhooks.letters import chosen, message_in, written
from streams.out.webhooks.message import event_of, iso, key_of, message_of, trial, withdrawal_of
from streams.out.webhooks.post import Outcome
from tests.streams.out.events import alert, republication
from tests.streams.out.webhooks_support import message, source


def test_attributes_are_those_of_the_topics_headers() -> None:
    said = alert()
    event = orjson.loads(message_of(said, source(7), said.to_bytes(), "wirespin").body)
    on_topic = {name.removeprefix("ce_"): value.decode() for name, value in headers(said, "/wirespin")}
    on_topic.pop("content-type")
    assert {name: event[name] for name in on_topic} == on_topic
    assert (event["datacontenttype"], event["partitionkey"], event["sequence"]) == (
        "application/json", "k1", "00000000000000000007",
    )  # fmt: skip
    assert "outsidefilter" not in event


@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_the_event_goes_out_to_the_byte(headline: str) -> None:
    said = alert()
    value = said.model_copy(update={"copy_": said.copy_.model_copy(update={"headline": headline})}).to_bytes()
    body = message_of(event_of(source(), value), source(), value, "wirespin").body
    assert b'"data":' + value in body
    assert Alert.from_data(orjson.loads(body)["data"]).copy_.headline == headline


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_sequences_compare_as_offsets_do(one: int, other: int) -> None:
    first, second = (orjson.loads(withdrawal_of("k", source(offset), "w").body)["sequence"] for offset in (one, other))
    assert (first < second) == (one < other)


def test_an_id_that_a_header_cannot_hold_is_replaced_by_one_that_it_can() -> None:
    names = [message(0, name=name).id for name in ("a.b", "a\r\nb", "ä", "a" * 200, "a-b_C9")]
    assert names[-1] == "a-b_C9"
    assert len(set(names)) == 5
    assert all(name.isascii() and "." not in name and name.isprintable() and len(name) < 129 for name in names)


def test_a_withdrawal_has_an_id_of_its_own_that_stays() -> None:
    assert withdrawal_of("k", source(1), "w").id == withdrawal_of("k", source(1), "w").id
    assert withdrawal_of("k", source(1), "w").id != withdrawal_of("k", source(2), "w").id
    assert orjson.loads(withdrawal_of("k", source(1, timestamp=2**62), "w").body)["time"] == "9999-12-31T23:59:59Z"
    assert orjson.loads(withdrawal_of("k", source(1, role="republications"), "w").body)["type"] == (
        "org.wirespin.republication.withdrawn.v1"
    )


def test_a_trial_says_nothing() -> None:
    name, body = trial("h", "x", "w", 0.0)
    assert orjson.loads(body)["data"] == {"type": "test", "hook": "h"}
    assert orjson.loads(body)["id"] == name == "test-x"
    assert iso(0.0) == "1970-01-01T00:00:00Z"


def test_a_key_that_is_no_text_is_told() -> None:
    assert key_of(None, "t") == ""
    with pytest.raises(RecordError, match="no UTF-8"):
        key_of(b"\xff", "t[0]@1")


@pytest.mark.parametrize(
    ("wanted", "concerned"),
    [
        (Filter(score=0.99), True),
        (Filter(device="omission", text="nowhere"), True),
        (Filter(agency="afp", outlet="outlet", language="en", score=0.99), True),
        (Filter(agency="dpa", score=0.99), False),
        (Filter(outlet="Other", score=0.99), False),
        (Filter(language="de", score=0.99), False),
        (Filter(kind="republications"), False),
    ],
)
def test_a_new_version_concerns_those_who_may_have_been_told_of_the_old_one(wanted: Filter, concerned: bool) -> None:
    assert concerns(wanted, alert(supersedes=["a0"])) is concerned
    assert not concerns(wanted, alert())


@pytest.mark.parametrize("outside", [False, True])
def test_a_letter_holds_all_that_is_needed_to_send_it_again(outside: bool) -> None:
    for given_up in (
        message_of(alert(), source(3), alert().to_bytes(), "wirespin", outside=outside),
        message_of(
            republication(),
            source(4, role="republications", topic="t.republications"),
            republication().to_bytes(),
            "wirespin",
            outside=outside,
        ),
        withdrawal_of("k9", source(5), "wirespin"),
    ):
        letter = written("h", GivenUp(given_up, Outcome(False, "500", 500), 3, 0.0, 60.0))
        assert (letter.first, letter.last, letter.tries) == ("1970-01-01T00:00:00Z", "1970-01-01T00:01:00Z", 3)
        assert message_in(Undelivered.from_bytes(letter.to_bytes()), "wirespin") == given_up


def test_letters_are_chosen_by_id_or_hook() -> None:
    letters = [
        written(hook, GivenUp(message(number), Outcome(False), 1, 0.0, 0.0))
        for number, hook in enumerate(("h", "g", "h"))
    ]
    assert chosen(letters, (), None) == letters
    assert [one.message for one in chosen(letters, (), "h")] == ["a0", "a2"]
    assert [one.message for one in chosen(letters, ("a1", "a2"), None)] == ["a1", "a2"]
    with pytest.raises(RecordError, match="no such message"):
        chosen(letters, ("a9",), None)


def test_a_letter_that_is_no_base64_is_none() -> None:
    letter = written("h", GivenUp(message(0), Outcome(False), 1, 0.0, 0.0)).model_dump()
    with pytest.raises(RecordError, match="not base64"):
        Undelivered.from_data({**letter, "value": "!"})
