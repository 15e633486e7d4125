"""Settings of the engines: what is tried, and how one is chosen."""

from __future__ import annotations

from dataclasses import dataclass

OURS = "wirespin"
LIBRARIES = ("datasketch", "rensa", "gaoya")

PRACTICAL_CANDIDATES = 10.0
"""Candidates an article that may still be compared in full, word by word, at the pace of the look-up."""


@dataclass(frozen=True)
class Banding:
    """A setting of banded MinHash.

    Attributes:
        bands: parts of the signature of which one must agree.
        rows: hashes of a part.
        threshold: least estimated similarity of a candidate; used by gaoya alone.
        permutations: hashes of the signature.
    """

    bands: int
    rows: int
    threshold: float = 0.0
    length: int = 0

    @property
    def permutations(self) -> int:
        """Hashes of the signature; more than the bands need where the library's own choice leaves some unused."""
        return max(self.length, self.bands * self.rows)

    def __str__(self) -> str:
        least = f" >={self.threshold:.3g}" if self.threshold else ""
        return f"{self.bands}x{self.rows}{least}"


@dataclass(frozen=True)
class Setting:
    """An engine and how it is set."""

    engine: str
    banding: Banding | None = None

    def __str__(self) -> str:
        return f"{self.engine} {self.banding}" if self.banding else self.engine


def _tried(engine: str, bandings: list[Banding]) -> list[Setting]:
    return [Setting(engine, banding) for banding in bandings]


ALL = (
    # its own choices for thresholds 0.8, 0.5, 0.2 and 0.1 at 128 permutations, then lower ones by hand
    _tried("datasketch", [Banding(9, 13, length=128), Banding(25, 5, length=128), Banding(42, 3, length=128)])
    + _tried("datasketch", [Banding(64, 2), Banding(128, 2), Banding(256, 2)])
    + _tried("datasketch", [Banding(bands, 1) for bands in (32, 64, 128, 256)])
    + _tried("rensa", [Banding(16, 8), Banding(32, 4), Banding(64, 2), Banding(128, 2), Banding(256, 2)])
    + _tried("rensa", [Banding(bands, 1) for bands in (32, 64, 128, 256)])
    + _tried("gaoya", [Banding(20, 5, 0.5), Banding(42, 3, 0.2), Banding(64, 2, 0.05), Banding(128, 2, 0.01)])
    + _tried("gaoya", [Banding(256, 2, 0.005)])
    # single rows, with one, two or three agreeing hashes asked for
    + _tried("gaoya", [Banding(bands, 1, 0.5 / bands) for bands in (32, 64, 128, 256)])
    + _tried("gaoya", [Banding(bands, 1, 1.5 / bands) for bands in (128, 256, 512)])
    + _tried("gaoya", [Banding(512, 1, 2.5 / 512)])
)
"""What is tried: at least the libraries' usual settings, and single rows, which alone reach rewrites."""

FEW = [setting for setting in ALL if setting.banding in {Banding(64, 2), Banding(64, 2, 0.05)}] + [
    setting for setting in ALL if setting.banding and setting.banding.rows == 1 and setting.banding.bands in {64, 128}
]
"""For the short form."""


@dataclass(frozen=True)
class Outcome:
    """What a setting reached in the sweep.

    Attributes:
        setting: the setting.
        recall: of the rewrites that settings are chosen on, 0 to 1.
        candidates: other articles named for an article.
        pace: articles a second, from words to candidates.
    """

    setting: Setting
    recall: float
    candidates: float
    pace: float


def equal_recall(outcomes: list[Outcome], wanted: float) -> Outcome:
    """The cheapest setting that reaches a recall; where none does, the one with the highest."""
    reaching = [outcome for outcome in outcomes if outcome.recall >= wanted]
    best = reaching or [outcome for outcome in outcomes if outcome.recall == max(one.recall for one in outcomes)]
    return min(best, key=_cost)


def practical(outcomes: list[Outcome]) -> Outcome:
    """The setting with the highest recall among those with few candidates; the cheapest of equals."""
    few = [outcome for outcome in outcomes if outcome.candidates <= PRACTICAL_CANDIDATES]
    if not few:
        return min(outcomes, key=lambda outcome: outcome.candidates)
    best = max(outcome.recall for outcome in few)
    return min((outcome for outcome in few if outcome.recall == best), key=_cost)


def _cost(outcome: Outcome) -> tuple[int, float]:
    """Length of the signature, then candidates.

    The time and the memory of an article grow with both, and unlike a measured time they are the same everywhere.
    """
    banding = outcome.setting.banding
    return (banding.permutations if banding else 0, outcome.candidates)
