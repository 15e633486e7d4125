from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.accepted import Credit
from schemas.article import Article
from wirespin.wire.credits import find_credits, strip_spans

LEDE = (
    "The governor opened the new bridge on Monday after two years of delays, telling a crowd of several hundred people "
    "on the northern bank that the toll would stay at three crowns until the end of next year."
)
BACKGROUND = (
    "The old crossing was closed in 2019 when inspectors found cracks in two of its six piers, and the ferries that "
    "took its place carried no more than 40 vehicles an hour, which drove traders out of the harbour quarter."
)
PROSE = "\n\n".join([LEDE, BACKGROUND, LEDE.replace("Monday", "Tuesday"), BACKGROUND.replace("2019", "2018")])


def article(body: str, **fields: str) -> Article:
    return Article(**{"id": "x", "publisher": "The Daily Lantern", "headline": "Bridge opens", "body": body} | fields)


def found(body: str, **fields: str) -> set[tuple[str, str]]:
    named = find_credits(article(body, **fields))
    for credit in named:
        cuts(body, credit)
    return {(credit.agency, credit.form) for credit in named}


def cuts(body: str, credit: Credit) -> None:
    assert credit.start == -1 or body[credit.start : credit.end] == credit.name


DATELINES = [
    ("PARIS (AFP) - ", "afp"),
    ("Paris (AFP) – ", "afp"),
    ("PARIS, (AFP) — ", "afp"),
    ("Paris, 12 juin 2023 (AFP) – ", "afp"),
    ("Nakuru, Kenya, Oct 17, 2023 (AFP) - ", "afp"),
    ("LONDON, Feb 6 (Reuters) - ", "reuters"),
    ("LONDON (Reuters) — ", "reuters"),
    ("Feb 6 (Reuters) - ", "reuters"),
    ("(Reuters) - ", "reuters"),
    ("ALEXANDRIA, Egypt (AP) — ", "ap"),
    ("WORCESTER, Mass. (AP) — ", "ap"),
    ("BERLIN (dpa) - ", "dpa"),
    ("Berlin/Hanoi (dpa) - ", "dpa"),
    ("Hamburg (dpa/lno) - ", "dpa"),
    ("Frankfurt (dpa-AFX) - ", "dpa"),
    ("MADRID, 3 Feb. (EFE).- ", "efe"),
    ("Macas (Ecuador), 16 Aug (EFE).- ", "efe"),
    ("(ANSA) - ROMA, 12 GIU - ", "ansa"),
    ("BEIJING, June 12 (Xinhua) -- ", "xinhua"),
    ("MOSCOW, June 12. /TASS/. ", "tass"),
    ("MOSCOW, June 12 (TASS) - ", "tass"),
    ("МОСКВА, 12 июня. /ТАСС/. ", "tass"),
    ("МОСКВА, 12 июн — РИА Новости. ", "ria"),
    ("NEW DELHI, Feb. 6, Kyodo - ", "kyodo"),
    ("Kolkata, Nov 18 (PTI) ", "pti"),
    ("Balasore/New Delhi, Feb 6 (PTI) ", "pti"),
    ("New Delhi [India], June 12 (ANI): ", "ani"),
    ("IZMIR (AA) - ", "anadolu"),
    ("SEOUL, June 12 (Yonhap) -- ", "yonhap"),
    ("KUALA LUMPUR, June 12 (Bernama) -- ", "bernama"),
    ("Jakarta (ANTARA) - ", "antara"),
    ("Hanoi (VNA) – ", "vna"),
    ("AMMAN, June 12 (Petra) -- ", "petra"),
    ("Zagreb, 12 June (Hina) - ", "hina"),
    ("AFP - ", "afp"),
    ("新华社北京6月12日电", "xinhua"),
    ("[東京 12日 ロイター] - ", "reuters"),
    ("(서울=연합뉴스) ", "yonhap"),
    ("【北京共同】", "kyodo"),
]


@pytest.mark.parametrize(("dateline", "key"), DATELINES, ids=[line for line, _ in DATELINES])
@pytest.mark.parametrize("above", ["", "Home > World > Bridges\n\n"], ids=["first", "below"])
def test_datelines(dateline: str, key: str, above: str) -> None:
    body = above + dateline + PROSE
    assert found(body) == {(key, "dateline")}
    region = strip_spans(article(body))
    assert (len(above), len(above) + len(dateline)) in [(start, end) for start, end in region]


