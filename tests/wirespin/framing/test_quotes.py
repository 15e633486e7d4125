"""Quotations: kinds, cues, speakers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.quotes import Quote
from wirespin.framing.view import FramingView
from wirespin.text.document import Document


def view(body: str, language: str = "en") -> FramingView:
    return FramingView(Document(body, language=language))


def quotes(body: str, language: str = "en") -> list[Quote]:
    return view(body, language).quotes


def said(body: str, quote: Quote) -> tuple[str | None, str | None, str | None]:
    """Cue, words that stand for the speaker, and the key he is known by."""
    seen = view(body)
    cue = seen.text(seen.words_span(quote.cue.first, quote.cue.last)) if quote.cue else None
    return cue, seen.text(quote.source.span) if quote.source else None, quote.source.key if quote.source else None


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ('"The gate was shut at noon," Veit said.', ["direct"]),
        ('"The gate was shut," Veit said, "because nobody came."', ["direct", "direct"]),
        ('Veit called the plan "a very costly mistake".', ["partial"]),
        ('It passed the "inspection" in March.', ["scare"]),
        ('The choir sang its "Rivers of the North" to a full house.', ["title"]),
        ('In "Rivers of the North", Veit said little.', ["title"]),
        ('"We closed it.\n\n"Nobody complained," Veit said.', ["direct", "continued"]),
        ('"We closed it," Veit said.\n\n"Nobody complained at all."', ["direct", "continued"]),
    ],
)
def test_kinds_of_quotations(body: str, kinds: list[str]) -> None:
    assert [quote.kind for quote in quotes(body)] == kinds


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('"The gate was shut," Veit said.', ("said", "Veit", "veit")),
        ('"The gate was shut," said Dr. Helen Marchetti of the clinic.', ("said", "Dr. Helen Marchetti", "marchetti")),
        ('"The gate was shut," Jonas Veit, 61, head of the board, told us.', ("told", "Jonas Veit", "veit")),
        ('"The gate was shut," Veit, who runs the port, said.', ("said", "Veit", "veit")),
        ('"The gate was shut," according to Ana Reyes of the union.', ("according to", "Ana Reyes", "reyes")),
        ('According to Reyes, "the gate was shut all day".', ("According to", "Reyes", "reyes")),
        ('"The gate was shut," a spokeswoman for Northline said.', ("said", "a spokeswoman", "spokeswoman")),
        ('"The gate was shut," officials in the capital said.', ("said", "officials", "official")),
        ('"The gate was shut," police said.', ("said", "police", "police")),
        ('"The gate was shut," wisecracked Reyes.', ("wisecracked", "Reyes", "reyes")),
        ('"The gate was shut," Reyes wisecracked.', ("wisecracked", "Reyes", "reyes")),
        ('Reyes: "The gate was shut."', (None, "Reyes", "reyes")),
        ('Reyes told Hudcova that "the gate was shut all day".', ("told", "Reyes", "reyes")),
        ('Reyes shook her head: "The gate was shut."', (None, "Reyes", "reyes")),
        ('Reyes demurred: "The gate was shut."', ("demurred", "Reyes", "reyes")),
        ('Speaking in Almery, Reyes said "the gate was shut all day".', ("said", "Reyes", "reyes")),
        ('Reyes left early, saying "the gate was shut all day".', ("saying", "Reyes", "reyes")),
        ('Hudcova praised Reyes, who said "the gate was shut all day".', ("said", "who", "reyes")),
        ('"The gate was shut," said Will Doyle.', ("said", "Will Doyle", "doyle")),
        ('"The gate was shut," Reyes is quoted as saying.', ("quoted", "Reyes", "reyes")),
    ],
)
def test_who_said_it_and_with_which_verb(body: str, expected: tuple[str | None, str, str]) -> None:
    [quote] = quotes(body)
    assert said(body, quote) == expected


@pytest.mark.parametrize(
    ("body", "speakers"),
    [
        ('Veit said "nothing of the kind" had happened, and Reyes said "all of it" had.', ["veit", "reyes"]),
        ('"We waited," Veit said. "Nobody came at all," Reyes added.', ["veit", "reyes"]),
        ('"We waited," Veit said. He had left by then. "Nobody came at all."', ["veit", "veit"]),
        ('Veit said no.\n\nReyes shook her head.\n\n"We waited at the gate for two whole days."', [None]),
        ('The report in the Washington Post angered Veit. "We waited for two days," he said.', ["veit"]),
        ('"We waited for days," a Northline press officer said.', [None]),
    ],
)
def test_quotations_that_follow_one_another(body: str, speakers: list[str | None]) -> None:
    assert [quote.speaker for quote in quotes(body)] == speakers


def test_a_verb_that_may_be_a_noun_needs_a_subject() -> None:
    body = 'The report by the port comments on state aid. Veit\'s claims about "the other matter at hand" fell flat.'
    [quote] = quotes(body)
    assert quote.cue is None


def test_paragraphs_of_one_quotation_share_the_verb_that_any_of_them_has() -> None:
    found = quotes('"The water rose quickly.\n\n"Then the lights went out.\n\n"We climbed on the roof," Reyes said.')
    assert [quote.speaker for quote in found] == ["reyes"] * 3
    assert [quote.kind for quote in found] == ["direct", "continued", "continued"]
    assert [quote.sure for quote in found] == [False, False, True]


def test_quotations_within_quotations() -> None:
    seen = view("\"Hudcova told me, 'Close the gates,' and I did,\" said Jonas Veit.")
    [outer], [inner] = seen.quotes, seen.nested_quotes
    assert outer.speaker == "veit"
    assert (inner.kind, inner.speaker, inner.within) == ("nested", "hudcova", outer.span)
    assert seen.text(inner.span) == "Close the gates,"


def test_one_without_a_verb_beside_it_has_no_speaker() -> None:
    [inner] = view("\"It was 'a very dark night' in May,\" said Veit.").nested_quotes
    assert (inner.source, inner.cue) == (None, None)


def test_languages_without_grammar_fall_back_on_the_nearest_name() -> None:
    [quote] = quotes("„Das Tor war den ganzen Tag zu“, sagte gestern am späten Abend in Almery Jonas Veit.", "de")
    assert quote.speaker == "veit"
    assert quote.source is not None
    assert quote.source.how == "near"


@given(st.text(alphabet="Aa bc.,:\"'“”‘’\n«»said Veit he the who", max_size=120))
def test_offsets_of_any_text_are_those_of_the_body(body: str) -> None:
    seen = view(body)
    for quote in [*seen.quotes, *seen.nested_quotes]:
        assert 0 <= quote.span[0] < quote.span[1] <= len(body)
        assert 0 <= quote.first < quote.last <= len(seen.tokens)
        for span in (quote.source.span, quote.source.name or quote.source.span) if quote.source else ():
            assert 0 <= span[0] < span[1] <= len(body)
