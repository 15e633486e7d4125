"""The whole way of a story in twelve languages, three of them written without spaces between words.

The stories of `tests/data/languages.json` were written for this test: for each language an agency's report, what an
outlet made of it (words changed, a sentence cut, one put in), another report of the same language, and the credit line.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from schemas.accepted import Accepted
from schemas.article import Article
from wirespin.accept import accept
from wirespin.comparison import compare
from wirespin.reuse.align import tiles
from wirespin.reuse.shingles import (
    CHARACTERS_A_SHINGLE,
    LETTERS_A_SHINGLE,
    WORDS_A_SHINGLE,
    shingle_hashes,
    shingle_length,
)
from wirespin.reuse.sketch import from_sketch
from wirespin.story.pair import to_document
from wirespin.text.tokens import tokenize
from wirespin.wire.credits import find_credits, strip_spans

DATA = Path(__file__).parents[2] / "data" / "languages.json"
STORIES: dict[str, dict[str, str]] = json.loads(DATA.read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LENGTHS = {"zh": CHARACTERS_A_SHINGLE, "ja": CHARACTERS_A_SHINGLE, "th": LETTERS_A_SHINGLE}
FOUND_BY = 2
"""Kept hashes that a candidate shares with what is looked up."""

languages = pytest.mark.parametrize("language", STORIES)


def article(language: str, part: str) -> Article:
    story = STORIES[language]
    publisher = story["publisher"] if part == "original" else "The Daily Lantern"
    return Article(id=f"{language}-{part}", publisher=publisher, body=story[part])


@cache
def accepted(language: str, part: str) -> Accepted:
    return accept(article(language, part), NOW)


def shared(one: Accepted, other: Accepted) -> int:
    return len(np.intersect1d(from_sketch(one.sketch).hashes, from_sketch(other.sketch).hashes))


def credited(body: str) -> set[str]:
    return {credit.agency for credit in find_credits(Article(id="a", body=body))}


def test_ten_languages_and_more() -> None:
    assert {"en", "fr", "de", "es", "ru", "ar", "hi", "zh", "ja", "th"} <= STORIES.keys()


@languages
@pytest.mark.parametrize("part", ["original", "copy", "other"])
def test_the_language_is_recognised(language: str, part: str) -> None:
    assert accepted(language, part).language == language


@languages
@pytest.mark.parametrize("part", ["original", "copy", "other"])
def test_offsets_cut_the_exact_text(language: str, part: str) -> None:
    document = to_document(accepted(language, part))
    for start, end in [*document.paragraphs, *document.quotations, *[(s.start, s.end) for s in document.sentences]]:
        assert document.cut((start, end)).strip()
        assert 0 <= start < end <= len(document.body)
    for token in document.tokens:
        assert [t.norm for t in tokenize(document.body, token.start, token.end)] == [token.norm]
    assert document.quotations


@languages
def test_the_original_is_the_agencys_and_says_so_in_its_text(language: str) -> None:
    original = accepted(language, "original")
    assert original.agency == STORIES[language]["agency"]
    in_body = [credit for credit in original.credits if credit.start >= 0]
    assert {credit.agency for credit in in_body} == {STORIES[language]["agency"]}
    for credit in in_body:
        assert original.article.body[credit.start : credit.end] == credit.name


@languages
def test_the_copy_is_found_by_its_sketch_and_the_other_report_is_not(language: str) -> None:
    original = accepted(language, "original")
    assert shared(original, accepted(language, "copy")) >= 10 * FOUND_BY
    assert shared(original, accepted(language, "other")) < FOUND_BY


@languages
def test_the_copy_is_a_republication_and_the_other_report_is_not(language: str) -> None:
    copied = compare(article(language, "original"), article(language, "copy"), NOW)
    assert copied.relation == "republication"
    assert copied.reuse.level == "edited"
    assert copied.reuse.copy_share > 0.7
    for passage in copied.reuse.passages:
        assert passage.words >= WORDS_A_SHINGLE
    assert compare(article(language, "original"), article(language, "other"), NOW).relation == "independent"


@languages
def test_two_recycled_paragraphs_are_no_republication(language: str) -> None:
    """Its length in words is what counts, also where each character is a token."""
    story = STORIES[language]
    recycled = "\n\n".join(story["original"].split("\n\n")[2:4])
    report = Article(id="a", publisher="The Daily Lantern", body=f"{story['other']}\n\n{recycled}")
    assert compare(article(language, "original"), report, NOW).relation in ("background", "common_source")


@languages
def test_an_agencys_credit_below_the_copy_is_found_and_left_out(language: str) -> None:
    story = STORIES[language]
    body = f"{story['copy']}\n\n{story['credit']}"
    assert credited(body) == {story["agency"]}
    assert accept(Article(id="a", body=body), NOW).spans[-1][1] == len(story["copy"])


@languages
def test_scripts_without_spaces_are_cut_into_characters(language: str) -> None:
    document = to_document(accepted(language, "original"))
    assert shingle_length(document.tokens) == LENGTHS.get(language, WORDS_A_SHINGLE)
    longest = max(token.end - token.start for token in document.tokens if token.norm.isalpha())
    assert (longest == 1) == (language in LENGTHS)


@pytest.mark.parametrize(
    ("language", "form", "agency"),
    [
        ("de", "Hamburg (dpa) - {}", "dpa"),
        ("de", "{}\n\ndpa/lno", "dpa"),
        ("de", "{}\n\nQuelle: dpa", "dpa"),
        ("fr", "{}\n\nAFP/", "afp"),
        ("fr", "{}\n\navec AFP", "afp"),
        ("es", "{}\n\nAgencia EFE", "efe"),
        ("ru", "{}\n\n(Рейтер)", "reuters"),
        ("ru", "МОСКВА, 3 мар (Рейтер) - {}", "reuters"),
        ("ru", "{}\n\nПо материалам РИА Новости", "ria"),
        ("ar", "{}\n\n(وكالة فرانس برس)", "afp"),
        ("ar", "القاهرة (رويترز) - {}", "reuters"),
        ("ar", "{}\n\nالمصدر: رويترز", "reuters"),
        ("hi", "{}\n\nस्रोत: पीटीआई", "pti"),
        ("hi", "नयी दिल्ली, तीन मार्च (भाषा) {}", "pti"),
        ("hi", "लंदन, 3 मार्च (रॉयटर) {}", "reuters"),
        ("zh", "新华社北京3月3日电（记者李明）{}", "xinhua"),
        ("zh", "据新华社电 {}", "xinhua"),
        ("zh", "{}\n\n来源：新华社", "xinhua"),
        ("zh", "{}\n\n（来源：新华网）", "xinhua"),
        ("zh", "中新社北京3月3日电 {}", "cns"),
        ("zh", "（中央社記者王明台北3日電）{}", "cna_tw"),
        ("ja", "{}\n\n共同通信", "kyodo"),
        ("ja", "{}\n\n（共同）", "kyodo"),
        ("ja", "{}\n\n（時事）", "jiji"),
        ("ja", "{}\n\nロイター", "reuters"),
        ("ja", "【ロンドン共同】{}", "kyodo"),
        ("ja", "［東京　３日　ロイター］ - {}", "reuters"),
        ("ja", "【3月3日 AFP】{}", "afp"),
        ("th", "{}.-สำนักข่าวไทย", "tna"),
        ("th", "{}\n\nที่มา: สำนักข่าวไทย", "tna"),
        ("th", "{}\n\n(รอยเตอร์)", "reuters"),
        ("ko", "(서울=연합뉴스) {}", "yonhap"),
        ("ko", "[서울=뉴시스] 한별 기자 = {}", "newsis"),
        ("ko", "{}\n\n출처: 연합뉴스", "yonhap"),
        ("tr", "{}\n\nKaynak: AA", "anadolu"),
    ],
)
def test_the_credit_in_its_languages_usual_form(language: str, form: str, agency: str) -> None:
    body = form.format(STORIES[language]["copy"])
    assert credited(body) == {agency}
    assert strip_spans(Article(id="a", body=body))


@pytest.mark.parametrize(
    ("language", "form"),
    [
        ("de", "{}\n\njho/mw/rl"),
        ("de", "{}\n\nap/mw"),
        ("ar", "وقالت وكالة رويترز إن التحقيق مستمر. {}"),
        ("zh", "据新华社报道，有关部门正在调查。{}"),
        ("zh", "{}\n\n来源不明的消息称，新华社没有发稿。"),
        ("ja", "【写真 AFP】{}"),
        ("ja", "共同声明によると、両国は協議を続ける。{}"),
        ("hi", "मंत्री ने हिंदी (भाषा) के शिक्षकों से बात की। {}"),
        ("th", "สำนักข่าวรอยเตอร์รายงานว่าการสอบสวนยังดำเนินอยู่ {}"),
    ],
)
def test_an_agency_that_is_only_spoken_of_is_no_credit(language: str, form: str) -> None:
    assert credited(form.format(STORIES[language]["copy"])) == set()


def test_chinese_with_english_in_it_has_both() -> None:
    text = "世界卫生组织（WHO）总干事 Tedros Adhanom 说，H5N1 病毒的 R0 值低于 1.2，COVID-19 疫苗无效。"
    words = [text[token.start : token.end] for token in tokenize(text)]
    assert words[:8] == ["世", "界", "卫", "生", "组", "织", "WHO", "总"]
    assert {"Tedros", "Adhanom", "H", "5", "N", "1", "1.2", "COVID", "19"} <= set(words)
    assert shingle_length(tokenize(text)) == CHARACTERS_A_SHINGLE


def test_english_with_chinese_in_it_is_cut_into_words() -> None:
    text = "The ministry (外交部) said the visit of Li Qiang (李强) to Geneva had been put off until the end of April."
    assert shingle_length(tokenize(text)) == WORDS_A_SHINGLE
    assert len(shingle_hashes(tokenize(text))) == len(tokenize(text)) - WORDS_A_SHINGLE + 1


def test_a_chinese_quotation_is_found_in_an_english_report() -> None:
    quoted = "我们必须把准备工作做在前面"
    english = tokenize(f"The head of the station said “{quoted}” and left the room without another word to the press.")
    chinese = tokenize(STORIES["zh"]["original"])
    found = tiles(chinese, english)
    assert [tile.words for tile in found] == [len(quoted)]


def test_four_thai_letters_in_a_row_are_no_match() -> None:
    one, other = (tokenize(STORIES["th"][part]) for part in ("original", "other"))
    assert tiles(one, other) == []
    assert tiles(one, other, seed=WORDS_A_SHINGLE)
