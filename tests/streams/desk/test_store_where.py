"""Filters in SQL let the same events through as in Python."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.events import Device, Event
from streams.desk.filters import Filter, VerdictWanted
from tests.support.desk import Log, decision, event, ids, store

DEVICES = get_args(Device)[:3]
WORDS = st.sampled_from(
    ["Élysée", "elys", "Kim", "kimono", "北京", "北", "нет", "НЕТ!", "z", "zoo", "a\0b", "it’s", "'\"*", "5%"]
)
NAMES = st.sampled_from(["Lantern", "LANTERN", "The  Beacon", "the beacon", "ß", "SS", "İ", "i\u0307", "x\0y"])
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
TIMES = st.sampled_from(["2026-11-18T10:00:00Z", "2026-11-18T10:00:01Z", "2026-12-01T00:00:00Z"])
SCORES = st.sampled_from([0.0, 0.3, 0.1 + 0.2, 0.7, 1.0])
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "agency": st.sampled_from([None, "afp", "ap"]),
    "outlet": st.none() | NAMES,
    "url": st.sampled_from([None, "https://www.lantern.example/1"]),
    "devices": st.lists(st.sampled_from(DEVICES), max_size=3),
    "score": SCORES,
    "language": st.sampled_from(["en", "de"]),
    "time": st.none() | TIMES | st.just("soon"),
    "headline": TEXTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    "wire_headline": TEXTS,
    "evidence": TEXTS,
}
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["alert", "republication"]),
        st.fixed_dictionaries(FIELDS),
        st.sampled_from(["", "confirmed", "watching"]),
    ),
    max_size=6,
)  # fmt: skip
FILTERS = st.builds(
    Filter,
    agency=st.sampled_from([None, None, "afp"]),
    outlet=st.none() | NAMES.map(str.strip),
    device=st.none() | st.sampled_from(DEVICES),
    score=st.none() | SCORES,
    language=st.sampled_from([None, None, "de"]),
    since=st.none() | TIMES,
    until=st.none() | TIMES,
    text=st.none() | TEXTS.map(str.strip).filter(bool) | st.text(min_size=1, max_size=20).map(str.strip).filter(bool),
    verdict=st.sampled_from([None, *get_args(VerdictWanted)]),
    kind=st.sampled_from(["alerts", "republications"]),
)


@settings(max_examples=200)
@given(EVENTS, st.lists(FILTERS, min_size=1, max_size=8), st.booleans())
def test_sql_and_python_agree(
    said: list[tuple[str, dict[str, Any], str]], filters: list[Filter], indexed: bool
) -> None:
    made = [(event(kind, copy=str(number), **fields), verdict) for number, (kind, fields, verdict) in enumerate(said)]
    decided = {one.id: decision(one, verdict) for one, verdict in made if verdict and one.key.startswith("alert")}
    log = Log()
    with tempfile.TemporaryDirectory() as folder, store(Path(folder), indexed=indexed) as desk:
        desk.take(log.said(*(one for one, _ in made)) + log.decided(*decided.values()))
        for chosen in filters:
            passing = {one.id for one, _ in made if chosen.matches(one, decided.get(one.id))}
            assert set(ids(desk.page(chosen).rows)) == passing
            assert desk.count(chosen) == desk.facets(chosen).total == len(passing)


@given(st.text(min_size=1, max_size=60).map(str.strip).filter(bool))
def test_no_query_text_makes_sql_fail(text: str) -> None:
    for indexed in (True, False):
        with tempfile.TemporaryDirectory() as folder, store(Path(folder), indexed=indexed) as desk:
            one: Event = event(headline=text.encode("utf-8", "replace").decode())
            desk.take(Log().said(one))
            assert (Filter(text=text).matches(one), 1) == (bool(desk.page(Filter(text=text)).rows), 1)