@pytest.mark.parametrize(
    "opening",
    [
        "An AFP journalist saw the crowd. ",
        "The governor told AFP - and others - that the bridge was safe. ",
        "The Korean Central News Agency (KCNA) said the bridge was safe. ",
        "Eighteen of 27 economists polled by Reuters last week had expected it. ",
        "According to Reuters, the bridge is safe. ",
        "The Associated Press (AP) has sued the governor. ",
        "In Paris (AFP) staff went on strike. ",
        "She studied Advanced Placement (ap) chemistry - and failed. ",
        "Reuters: the bridge is safe. ",
    ],
)
def test_an_agency_quoted_at_the_start_is_no_dateline(opening: str) -> None:
    assert found(opening + PROSE) == set()


def test_a_dateline_without_an_agency_is_a_region_without_a_credit() -> None:
    body = "ATHENS – " + PROSE
    assert find_credits(article(body)) == []
    assert strip_spans(article(body)) == [(0, 9)]


SIGNOFFS = [
    ("AFP", "afp"),
    ("(AFP)", "afp"),
    ("-- AFP", "afp"),
    ("- AFP", "afp"),
    ("— Agence France-Presse", "afp"),
    ("(Reuters)", "reuters"),
    ("– Reuters", "reuters"),
    ("REUTERS", "reuters"),
    ("AP", "ap"),
    ("(ANSA).", "ansa"),
    ("dpa/xx yyzz", "dpa"),
    ("EFE", "efe"),
    ("EFE jlm/bp", "efe"),
    ("PTI SMK RBT", "pti"),
    ("(Anadolu)", "anadolu"),
    ("==Kyodo", "kyodo"),
    ("– PA", "pa"),
    ("Enditem", "xinhua"),
    ("ТАСС", "tass"),
]


@pytest.mark.parametrize(("mark", "key"), SIGNOFFS, ids=[mark for mark, _ in SIGNOFFS])
@pytest.mark.parametrize("joint", ["\n\n", "\n", " "], ids=["paragraph", "line", "behind"])
@pytest.mark.parametrize(
    "below", ["", "\n\nRelated stories\n\nToll road opens\n\nFive questions"], ids=["last", "above"]
)
def test_signoffs(mark: str, key: str, joint: str, below: str) -> None:
    body = PROSE + joint + mark + below
    assert found(body) == {(key, "signoff")}
    [(start, end)] = strip_spans(article(body))
    assert body[start:end] == mark


@pytest.mark.parametrize("names", ["AFP/Reuters", "(AFP, Reuters)", "AFP and Reuters", "Reuters / AFP"])
def test_a_signoff_of_two_agencies(names: str) -> None:
    assert found(f"{PROSE}\n\n{names}") == {("afp", "signoff"), ("reuters", "signoff")}


@pytest.mark.parametrize(
    "ending",
    [
        "\n\njho/mw/rl",
        "\n\nThe governor told AFP",
        " He spoke to the Korean Central News Agency (KCNA).",
        " The report was first carried by Agence France-Presse (AFP).",
        "\n\nPhoto: AFP",
        "\n\nA man walks past the bridge. REUTERS/Jane Doe",
        "\n\n(AP Photo/Jane Doe)",
        "\n\n© Getty Images / AFP photo",
        "\n\nHe lives in Erie, PA",
        " The governor blamed Michael R. Bloomberg.",
        " The mayor called it foul (Bloomberg has denied saying this).",
        "\n\nAP exams begin in May",
        "\n\nReuters Breakfast Club",
    ],
)
def test_endings_that_are_no_credit(ending: str) -> None:
    assert found(PROSE + ending) == set()


