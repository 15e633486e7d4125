"""What else of a kind is told once a copy is found altered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.events import Finding
from tests.wirespin.framing.framing_texts import STORY, document, edited, framing, of_device
from wirespin.framing import beside
from wirespin.framing.beside import BESIDE
from wirespin.framing.pair import Pair
from wirespin.framing.view import view_of

DENIAL = "Northline denied the accusation and said that it would appeal against the fine.\n\n"


def told(body: str, *devices: str) -> list[Finding]:
    """What is told beside findings of some devices, none of which has a place."""
    known = [Finding(device=device, severity=0.5, explanation="x") for device in devices]
    return beside.find(Pair(view_of(document()), view_of(document(body))), known)


ROUTE = (" on the island route", "")


def test_a_clause_that_any_editor_may_cut_is_told_where_the_denial_went() -> None:
    result = framing(edited((DENIAL, ""), ("alleged safety", "outrageous safety"), ROUTE))
    assert result.altered == "yes"
    [clause] = [one for one in of_device(result, "omission") if "island route" in one.original]
    assert clause.severity == BESIDE
    assert result.devices[0] != clause


def test_the_same_clause_is_not_told_of_a_copy_that_is_fair() -> None:
    result = framing(edited(ROUTE))
    assert (result.altered, result.devices) == ("no", [])


def test_nothing_is_told_of_a_device_that_was_not_found() -> None:
    body = edited(("Police used batons", "Police used long batons"), (", and four people were hurt", ""))
    assert told(body) == []
    assert [one.device for one in told(body, "loaded_language")] == ["loaded_language"]


def test_a_place_is_told_once() -> None:
    result = framing(edited((DENIAL, ""), ("In 2021 a court cleared it of similar charges for lack of evidence.", "")))
    places = [one.original_span for one in of_device(result, "omission")]
    assert len(places) == len(set(places))


def test_a_voice_that_came_and_one_that_went_are_told() -> None:
    body = edited(
        ("Northline carries", "It says that it carries"),
        ("The union of ferry workers said the company had cut", "The company had cut"),
    )
    came, went = told(body, "doubt_added", "doubt_removed")
    assert (came.device, went.device) == ("doubt_added", "doubt_removed")
    assert "says" in came.explanation
    assert "said" in went.explanation


def test_figures_and_sources_put_in_are_no_comment() -> None:
    body = STORY + " The port handles 4,000 trucks a day, its manager said."
    assert told(body, "editorializing") == []
    assert told(STORY + " Nobody in the town was greatly surprised by any of it.", "editorializing")


@given(st.lists(st.sampled_from(sorted(beside.RULES)), unique=True), st.integers(0, 7))
def test_what_is_told_shows_its_texts_and_weighs_nearly_nothing(devices: list[str], gone: int) -> None:
    paragraphs = STORY.split("\n\n")
    body = "\n\n".join(paragraphs[:gone] + paragraphs[gone + 1 :]).replace("Police", "The brutal police")
    for one in told(body, *devices):
        assert one.severity == BESIDE
        assert one.device in devices
        left, right = one.original_span, one.rewritten_span
        assert left is None or one.original == STORY[left[0] : left[1]]
        assert right is None or one.rewritten == body[right[0] : right[1]]
