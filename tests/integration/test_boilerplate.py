"""Learning boilerplate from a topic, and a worker that uses it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from schemas.accepted import Accepted
from streams.boilerplate import read_table
from streams.events import messages
from streams.replay import send
from streams.settings import Settings
from streams.sources import Waiting
from streams.topics import create_missing
from tests.integration.test_commands import wirespin
from tests.support.pipeline import LIMIT, judged, stages
from tests.wirespin.text.making import article, story

pytestmark = pytest.mark.integration
CLUB = "The Lantern Club meets every second Thursday in the old brewery behind the station."
ARTICLES = [article(number, "\n\n".join([*story(number), *([CLUB] * (number < 6))])) for number in range(9)]


async def test_learned_from_a_topic_and_left_out_by_ingest(settings: Settings, tmp_path: Path) -> None:
    await create_missing(settings)
    waiting = [Waiting(one.to_bytes(), one.id, None) for one in ARTICLES]
    await send(settings, [*waiting, Waiting(b"{broken", None, None)])
    out = tmp_path / "table.json"
    code, _, error = await wirespin(settings, "boilerplate", "learn", "--topic", "articles", "--out", str(out))
    assert (code, error) == (0, f"9 articles of 1 outlets, 1 unfit left out: 1 lines written to {out}\n")
    assert [line.text for line in read_table(str(out)).lines] == [CLUB]
    using = settings.model_copy(update={"boilerplate": str(out)})
    async with stages(using):
        ends = await send(using, waiting[:1])
        await asyncio.wait_for(judged(using, ends), LIMIT)
    accepted = [Accepted.from_bytes(message.value) for message in await messages(settings, "accepted")]
    texts = ["".join(one.article.body[start:end] for start, end in one.spans) for one in accepted]
    assert len(texts) == 10
    assert not any(CLUB in text for text in texts)
    code, _, error = await wirespin(settings, "boilerplate", "learn", "--topic", "accepted", "--out", str(out))
    assert (code, error) == (0, f"9 articles of 1 outlets: 1 lines written to {out}\n")
