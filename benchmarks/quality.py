"""Score the labelled stories and compare with the pinned floors: ``python -m benchmarks.quality [--json]``.

Runs the engine without a broker on each set by itself. Ends with exit code 1 where a figure is under its floor in
``benchmarks/floors.json``. Raising a floor is a commit; lowering one needs a reason in it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import orjson

from benchmarks.chain import run
from schemas.article import Article
from schemas.events import Alert, Event

FOLDER = Path(__file__).parent
SETS = ("set-a", "set-b")
GATED = (*SETS, "set-c", "set-d", "set-e")
"""All labelled sets; set e has rewrites and reports of their own, and nothing reframed."""

GIVEN = ("id", "url", "publisher", "headline", "body", "published_at")
COUNTED = ("false_pairs", "alerts")
"""Figures of which less is better."""

FLOORS = FOLDER / "floors.json"
EVIDENCE_SHARED = 0.5
"""Share of the shorter text's words that a finding must have in common with a labelled piece of evidence."""

_WORD = re.compile(r"\w+")
Labelled = dict[str, Any]
Figures = dict[str, float]


def load(name: str) -> list[Labelled]:
    """The labelled articles of a set, in order of publication."""
    lines = (FOLDER / "sets" / f"{name}.jsonl").read_bytes().splitlines()
    return sorted((orjson.loads(line) for line in lines), key=lambda item: item["published_at"])


def articles(labelled: list[Labelled], *, own_headlines: bool = True) -> list[Article]:
    """What the program is given; with the originals' headlines on their copies where `own_headlines` is false."""
    headline = {item["id"]: item["headline"] for item in labelled}
    found = []
    for item in labelled:
        fields = {name: item[name] for name in GIVEN}
        if not own_headlines and item["derived_from"]:
            fields["headline"] = headline[item["derived_from"]]
        found.append(Article.from_data(fields))
    return found


def figures(labelled: list[Labelled], events: list[Event]) -> Figures:
    """Republication recall, false pairs, and precision, recall and F1 of alerts, devices and evidence."""
    gone = {name for event in events for name in event.supersedes}
    standing = [event for event in events if event.id not in gone]
    pairs = {(event.copy_.id, event.original.id) for event in standing}
    alerts = {event.copy_.id: event for event in standing if isinstance(event, Alert)}
    if not any(item["reframed"] for item in labelled):
        return {**_pair_figures(labelled, pairs), "alerts": len(alerts)}
    return {**_pair_figures(labelled, pairs), **_alert_figures(labelled, alerts), **_device_figures(labelled, alerts)}


def _pair_figures(labelled: list[Labelled], pairs: set[tuple[str, str]]) -> Figures:
    update_of = {item["id"]: item["derived_from"] for item in labelled if item["kind"] == "update"}
    found = {(copy, update_of.get(original, original)) for copy, original in pairs}
    wanted = {
        (item["id"], item["derived_from"]) for item in labelled if item["derived_from"] and item["kind"] != "update"
    }
    return {"republication_recall": _ratio(len(found & wanted), len(wanted)), "false_pairs": len(found - wanted)}


def _alert_figures(labelled: list[Labelled], alerts: dict[str, Alert]) -> Figures:
    altered = {item["id"] for item in labelled if item["reframed"]}
    hit = len(altered & alerts.keys())
    precision, recall = _ratio(hit, len(alerts)), _ratio(hit, len(altered))
    kinds = Counter(item["kind"] for item in labelled if item["reframed"])
    found = Counter(item["kind"] for item in labelled if item["reframed"] and item["id"] in alerts)
    by_kind = {f"alert_recall_{kind}": _ratio(found[kind], count) for kind, count in sorted(kinds.items())}
    return {"alert_precision": precision, "alert_recall": recall, "alert_f1": _f1(precision, recall), **by_kind}


def _device_figures(labelled: list[Labelled], alerts: dict[str, Alert]) -> Figures:
    hit = missed = extra = shown = evidence = 0
    for item in labelled:
        if item["reframed"]:
            said = alerts[item["id"]].framing.devices if item["id"] in alerts else []
            want, got = set(item["devices"]), {finding.device for finding in said}
            hit, missed, extra = hit + len(want & got), missed + len(want - got), extra + len(got - want)
            evidence += len(item["evidence"])
            shown += sum(any(_shows(finding, piece) for finding in said) for piece in item["evidence"])
    precision, recall = _ratio(hit, hit + extra), _ratio(hit, hit + missed)
    return {"device_f1": _f1(precision, recall), "evidence_recall": _ratio(shown, evidence)}


def _shows(finding: Any, piece: dict[str, str]) -> bool:
    """Whether a finding has half of the words of a labelled piece of evidence, on a side that both have."""
    return any(_alike(getattr(finding, side), piece.get(side) or "") for side in ("original", "rewritten"))


def _alike(said: str, want: str) -> bool:
    left, right = Counter(_WORD.findall(said.lower())), Counter(_WORD.findall(want.lower()))
    shorter = min(left.total(), right.total())
    return shorter > 0 and (left & right).total() >= EVIDENCE_SHARED * shorter


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return _ratio(2 * precision * recall, precision + recall)


def measure() -> dict[str, Figures]:
    """Figures of each set, with the copies' own headlines and with the originals'."""
    result = {}
    for name in GATED:
        labelled = load(name)
        result[name] = figures(labelled, run(articles(labelled)))
        if not any(item["reframed"] for item in labelled):
            continue
        plain = figures(labelled, run(articles(labelled, own_headlines=False)))
        result[name]["alert_f1_without_headlines"] = plain["alert_f1"]
    return result


def below_floor(measured: dict[str, Figures]) -> list[str]:
    """What is worse than pinned, in words. `false_pairs` and `alerts` are pinned from above, all else from below."""
    floors: dict[str, Figures] = orjson.loads(FLOORS.read_bytes())
    problems = []
    for name, pinned in floors.items():
        for figure, floor in pinned.items():
            value = measured[name][figure]
            if (value > floor) if figure in COUNTED else (value < floor):
                problems.append(f"{name}: {figure} is {value:.3f}, pinned at {floor:.3f}")
    return problems


def main(arguments: list[str]) -> int:
    """Print the figures; 1 where one is worse than pinned."""
    measured = measure()
    if "--json" in arguments:
        sys.stdout.write(orjson.dumps(measured, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        for figure in measured[SETS[0]]:
            shown = [name for name in GATED if figure in measured[name]]
            print(f"{figure:34}" + "".join(f"{name} {measured[name][figure]:6.3f}   " for name in shown))
    problems = below_floor(measured)
    for problem in problems:
        sys.stderr.write(problem + "\n")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
