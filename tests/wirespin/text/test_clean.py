from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.text.clean import clean
from wirespin.text.clutter import kind

LEDE = (
    "The governor opened the new bridge on Monday after two years of delays, telling a crowd of several hundred people "
    "on the northern bank that the toll would stay at three crowns."
)
QUOTE = '"We have waited long enough," she said.'
BACKGROUND = "The old crossing was closed in 2019 when inspectors found cracks in two of its six piers."
LAST = "No one was hurt."
STORY = [LEDE, QUOTE, BACKGROUND, LAST]


def kept(body: str, headline: str = "", leave_out: list[tuple[int, int]] | None = None) -> list[str]:
    spans = clean(body, headline, leave_out or [])
    return [line for start, end in spans for line in body[start:end].split("\n") if line.strip()]


CLUTTER = [
    # other stories
    "READ ALSO: Where to park your savings | Mortgage calculator: what would you pay?",
    "ALSO READ: Toll road opens",
    "Also Read | Toll road opens after two-year delay",
    "MORE ON THIS TOPIC: How to check whether your ferry is licensed",
    "You may also be interested in: Copper output rises for third month",
    "You may also like: Tuna exports rise | Inter-island flights: new timetable",
    "Most read: Cotton harvest forecast cut by a fifth | Airport to close runway",
    "Trending: High school football scores | Bridge closure to last through November",
    "Read next: Five settings to check on your running watch",
    "Related: Tolls through the ages",
    "Watch: The bridge from above",
    "( PHOTOS: The bridge from above)",
    "Lesen Sie auch: Maut bleibt stabil",
    "Lire aussi : Le péage reste stable",
    "Lea también: El peaje no sube",
    "Leia também: Pedágio não sobe",
    "Leggi anche: Il pedaggio non aumenta",
    "Читайте также: Мост открыт",
    # prompts
    "Get the Lantern morning briefing in your inbox. Sign up here. You can unsubscribe at any time.",
    "Sign up for our newsletter and get the top stories of the day at 6pm.",
    "Sign up for Bridges, our weekly newsletter, delivered every Thursday.",
    'Our newsletter "Good Morning Rivertown" is free of charge. Subscribe now.',
    "Subscribe for 2.99 a month and read without advertising. Already a subscriber? Log in",
    "This story is free to read because readers like you support local journalism. Become a member today.",
    "Independent journalism costs money. Support us for the price of a coffee.",
    "Did you like this article? Support independent reporting from €3 a month.",
    "Follow us on Telegram: breaking news around the clock",
    "Receive Lantern news on WhatsApp",
    "Join our WhatsApp channel for the latest updates",
    "Get live scores on our app. Download now!",
    "Download our app",
    "Tell us what you think in the comments below. Register to comment",
    "Get involved with the news: send your photos and videos",
    "Have a story tip? Email us at tips@example.com",
    "Please contact us for subscription options.",
    "You have reached your limit of free articles. Subscribe to continue reading.",
    "We use cookies to improve your experience. By continuing you accept our cookie policy.",
    "Melden Sie sich für unseren Newsletter an",
    "Abonnez-vous à notre newsletter",
    "Suscríbete a nuestro boletín",
    "Inscreva-se na nossa newsletter",
    # furniture
    "Share this article: Facebook | X | LinkedIn | Copy link",
    "Share on WhatsApp | Share on Facebook | Print",
    "Advertisement",
    "ADVERTISEMENT",
    "Anzeige",
    "Publicité",
    "Story continues below advertisement",
    "12 comments",
    "3 min read",
    "Environment | 3 min read",
    "Home > Politics > Elections 2024",
    "Tags: climate, agriculture, Italy, FAO",
    "Related topics: Aegean Sea, coast guard, irregular migration",
    "Updated: June 12, 2023, 10:30 AM IST",
    "Published 12 June 2023",
    "June 12, 2023",
    "***",
    # pictures
    "A rescuer carries a child ashore at the harbour on Sunday. PHOTO: AFP",
    "Lorries queue on the quay on Tuesday morning (photo: Lantern archive)",
    "Photo: The offices of the company in the docklands. File picture.",
    "An olive grove near Foggia. Photo: Shutterstock",
    "[Photo by Coast Guard Command/Handout]",
    "[Image: The bridge]",
    "A man walks past the bridge in Rivertown. REUTERS/Jane Doe",
    "Smoke rises from the pier in Rivertown, Saturday, Sept. 21, 2024. (AP Photo/Jane Doe)",
    "FILE PHOTO: A general view of the bridge",
    "FILE - In this June 12, 2023 file photo, the bridge is seen from the north",
    "Foto: dpa",
    "File photo",
    # other stories, prompts, notices and furniture in more forms
    "MORE: Toll road opens after delay",
    "Opinion: Why the bridge should stay closed",
    ">> Read: Toll road opens after delay",
    "(Also read: Toll road opens)",
    "Lesetipp: Maut bleibt stabil",
    "También le puede interesar: El peaje no sube",
    "ADVERTISEMENT - CONTINUE READING BELOW",
    "Advertisement. Scroll to continue reading.",
    "Story Continued Below",
    "Article continues after this advertisement",
    "Report this ad",
    "You can skip this ad in 5 seconds",
    "La suite de l'article après la publicité",
    "Continúa leyendo después de la publicidad",
    "Invalid email address. Please re-enter.",
    "This content is for subscribers only.",
    "Exclusive for subscribers",
    "You've read your last free article.",
    "Unlock unlimited access for $1 a month",
    "Create a free account to continue reading.",
    "Donate now",
    "If you value our work, please consider a donation.",
    "Dieser Artikel ist nur für Abonnenten.",
    "Jetzt weiterlesen",
    "Cet article est réservé aux abonnés.",
    "Contenido exclusivo para suscriptores",
    "Click to print (Opens in new window)",
    "Add as a preferred source on Google",
    "X: @janeroe",
    "Instagram: @lantern",
    "Be the first to comment",
    "jroe@lantern.example",
    "Contact the author: jroe@lantern.example",
    "Got a tip? Send it to tips@lantern.example",
    "By Jane Roe",
    "BY JANE ROE AND JOHN DOE",
    "By Jane Roe, Staff Writer",
    "Jane Roe, Health Correspondent",
    "Updated 3 hours ago",
    "an hour ago",
    "3 de marzo de 2025",
    "Publié le 3 mars 2025 à 10h30",
    "5 min read",
    "Listen 5 min",
    "Media playback is unsupported on your device",
    "This video can not be played",
    "Now playing: Governor opens bridge",
    "A post shared by Jane Roe (@janeroe)",
    "Jane Roe/Reuters",
    "Lorries queue on the quay on Tuesday morning. (Jane Roe/The Lantern)",
    "View image in fullscreen",
    "To see this content, please accept cookies.",
    "Questo sito utilizza cookie.",
    "Reprints and permissions",
    "This is a rush transcript. It may be corrected.",
    "This article is more than 2 years old",
    "Visit lantern.example for more.",
    "Watch the full interview below:",
    "This is a breaking news story and will be updated.",
    "Vote in our poll",
    "BREAKING NEWS",
    # notices
    "(Except for the headline, this story has not been edited by our staff and is published from a syndicated feed.)",
    "This content is published with the assistance of an automatic feed and has not been reviewed by an editor.",
    "This story was published from a wire agency feed without modifications to the text",
    "© All rights reserved. Reproduction prohibited.",
    "Copyright 2024 The Lantern. All rights reserved. This material may not be published, broadcast, rewritten or "
    "redistributed without permission.",
    "Comments: Our rules. We want our comments to be a lively and valuable part of our community.",
]


