"""All metrics that the code exports, by process, as docs/metrics.md lists them.

python -m tests.support.catalog        writes the tables anew
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from streams.desk.health import Condition
from streams.exposition import Family
from streams.feeds.metrics import Reading
from streams.feeds.metrics import families as of_feeds
from streams.feeds.websub.subscriber import Counts
from streams.folder import Folder
from streams.following import families as of_ingest
from streams.health import Rebuild
from streams.ingest import Tally as Items
from streams.metrics import families as of_worker
from streams.monitor import Monitor
from streams.out.webhooks.metrics import families as of_webhooks
from streams.out.webhooks.tally import Tally
from streams.process import families as of_process
from streams.served import Answer, Health
from tests.support.pipeline import ROOT
from tests.support.stages import FakeApp, fake_stage
from wirespin.story.library import Library
from wirespin.story.place import Placer

PAGE = ROOT / "docs" / "metrics.md"
WEEK = 7 * 86_400.0


@dataclass(frozen=True)
class Metric:
    """A row of the table."""

    name: str
    kind: str
    labels: tuple[str, ...]
    help: str

    def __str__(self) -> str:
        return f"| `{self.name}` | {self.kind} | {' '.join(f'`{one}`' for one in self.labels)} | {self.help} |"


def by_process() -> dict[str, list[Metric]]:
    """Name of the process to its metrics; ``every process`` has those of all."""
    common = {"every process": rows([*Health(ready=red, silent=lambda: 0.0).own(), *of_process()])}
    return common | {process: rows(families) for process, families in own().items()}


def own() -> dict[str, list[Family]]:
    """What each process tells of its own work, with a sample of each."""
    return {
        "worker": _worker(),
        "feeds": of_feeds(Reading((), counts=Counts())),
        "ingest": _ingest(),
        "desk": _desk(),
        "webhooks": of_webhooks([_feeder()]),
    }


def names() -> set[str]:
    """All series that a query may name, with the ends that histograms have."""
    found: set[str] = {"up"}
    for metrics in by_process().values():
        for one in metrics:
            ends = ("_bucket", "_sum", "_count") if one.kind == "histogram" else ("",)
            found |= {one.name + end for end in ends}
    return found


def rows(families: list[Family]) -> list[Metric]:
    """The families as rows."""
    return [
        Metric(
            one.name, one.kind, tuple(dict.fromkeys(label for _, told, _ in one.samples for label in told)), one.help
        )
        for one in families
    ]


def red() -> Answer:
    """A process that rebuilds."""
    return False, {"ready": False, "problems": [{"reason": "rebuilding"}]}


def _worker() -> list[Family]:
    """A worker that shows everything: it has partitions, sizes, a rebuild."""
    monitor, stages = Monitor(60.0), []
    for name, state in (("ingest", None), ("match", {0: Placer(WEEK)}), ("judge", {0: Library(WEEK)})):
        stage, app = fake_stage(name, cast("dict[int, Any] | None", state))
        _runs(app)
        stage.assigned = {0}
        stages.append(stage)
    monitor.watch(stages)
    match = monitor.watched[1]
    moment = "2023-11-14T08:00:00+00:00"
    match.sizes = {"index": {"articles": 1, "postings": 1, "bytes": 1, "oldest": moment}, "watermark": moment}
    match.reading = SimpleNamespace(**{**vars(match.reading), "rebuild": Rebuild(1, 2, 3.0)})  # type: ignore[assignment]
    return of_worker(monitor.watched, 0.0, 300.0)


def _runs(app: FakeApp) -> None:
    app.consumer.held = [0]
    app.consumer.fetched(0, 1, 2, time.time() * 1000)


def _ingest() -> list[Family]:
    work = SimpleNamespace(tally=Items(), desk=SimpleNamespace(waiting=list), looked=datetime.now(UTC))
    return list(of_ingest(cast("Any", work), Folder(())))


def _desk() -> list[Family]:
    counts = {"alerts": 0}
    following = SimpleNamespace(lag=counts, read=counts, bad=counts, caught_up=True)
    live = type("Live", (), {"dropped": 0, "refused": 0, "__len__": lambda _: 0})()
    condition = Condition(cast("Any", SimpleNamespace(following=following, live=live, counts=Counter())), 60.0)
    condition.sizes = {"articles": 0, "bytes": 0}
    return list(condition.families())


def _feeder() -> Any:
    return SimpleNamespace(hook=SimpleNamespace(name="desk"), tally=Tally(), waiting=0, lag=0)


def written(page: str) -> str:
    """The page with its tables as the code has them now."""
    for process, metrics in by_process().items():
        head = "| name | type | labels | tells |\n|---|---|---|---|\n"
        before, mark, rest = page.partition(f"<!-- {process} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        assert mark + end, f"docs/metrics.md has no place for the metrics of {process}"
        table = head + "\n".join(map(str, metrics))
        page = f"{before}{mark}\n{table}\n\n{end}{after}"
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
    sys.stdout.write(f"{PAGE} is as the code is\n")
