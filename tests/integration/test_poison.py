"""The short form of ``python -m benchmarks.poison``: bad input into a running worker, all of it accounted for."""

from __future__ import annotations

import pytest

from benchmarks.poison.__main__ import SECOND, measure
from streams.settings import Settings

pytestmark = pytest.mark.integration

MESSAGES = 2_000


@pytest.mark.timeout(400)
async def test_a_worker_lives_through_bad_input_and_accounts_for_all_of_it(settings: Settings) -> None:
    account, facts = await measure(settings, MESSAGES, seed=11)
    assert account.discrepancies() == []
    assert len(account.sent) + account.refused.total() == MESSAGES + SECOND
    assert len(account.rejected) > MESSAGES / 3
    assert all("exit code 0" in fact for fact in facts if "worker:" in fact)
