"""How it goes to follow folders, for the health port of `wirespin ingest --follow`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from streams.exposition import Family, counter, gauge
from streams.folder import Folder
from streams.health import Problem
from streams.ingest import Ingest
from streams.served import Answer, Health


def health(work: Ingest, folder: Folder) -> Health:
    """What the answers are made of."""
    return Health(ready=lambda: _ready(folder), status=lambda: _status(work), families=lambda: families(work, folder))


def families(work: Ingest, folder: Folder) -> Iterator[Family]:
    """All metrics. No label names a file."""
    yield counter("wirespin_ingest_items_total", "Items of files, by what became of them.", asdict(work.tally))
    text = "Items under embargo that wait for their time."
    yield gauge("wirespin_ingest_held", text, len(work.desk.waiting()))
    yield gauge("wirespin_ingest_missing_paths", "Files and folders that are not there.", len(folder.missing))
    if work.looked is not None:
        text = "When the folders were last looked through."
        yield gauge("wirespin_ingest_look_timestamp_seconds", text, work.looked.timestamp())


def _ready(folder: Folder) -> Answer:
    found = [asdict(Problem("missing path", path)) for path in sorted(folder.missing)]
    return not found, {"ready": not found, "problems": found}


def _status(work: Ingest) -> dict[str, Any]:
    looked = None if work.looked is None else work.looked.isoformat(timespec="seconds")
    return {"ingest": {**asdict(work.tally), "waiting": len(work.desk.waiting()), "looked": looked}}
