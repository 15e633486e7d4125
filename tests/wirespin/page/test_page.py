"""The page: complete, harmless, the same every time."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.errors import InputError
from schemas.events import Finding, Framing, Republication
from tests.support.pipeline import SEEDS
from tests.wirespin.page.reading import Reading
from wirespin import compare
from wirespin.accept import accept
from wirespin.page import render, sections, style_hash
from wirespin.page.side import direction
from wirespin.seedfile import parse_seed
from wirespin.story.events import alert

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
SEED_PAIR = tuple(parse_seed(path.read_text("utf-8"), path.stem) for path in sorted(SEEDS.glob("*.txt")))
BODY = "The minister said on Monday that the bridge was safe for traffic and that it would stay open all year."

TAGS = {
    *"html head meta title style body header main section footer div p span h1 h2 h3 ol ul li dl dt dd a b".split(),
    *"strong sup mark del ins bdi br table thead tbody tr th td blockquote".split(),
}
ATTRIBUTES = {
    *"charset http-equiv content name lang dir class id href rel title role scope data-n aria-label".split(),
}


def page_of(original: Article, copy: Article) -> tuple[Republication, Reading, str]:
    event = compare(original, copy, WHEN)
    html = render(event, original, copy)
    return event, Reading(html), html


def article(body: str, headline: str = "Bridge is safe", name: str = "a", **fields: str) -> Article:
    return Article(id=name, body=body, headline=headline, **fields)


def test_the_seed_pair() -> None:
    event, page, _ = page_of(*SEED_PAIR)
    said = " ".join(page.text.split())
    assert f"Framing altered: yes ({event.framing.score:.2f})" in said
    for finding in event.framing.devices:
        assert said.count(" ".join(finding.explanation.split())) >= 2, "in the margin and in the list"
    for against in event.framing.against:
        assert against in said
    for fact in ("gone: the copy does not name AFP", event.rules, event.id, event.original.digest, event.copy_.digest):
        assert fact in said
    assert (page.columns["o"], page.columns["c"]) == tuple(one.body for one in SEED_PAIR)
    assert (page.headlines["o"], page.headlines["c"]) == tuple(one.headline for one in SEED_PAIR)


def test_links_lead_somewhere_and_anchors_are_unique() -> None:
    event, page, _ = page_of(*SEED_PAIR)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    for number, finding in enumerate(event.framing.devices, 1):
        assert {f"f{number}", f"d{number}"} <= set(page.ids)
        assert (f"o{number}" in page.ids) == (finding.original_span is not None)
        assert (f"c{number}" in page.ids) == (finding.rewritten_span is not None)


def test_the_margin_leads_to_the_texts_and_back() -> None:
    event, page, html = page_of(*SEED_PAIR)
    for number, finding in enumerate(event.framing.devices, 1):
        card = html.split(f'id="f{number}"')[1].split("</div>")[0]
        assert (f'href="#o{number}"' in card) == (finding.original_span is not None)
        assert (f'href="#c{number}"' in card) == (finding.rewritten_span is not None)
        marks = (finding.original_span is not None) + (finding.rewritten_span is not None)
        assert page.links.count(f"#f{number}") >= marks


def test_the_parts_are_those_of_the_page() -> None:
    event, _, html = page_of(*SEED_PAIR)
    parts = sections(event, *SEED_PAIR)
    assert all(part in html for part in (parts.heading, parts.evidence, parts.texts, parts.findings))
    assert parts.texts.__html__() is parts.texts, "templates escape what does not say that it is HTML"


def test_the_style_is_known_by_its_hash() -> None:
    *_, html = page_of(*SEED_PAIR)
    style = html.split("<style>")[1].split("</style>")[0]
    assert style_hash() == f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def test_the_mark_of_a_finding_begins_where_its_span_does() -> None:
    event, _, html = page_of(*SEED_PAIR)
    for number, finding in enumerate(event.framing.devices, 1):
        if finding.where == "body" and finding.rewritten_span:
            begins = html.split(f'id="c{number}"')[1][:600]
            text = re.sub(r"<sup.*?</sup>|^[^>]*>|<[^>]*>", "", begins).replace("&#x27;", "'").replace("&quot;", '"')
            assert text.startswith(finding.rewritten[:20])


def test_the_same_bytes_every_time_and_from_accepted_articles() -> None:
    original, copy = SEED_PAIR
    event = compare(original, copy, WHEN)
    html = render(event, original, copy)
    assert html == render(event, accept(original, WHEN), accept(copy, WHEN))
    assert "1970" not in html


def test_an_alert_has_a_page_too() -> None:
    original, copy = SEED_PAIR
    said = alert(compare(original, copy, WHEN), "c", "f", "v")
    assert said.id in Reading(render(said, original, copy)).text


def test_another_version_is_refused() -> None:
    original, copy = SEED_PAIR
    event = compare(original, copy, WHEN)
    with pytest.raises(InputError, match="digest"):
        render(event, original, copy.model_copy(update={"body": copy.body + " More."}))
    with pytest.raises(InputError, match="digest"):
        render(event, copy, copy)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    _, page, html = page_of(article(BODY, url="https://o.example/1?a=1&b=2"), article(BODY, url="javascript:alert(1)"))
    assert "default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;" in html
    assert [link for link in page.links if not link.startswith("#")] == ["https://o.example/1?a=1&b=2"]
    assert page.tags <= TAGS
    assert "url(" not in html
    assert "@import" not in html


HOSTILE = [
    *[
        "<script>alert(1)</script>",
        "</td></table>",
        "<img src=x onerror=alert(1)>",
        "&lt;b&gt;",
        "&#60;i>",
        "<!--",
        "-->",
    ],
    *["]]>", "</style>", "</title><script>", "\"'><svg onload=x>", "' onmouseover='x", "javascript:alert(1)", "\x00"],
    *["\u202egnp.exe\u202c", "\r\n", "\r", "\n\n", "\t", "\x1b[2J", "{{7*7}}", "\ufeff", "<?php ?>", "&amp", "\u2028"],
]
sentences = st.sampled_from(
    [
        *["The minister said the bridge was safe. ", "The minister claimed the bridge was safe. ", "He denied it. "],
        *['"It is <b>safe</b>," she said. ', "Pandas eat bamboo in the hills. ", "Share this", "PARIS (AFP) - "],
        *["قال الوزير إن الجسر آمن. ", "Sign up for our newsletter", "In a shocking move, the bridge was closed. "],
    ]
)
bodies = st.lists(st.one_of(sentences, st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=10).map("".join)
headlines = st.lists(st.one_of(st.sampled_from(HOSTILE), st.sampled_from(["Bridge is safe ", "Minister "])), max_size=3)


def printable(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)


@settings(max_examples=60, deadline=None)
@given(bodies, bodies, headlines.map("".join), headlines.map("".join), st.sampled_from(HOSTILE))
def test_hostile_texts_stay_texts(left: str, right: str, over: str, under: str, other: str) -> None:
    names = {"publisher": f"P{other}", "url": f"u{other}"}
    original = article(f"{BODY}\n\n{left}", over, f"o{other}", **names)
    copy = article(f"{right}\n\n{BODY}", under, f"c{other}", **names)
    _, page, html = page_of(original, copy)
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert all(link.startswith("#") for link in page.links)
    assert page.columns == {"o": printable(original.body), "c": printable(copy.body)}
    for side, one in (("o", original), ("c", copy)):
        assert page.headlines[side] == (printable(one.headline) if one.headline.strip() else "")
    html.encode()


def test_hostile_findings_stay_texts() -> None:
    """Findings of an event that came over a topic are input too."""
    original, copy = article(BODY, name="o"), article(BODY, name="c")
    event = compare(original, copy, WHEN)
    bad = "<script>x</script>\"'>"
    finding = Finding(
        device="omission",
        original=bad,
        original_span=(40, 10_000),
        rewritten=bad,
        rewritten_span=(7, 3),
        severity=0.9,
        explanation=bad,
        favours=f"for {bad}",
    )
    framing = Framing(altered="yes", score=1, devices=[finding] * 2, against=[bad])
    page = Reading(render(event.model_copy(update={"framing": framing, "rules": bad}), original, copy))
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert page.columns == {"o": BODY, "c": BODY}
    assert f"Works for {bad}" in page.text


def test_language_and_direction_of_each_text() -> None:
    arabic = "قال وزير المالية يوم الاثنين إن الحكومة سترفع الضرائب على الوقود بنسبة خمسة في المئة."
    _, _, html = page_of(article(arabic, "الحكومة", "o", language="ar"), article(BODY, name="c", language="en"))
    assert '<p class="body" lang="ar" dir="rtl"' in html
    assert '<p class="body" lang="en" dir="ltr"' in html
    assert '<html lang="en">' in html


@pytest.mark.parametrize(
    ("text", "way"),
    [("", "ltr"), ("123 …", "ltr"), ("שלום world שלום", "rtl"), ("Hello שלום", "ltr"), ("فارسی", "rtl")],
)
def test_direction(text: str, way: str) -> None:
    assert direction(text) == way


def test_other_relations_accuse_nobody() -> None:
    other = "Pandas eat bamboo. Researchers counted three hundred whales near the frozen harbour on Friday."
    event, page, html = page_of(article(BODY, name="o"), article(other, "Pandas", "c"))
    assert event.relation == "independent"
    assert "Not shown to be a republication" in page.text
    assert "Framing altered" not in html
    assert "What speaks against" not in page.text


@pytest.mark.parametrize("altered", ["no", "unsure"])
def test_other_verdicts(altered: str) -> None:
    original, copy = article(BODY, name="o"), article(BODY, name="c")
    event = compare(original, copy, WHEN)
    framing = event.framing.model_copy(update={"altered": altered, "score": 0.001})
    page = Reading(render(event.model_copy(update={"framing": framing}), original, copy))
    assert f"Framing altered: {altered} (under 0.01)" in page.text
    assert "No finding." in page.text
    assert "Strongest evidence" not in page.text


def test_what_is_not_compared_is_told() -> None:
    long = "\n\n".join(f"The minister said that bridge {number} was safe." for number in range(450))
    _, page, _ = page_of(article(long, name="o"), article(BODY, name="c"))
    assert "of the original only the first 400 sentences" in page.text
    assert page.columns["o"] == long


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_read_in_every_scheme() -> None:
    """Contrast of 4.5 : 1 for text (WCAG 2.2, 1.4.3, level AA)."""
    sheet = files("wirespin.page").joinpath("style.css").read_text("utf-8")
    schemes = [
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    ]
    assert len(schemes) == 3
    for scheme in schemes:
        for ink in ("ink", "quiet", "link", "gone", "new", "yes", "unsure", "no"):
            for paper in ("paper", "panel"):
                assert _contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)
        for ink in ("ink", "gone", "new", "quiet"):
            assert _contrast(scheme[ink], scheme["mark"]) >= 4.5, (ink, "mark")
        assert _contrast(scheme["badge"], scheme["badge-ink"]) >= 4.5
