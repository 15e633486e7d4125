"""Texts of the window benchmark: the same ones every time, of the promised lengths, nothing told twice."""

from __future__ import annotations

import lzma
from itertools import islice
from pathlib import Path

import numpy as np
import orjson
import pytest

from benchmarks.window import chain
from benchmarks.window.articles import Article, Vocabulary, from_text
from benchmarks.window.chain import Chain
from benchmarks.window.corpus import BATCH, LONGEST, SHORTEST, Corpus, lengths, read_texts
from benchmarks.window.plan import FILLING, LIVE, MICRO_BATCH, Texts
from tests.benchmarks.window.window_plans import SEED, small_corpus, small_plan, texts

LETTERS = str.maketrans("0123456789", "abcdefghij")


def words(article: Article) -> list[str]:
    return [token.norm for token in article.tokens]


def test_the_same_seed_makes_the_same_articles_also_in_another_process(tmp_path: Path) -> None:
    corpus = Corpus.of(texts(), live=0, seed=SEED)
    corpus.save(tmp_path)
    assert list(islice(small_corpus().made(), 3)) == list(islice(corpus.made(), 3))
    count = BATCH + 3  # into the second batch
    made = list(islice(corpus.made(), count))
    assert made == list(islice(Corpus.load(tmp_path, SEED).made(), count))
    assert made[0] != made[BATCH]
    assert made[:3] != list(islice(small_corpus(SEED + 1).made(), 3))


def test_streams_differ() -> None:
    corpus = small_corpus()
    assert next(corpus.made(FILLING)) != next(corpus.made(LIVE))


def test_articles_have_the_lengths_of_news() -> None:
    drawn = lengths(np.random.default_rng(SEED), 10_000)
    assert (drawn.min(), drawn.max()) == (SHORTEST, LONGEST)
    assert 330 < np.median(drawn) < 350
    corpus = small_corpus()
    for article in [*islice(corpus.made(), 20), *corpus.real()]:
        assert SHORTEST <= len(article.tokens) == len(article.quoted) <= LONGEST


def test_real_articles_are_the_texts_in_a_row_and_live_ones_stand_aside() -> None:
    lines = [" ".join(f"w{text}x{word}".translate(LETTERS) for word in range(1_000)) for text in range(20)]
    corpus = Corpus.of(lines, live=5, seed=SEED)
    live, real = [list(map(words, articles)) for articles in (corpus.live(), corpus.real())]
    assert len(live) == 5
    told = [word for article in live + real for word in article]
    assert len(told) == len(set(told))
    assert corpus.words == 20_000 - sum(map(len, live))
    aside = {word for article in live for word in article}
    assert not aside & {word for article in islice(corpus.made(), 50) for word in words(article)}


def test_a_chain_follows_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "SMALL_LEAP", 0.0)
    source = np.array([1, 2, 3, 1, 4, 5, 1, 2, 6], dtype=np.int32)
    pairs = set(zip(source.tolist(), np.roll(source, -1).tolist(), strict=True))
    made = Chain.of(source).batch(np.random.default_rng(SEED), np.array([200, 50]))
    assert [len(symbols) for symbols in made] == [200, 50]
    assert {pair for symbols in made for pair in zip(symbols[:-1].tolist(), symbols[1:].tolist(), strict=True)} == pairs


def test_a_large_source_is_followed_by_two_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "LARGE_SOURCE", 1)
    monkeypatch.setattr(chain, "TWO_WORDS", 1.0)
    source = np.random.default_rng(SEED).integers(0, 20, 500, dtype=np.int32)
    around = np.concatenate((source, source[:2]))
    triples = set(zip(around[:-2].tolist(), around[1:-1].tolist(), around[2:].tolist(), strict=True))
    (made,) = Chain.of(source).batch(np.random.default_rng(SEED), np.array([300]))
    assert set(zip(made[:-2].tolist(), made[1:-1].tolist(), made[2:].tolist(), strict=True)) <= triples


def test_quotations_survive_the_vocabulary() -> None:
    article = from_text("He said: “We will not raise the rate this year.” Nobody asked why.")
    vocabulary = Vocabulary()
    again = vocabulary.decode(vocabulary.encode(article))
    assert (words(again), again.quoted) == (words(article), article.quoted)
    assert any(again.quoted)
    assert not all(again.quoted)


def test_texts_are_read_from_both_fields_packed_or_not(tmp_path: Path) -> None:
    lines = b"\n".join(orjson.dumps(record) for record in ({"body": "one", "text": "x"}, {"text": "two"}))
    (tmp_path / "plain.jsonl").write_bytes(lines)
    with lzma.open(tmp_path / "packed.jsonl.xz", "wb") as packed:
        packed.write(lines)
    for name in ("plain.jsonl", "packed.jsonl.xz"):
        assert list(read_texts(tmp_path / name)) == ["one", "two"]


def test_a_plan_plants_the_originals_in_a_full_window(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    prepared = Texts(plan)
    batches = list(prepared.filling())
    window = [article for batch in batches for article in batch]
    assert len(window) == plan.window
    assert {len(batch) for batch in batches} == {MICRO_BATCH}
    assert [window[place] for place in prepared.places] == prepared.planted.originals
    assert len(set(prepared.places)) == len(prepared.planted.originals) == 18
    assert sum(len(batch) for batch in prepared.live()) == plan.live
    assert prepared.real == 0
