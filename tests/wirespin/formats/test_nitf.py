"""NITF as AP, PA and EFE write it: identity, corrections, kills, releases."""

from __future__ import annotations

import pytest

from schemas.article import Article
from tests.wirespin.formats.reading import errors, one, read

DOCUMENT = """<nitf><head><docdata>{data}</docdata></head><body><body.head><hedline><hl1>Port closed</hl1></hedline>
<distributor>PA</distributor></body.head><body.content><p>The port is closed.</p></body.content></body></nitf>"""


def document(data: str) -> Article:
    found = read(DOCUMENT.format(data=data).encode())[0]
    assert isinstance(found, Article), found
    return found


def test_ap() -> None:
    article = one("ap-nitf.xml")
    assert (article.id, article.version, article.publisher) == ("AP:f00dfeed0451", 2, "The Associated Press")
    assert (article.byline, article.language) == ("By ANA PELLAN", "en-us")
    assert article.headline == "Storm closes Morlenne port for a week"
    assert article.body.split("\n\n") == [
        "MORLENNE (AP) — The port of Morlenne will stay closed for a week after Thursday’s storm, officials said.",
        "Two quays have collapsed, they said.",
        "Quay 1 lost",
        "Quay 2 lost",
        "Associated Press writer Ivo Marsh contributed.",
    ]
    assert article.pub_status == "usable", "sharks kill, notices are headed by the word"
    assert article.embargoed is None, "AP states the time of release in every item, as that of issue"


def test_pa() -> None:
    article = one("pa-nitf.xml")
    assert (article.publisher, article.byline) == ("PA", "By Ivo Marsh, PA")
    assert (article.published_at, article.editor_note) == ("20261120T043001+0000", None)


def test_a_correction_is_a_version_of_what_it_corrects() -> None:
    article = one("efe-nitf-correction.xml")
    assert article.id == "22751909"
    assert article.body == "Morlana, Nov 20 (EFE).- The port of Morlana is closed."
    assert article.editor_note == "Corrects the name of the port in paragraph 1"


def test_a_kill_is_of_the_article_it_names() -> None:
    article = one("ap-nitf-kill.xml")
    assert (article.id, article.pub_status) == (one("ap-nitf.xml").id, "canceled")


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ('msg-type="kill" info=""', "canceled"),
        ('msg-type="Withdrawal" info=""', "canceled"),
        ('info="MANDATORY KILL. The name is wrong"', "canceled"),
        ('info="Kills the last paragraph of the story"', "usable"),
        ('info="Recasts; gunmen kill two"', "usable"),
        ('info="KILLARNEY race results follow"', "usable"),
    ],
)
def test_what_is_a_kill(message: str, status: str) -> None:
    assert document(f'<doc-id id-string="1"/><ed-msg {message}/>').pub_status == status


def test_a_release_later_than_issue_is_an_embargo() -> None:
    assert one("nitf-release.xml").embargoed == "2099-11-21T01:00:00Z"
    assert (
        document('<doc-id id-string="1"/><date.release norm="20991121T010000Z"/>').embargoed == "2099-11-21T01:00:00Z"
    )


def test_identity_without_an_id_is_that_of_the_file() -> None:
    first, again, later = (document(f'<date.issue norm="2026112{day}T010000Z"/>') for day in (0, 0, 1))
    assert first.id == again.id != later.id
    assert document('<du-key key="K"/>').id == "K"
    assert "nothing identifies the item" in errors(read(DOCUMENT.format(data="").encode()))[0]
