"""Reading metrics as Prometheus' own programs do."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from prometheus_client.parser import text_string_to_metric_families

ALLOWED = {
    "stage", "partition", "phase", "outcome", "reason", "topic", "relation", "reuse", "altered", "device", "kind", "le",
    "generation", "version", "rules", "python", "health", "trouble", "status", "state", "verdict", "what", "hook",
}  # fmt: skip
"""Labels whose values are a closed list, or as many as a topic has partitions. Hooks are few, and
named by whoever runs them. No outlet, no feed, no article."""


def samples(page: str) -> dict[str, float]:
    """Value by name and labels, as written: ``name{label="value"}``."""
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(page):
        for one in family.samples:
            told = ",".join(f'{name}="{value}"' for name, value in one.labels.items())
            key = one.name + (f"{{{told}}}" if told else "")
            assert key not in found, f"{key} is there twice"
            found[key] = one.value
    return found


def labels(page: str) -> set[str]:
    """Names of all labels."""
    return {
        name for family in text_string_to_metric_families(page) for sample in family.samples for name in sample.labels
    }


def lint(page: str) -> None:
    """Have Prometheus judge a page: its parser, its naming rules where `promtool` is there; and our list of labels."""
    names = [family.name for family in text_string_to_metric_families(page)]
    assert len(names) == len(set(names)), "a family is there twice"
    assert labels(page) <= ALLOWED
    done = promtool("check", "metrics", given=page) if shutil.which("promtool") else None
    assert done is None or (done.returncode, done.stdout, done.stderr) == (0, "", "")


def promtool(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Prometheus' own tool; the test is skipped where the machine has none."""
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("no promtool on this machine")
    return subprocess.run([tool, *arguments], input=given, capture_output=True, text=True, timeout=60, check=False)