@pytest.mark.parametrize("line", CLUTTER)
@pytest.mark.parametrize("place", [0, 2, 4], ids=["start", "middle", "end"])
@pytest.mark.parametrize("joint", ["\n\n", "\n"], ids=["paragraphs", "lines"])
def test_clutter_is_left_out_wherever_it_stands(line: str, place: int, joint: str) -> None:
    parts = [*STORY[:place], line, *STORY[place:]]
    assert kept(joint.join(parts)) == STORY


NEWS = [
    "Google updated its privacy policy on Tuesday.",
    "The company offers a free trial to new subscribers.",
    "Share prices fell 3 percent in early trading.",
    "Follow-up talks are planned for next week.",
    "The newsletter was sent to 3,000 subscribers on Monday.",
    '"Sign up now or go home," the coach told players.',
    "Advertisement spending rose 4 percent in the second quarter.",
    "Join forces or perish, the minister warned.",
    "Users must accept the terms of service before they can log in.",
    "The app was downloaded 2 million times on Friday.",
    "Related charges against two others were dropped.",
    "Trending topics included the minister's name.",
    "More from the European Union was expected, but little came.",
    "Support for the government fell to 31 percent.",
    "Comments by the minister drew protests.",
    "We will not negotiate. We will not yield.",
    "In this picture of decline, one fact stands out.",
    "He posted a photo: it showed the minister asleep.",
    "Police said the photo was taken in 2019.",
    "Getty Images sued the company last year.",
    "Video of the arrest was shared on Facebook and Telegram.",
    "Please help us find our children, she wrote on Facebook.",
    "Published in March, the report was withdrawn.",
    "Updated figures are due in May 2024.",
    "You must log in to vote, the guidelines say.",
    "This article of the constitution was amended in 2008.",
    "The latest news from the front was grim.",
    "Contact with the aircraft was lost at 3:40 a.m.",
    "The names must not be published, a judge ruled.",
    "In 2019, 340 people died.",
    "Yes.",
    "Abonnenten des Dienstes klagten am Montag über Ausfälle, sagte ein Sprecher.",
    "El canal fue bloqueado en Rusia, según el ministerio.",
    "Analysis: The bill would cost three billion crowns over ten years, the budget office found.",
    "Opinion was split on Monday.",
    "More than 40 people were hurt.",
    "Read in court, the letter drew tears.",
    "Try again on health care, the senator said he was told.",
    "Ads by both campaigns ran all week.",
    "Report: adverse events rose in May.",
    "By Monday evening the river had fallen by two metres.",
    "By Friday Jane Roe had resigned.",
    "Jane Roe, Staff Sergeant of the unit, was cleared.",
    "Exclusive rights went to a rival.",
    "Breaking news of the arrest, the channel was cut off.",
    "Subscribers only learned of the breach in May.",
    "This story is about to be rewritten, the minister said.",
    "Media playback of the speech was banned in schools.",
    "Watch the border closely, the general told his men below.",
    "Donate now or see the museum close, the curator warned.",
    "Visit the border and you will see 3,000 lorries.",
    "Live from the square, she said that shots had been fired.",
    "The video cannot be verified.",
    "Correction officers went on strike.",
    "A month ago he was still in office.",
    "Fuente: the name of a village that no longer exists.",
    "Like millions of others, our members work on the front line. We support the notion that all have access to care.",
    "Facebook brought on five fact-checkers, which gives a few outlets power over the articles in your news feed.",
    "The group's website urged viewers to sign up for a chance to receive the money, prosecutors said.",
]