@pytest.mark.parametrize(
    "ending",
    [
        " ab/cde (AFP, dpa) -",
        " ab/cd-(AFP, dpa)",
        " ab/cd (AFP, dpa)-",
        " (AFP, dpa) - -",
        " ab/cd (AFP, dpa) Send Facebook Twitter Google+ Whatsapp Tumblr linkedin stumble Digg reddit Permalink http://a.b/c",
        " ab/cd-(AFP, dpa) Share Facebook Twitter WhatsApp LinkedIn E-Mail",
    ],
)
def test_a_mark_behind_the_text_of_a_page_that_comes_as_one_line(ending: str) -> None:
    body = "The port closed on Monday after thick ice trapped two ferries outside the harbour walls, it said. " * 4
    named = find_credits(Article(id="a", body=body.strip() + ending))
    assert [credit.agency for credit in named] == ["afp", "dpa"]


def test_networks_in_the_text_are_no_row_to_share_on() -> None:
    body = (
        "The law covers Facebook Twitter WhatsApp LinkedIn and Telegram alike, the minister told the chamber (AFP). "
        * 3
    )
    assert find_credits(Article(id="a", body=body + "It takes effect in June.")) == []


def test_a_mark_in_the_middle_of_the_text_closes_nothing() -> None:
    assert found(f"{PROSE}\n\nAFP\n\n{PROSE}") == set()


CONTRIBUTED = [
    ("Reuters contributed to this report.", "reuters"),
    ("The Associated Press contributed to this report.", "ap"),
    ("Associated Press writer Nabil Shenouda in Cairo contributed to this report.", "ap"),
    ("With inputs from PTI", "pti"),
    ("(With inputs from PTI)", "pti"),
    ("(With PTI inputs)", "pti"),
    ("(With agency inputs from ANI)", "ani"),
    ("With reporting by AFP", "afp"),
    ("With AFP", "afp"),
    ("Additional reporting by Reuters", "reuters"),
    ("Source: Xinhua", "xinhua"),
    ("Source: Xinhua, own research", "xinhua"),
    ("This story was originally published by The Associated Press.", "ap"),
    ("Mit Material von dpa", "dpa"),
    ("Mit Material der dpa", "dpa"),
    ("Quelle: dpa", "dpa"),
    ("Avec AFP", "afp"),
    ("(avec l'AFP)", "afp"),
    ("Con información de EFE", "efe"),
    ("Fuente: EFE", "efe"),
    ("Com informações da Reuters", "reuters"),
    ("Fonte: Lusa", "lusa"),
    ("Bron: ANP", "anp"),
    ("Źródło: PAP", "pap"),
    ("Zdroj: ČTK", "ctk"),
    ("Источник: ТАСС", "tass"),
]


@pytest.mark.parametrize(("line", "key"), CONTRIBUTED, ids=[line for line, _ in CONTRIBUTED])
@pytest.mark.parametrize("joint", ["\n\n", " "], ids=["paragraph", "behind"])
def test_contributions(line: str, key: str, joint: str) -> None:
    assert found(PROSE + joint + line) == {(key, "contributed")}


@pytest.mark.parametrize(
    "line",
    [
        "With many others, the man told AFP that he would stay.",
        "Sources told Reuters that the bridge was safe.",
        "From Paris he told AFP that the bridge was safe.",
        "Heavy rain contributed to the collapse, AFP reported.",
        "EFE reports.",
        "From Bloomberg:",
        "Agency staff told EFE that the toll was too high.",
    ],
)
def test_sentences_that_are_no_contribution(line: str) -> None:
    assert found(f"{PROSE}\n\n{line}") == set()


@pytest.mark.parametrize("joint", ["\n\n", "\n", " "])
@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Jana Holub and Petr Weiss; Editing by Alison Reid)",
        "Reporting by Jana Holub in Prague; editing by Alison Reid",
        "(Additional reporting by A. B. in Rome; Writing by C. D.; Editing by E. F.)",
    ],
)
def test_the_reporting_line_is_reuters(line: str, joint: str) -> None:
    assert found(PROSE + joint + line) == {("reuters", "reporting")}


