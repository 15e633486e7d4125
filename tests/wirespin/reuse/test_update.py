"""Whether one house told the same story again, or filled the same form with other facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.reuse.facts import SHORT, TABLE, Facts, facts, likeness
from wirespin.reuse.overlap import overlap
from wirespin.reuse.update import AT_ONCE, is_update, may_be_update, only_form, other_facts
from wirespin.text.document import Document

HOUR, WEEK = 3_600.0, 7 * 86_400.0
FIRE = """A fire at the Norrby paper mill killed {dead} workers on Monday, the Swedish rescue service said.

It began at {hour}:40 in a store of solvents and spread to two halls before 90 firemen put it out.

"We had trained for this and still lost friends," said Karin Ek, the manager of the mill.

Norrby Papper AB employs 640 people in Norrby and makes 8 percent of Sweden's newsprint."""
HEADLINE = "Fire kills workers at Swedish paper mill"
DIVIDEND = "Qtly div {cents} cts vs {cents} cts prior\n\nPay {pay}\n\nRecord {record}"
CLAIMS = """New claims for unemployment benefits rose to {new} in the week ended {week}, the Labour Ministry said.

The number of people on the rolls totalled {rolls}, the Ministry in Oslo said. That was up from {before} a week ago."""
NET = """Shr {shr} cts vs {old} cts

Net {net} vs {before}

Revs {revs} mln vs 88.4 mln

NOTE: Prior year net includes a gain on a sale of land"""


def fire(dead: int = 3, hour: int = 4) -> Document:
    return Document(FIRE.format(dead=dead, hour=hour), HEADLINE)


def dividend(company: str, cents: int, pay: str, record: str) -> Document:
    return Document(DIVIDEND.format(cents=cents, pay=pay, record=record), f"{company} SETS QUARTERLY DIVIDEND")


def claims(new: str, week: str, rolls: str, before: str) -> Document:
    text = CLAIMS.format(new=new, week=week, rolls=rolls, before=before)
    return Document(text, "New claims for unemployment benefits rise")


def net(company: str, shr: int, old: int, values: tuple[str, str, float]) -> Document:
    text = NET.format(shr=shr, old=old, net=values[0], before=values[1], revs=values[2])
    return Document(text, f"{company} 4TH QTR NET")


def told(one: Document, other: Document, gap: float | None = HOUR) -> str:
    """What two texts of one house are, which must not depend on the order of the two."""
    like = likeness(facts(one), facts(other))
    assert like == likeness(facts(other), facts(one))
    update = is_update(like, overlap(one, other), gap)
    assert update == is_update(like, overlap(other, one), gap)
    assert may_be_update(like, gap) or not update
    assert not (update and other_facts(like))
    return "update" if update else "form" if other_facts(like) else "neither"


PARAGRAPHS = fire().body.split("\n\n")
MORE = "The mill will stand still until Thursday. Its owners met the union at noon, and a spokesman spoke of sabotage."
DIGEST = "\n\n".join(
    [
        "Oslo - The Norwegian parliament voted for a tunnel under the Hardanger fjord, at a cost of 21 billion crowns.",
        PARAGRAPHS[0],
        PARAGRAPHS[1],
        "Helsinki - Finnish dockers ended a strike of 12 days, the port of Kotka said, and ships loaded timber.",
        "Tallinn - Estonia's central bank left its forecast at 3.1 percent and warned of wages that grow too fast.",
        "Copenhagen - The Danish post will stop delivering letters by bicycle, a union paper reported.",
    ]
)
LEADS = "Police on Tuesday searched the flat of a former foreman over a fire that killed three at a mill in Norrby."
REST = "A prosecutor in Umea said 14 boxes were taken away. The foreman, aged 51, denied everything through his lawyer."


@pytest.mark.parametrize("gap", [0.0, HOUR, WEEK, None])
def test_the_same_text_is_an_update_whenever_it_is_issued(gap: float | None) -> None:
    assert told(fire(), fire(), gap) == "update"


@pytest.mark.parametrize(
    "other",
    [
        fire(dead=5),
        fire(dead=5, hour=6),
        Document("\n\n".join(PARAGRAPHS[:2]), HEADLINE),
        Document("\n\n".join([*PARAGRAPHS, MORE]), "Swedish paper mill stands still after fire kills workers"),
        Document("\n\n".join([MORE, *PARAGRAPHS]), "Mill owners speak of sabotage"),
        Document("\n\n".join([PARAGRAPHS[0], *PARAGRAPHS[:0:-1]]), HEADLINE),
    ],
    ids=["corrected", "corrected twice", "cut", "expanded", "new lead and headline", "reordered"],
)
def test_a_new_version_is_an_update(other: Document) -> None:
    assert told(fire(), other) == "update"


@pytest.mark.parametrize(
    "other",
    [
        Document(DIGEST, "Nordic news at noon"),
        Document("\n\n".join([LEADS, REST, PARAGRAPHS[3]]), "Police search flat of former foreman"),
        Document("Norrby lies on the Gulf of Bothnia and has 9,000 people.", "A town in the north"),
        Document(""),
    ],
    ids=["taken into a digest", "followed up", "another story", "nothing"],
)
def test_what_else_shares_text_is_no_update(other: Document) -> None:
    assert told(fire(), other) != "update"


