"""From a raw article to an accepted one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.accepted import Accepted
from schemas.article import Article
from schemas.boilerplate import BoilerplateLine, BoilerplateTable
from wirespin.accept import accept
from wirespin.identity import article_id, content_digest
from wirespin.reuse.sketch import from_sketch
from wirespin.text.boilerplate import Boilerplate

NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)
WIRE = Article(
    url="https://www.reuters.com/world/1",
    publisher="Reuters",
    headline="Riga port closes as ice thickens",
    body=(
        "RIGA, March 3 (Reuters) - The port of Riga closed on Monday as ice thickened faster than "
        "breakers could clear it.\n\n"
        '"We have not seen this since 1987," harbour master Janis Berzins told reporters.\n\n'
        "(Reporting by Anna Ozola; Editing by Peter Graff)"
    ),
    published_at="2025-03-03T10:00:00Z",
)


def test_an_agency_article() -> None:
    accepted = accept(WIRE, NOW)
    assert accepted.article.model_copy(update={"id": None}) == WIRE
    assert accepted.id == article_id(WIRE)
    assert accepted.digest == content_digest(WIRE)
    assert (accepted.published, accepted.date_source) == ("2025-03-03T10:00:00Z", "published_at")
    assert accepted.agency == "reuters"
    assert accepted.language == "en"
    assert {credit.agency for credit in accepted.credits} == {"reuters"}
    assert Accepted.from_bytes(accepted.to_bytes()) == accepted


def test_spans_and_credits_cut_the_body_and_leave_datelines_out() -> None:
    accepted = accept(WIRE, NOW)
    parts = [WIRE.body[start:end] for start, end in accepted.spans]
    assert parts[0].startswith("The port of Riga")
    assert not any("(Reuters)" in part or "Reporting by" in part for part in parts)
    for credit in accepted.credits:
        if credit.start >= 0:
            assert credit.name in WIRE.body[credit.start : credit.end]


def test_the_sketch_is_of_the_text_without_dateline() -> None:
    bare = WIRE.model_copy(update={"body": WIRE.body.removeprefix("RIGA, March 3 (Reuters) - ")})
    assert accept(bare, NOW).sketch == accept(WIRE, NOW).sketch
    assert len(from_sketch(accept(WIRE, NOW).sketch).hashes) > 10


def test_boilerplate_changes_spans_and_sketch_but_no_credit_and_no_version() -> None:
    text = "The port of Riga closed on Monday as ice thickened faster than breakers could clear it."
    table = BoilerplateTable(
        lines=[
            BoilerplateLine(outlet="reuters.com", text=text, form="opening"),
            BoilerplateLine(outlet="reuters.com", text="(Reporting by Anna Ozola; Editing by Peter Graff)"),
        ]
    )
    plain, cut = accept(WIRE, NOW), accept(WIRE, NOW, Boilerplate(table))
    assert (cut.uid, cut.credits, cut.agency) == (plain.uid, plain.credits, plain.agency)
    assert accept(WIRE, NOW, Boilerplate(BoilerplateTable(lines=[]))) == plain


def test_the_same_article_gives_the_same_bytes() -> None:
    assert accept(WIRE, NOW).to_bytes() == accept(Article.from_bytes(WIRE.to_bytes()), NOW).to_bytes()


@pytest.mark.parametrize("body", ["", "x", "(Reuters)", "RIGA, March 3 (Reuters) -", "\n\n", "\x00", "😀" * 50, "שלום"])
def test_next_to_nothing_is_accepted(body: str) -> None:
    accepted = accept(Article(id="a", headline="Riga", body=body), NOW)
    assert all(0 <= start < end <= len(body) for start, end in accepted.spans)
    assert Accepted.from_bytes(accepted.to_bytes()) == accepted
