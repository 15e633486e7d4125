"""Datelines by offsets: the region begins its line, the name lies inside and is one of the agency's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.wire.datelines import datelines
from wirespin.wire.layout import PROSE, lines

PLACES = st.sampled_from(
    ["PARIS", "Paris", "NEW DELHI, Feb. 6", "東京 12日", "【ロンドン", "القاهرة", "देहरादून, 3 मार्च", ""]
)
NAMES = st.sampled_from(
    ["(AFP)", "[ロイター]", "/ТАСС/", "Reuters", "共同】", "新华社北京3月3日电", "(أ ف ب)", "(भाषा)"]
)
CLOSES = st.sampled_from([" - ", " — ", ": ", " ", "", ". ", "。"])
PARTS = st.tuples(PLACES, st.sampled_from([" ", "", ", "]), NAMES, CLOSES, st.text(max_size=30)).map("".join)


@given(st.lists(PARTS | st.text(max_size=60), min_size=1, max_size=5))
def test_regions_begin_their_line_and_hold_the_name(parts: list[str]) -> None:
    body = "\n".join(parts)
    for line in lines(body):
        for finding in datelines(body, line):
            start, end = finding.region
            assert line.start == start < end <= line.end
            if finding.agency is not None:
                assert start <= finding.naming[0] < finding.naming[1] <= end
                assert body[slice(*finding.naming)].casefold() in {name.casefold() for name in finding.agency.names}


@pytest.mark.parametrize(
    ("sign", "count", "prose"),
    [
        ("a", PROSE, 1),
        ("a", PROSE - 1, 0),
        ("中", PROSE // 3, 0),
        ("中", PROSE // 3 + 1, 1),
        ("서", 47, 1),
        ("ก", 47, 0),
    ],
)
def test_a_character_of_chinese_or_korean_counts_for_three_letters(sign: str, count: int, prose: int) -> None:
    assert lines(f"{sign * count}\nbehind")[1].before == prose
