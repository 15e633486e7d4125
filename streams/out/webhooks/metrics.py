"""How webhooks go, in figures and as problems.

Hooks are few, and named by whoever runs them: their names may be labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from streams.exposition import Family, histograms, labelled
from streams.health import Problem, broker_problems
from streams.out.webhooks.feeder import Feeder
from streams.out.webhooks.tally import STATES

MESSAGES, REQUESTS, PASSED = ("delivered", "undelivered"), ("accepted", "refused", "failed"), ("filtered", "unreadable")


def families(feeders: Sequence[Feeder]) -> list[Family]:
    """All metrics."""
    told = {one.hook.name: one for one in feeders}
    return [
        _counts("messages", "Messages, by whether a hook took them in the end.", MESSAGES,
                {name: one.tally.messages for name, one in told.items()}),
        _counts("requests", "Requests to hooks, by what came of them.", REQUESTS,
                {name: one.tally.requests for name, one in told.items()}),
        _counts("passed", "Events of which no message was made.", PASSED,
                {name: one.tally.passed for name, one in told.items()}),
        labelled("counter", "wirespin_webhook_retries_total", "Requests that repeat an earlier one.", ("hook",),
                 {(name,): one.tally.retries for name, one in told.items()}),
        labelled("gauge", "wirespin_webhook_waiting", "Messages under way or waiting for their next try.", ("hook",),
                 {(name,): one.waiting for name, one in told.items()}),
        labelled("gauge", "wirespin_webhook_lag", "Records that a hook is not done with.", ("hook",),
                 {(name,): one.lag for name, one in told.items()}),
        labelled("gauge", "wirespin_webhook_state", "How a hook stands, 1 for what it is.", ("hook", "state"),
                 {(name, state): one.tally.state == state for name, one in told.items() for state in STATES}),
        histograms("wirespin_webhook_delay_seconds", "From an event's record to its delivery.", "hook",
                   {name: one.tally.delays for name, one in told.items()}),
    ]  # fmt: skip


def problems(silent: float, ending: BaseException | None) -> list[Problem]:
    """What keeps the process from being ready. A hook that nobody answers at is its owner's problem, not ours."""
    found = list(broker_problems(silent))
    return found if ending is None else [*found, Problem("ending", repr(ending), "webhooks")]


def status(feeders: Sequence[Feeder]) -> dict[str, Any]:
    """The hooks, in the words that other processes tell of their stages in; what is put by stands for rejected."""
    return {"stages": {f"webhook {one.hook.name}": _stage(one) for one in feeders}}


def _stage(one: Feeder) -> dict[str, Any]:
    tally = one.tally
    return {
        "phase": tally.state,
        "partitions": [{"topic": topic, "partition": number} for topic, number in one.partitions],
        "lag": one.lag,
        "waiting": one.waiting,
        "records": tally.records,
        "rate": round(one.rate, 2),
        "sent": {"delivered": tally.messages["delivered"], "rejected": tally.messages["undelivered"]},
        "host": one.hook.host,
        "requests": dict(tally.requests),
        "passed": dict(tally.passed),
    }


def _counts(name: str, text: str, outcomes: Sequence[str], counts: Mapping[str, Counter[str]]) -> Family:
    """Counts by hook and outcome, those at zero too: a series that appears with its first failure shows no rise."""
    values: dict[Sequence[str], float] = {
        (hook, outcome): counted[outcome] for hook, counted in counts.items() for outcome in outcomes
    }
    return labelled("counter", f"wirespin_webhook_{name}_total", text, ("hook", "outcome"), values)
