"""The whole comparison: choose settings, then measure the chosen ones at every window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

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
        for measured in race(small, [setting]):
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
    """Foretells from the window before what fits this machine, and what fits beside what.

    Args:
        memory: bytes that all engines of a race may hold together.
    """

    def __init__(self, memory: float) -> None:
        self._memory = memory
        self._known: dict[Setting, tuple[float, float]] = {}

    def learn(self, measured: Measured) -> None:
        """Keep what an article cost, in bytes and in seconds of filling."""
        if measured.filled:
            seconds = (measured.filled.seconds + measured.filled.words) / measured.window
            self._known[measured.setting] = (measured.bytes_an_article, seconds)

    def why_not(self, window: int, setting: Setting, beside: Setting) -> str:
        """Why a setting cannot be run at this window beside another; empty where it can."""
        need, seconds = (cost * window for cost in self._known.get(setting, (0.0, 0.0)))
        if need + self._need(window, beside) > self._memory:
            return f"not run: would need {need / 1e9:.0f} GB"
        if seconds > LONGEST_FILL:
            return f"not run: filling it would take {seconds / 60:.0f} minutes"
        return ""

    def heats(self, window: int, own: Setting, others: Sequence[Setting]) -> list[list[Setting]]:
        """Others in as few races as fit the memory, and `own` in each of them: what is compared ran side by side."""
        heats: list[list[Setting]] = [[own]]
        for setting in others:
            room = (heat for heat in heats if self._need(window, *heat, setting) <= self._memory)
            heat = next(room, None)
            if heat is None:
                heats.append([own, setting])
            else:
                heat.append(setting)
        return heats

    def _need(self, window: int, *settings: Setting) -> float:
        return sum(self._known.get(setting, (0.0, 0.0))[0] * window for setting in settings)


def measure(
    plan: Plan, windows: Sequence[int], choices: Sequence[Choice], budget: Budget, say: Say
) -> Iterator[Measured]:
    """Measure the chosen settings at every window, from the smallest up; the first of them is ours."""
    own, *others = (choice.setting for choice in choices)
    for window in sorted(windows):
        reasons = {setting: budget.why_not(window, setting, own) for setting in others}
        yield from (Measured(setting, window, reason) for setting, reason in reasons.items() if reason)
        heats = budget.heats(window, own, [setting for setting, reason in reasons.items() if not reason])
        for number, settings in enumerate(heats):
            for measured in race(replace(plan, window=window), settings, number):
                budget.learn(measured)
                say(f"{window:>9,} {measured.setting!s:26} {measured.skipped or f'{measured.pace:,.0f} articles/s'}")
                yield measured