def test_a_dividend_notice_is_no_version_of_another_companys() -> None:
    tools = dividend("HARBOUR TOOLS INC", 12, "May 15", "April 30")
    assert told(tools, dividend("LAKESIDE MILLS CORP", 47, "May 21", "April 11")) == "form"
    assert told(tools, dividend("LAKESIDE MILLS CORP", 12, "May 15", "April 11")) == "neither"
    assert told(tools, dividend("HARBOUR TOOLS INC", 12, "May 15", "April 30")) == "update"
    assert told(tools, dividend("HARBOUR TOOLS", 12, "May 15", "April 3")) == "update"


def test_a_weekly_report_is_no_version_of_last_weeks() -> None:
    last = claims("14,100", "March 14", "61,454", "60,507")
    assert told(last, claims("14,310", "March 21", "62,359", "61,454"), WEEK) == "neither"
    assert told(last, claims("14,310", "March 14", "61,454", "60,507")) == "update"


def test_earnings_of_two_companies_fill_one_form() -> None:
    mine = net("HARBOUR TOOLS INC", 31, 18, ("4,134,000", "2,544,000", 97.2))
    assert told(mine, net("LAKESIDE MILLS CORP", 7, 66, ("902,117", "7,310,450", 41.9))) == "form"
    assert told(mine, net("HARBOUR TOOLS INC", 31, 18, ("4,143,000", "2,544,000", 97.2))) == "update"


def test_a_table_is_a_version_of_another_only_where_nearly_all_is_the_same() -> None:
    rows = ["MAY {} UP 1", "JULY {} UP 2", "SEPT {} OFF 1", "DEC {} UP 3", "MARCH {} OFF 2"]
    first, second = [285, 281, 277, 291, 300], [286, 282, 277, 293, 304]
    noon, later = (
        Document("\n\n".join(row.format(value) for row, value in zip(rows, values, strict=True)), "GRAIN FUTURES")
        for values in (first, second)
    )
    assert facts(noon).density >= TABLE
    assert told(noon, later) == "neither"
    assert told(noon, Document(noon.body + "\n\nCORRECTED", "GRAIN FUTURES")) == "update"


def test_half_a_day_later_the_figures_must_be_the_same() -> None:
    assert told(fire(), fire(dead=5, hour=6), AT_ONCE) == "update"
    short = Document(
        "Asarco Nord said it raises its price of lead by 2 crowns to 26 crowns a kilo, at once.", "Lead up"
    )
    other = Document(short.body.replace("26", "27"), "Lead up")
    assert told(short, other, AT_ONCE) == "update"
    assert told(short, other, AT_ONCE + 1) == "neither"
    assert told(short, other, None) == "neither"


def test_a_nameless_text_nearly_to_the_word_is_a_copy_whatever_became_of_its_figures() -> None:
    text = "the harbour raised its fee for a berth from {} euros to {} on account of the price of coal, it was said"
    one, other = Document(text.format(310, 330), "HARBOUR FEE UP"), Document(text.format(420, 470), "COSTLY COAL SHOCK")
    like = likeness(facts(one), facts(other))
    assert other_facts(like)
    assert only_form(like, overlap(one, Document("the harbour raised its fee")))
    assert not only_form(like, overlap(one, one))


def test_facts() -> None:
    known = facts(Document("The Bank of Riga said 12 percent. Prices rose 3.5 in May, it said.", "BANK of Riga: 12"))
    assert known == Facts(
        words=frozenset("the bank of riga said 12 percent prices rose 3.5 in may it".split()),
        numbers=frozenset({"12", "3.5"}),
        names=frozenset({"bank", "riga", "may"}),
        headline=frozenset({"bank", "of", "riga"}),
        lead=frozenset("the bank of riga said percent".split()),
        opening_names=frozenset({"the", "bank", "riga"}),
        small=frozenset("of said percent rose in it".split()),
        length=14,
        density=2 / 14,
    )


def test_facts_of_nothing_are_like_all_and_no_other() -> None:
    like = likeness(facts(Document("")), facts(fire()))
    assert (like.numbers, like.names, like.headline, like.lead, like.replaced) == (1, 1, 1, 1, 0)
    assert like.short
    assert not other_facts(like)


words = st.lists(st.sampled_from("the Riga port 340 of Berzins closed. 12 May said".split()), min_size=4, max_size=60)


@given(words, words)
def test_any_two_texts_compare_alike_both_ways(one: list[str], other: list[str]) -> None:
    left, right = (facts(Document(" ".join(text), " ".join(text[:3]))) for text in (one, other))
    like = likeness(left, right)
    assert like == likeness(right, left)
    assert all(0 <= share <= 1 for share in (like.numbers, like.names, like.headline, like.lead, like.replaced))
    assert like.short == (min(len(one), len(other)) < SHORT)


@given(words)
def test_a_text_is_an_update_of_itself_and_no_form(text: list[str]) -> None:
    document = Document(" ".join(text), " ".join(text[:3]))
    like = likeness(facts(document), facts(document))
    assert is_update(like, overlap(document, document), 0.0)
    assert not other_facts(like)
