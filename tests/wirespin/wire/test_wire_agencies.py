from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.wire.agencies import Agency, agencies, agency_named, agency_printed
from wirespin.wire.names import listed, mentioned
from wirespin.wire.publisher import publishing_agency

FORMS = [(agency.key, name) for agency in agencies() for name in agency.names]


def test_the_table_is_broad_and_its_keys_are_unique() -> None:
    keys = [agency.key for agency in agencies()]
    assert len(keys) >= 100
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("agency", agencies(), ids=lambda agency: agency.key)
def test_a_row_is_complete(agency: Agency) -> None:
    assert agency.name in agency.names
    assert len(agency.country) == 2
    assert agency.country.isupper()
    assert agency.languages
    assert agency.ambiguous <= set(agency.names)
    assert all(domain == domain.lower() and "." in domain and "/" not in domain for domain in agency.domains)


@pytest.mark.parametrize(("key", "name"), FORMS, ids=[f"{key}-{name}" for key, name in FORMS])
def test_every_printed_form_names_its_agency(key: str, name: str) -> None:
    for found in (agency_named(name), agency_printed(name)):
        assert found is not None
        assert found.key == key


@pytest.mark.parametrize(("key", "name"), FORMS, ids=[f"{key}-{name}" for key, name in FORMS])
def test_every_printed_form_is_found_among_other_words(key: str, name: str) -> None:
    text = f"x ({name}) y"
    assert (key, name) in [(hit.agency.key, text[hit.start : hit.end]) for hit in mentioned(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("AFP", "afp"),
        ("Agence France-Presse", "afp"),
        ("AFP - Agence France Presse", "afp"),
        ("Agence France-Presse (AFP)", "afp"),
        ("reuters", "reuters"),
        ("Reuters UK", "reuters"),
        ("reuters.com", "reuters"),
        ("The Associated Press", "ap"),
        ("AP News", "ap"),
        ("dpa international", "dpa"),
        ("Xinhua News Agency", "xinhua"),
        ("PA Media", "pa"),
        ("ТАСС", "tass"),
        ("新华社", "xinhua"),
    ],
)
def test_publishers_that_are_agencies(text: str, key: str) -> None:
    found = agency_named(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "text",
    [
        "AP Herald",
        "Reuters Breakfast Club",
        "The AFP Times",
        "Daily Reuters",
        "AP Photo",
        "PA Times",
        "Antara Valley News",
        "",
        " ",
        "x" * 5000,
        "agency",
        "News Agency",
        "the",
        "AFP and Reuters",
    ],
)
def test_publishers_that_are_not(text: str) -> None:
    assert agency_named(text) is None


@pytest.mark.parametrize(("text", "found"), [("PA", "pa"), ("pa", None), ("spa", None), ("SPA", "spa"), ("afp", "afp")])
def test_ambiguous_forms_count_only_as_printed(text: str, found: str | None) -> None:
    agency = agency_printed(text)
    assert (agency.key if agency else None) == found


@pytest.mark.parametrize(
    ("publisher", "url", "key"),
    [
        ("AFP", None, "afp"),
        (None, "https://www.reuters.com/world/x", "reuters"),
        ("Some Site", "https://english.news.cn/x", "xinhua"),
        ("Some Site", "apnews.com/article/x", "ap"),
        (None, "https://www.notreuters.com/x", None),
        (None, "https://reuters.com.example.org/x", None),
        ("AP Herald", "https://apherald.example/x", None),
        ("Reuters Breakfast Club", None, None),
        (None, "http://[bad", None),
        (None, None, None),
        ("", "", None),
    ],
)
def test_who_published(publisher: str | None, url: str | None, key: str | None) -> None:
    agency = publishing_agency(publisher, url)
    assert (agency.key if agency else None) == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("AFP", ["afp"]),
        ("AFP/Reuters", ["afp", "reuters"]),
        ("dpa/lno", ["dpa"]),
        ("Reuters, AFP and AP", ["reuters", "afp", "ap"]),
        ("dpa und AFP", ["dpa", "afp"]),
        ("EFE y Reuters", ["efe", "reuters"]),
        ("AFP journalist saw", []),
        ("AP Photo/Jane Doe", []),
        ("lno/abc", []),
    ],
)
def test_lists_of_names(text: str, keys: list[str]) -> None:
    assert [hit.agency.key for hit in listed(text, 0, len(text))] == keys


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_input_raises(publisher: str, url: str) -> None:
    publishing_agency(publisher, url)
    listed(publisher, 0, len(publisher))
    for hit in mentioned(url, 0, len(url)):
        assert url[hit.start : hit.end].strip()