@pytest.mark.parametrize("line", NEWS)
@pytest.mark.parametrize("place", [0, 2, 4], ids=["start", "middle", "end"])
def test_news_stays_wherever_it_stands(line: str, place: int) -> None:
    parts = [*STORY[:place], line, *STORY[place:]]
    assert kept("\n\n".join(parts)) == parts


GLUED = [
    "Advertisement",
    "ADVERTISEMENT - CONTINUE READING BELOW",
    "Story continues below advertisement",
    "Story Continued Below",
    "Scroll to continue",
    "Media playback is not supported on this device",
    "Send Facebook Twitter Google+ Whatsapp Tumblr linkedin reddit Permalink https://lantern.example/p/17",
    "Share this article: Facebook WhatsApp Telegram Email",
    "(READ MORE: Toll road opens after two-year delay)",
    "[Also read: Five questions about the new law]",
    "(RELATED: Toll road opens)",
    "( PHOTOS: The bridge from above)",
]
PROMPTS = [
    "Sign up here to get our newsletter delivered straight to your inbox.",
    "Click here to subscribe to our newsletter.",
    "Follow Jane Roe on Twitter: @janeroe.",
    "Please leave your comments below.",
    "Were you on the bridge? Email us at desk@lantern.example with your stories.",
]
ONE_LINE = " ".join(
    [*STORY, *(f"In the year {year} the ferry carried {year % 97} lorries a day." for year in range(1990, 2012))]
)


@pytest.mark.parametrize("piece", GLUED)
@pytest.mark.parametrize("story", [" ".join(STORY), ONE_LINE], ids=["paragraph", "one line"])
@pytest.mark.parametrize("at", [" The old crossing", " No one was hurt."])
def test_clutter_glued_between_sentences_goes(piece: str, story: str, at: str) -> None:
    before, behind = story[: story.index(at)], story[story.index(at) :]
    assert [part.strip() for part in kept(f"{before} {piece}{behind}")] == [before, behind.strip()]