def test_a_reporting_line_in_the_middle_is_no_credit() -> None:
    assert found(f"{PROSE}\n\n(Reporting by A B; Editing by C D)\n\n{PROSE}") == set()


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("© 2024 AFP", "afp"),
        ("© Agence France-Presse", "afp"),
        ("© 2024 dpa Deutsche Presse-Agentur GmbH", "dpa"),
        ("(c) 2025 dpa GmbH", "dpa"),
        ("Copyright 2023 The Associated Press. All rights reserved.", "ap"),
        (
            "Copyright 2024 The Associated Press. All rights reserved. This material may not be published, broadcast, "
            "rewritten or redistributed without permission.",
            "ap",
        ),
        ("© Thomson Reuters 2024", "reuters"),
    ],
)
def test_copyright_lines(line: str, key: str) -> None:
    assert {agency for agency, form in found(f"{PROSE}\n\n{line}") if form == "copyright"} == {key}


@pytest.mark.parametrize(
    "line", ["© 2024 The Daily Lantern", "Photo © AFP", "© AFP/Getty Images", "Copyright law is old."]
)
def test_other_owners(line: str) -> None:
    assert found(f"{PROSE}\n\n{line}") == set()


BYLINES = [
    ("AFP", "afp"),
    ("By The Associated Press", "ap"),
    ("By REUTERS", "reuters"),
    ("Reuters Staff", "reuters"),
    ("By John Smith, Associated Press", "ap"),
    ("By John Smith and Jane Roe, Associated Press", "ap"),
    ("John Smith, Associated Press", "ap"),
    ("By Rhiannon Tate, PA Law Correspondent", "pa"),
    ("By Callum Ashworth, PA", "pa"),
    ("von dpa", "dpa"),
    ("Por EFE", "efe"),
    ("Par AFP", "afp"),
    ("Redazione ANSA", "ansa"),
]


@pytest.mark.parametrize(("line", "key"), BYLINES, ids=[line for line, _ in BYLINES])
def test_bylines(line: str, key: str) -> None:
    assert found(f"{line}\n\n{PROSE}") == {(key, "byline")}
    assert found(PROSE, byline=line) == {(key, "byline")}


@pytest.mark.parametrize(
    "line", ["By John Smith", "By John Smith, Chief Reporter", "By the river", "By John Smith, The AFP Times"]
)
def test_bylines_of_others(line: str) -> None:
    assert found(f"{line}\n\n{PROSE}") == set()
    assert found(PROSE, byline=line) == set()


def test_fields() -> None:
    assert found(PROSE, publisher="AFP") == {("afp", "publisher")}
    assert found(PROSE, credit="Reuters") == {("reuters", "credit")}
    assert found(PROSE, credit="AFP/dpa") == {("afp", "credit"), ("dpa", "credit")}
    assert found(PROSE, credit="The Daily Lantern") == set()
    assert found(PROSE, byline="Con información de EFE") == {("efe", "byline")}


def test_a_plain_article_has_neither_credits_nor_regions() -> None:
    assert found(PROSE) == set()
    assert strip_spans(article(PROSE)) == []


@given(
    st.lists(
        st.sampled_from([LEDE, "AFP", "(Reuters)", "PARIS (AFP) - x y z", "© 2024 dpa", "With AFP", "", "By X Y, AP"])
        | st.text(max_size=120),
        max_size=14,
    ),
    st.sampled_from(["\n", "\n\n", " ", "\r\n"]),
)
def test_offsets_cut_the_name_and_regions_are_in_order(parts: list[str], joint: str) -> None:
    body = joint.join(parts)
    given_article = article(body)
    for credit in find_credits(given_article):
        cuts(body, credit)
    at = 0
    for start, end in strip_spans(given_article):
        assert at <= start < end <= len(body)
        at = end


@pytest.mark.parametrize(
    "body",
    [
        "a" * 1_000_000,
        "AFP\n" * 250_000,
        "(AFP " * 200_000,
        "/" * 1_000_000,
        "A " * 500_000,
        "© AFP. " * 140_000,
        "(" * 1_000_000,
        "By A " * 200_000,
        "A, " * 333_000,
        "- " * 500_000,
        "\n" * 1_000_000,
        "新华社" * 333_000,
    ],
    ids=lambda body: repr(body[:6]),
)
def test_a_megabyte_takes_less_than_a_second(body: str) -> None:
    given_article = article(body)
    find_credits(given_article)
    began = time.process_time()
    find_credits(given_article)
    assert time.process_time() - began < 1
