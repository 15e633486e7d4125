"""The whole comparison: verdicts on plain cases, the cases on record, and what goes with them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from schemas.accepted import Credit
from schemas.events import CreditChange, Finding
from tests.wirespin.framing.framing_texts import HEADLINE, STORY, devices_of, document, edited, framing, of_device
from wirespin.framing import FramingView, compare_framing
from wirespin.text.document import Document

SEEDS = Path(__file__).parents[3] / "seeds"
REUTERS = (
    "The gunmen belonged to the al-Aqsa Martyrs Brigades, which has been involved in a four-year-old revolt against "
    "Israeli occupation in Gaza and the West Bank."
)
NEWSPAPER = (
    "The gunmen belonged to the al-Aqsa Martyrs Brigades, a terrorist group that has been involved in a four-year-old "
    "campaign of violence against Israel."
)
FAIR_REWRITE = """\
The ferry company Northline has been ordered to pay 2.4 million euros by the Port of Almery, which suspects it of \
neglecting safety on its line to the island.

Certificates for 14 life rafts had run out when the port's people looked in March. "We did not act in haste," their \
director, Elin Marsh, told journalists.

Northline rejects this and will go to court. "Not one passenger was ever in danger," said Jonas Veit on its behalf; \
the renewal papers had only arrived late.

In the evening some 300 people came together at the terminal. Bottles flew, officers used batons, and four were injured.

According to the ferry workers' union, one technician in three has gone since 2019.

