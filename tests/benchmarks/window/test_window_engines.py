"""wirespin's adapter, alone and in a process of its own. The libraries' adapters need the libraries: `make bench`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.window.engines.base import shingles
from benchmarks.window.engines.making import ADAPTERS, make
from benchmarks.window.engines.wirespin_index import Wirespin
from benchmarks.window.plan import MICRO_BATCH, Texts
from benchmarks.window.race import Measured, race
from benchmarks.window.run import Budget
from benchmarks.window.settings import ALL, LIBRARIES, OURS, Banding, Setting
from benchmarks.window.worker import BLOCK, Block, Filled, Found
from tests.benchmarks.window.window_plans import small_plan
from wirespin.reuse.sketch import sample
from wirespin.text.document import Document

OWN = Setting(OURS)


def test_planted_originals_are_found_by_what_was_derived_from_them(tmp_path: Path) -> None:
    texts = Texts(small_plan(tmp_path))
    engine = Wirespin(1_000)
    for number, batch in enumerate(texts.filling()):
        engine.fill(number * MICRO_BATCH, engine.sketch(batch))
    for query in texts.planted.queries:
        (names,) = engine.ask(engine.sketch([query.article]))
        assert texts.places[query.original] in names, query.groups
    assert engine.own_bytes() > 0


def test_articles_of_one_micro_batch_find_each_other_and_the_window(tmp_path: Path) -> None:
    texts = Texts(small_plan(tmp_path))
    engine = Wirespin(1_000)
    first, second = (next(iter(texts.live()))[number] for number in (0, 1))
    assert engine.take(0, engine.sketch([first, second, first])) == [[], [], [0]]
    assert [names[:2] for names in engine.take(3, engine.sketch([second, first]))] == [[1], [0, 2]]


def test_the_adapter_samples_an_article_as_the_program_does(tmp_path: Path) -> None:
    original = Texts(small_plan(tmp_path)).planted.originals[0]
    document = Document(body=" ".join(token.norm for token in original.tokens))
    vars(document)["quoted"] = original.quoted
    (taken,) = Wirespin(1).sketch([original])
    assert taken.hashes.tolist() == sample(document).hashes.tolist()
    assert set(taken.hashes.tolist()) <= set(shingles(original).tolist())


def test_a_race_measures_pace_memory_and_recall(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    (own,) = race(plan, [OWN], 3)
    assert (own.skipped, own.heat) == ("", 3)
    assert own.pace > 0
    assert own.index_pace >= own.pace
    assert len(own.blocks) == plan.live // BLOCK - 1
    assert own.share_found("set-a rewrites") == own.share_found("set-b derived") == 1.0
    assert own.filled is not None
    assert own.bytes_an_article > 0


def test_a_process_that_dies_is_told(tmp_path: Path) -> None:
    unknown = Setting("nobody", Banding(2, 1))
    (measured,) = race(small_plan(tmp_path), [unknown])
    assert "its process ended" in measured.skipped


def test_paces_are_medians_and_means_of_blocks() -> None:
    blocks = [Block(100, 0.5, 0.5, 10), Block(100, 0.5, 0.5, 20), Block(100, 1.0, 2.0, 0)]
    measured = Measured(OWN, 10, "", 0, Filled(0, 0, 1_000, None, 0), blocks, {"some": Found(4, 3, 9)})
    assert (measured.pace, measured.index_pace) == (100, 200)
    assert (measured.mean_pace, measured.mean_index_pace) == (60, 100)
    assert (measured.candidates, measured.bytes_an_article) == (0.1, 100)
    assert (measured.share_found("some"), measured.share_found("none")) == (0.75, 0.0)


RIVALS = [Setting("rensa", Banding(bands, 1)) for bands in (64, 128, 256)]


def experienced(memory: float) -> Budget:
    """A budget that knows of engines that hold 1 MB an article, and fill a window at two articles a second."""
    budget = Budget(memory)
    for setting in (OWN, *RIVALS):
        budget.learn(Measured(setting, 100, filled=Filled(30.0, 20.0, 100_000_000, None, 0)))
    return budget


@pytest.mark.parametrize(
    ("window", "reason"),
    [(1_000, ""), (3_000, "not run: would need 3 GB"), (1_900, "not run: filling it would take 16 minutes")],
)
def test_what_cannot_fit_is_foretold(window: int, reason: str) -> None:
    assert experienced(4e9).why_not(window, RIVALS[0], OWN) == reason
    assert Budget(1.0).why_not(window, RIVALS[0], OWN) == "", "nothing is known before the first window"


def test_what_does_not_fit_together_runs_in_heats_and_ours_in_each() -> None:
    one, two, three = RIVALS
    assert experienced(3e9).heats(1_000, OWN, RIVALS) == [[OWN, one, two], [OWN, three]]
    assert experienced(9e9).heats(1_000, OWN, RIVALS) == [[OWN, one, two, three]]


def test_every_library_has_an_adapter_and_settings() -> None:
    assert set(ADAPTERS) == {setting.engine for setting in ALL} == set(LIBRARIES)
    assert isinstance(make(OWN, 10), Wirespin)