@pytest.mark.parametrize("piece", PROMPTS)
def test_prompts_within_a_body_of_one_line_go(piece: str) -> None:
    assert piece.rsplit(maxsplit=1)[-1] not in " ".join(kept(f"{ONE_LINE} {piece} {LAST}"))
    assert " ".join(kept(f"{ONE_LINE} {piece} {LAST}")).startswith(ONE_LINE)


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement spending rose 4 percent in the second quarter.",
        "The Advertisement Standards board met on Monday.",
        "Share this with Heather Roe and Jane Doe, who led the team to a second win in the cup.",
        "For the latest on this story visit our live page Work is going on at the site, which may be searched.",
        "The fix is popular (read: cheap but slow) in the capital.",
        "The plan has critics (see: the bridge that Rivertown never finished).",
        '"Sign up now for your newsletter," the coach told us.',
        "Send Facebook the bill, the minister said.",
        "The story continues below ground, where miners dug.",
        "We will not negotiate with you, the letter to us said.",
    ],
)
def test_sentences_of_a_story_stay_within_a_line(sentence: str) -> None:
    for story in (" ".join(STORY), ONE_LINE):
        assert kept(f"{story} {sentence} {LAST}") == [f"{story} {sentence} {LAST}"]


@pytest.mark.parametrize(
    "head", ["Related stories", "RELATED STORIES", "You May Also Like", "More from World", "Mehr zum Thema"]
)
def test_headlines_below_a_head_go_and_the_text_goes_on(head: str) -> None:
    parts = [
        LEDE,
        head,
        "Toll road opens after two-year delay",
        "Five questions about the new law",
        QUOTE,
        BACKGROUND,
        LAST,
    ]
    assert kept("\n\n".join(parts)) == STORY


def test_a_list_with_teasers_goes_to_the_end() -> None:
    parts = [
        "You May Also Like",
        "Fitness Club Shut Over Health Fears",
        "despite a requirement to stay at home … a member chose to visit the club",
        "Island to Impose Forms on All Visitors",
        "Those failing to accurately do so face a fine of up to 150,000 crowns.",
        "Despite Trade War, Island Raises Forecast",
        "The ongoing trade war seems to be impacting everyone, except perhaps…",
    ]
    assert kept("\n\n".join(STORY + parts)) == STORY


def test_a_last_sentence_below_a_head_stays() -> None:
    assert kept("\n\n".join([*STORY[:3], "Related", "Toll road opens", LAST])) == STORY


def test_a_list_of_points_in_the_text_stays() -> None:
    parts = [LEDE, "The bill has three parts:", "border security", "a path to citizenship", "Fines for employers", LAST]
    assert kept("\n\n".join(parts)) == parts


def test_the_headline_printed_once_more_goes() -> None:
    headline = "Governor opens bridge after two years of delays"
    body = "\n\n".join([headline.upper(), *STORY])
    assert kept(body, headline) == STORY
    assert kept(body, "Another headline") == [headline.upper(), *STORY]


def test_a_repeated_paragraph_stands_once() -> None:
    assert kept("\n\n".join([LEDE, BACKGROUND, QUOTE, BACKGROUND, LAST])) == [LEDE, BACKGROUND, QUOTE, LAST]


@pytest.mark.parametrize(
    "biography",
    [
        "Jane Roe is a reporter covering bridges. Follow her on Twitter @jane",
        "Jane Roe is a senior correspondent based in Rivertown.",
        "Jane Roe is The Lantern's bridges correspondent.",
        "Jane Roe covers transport for The Lantern.",
        "Jane Roe joined The Lantern in 2015 and covers transport.",
        "Jane Roe can be reached at jroe@lantern.example.",
    ],
)
def test_a_biography_goes_below_the_text(biography: str) -> None:
    assert kept("\n\n".join([*STORY, biography])) == STORY


@pytest.mark.parametrize(
    "line",
    [
        "Jan Holub is a reporter who was jailed in May after he wrote about the bridge.",
        "Jane Roe joined the company in 2015 and became its head in May.",
        "Jane Roe covers her face when she speaks for the families.",
        "Jane Roe is the minister's chief adviser.",
    ],
)
def test_a_last_line_about_somebody_stays(line: str) -> None:
    assert kept("\n\n".join([*STORY, line])) == [*STORY, line]


def test_a_paragraph_broken_into_lines_is_judged_as_one() -> None:
    broken = (
        "The company said on Monday that its readers could soon\nsubscribe to the digital edition of it only, and\n"
        "follow us on Telegram would be its new slogan, a spokesman said."
    )
    assert kept(f"{LEDE}\n\n{broken}\n\n{LAST}") == [LEDE, *broken.split("\n"), LAST]


