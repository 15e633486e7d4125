"""The two articles this began with, through a real broker, in every way they may arrive."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.events import Alert, Event, Republication
from streams.events import standing
from streams.settings import Settings
from streams.sources import read_articles
from tests.support.pipeline import SEEDS, see_through, stages

pytestmark = pytest.mark.integration

ORIGINAL, COPY = sorted(SEEDS.glob("*.txt"))
ARRIVALS: dict[str, list[Path]] = {
    "in order": [ORIGINAL, COPY],
    "swapped": [COPY, ORIGINAL],
    "twice": [ORIGINAL, COPY, ORIGINAL, COPY],
    "swapped and twice": [COPY, COPY, ORIGINAL, ORIGINAL],
}


@pytest.mark.parametrize("arrival", ARRIVALS.values(), ids=ARRIVALS.keys())
async def test_the_same_one_alert_however_they_arrive(settings: Settings, arrival: list[Path]) -> None:
    one_partition = settings.model_copy(update={"article_partitions": 1})  # else the partitions decide the order
    articles = read_articles([str(path) for path in arrival], order="given")
    async with stages(one_partition):
        result = await see_through(one_partition, articles)
    assert result.rejected == []
    assert len([said for said in result.events if said.role == "alerts"]) == 1
    republication, alert = sorted(standing(result.events), key=lambda event: isinstance(event, Alert))
    assert isinstance(republication, Republication)
    assert isinstance(alert, Alert)
    assert alert.republication == republication.id
    assert_evidence(alert)


def assert_evidence(alert: Event) -> None:
    """What the alert must name."""
    assert (alert.original.id, alert.original.wire) == (ORIGINAL.stem, "AFP")
    assert alert.copy_.id == COPY.stem
    assert alert.credit.status == "removed"
    shown = [(finding.original, finding.rewritten) for finding in alert.framing.devices]
    assert any("In one of the most unlikely events taking place in the world" in right for _, right in shown)
    assert any("Korean Central News Agency" in left and "the Russian state media" in right for left, right in shown)
    assert any("full support" in left and right == "Kim and Putin" for left, right in shown)
    body = COPY.read_text()
    clutter = body[body.index("You May Also Like") :]
    assert not any(right and right in clutter and right not in body.replace(clutter, "") for _, right in shown)
    assert all(passage.copy_[1] <= body.index("You May Also Like") for passage in alert.reuse.passages)
