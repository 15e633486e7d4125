"""NewsML 1: AFP's, dpa's and ANA's ways to write it."""

from __future__ import annotations

import pytest

from schemas.article import Article
from tests.wirespin.formats.reading import fixture, one, read
from wirespin.formats.types import LeftOut

ITEM = """<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:x:1:7:{revision}
</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>{management}</NewsManagement><NewsComponent>
<NewsLines><HeadLine>Port closed</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>"""


def item(management: str, revision: str = "1") -> Article:
    found = read(ITEM.format(management=management, revision=revision).encode())[0]
    assert isinstance(found, Article), found
    return found


def test_afp() -> None:
    article = one("afp-newsml-1.2.xml")
    assert article.id == "urn:newsml:afp.com:20261120:261120100931.x1y2z3"
    assert (article.version, article.publisher, article.language) == (2, "AFP", "fr")
    assert article.headline == "Tempête: le port de Morlenne fermé une semaine"
    assert article.byline == "Par Ana PELLAN"
    assert (article.published_at, article.date_source) == ("20261120T101455Z", "ThisRevisionCreated")
    assert article.editor_note == "ajoute la réaction du maire"
    assert article.body.split("\n\n") == [
        "Morlenne, 20 nov 2026 (AFP) - Le port de Morlenne restera fermé une semaine après la tempête de jeudi, "
        "a annoncé vendredi la capitainerie.",
        '"Deux quais sont effondrés", a déclaré la capitaine Lise Guern.',
        "Le maire a demandé l'aide de l'État.",
    ]


def test_dpa_under_embargo() -> None:
    article = one("dpa-newsml-1.2-embargoed.xml")
    assert (article.publisher, article.credit, article.pub_status) == ("dpa", "dpa/lnw", "usable")
    assert article.embargoed == "2099-11-21T05:00:00Z"
    assert article.body.startswith("Auental (dpa) - Die Pegel")
    assert "\n\nForscher fordern neue Deiche\n\n" in article.body


def test_html_in_cdata_a_date_for_a_dateline_and_a_picture() -> None:
    found = fixture("ana-newsml-1-cdata.xml")
    article = found[0]
    assert isinstance(article, Article)
    assert article.body == (
        "Ferry fares will fall by a tenth in spring, the shipping ministry said.\n\nThe cut covers 40 lines & islands."
    )
    assert (article.id, article.version) == ("urn:newsml:wire.example:20261120:19336", 3)
    assert article.publisher == article.credit == "ANA-MPE"
    assert isinstance(found[1], LeftOut)


@pytest.mark.parametrize("revision", ["1", "2N", "13U"])
def test_all_revisions_are_one_item(revision: str) -> None:
    assert item("", revision).id == "urn:newsml:x:1:7"


@pytest.mark.parametrize(
    ("management", "status", "embargoed"),
    [
        ('<Status FormalName="Usable"/>', "usable", None),
        ('<Status FormalName="Canceled"/>', "canceled", None),
        ('<Status FormalName="Withheld"/>', "withheld", None),
        ('<Status FormalName="Embargoed"/>', "usable", "indefinite"),
        (
            '<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Canceled"/>'
            "<DateAndTime>20261121T000000Z</DateAndTime></StatusWillChange>",
            "usable",
            "indefinite",
        ),
        (
            '<Status FormalName="Usable"/><StatusWillChange><FutureStatus FormalName="Canceled"/>'
            "<DateAndTime>20261121T000000Z</DateAndTime></StatusWillChange>",
            "usable",
            None,
        ),
    ],
)
def test_status_and_what_it_will_be(management: str, status: str, embargoed: str | None) -> None:
    article = item(management)
    assert (article.pub_status, article.embargoed) == (status, embargoed)