def test_a_long_paragraph_needs_more_than_one_sign() -> None:
    long = (
        "The regulator found that the company had asked users to sign up here without telling them that their data "
        "would be passed on, and it ordered the firm to delete what it had gathered since the spring of last year, to "
        "write to all those affected, and to report back within ninety days or face a second and larger fine."
    )
    assert kept("\n\n".join([LEDE, long, LAST])) == [LEDE, long, LAST]


def test_a_long_paragraph_of_opinion_stays() -> None:
    long = (
        "Like millions of others in this country, our members work on the front line. Support for the notion that you "
        "and your family should have access to care has been our position for years, and we have told members and "
        "readers of our journalism so. Support the plan and you support your neighbours, whatever your account."
    )
    assert kept("\n\n".join([LEDE, long, LAST])) == [LEDE, long, LAST]


def test_regions_to_leave_out() -> None:
    dateline = "RIVERTOWN (AFP) - "
    body = f"{dateline}{LEDE}\n\n{LAST}\n\nAFP"
    spans = clean(body, "", [(len(body) - 3, len(body)), (0, len(dateline))])
    assert [body[start:end] for start, end in spans] == [f"{LEDE}\n\n{LAST}"]


@pytest.mark.parametrize("body", ["Advertisement", "Share this article", "  Sign up for our newsletter \n", "AFP"])
def test_what_would_be_left_empty_stays_whole(body: str) -> None:
    assert clean(body, body, [(0, len(body))]) == [
        (body.index(body.strip()), body.index(body.strip()) + len(body.strip()))
    ]


@pytest.mark.parametrize("body", ["", " \n\n ", "\u2028"])
def test_a_blank_body_has_no_regions(body: str) -> None:
    assert clean(body) == []


PIECES = st.sampled_from([*CLUTTER[:12], *STORY, "Related stories", "AFP", "", "Toll road opens"]) | st.text(
    max_size=60
)


@given(
    st.lists(PIECES, max_size=12),
    st.sampled_from(["\n", "\n\n", "\r\n", " "]),
    st.lists(st.tuples(st.integers(-5, 400), st.integers(-5, 400)), max_size=4),
    st.text(max_size=30),
)
def test_spans_are_in_order_in_range_trimmed_and_never_empty(
    parts: list[str], joint: str, leave_out: list[tuple[int, int]], headline: str
) -> None:
    body = joint.join(parts)
    spans = clean(body, headline, leave_out)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(body)
        assert body[start:end] == body[start:end].strip()
        at = end
    assert bool(spans) == any(sign.isalnum() for sign in body)


@given(st.lists(st.sampled_from([*STORY, *CLUTTER[:40]]), min_size=1, max_size=10))
def test_cleaning_what_is_clean_changes_nothing(parts: list[str]) -> None:
    body = "\n\n".join([*STORY, *parts])
    once = "\n\n".join(body[start:end] for start, end in clean(body))
    assert "\n\n".join(once[start:end] for start, end in clean(once)) == once


@given(st.text(max_size=300))
def test_the_kind_of_a_line_of_anything(line: str) -> None:
    assert kind(line) in {None, "head", "link", "furniture", "prompt", "picture"}


@pytest.mark.parametrize("line", ["x" * 5000, "🙂" * 2000, "Sign up for our newsletter. " * 100])
def test_very_long_lines_are_not_judged(line: str) -> None:
    assert kind(line) is None


@pytest.mark.parametrize(
    "body",
    [
        "a" * 1_000_000,
        "a\n" * 500_000,
        "a b " * 250_000,
        "| " * 500_000,
        "Related\n" * 125_000,
        "photo: " * 142_000,
        "\n".join([LEDE] * 2_400),
        "\n".join(f"{number} {LEDE}" for number in range(2_400))[:1_000_000],
        "🙂\x00\u202e" * 300_000,
        "\n".join(["(" * 1_400] * 700),
        "\n".join(["Sign up. " * 40] * 2_400),
        "\n".join(["A b/C d " * 40] * 2_400),
    ],
    ids=lambda body: repr(body[:8]),
)
def test_a_megabyte_takes_less_than_a_second(body: str) -> None:
    clean("warm up")
    began = time.process_time()
    clean(body, "a headline")
    assert time.process_time() - began < 1