The company takes 1.9 million travellers a year across; judges found no proof against it in an earlier case in 2021."""


def test_an_identical_copy_is_unaltered() -> None:
    result = framing()
    assert result.altered == "no"
    assert result.devices == []
    assert result.score < 0.2
    assert any("quotations" in sentence for sentence in result.against)
    assert any("headline" in sentence for sentence in result.against)


def test_a_shortened_copy_that_keeps_the_denial_is_unaltered() -> None:
    kept = "\n\n".join(STORY.split("\n\n")[:5])
    result = framing(kept)
    assert result.altered == "no"
    assert not of_device(result, "omission")


def test_a_cut_that_takes_the_only_denial_and_goes_on_is_altered() -> None:
    paragraphs = STORY.split("\n\n")
    one_sided = "\n\n".join([*paragraphs[:3], paragraphs[5], "Northline carries 1.9 million passengers a year."])
    result = framing(one_sided)
    assert result.altered == "yes"
    assert any("denied the accusation" in finding.original for finding in of_device(result, "omission"))


def test_house_style_is_unaltered() -> None:
    styled = edited(
        ("2.4 million euros on Monday", "€2.4m on Monday"),
        ("Inspectors found 14", "Inspectors found fourteen"),
        ("director Elin Marsh told", "director Ms Elin Marsh told"),
        (
            "Northline denied the accusation and said that it would appeal",
            "Northline denied the accusation. It said it would appeal",
        ),
        ("The union of ferry workers said the company", "The company, the union of ferry workers said,"),
    ).replace('"', "”")
    result = framing(styled, "Almery port fines Northline over alleged safety breaches")
    assert result.altered == "no", result.devices


def test_a_fair_paraphrase_is_unaltered() -> None:
    assert framing(FAIR_REWRITE, "Port of Almery takes Northline to task over ferry safety").altered == "no"


def test_a_slanted_headline_over_the_same_body_is_altered() -> None:
    result = framing(headline="Greedy ferry bosses gambled with passengers' lives")
    assert result.altered == "yes"
    assert devices_of(result) == {"headline_spin"}


@pytest.mark.parametrize(
    "clutter",
    [
        "Sign up for our newsletter and never miss a story!",
        "READ ALSO: The shocking scandal that shook the port",
        "What do you think? Let us know in the comments.",
        "Share this article on Facebook | X | WhatsApp",
        "Passengers at the terminal. Photo: Example Images",
        "You have 3 free articles left this month. Cancel anytime.",
    ],
)
def test_site_furniture_is_no_editorializing(clutter: str) -> None:
    for body in (f"{STORY}\n\n{clutter}", f"{clutter}\n\n{STORY}"):
        result = framing(body)
        assert result.altered == "no"
        assert not of_device(result, "editorializing")


def test_the_label_put_into_a_credited_agency_sentence_is_caught() -> None:
    kept = CreditChange(status="kept", in_copy=[Credit(agency="reuters", name="Reuters", form="byline")])
    result = compare_framing(Document(REUTERS, language="en"), Document(NEWSPAPER, language="en"), credit=kept)
    assert result.altered == "yes"
    labels = of_device(result, "label_change")
    assert any("revolt" in finding.original and "campaign of violence" in finding.rewritten for finding in labels)
    assert any("terrorist group" in finding.rewritten for finding in labels)
    assert "credit_kept" in devices_of(result)


def test_a_copy_of_the_agencys_update_is_silent_against_the_update() -> None:
    update = edited(("four people were hurt", "nine people were hurt, two of them officers"))
    assert compare_framing(document(update), document(update)).altered == "no"
    assert compare_framing(document(), document(update)).altered != "yes"


def test_a_lost_credit_alone_alters_nothing() -> None:
    original = document(f"{STORY} (AFP)")
    at = original.body.index("AFP")
    lost = CreditChange(
        status="removed", original=[Credit(agency="afp", name="AFP", form="signoff", start=at, end=at + 3)]
    )
    result = compare_framing(original, document(), credit=lost)
    assert result.altered == "no"
    [finding] = result.devices
    assert (finding.device, finding.original, finding.original_span) == ("credit_removed", "AFP", (at, at + 3))


def test_a_credit_that_stood_outside_the_body_has_no_span() -> None:
    lost = CreditChange(status="removed", original=[Credit(agency="afp", name="AFP", form="publisher")])
    [finding] = compare_framing(document(), document(), credit=lost).devices
    assert (finding.original, finding.original_span) == ("AFP", None)


def test_a_kept_credit_is_reported_on_altered_text_only() -> None:
    kept = CreditChange(status="kept", original=[Credit(agency="afp", name="AFP", form="credit")])
    assert compare_framing(document(), document(), credit=kept).devices == []
    spun = document(headline="Greedy ferry bosses gambled with passengers' lives")
    assert "credit_kept" in devices_of(compare_framing(document(), spun, credit=kept))


def test_views_and_documents_give_the_same_answer() -> None:
    copy = document(edited(("300 protesters", "300 rioters")))
    built = compare_framing(FramingView(document()), FramingView(copy))
    assert built == compare_framing(document(), copy)


def test_findings_stand_strongest_first() -> None:
    result = framing(
        edited(
            ("300 protesters", "300 rioters"),
            ("We did not act in haste", "We acted in haste"),
            ("found 14", "found 40"),
        )
    )
    severities = [finding.severity for finding in result.devices]
    assert len(severities) >= 3
    assert severities == sorted(severities, reverse=True)


@pytest.mark.parametrize(
    ("language", "coverage"), [("en", "full"), ("und", "full"), ("de", "partial"), ("fi", "partial")]
)
def test_coverage_tells_whether_all_devices_know_the_language(language: str, coverage: str) -> None:
    text = Document("Eine Meldung. Noch ein Satz.", language=language)
    assert compare_framing(text, text).coverage == coverage


def test_german_reporting_verbs_are_known() -> None:
    original = Document("Der Minister sagte am Montag, die Brücke sei sicher und werde im Mai geöffnet.", language="de")
    copy = Document(
        "Der Minister behauptete am Montag, die Brücke sei sicher und werde im Mai geöffnet.", language="de"
    )
    assert "doubt_added" in devices_of(compare_framing(original, copy))


def seed(name: str, end_marker: str) -> Document:
    """A seed file: the headline is the line that stands twice, the body follows, up to a marker."""
    text = (SEEDS / name).read_text(encoding="utf-8")
    lines = text.split("\n")
    headline = next(line for line, after in pairwise(lines) if line.strip() and line == after)
    start = text.index(f"{headline}\n{headline}") + 2 * len(headline) + 1
    return Document(text, headline, ((start, text.index(end_marker, start)),), "en")


@pytest.fixture(scope="module")
def seed_pair() -> tuple[Document, Document]:
    original = seed("000_a342bc336784f21b.txt", "\nAFP")
    return original, seed("002_1d667fcee3213ee1.txt", "\nYou May Also Like")


def test_the_seed_pair_is_altered_for_the_reasons_a_reader_sees(seed_pair: tuple[Document, Document]) -> None:
    result = compare_framing(*seed_pair)
    assert result.altered == "yes"
    added = of_device(result, "editorializing")
    assert any("In one of the most unlikely events taking place in the world" in one.rewritten for one in added)
    assert any("it will be interesting to see" in one.rewritten for one in added)
    assert any(
        "Korean Central News Agency" in one.original and "the Russian state media" in one.rewritten
        for one in of_device(result, "attribution_changed")
    )
    [headline] = [one for one in result.devices if one.where == "headline"]
    assert (headline.original, headline.rewritten) == (seed_pair[0].headline, seed_pair[1].headline)


def test_the_seed_pairs_quotations_are_left_in_peace(seed_pair: tuple[Document, Document]) -> None:
    quoted = {"quote_altered", "quote_reattributed", "scare_quotes"}
    assert not quoted & devices_of(compare_framing(*seed_pair))


def test_every_span_of_the_seed_pair_cuts_its_text(seed_pair: tuple[Document, Document]) -> None:
    for finding in compare_framing(*seed_pair).devices:
        assert_cuts(finding, *seed_pair)


def assert_cuts(finding: Finding, original: Document, copy: Document) -> None:
    for document_, text, span in (
        (original, finding.original, finding.original_span),
        (copy, finding.rewritten, finding.rewritten_span),
    ):
        if span is not None:
            source = document_.headline if finding.where == "headline" else document_.body
            assert source[span[0] : span[1]] == text


def test_the_headlines_stand_in_the_headline_finding() -> None:
    spun = "Ferry firm's shameful contempt for passengers exposed!"
    [finding] = of_device(framing(headline=spun), "headline_spin")
    assert (finding.original, finding.original_span) == (HEADLINE, (0, len(HEADLINE)))
    assert (finding.rewritten, finding.rewritten_span) == (spun, (0, len(spun)))
