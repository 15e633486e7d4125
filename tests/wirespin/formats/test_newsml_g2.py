"""NewsML-G2: messages, namespaces, versions, embargoes, kills."""

from __future__ import annotations

import pytest

from schemas.article import Article
from tests.wirespin.formats.reading import errors, fixture, one, read
from wirespin.formats.types import LeftOut
from wirespin.wire.credits import strip_spans

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="{version}">
<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-11-20T13:00:00Z</versionCreated>{meta}</itemMeta>
<contentMeta><headline>Port closed</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Body.</p></body></html></inlineXML>
</contentSet></newsItem>"""


def item(meta: str = "", version: str = "1") -> Article:
    found = read(ITEM.format(meta=meta, version=version).encode())[0]
    assert isinstance(found, Article), found
    return found


def test_a_message_with_text_picture_package_and_a_nameless_item() -> None:
    found = fixture("reuters-newsml-g2-message.xml")
    assert [type(part).__name__ for part in found] == ["Article", "LeftOut", "Article", "LeftOut", "ArticleError"]
    assert "item 5: nothing identifies the item" in errors(found)[0]
    assert [part.why for part in found if isinstance(part, LeftOut)] == [
        "of class picture, no text",
        "a packageItem holds no article of its own",
    ]


def test_fields_of_an_item() -> None:
    article = one("reuters-newsml-g2-message.xml")
    assert article.id == article.guid == "tag:reuters.com,2026:newsml_L8N0HARB1"
    assert (article.version, article.pub_status, article.publisher) == (2, "usable", "Reuters")
    assert (article.headline, article.byline) == ("UPDATE 1-Storm shuts Morlenne port for a week", "Ana Pellan")
    assert (article.credit, article.language) == ("Reuters", "en-US")
    assert article.published_at == article.raw_date == "2026-11-20T20:13:08.000Z"
    assert article.date_source == "versionCreated"
    assert article.editor_note == "Adds quote from harbour master, paragraph 3"
    assert article.embargoed is None


def test_the_dateline_is_put_where_the_engine_knows_it_for_one() -> None:
    article = one("reuters-newsml-g2-message.xml")
    assert article.body.startswith("MORLENNE, Nov 20 (Reuters) - The port of Morlenne will")
    assert article.body.count("\n\n") == 2
    start, end = strip_spans(article)[0]
    assert article.body[start:end] == "MORLENNE, Nov 20 (Reuters) - "


def test_text_without_tags_keeps_its_lines_and_a_mere_time_is_no_dateline() -> None:
    body = [part for part in fixture("reuters-newsml-g2-message.xml") if isinstance(part, Article)][1].body
    assert body.startswith("Nov 20 - Results from the regional league\n\nMorlenne 1 Auental 2")


def test_another_prefix_nitf_inside_and_several_notes() -> None:
    article = one("dpa-newsml-g2-embargoed.xml")
    assert article.publisher == "Deutsche Presse-Agentur"
    assert article.body == (
        "Auental (dpa) - Die Pegel im Auental steigen doppelt so schnell wie angenommen.\n\n"
        "Das teilte die Hochschule mit.\n\nRedaktionelle Hinweise: dpa-infocom"
    )
    assert article.editor_note == "Sperrfrist Samstag 6.00 Uhr\nZusammenfassung folgt"
    assert article.embargoed == "2099-11-21T05:00:00Z"


def test_a_kill_notice_without_any_text_is_an_article() -> None:
    article = one("afp-newsml-g2-canceled.xml")
    assert (article.pub_status, article.version, article.publisher) == ("canceled", 5, "AFP")
    assert article.headline.startswith("ATTENTION EDITORS")
    assert article.body == ""


def test_plain_inline_data_and_an_embargo_without_end() -> None:
    article = one("efe-newsml-g2-inline-data.xml")
    assert article.body == (
        "Morlana, 20 nov (EFE).- El puerto de Morlana cerrará una semana.\n\nEl alcalde pidió ayuda."
    )
    assert article.embargoed == "indefinite"


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("<embargoed>2026-11-23T06:00:00+01:00</embargoed>", "2026-11-23T05:00:00Z"),
        ("<embargoed>2026-11-23T06:00:00</embargoed>", "2026-11-23T18:00:00Z"),
        ("<embargoed>2026-11-23</embargoed>", "2026-11-23T12:00:00Z"),
        ("<embargoed>2026-11-23T06:00:00.001Z</embargoed>", "2026-11-23T06:00:01Z"),
        ("<embargoed>tomorrow at six</embargoed>", "indefinite"),
        ("<embargoed>9999-12-31T23:59:59</embargoed>", "indefinite"),
        ("<embargoed/>", "indefinite"),
        ("<!-- <embargoed></embargoed> -->", None),
    ],
)
def test_an_embargo_is_never_read_too_early(given: str, held: str | None) -> None:
    assert item(given).embargoed == held


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("", "usable"),
        ('<pubStatus qcode="stat:usable"/>', "usable"),
        ('<pubStatus qcode="stat:Withheld"/>', "withheld"),
        ('<pubStatus qcode="stat:canceled"/>', "canceled"),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', "canceled"),
    ],
)
def test_status(given: str, status: str) -> None:
    assert item(given).pub_status == status


def test_a_status_that_is_not_known_is_refused() -> None:
    found = read(ITEM.format(meta='<pubStatus qcode="stat:odd"/>', version="1").encode())
    assert "item 1 (urn:x:1): publication status 'stat:odd' is not known" in errors(found)[0]


@pytest.mark.parametrize(("given", "version"), [("7", 7), ("", None), ("2.1", None), ("9" * 40, None)])
def test_versions_are_whole_numbers(given: str, version: int | None) -> None:
    assert item(version=given).version == version


def test_remote_content_is_not_fetched() -> None:
    data = b"""<newsItem guid="urn:x:1"><itemMeta/><contentMeta/><contentSet>
    <remoteContent href="http://127.0.0.1:9/"/></contentSet></newsItem>"""
    (found,) = read(data)
    assert isinstance(found, LeftOut)
    assert "is not fetched" in found.why
