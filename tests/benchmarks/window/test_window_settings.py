"""Which setting of a library is measured beside ours."""

from __future__ import annotations

import pytest

from benchmarks.window.run import Choice, choose
from benchmarks.window.settings import ALL, FEW, LIBRARIES, OURS, Banding, Outcome, Setting, equal_recall, practical


def outcome(engine: str, bands: int, recall: float, candidates: float, pace: float) -> Outcome:
    return Outcome(Setting(engine, Banding(bands, 1)), recall, candidates, pace)


def test_equal_recall_is_the_shortest_signature_that_reaches_it() -> None:
    long, short = outcome("rensa", 256, 1.0, 70.0, 30.0), outcome("rensa", 128, 0.9, 80.0, 20.0)
    weak, crowded = outcome("rensa", 64, 0.5, 1.0, 99.0), outcome("rensa", 128, 0.9, 90.0, 20.0)
    assert equal_recall([weak, long, crowded, short], 0.9) is short
    assert equal_recall([weak, long, short], 1.0) is long
    assert equal_recall([weak, short], 1.0) is short, "none reaches it: the nearest"


def test_practical_is_the_best_with_few_candidates() -> None:
    many, few = outcome("rensa", 128, 1.0, 80.0, 20.0), outcome("rensa", 64, 0.5, 9.0, 20.0)
    less = outcome("rensa", 32, 0.4, 1.0, 99.0)
    assert practical([many, few, less]) is few
    assert practical([many]) is many


def test_each_library_takes_part_once_or_twice() -> None:
    tried = [Outcome(Setting(OURS), 1.0, 1.0, 1.0)]
    for library in LIBRARIES:
        tried += [outcome(library, 128, 1.0, 5.0 if library == "rensa" else 50.0, 1.0), outcome(library, 64, 0, 1, 2)]
    choices = {str(choice.setting): choice.roles for choice in choose(tried)}
    assert choices["wirespin"] == ("own",)
    assert choices["rensa 128x1"] == ("equal recall", "practical")
    assert choices["gaoya 128x1"] == ("equal recall",)
    assert choices["gaoya 64x1"] == ("practical",)
    assert isinstance(choose(tried)[0], Choice)


@pytest.mark.parametrize("setting", [*ALL, *FEW], ids=str)
def test_settings_are_ones_the_libraries_take(setting: Setting) -> None:
    banding = setting.banding
    assert banding is not None
    assert banding.bands * banding.rows <= banding.permutations
    if setting.engine == "rensa":
        assert banding.bands * banding.rows == banding.permutations, "it divides the signature evenly"
    assert (banding.threshold > 0) == (setting.engine == "gaoya")


def test_the_short_form_tries_each_library() -> None:
    assert {setting.engine for setting in FEW} == set(LIBRARIES)
    assert set(FEW) < set(ALL)


def test_a_setting_reads_as_bands_by_rows() -> None:
    assert str(Setting("gaoya", Banding(512, 1, 1.5 / 512))) == "gaoya 512x1 >=0.00293"
    assert Banding(9, 13, length=128).permutations == 128
