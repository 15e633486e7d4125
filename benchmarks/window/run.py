"""The whole comparison: choose settings, then measure the chosen ones at every window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from benchmarks.window.plan import Plan
from benchmarks.window.race import Measured, race
from benchmarks.window.settings import LIBRARIES, OURS, Outcome, Setting, equal_recall, practical
from benchmarks.window.worker import BLOCK

CHOSEN_ON = "set-a rewrites"
"""Group on whose recall settings are chosen; all others only report."""

SWEEP_BLOCKS = 4

LONGEST_FILL = 900.0
"""Seconds that filling a window may take, foretold from the window before."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Choice:
    """A setting and why it takes part: `own`, `equal recall` or `practical` (or both of them)."""

    setting: Setting
    roles: tuple[str, ...]


def sweep(plan: Plan, tried: Sequence[Setting], say: Say) -> list[Outcome]:
    """Measure each setting alone."""
    small = replace(plan, live=SWEEP_BLOCKS * BLOCK)
    outcomes = []
    for setting in tried:
        for measured in race(small, [setting], lambda _: ""):
            outcomes.append(_outcome(measured))
            say(f"{setting!s:26} recall {outcomes[-1].recall:.2f}  {measured.candidates:8.1f} candidates")
    return outcomes


def _outcome(measured: Measured) -> Outcome:
    return Outcome(measured.setting, measured.share_found(CHOSEN_ON), measured.candidates, measured.pace)


def choose(outcomes: Sequence[Outcome]) -> list[Choice]:
    """Ours, and of each library the setting of equal recall and the practical one."""
    ours = next(outcome for outcome in outcomes if outcome.setting.engine == OURS)
    choices = [Choice(ours.setting, ("own",))]
    for library in LIBRARIES:
        of_it = [outcome for outcome in outcomes if outcome.setting.engine == library]
        equal, handy = equal_recall(of_it, ours.recall).setting, practical(of_it).setting
        if equal == handy:
            choices.append(Choice(equal, ("equal recall", "practical")))
        else:
            choices += [Choice(equal, ("equal recall",)), Choice(handy, ("practical",))]
    return choices


class Budget:
    """Foretells from the window before whether an engine fits this machine.

    Args:
        memory: bytes that all engines of a race may hold together.
    """

    def __init__(self, memory: float) -> None:
        self._memory = memory
        self._taken = 0.0
        self._known: dict[Setting, Measured] = {}

    def begin(self) -> None:
        """A race begins, with nothing held."""
        self._taken = 0.0

    def learn(self, measured: Measured) -> None:
        """Keep what was measured."""
        if measured.filled:
            self._known[measured.setting] = measured

    def why_not(self, window: int, setting: Setting) -> str:
        """Why an engine cannot be run at this window; empty where it can."""
        known = self._known.get(setting)
        if known is None or known.filled is None:
            return ""
        need, times = known.bytes_an_article * window, window / known.window
        seconds = (known.filled.seconds + known.filled.words) * times
        if self._taken + need > self._memory:
            return f"not run: would need {need / 1e9:.0f} GB beside the others"
        if seconds > LONGEST_FILL:
            return f"not run: filling it would take {seconds / 60:.0f} minutes"
        self._taken += need
        return ""


def measure(plan: Plan, windows: Sequence[int], choices: Sequence[Choice], budget: Budget, say: Say) -> list[Measured]:
    """Measure the chosen settings at every window, from the smallest up."""
    results = []
    for window in sorted(windows):
        budget.begin()
        settings = [choice.setting for choice in choices]
        for measured in race(replace(plan, window=window), settings, partial(budget.why_not, window)):
            budget.learn(measured)
            results.append(measured)
            say(f"{window:>9,} {measured.setting!s:26} {measured.skipped or f'{measured.pace:,.0f} articles/s'}")
    return results
