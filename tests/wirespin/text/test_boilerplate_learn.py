"""What is learned from a log, and what never is."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from schemas.article import Article
from schemas.boilerplate import BoilerplateTable
from tests.wirespin.text.making import article, story
from wirespin.text.boilerplate_learn import learn

CLUB = "The Lantern Club meets every second Thursday in the old brewery behind the station."
PROMPT = "Support our newsroom with three crowns a week."


def learned(articles: Sequence[Article]) -> dict[str, str]:
    return {line.text: line.form for line in learn(lambda: iter(articles)).lines}


def with_line(line: str, count: int = 6, of: int = 12, joint: str = "\n\n", place: int = 6) -> list[Article]:
    """Different stories, some of which carry a line."""
    articles = []
    for number in range(of):
        parts = story(number)
        if number < count:
            parts.insert(place, line)
        articles.append(article(number, joint.join(parts)))
    return articles


@pytest.mark.parametrize("line", [CLUB, PROMPT, "Have you seen the bridge? Tell our desk: desk@lantern.example"])
@pytest.mark.parametrize("joint", ["\n\n", "\n", " "], ids=["paragraphs", "lines", "one line"])
@pytest.mark.parametrize("place", [0, 3, 6], ids=["start", "middle", "end"])
def test_a_line_under_many_different_stories_is_boilerplate(line: str, joint: str, place: int) -> None:
    found = " ".join(learned(with_line(line, joint=joint, place=place)))
    assert line.rpartition("? ")[2] in found


def test_four_stories_are_too_few() -> None:
    assert learned(with_line(CLUB, count=4)) == {}


def test_versions_of_one_story_are_one_story() -> None:
    parts = story(1)
    versions = [article(number, "\n\n".join([*parts, story(50 + number)[0], CLUB])) for number in range(9)]
    assert learned(versions) == {}


def test_copies_without_a_rest_of_their_own_are_one_story() -> None:
    body = "\n\n".join([*story(1), CLUB])
    assert learned([article(number, body) for number in range(9)]) == {}


def test_an_article_that_comes_again_counts_once() -> None:
    assert learned(with_line(CLUB, count=4) * 3) == {}


def test_all_of_one_day_may_be_one_event() -> None:
    articles = [one.model_copy(update={"published_at": "2026-03-05T09:00:00Z"}) for one in with_line(CLUB)]
    assert learned(articles) == {}
    undated = [one.model_copy(update={"published_at": None}) for one in articles]
    assert CLUB in learned(undated)


@pytest.mark.parametrize(
    "line",
    [
        "The company did not immediately respond to a request for comment.",
        "Police said nobody was arrested and the road was open again by noon.",
        "“We will rebuild every bridge in this valley, whatever it takes,” ran the slogan.",
        "We will rebuild every bridge in this valley, whatever it takes. “Every one.”",
        "Source: Reuters and our own correspondents in the valley.",
        "The Associated Press and the Lantern supplied the figures in our table.",
    ],
)
def test_reports_quotations_and_agency_credits_are_never_learned(line: str) -> None:
    articles = with_line(f"“It is so. {line}" if line.startswith("We will") else line)
    assert not any(line.removeprefix("“")[:20] in text for text in learned(articles))


def test_a_background_paragraph_belongs_to_its_story() -> None:
    background = "The Barcoradan bridge across the Felgorebith was closed by the Hanjorikore in the spring of 2019."
    names = ["Barcoradan", "Felgorebith", "Hanjorikore", "bridge", "closed", "spring"]
    seen = "Again {} the {} and {} were seen with {} in {} by all."
    articles = []
    for number in range(40):
        parts = story(number)
        if number < 7:
            other = parts[0].split()
            parts += [seen.format(other[1], name, *other[3:6]) for name in names]
            parts.append(background)
        articles.append(article(number, "\n\n".join(parts)))
    assert learned(articles) == {}


def test_a_standing_phrase_of_few_articles_stays() -> None:
    phrase = "The road was open again by noon and trains ran on time."
    assert learned(with_line(phrase, count=6, of=12)) == {phrase: "sentence"}
    assert learned(with_line(phrase, count=6, of=400)) == {}


def test_a_short_line_is_cut_only_as_a_line() -> None:
    articles = with_line("Lantern plus", count=7, of=80)
    assert learned(articles) == {"Lantern plus": "line"}
    assert learned(with_line("Lantern plus.", count=7, of=80, joint=" ")) == {}


def test_who_speaks_in_a_transcript_stays() -> None:
    assert learned(with_line("Jane Roe", count=8, of=200)) == {}


@pytest.mark.parametrize(
    "share_bar", ["Send Facebook Twitter Whatsapp Tumblr Reddit", "Get our briefing in your inbox"]
)
def test_what_ran_into_the_next_sentence(share_bar: str) -> None:
    articles = []
    for number in range(12):
        parts = story(number)
        parts[3] = f"{share_bar} {parts[3]}"
        articles.append(article(number, " ".join(parts)))
    assert learned(articles) == {share_bar: "opening"}


def test_what_ran_into_the_sentence_before() -> None:
    articles = [
        article(number, " ".join(story(number)).removesuffix(" on Monday.") + " Follow us on Facebook and on Telegram")
        for number in range(12)
    ]
    assert learned(articles) == {"Follow us on Facebook and on Telegram": "ending"}


def test_the_subject_of_a_sentence_is_no_boilerplate() -> None:
    articles = []
    for number in range(12):
        parts = story(number)
        parts[2] = f"Majority Leader Jane Roe of the Lower House Addison {parts[2]}"
        articles.append(article(number, " ".join(parts)))
    assert learned(articles) == {}


def test_each_outlet_has_its_own() -> None:
    articles = with_line(CLUB)
    articles += [article(number, "\n\n".join([*story(number), CLUB]), "beacon.example") for number in range(100, 103)]
    table = learn(lambda: iter(articles))
    assert {line.outlet for line in table.lines} == {"lantern.example"}
    assert (table.articles, table.outlets) == (15, 2)


def test_an_outlet_without_a_url_goes_by_its_name_and_one_without_either_is_left_out() -> None:
    named = [one.model_copy(update={"url": None, "publisher": "The  LANTERN"}) for one in with_line(CLUB)]
    assert {line.outlet for line in learn(lambda: iter(named)).lines} == {"the lantern"}
    nameless = [one.model_copy(update={"publisher": None}) for one in named]
    assert learn(lambda: iter(nameless)) == BoilerplateTable(lines=[])


def test_a_line_tells_how_often_and_when() -> None:
    (line,) = learn(lambda: iter(with_line(CLUB))).lines
    assert (line.articles, line.share, line.first, line.last) == (6, 0.5, "2026-03-01", "2026-03-06")


def test_the_order_of_the_log_does_not_matter() -> None:
    articles = [
        article(number, " ".join([*story(number)[:4], PROMPT if number % 2 else CLUB, *story(number)[4:]]))
        for number in range(60)
    ]
    table = learn(lambda: iter(articles)).to_file()
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        assert learn(lambda: iter(articles)).to_file() == table


@pytest.mark.parametrize("body", ["x" * 300_000, "a b " * 60_000, "\n" * 1000, "Yes. " * 3_000, "港口关闭。" * 3_000])
def test_what_is_no_article_does_no_harm(body: str) -> None:
    assert learned([article(number, f"{body}{number}") for number in range(2)]) == {}
