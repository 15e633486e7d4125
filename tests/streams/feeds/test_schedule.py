"""When a feed is fetched next: figures, and what holds of every state and outcome."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feed import FeedConfig, FeedState
from streams.feeds.schedule import (
    DAY,
    JITTER,
    Answered,
    Failed,
    Policy,
    answered,
    failed,
    first,
    resumed,
    runs,
    url_of,
    wants_whole,
)

POLICY = Policy()
CONFIG = FeedConfig(url="https://wire.example/rss")
NOW = 1_800_000_000.0
HOUR, MINUTE = 3_600.0, 60.0


def state(**changes: Any) -> FeedState:
    """A feed that was polled before, on time, and is due now."""
    known = {"interval": 6 * HOUR, "due": NOW, "tried": NOW - 6 * HOUR, "on_time": 5, "succeeded": NOW - 6 * HOUR}
    return FeedState.model_validate(known | changes)


def after(before: FeedState, now: float = NOW, config: FeedConfig = CONFIG, **outcome: Any) -> FeedState:
    known: dict[str, Any] = {"asked": config.url, "began": now, "entries": 30, "known": 15}
    return answered(before, config, Answered(**(known | outcome)), POLICY, now, 0.0)


def test_a_feed_that_was_never_polled_is_due_at_once_and_adapts_from_the_usual_interval() -> None:
    assert (first(POLICY, NOW).due, first(POLICY, NOW).interval) == (NOW, 6 * HOUR)


@pytest.mark.parametrize(
    ("interval", "known", "then"),
    [
        (6 * HOUR, 30, 7 * HOUR),
        (6 * HOUR, 21, 7 * HOUR),
        (6 * HOUR, 20, 6 * HOUR),
        (6 * HOUR, 10, 6 * HOUR),
        (6 * HOUR, 9, 5 * HOUR),
        (20 * MINUTE, 30, 30 * MINUTE),
        (HOUR, 30, 2 * HOUR),
        (30 * MINUTE, 0, 10 * MINUTE),
        (DAY, 30, DAY),
    ],
)
def test_the_interval_follows_the_share_that_was_known(interval: float, known: int, then: float) -> None:
    new = after(state(interval=interval), known=known, fresh=30 - known)
    assert (new.interval, new.due) == (then, NOW + then)


@pytest.mark.parametrize("outcome", [{"status": 304}, {"entries": None}, {"entries": 0, "known": 0}])
def test_nothing_new_is_all_known(outcome: dict[str, Any]) -> None:
    assert after(state(), **({"entries": None, "known": 0} | outcome)).interval == 7 * HOUR


def test_only_two_fetches_in_a_row_on_time_change_the_interval() -> None:
    new = after(state(on_time=0, tried=0.0))
    assert (new.on_time, new.interval) == (0, 6 * HOUR)  # the first fetch of all knows nothing
    for count, interval in ((1, 6 * HOUR), (2, 5 * HOUR)):
        new = after(new, now=new.due, known=0)
        assert (new.on_time, new.interval) == (count, interval)
    late = after(new, now=new.due + 0.3 * new.interval, known=0)
    assert (late.on_time, late.interval) == (0, 5 * HOUR)
    assert failed(new, Failed("connect"), POLICY, new.due, 0.0).on_time == 0


def test_what_the_server_asks_for_makes_it_wait_longer_never_shorter_and_not_for_ever() -> None:
    assert after(state(), fresh_for=60.0).due == NOW + 6 * HOUR
    assert after(state(), every=8 * HOUR).due == NOW + 8 * HOUR
    assert after(state(), fresh_for=9 * HOUR, every=8 * HOUR).due == NOW + 9 * HOUR
    assert after(state(), fresh_for=365 * DAY).due == NOW + DAY
    ignoring = FeedConfig(url=CONFIG.url, ignore_http_cache=True)
    assert after(state(), config=ignoring, fresh_for=9 * HOUR).due == NOW + 6 * HOUR


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (Failed("feed"), 1.0),
        (Failed("address"), 1.0),
        (Failed("status", status=403), 1.0),
        (Failed("status", status=404), 0.5),
        (Failed("status", status=429), 0.5),
        (Failed("status", status=503), 0.5),
        (Failed("timeout"), 0.5),
        (Failed("dns"), 1.0),
        (Failed("dns_temporary"), 0.25),
    ],
)
def test_failures_count_by_fractions_and_put_off_in_proportion(outcome: Failed, counts: float) -> None:
    new = state()
    for number in (1, 2, 3):
        new = failed(new, outcome, POLICY, NOW, 0.0)
        assert new.failures == number * counts
        assert new.due == NOW + min(DAY, number * counts * 6 * HOUR)
    assert runs(CONFIG, new)
    again = after(new)
    assert (again.failures, again.trouble, again.problem) == (0.0, None, None)


def test_retry_after_is_honoured_up_to_a_day_and_spread_over_an_hour() -> None:
    asked = Failed("status", status=429, retry_after=10 * HOUR)
    assert failed(state(), asked, POLICY, NOW, 0.0).due == NOW + 10 * HOUR
    assert failed(state(), asked, POLICY, NOW, 0.5).due == pytest.approx(NOW + 10.5 * HOUR * (1 + JITTER / 2))
    long = Failed("status", status=503, retry_after=88 * HOUR)
    assert failed(state(), long, POLICY, NOW, 0.0).due == NOW + DAY
    short = Failed("status", status=503, retry_after=1.0)
    assert failed(state(), short, POLICY, NOW, 0.0).due == NOW + 3 * HOUR


def test_gone_mutes_until_a_person_resumes() -> None:
    gone = failed(state(), Failed("gone", status=410, began=NOW), POLICY, NOW, 0.0)
    assert not runs(CONFIG, gone)
    awake = CONFIG.model_copy(update={"resumed": NOW + 10})
    back = resumed(gone, awake, POLICY, NOW + 20)
    assert runs(awake, back)
    assert (back.due, back.failures) == (NOW + 20, 0.0)
    assert not runs(CONFIG, resumed(gone, CONFIG, POLICY, NOW + 20))
    assert not runs(CONFIG.model_copy(update={"paused": True}), state())


def test_a_resumption_of_before_wakes_nothing_up_again() -> None:
    gone = failed(state(), Failed("gone", began=NOW + 30), POLICY, NOW + 30, 0.0)
    assert not runs(CONFIG, resumed(gone, CONFIG.model_copy(update={"resumed": NOW + 10}), POLICY, NOW + 40))


def test_a_feed_that_a_wrong_clock_put_off_for_years_is_polled_within_the_longest_delay() -> None:
    assert resumed(state(due=NOW + 900 * DAY), CONFIG, POLICY, NOW).due == NOW + DAY * (1 + JITTER)


def test_new_limits_hold_for_old_states() -> None:
    assert resumed(state(interval=9 * DAY), CONFIG, POLICY, NOW).interval == DAY


def test_a_permanent_redirect_is_believed_after_ten_times_over_three_days() -> None:
    new, target = state(interval=DAY), "https://new.example/rss"
    for number in range(1, 10):
        new = after(new, now=NOW + number * DAY, permanent=target)
        assert (new.redirect_count, new.moved_to, url_of(CONFIG, new)) == (number, None, CONFIG.url)
    new = after(new, now=NOW + 10 * DAY, permanent=target)
    assert (new.moved_to, new.redirect, url_of(CONFIG, new)) == (target, None, target)
    still = after(new, now=NOW + 11 * DAY, asked=target)
    assert still.moved_to == target


def test_ten_times_within_an_hour_are_a_server_under_repair() -> None:
    new = state()
    for number in range(20):
        new = after(new, now=NOW + number * MINUTE, permanent="https://new.example/rss")
    assert new.moved_to is None
    assert after(new, now=NOW + HOUR).redirect_count == 0


def test_another_target_begins_anew() -> None:
    new = state()
    for number in range(9):
        new = after(new, now=NOW + number * DAY, permanent="https://new.example/rss")
    new = after(new, now=NOW + 9 * DAY, permanent="https://other.example/rss")
    assert (new.redirect_count, new.redirect_since, new.moved_to) == (1, NOW + 9 * DAY, None)


def test_validators_are_left_out_once_a_day_or_always() -> None:
    assert not wants_whole(state(fetched_whole=NOW - DAY + 1), CONFIG, POLICY, NOW)
    assert wants_whole(state(fetched_whole=NOW - DAY), CONFIG, POLICY, NOW)
    assert wants_whole(state(fetched_whole=NOW), CONFIG.model_copy(update={"ignore_http_cache": True}), POLICY, NOW)


def test_what_was_learned_of_a_feed_is_kept_over_answers_that_say_nothing_of_it() -> None:
    new = after(state(), about={"title": "Wire", "home": None, "hub": "https://hub.example/", "self_url": None})
    assert after(new, status=304, entries=None).title == "Wire"


seconds = st.floats(0, 1e10, allow_nan=False)
states = st.builds(
    FeedState,
    interval=st.floats(1, 1e7),
    due=seconds,
    tried=seconds,
    on_time=st.integers(0, 5),
    failures=st.floats(0, 1e4),
    redirect=st.sampled_from([None, "https://a.example/", "https://b.example/"]),
    redirect_count=st.integers(0, 20),
    redirect_since=seconds,
)
maybe = st.none() | st.floats(0, 1e9)
policies = st.tuples(st.floats(1, 1e4), st.floats(1, 100), st.floats(0.1, 1e6)).map(
    lambda drawn: Policy(interval=drawn[2], least=drawn[0], most=drawn[0] * drawn[1])
)
dice = st.floats(0, 1, exclude_max=True)


@st.composite
def answers(draw: st.DrawFn) -> Answered:
    total = draw(st.integers(0, 2_000))
    known = draw(st.integers(0, total))
    return Answered(
        entries=total,
        known=known,
        fresh=total - known,
        asked="https://x.example/",
        permanent=draw(st.sampled_from([None, "https://a.example/"])),
        fresh_for=draw(maybe),
        every=draw(maybe),
        began=draw(seconds),
    )


@given(states, answers(), policies, seconds, dice)
def test_after_a_success_the_next_fetch_is_between_the_limits(
    before: FeedState, outcome: Answered, policy: Policy, now: float, luck: float
) -> None:
    new = answered(before, CONFIG, outcome, policy, now, luck)
    assert policy.least <= new.interval <= policy.most
    assert now + policy.least <= new.due <= now + policy.most * (1 + JITTER) + 1e-3
    assert new.failures == 0
    assert FeedState.from_bytes(new.to_bytes()) == new
    assert answered(before, CONFIG, outcome, policy, now, luck) == new


troubles = st.sampled_from(["feed", "timeout", "dns", "dns_temporary", "status", "gone", "bot_wall", "internal"])
failures = st.builds(Failed, troubles, st.just("x"), st.none() | st.integers(100, 599), maybe)


@given(states, st.lists(failures, min_size=1, max_size=20), policies, seconds, dice)
def test_a_feed_that_fails_is_put_off_ever_longer_and_never_given_up(
    before: FeedState, outcomes: list[Failed], policy: Policy, now: float, luck: float
) -> None:
    new = before
    for outcome in outcomes:
        old, new = new, failed(new, outcome, policy, now, luck)
        assert new.failures > old.failures
        assert now + policy.least <= new.due <= now + policy.most * (1 + JITTER) + 1e-3
        assert new.interval == old.interval
    gone = any(outcome.trouble == "gone" or outcome.status == 410 for outcome in outcomes)
    assert runs(CONFIG, new) != gone
