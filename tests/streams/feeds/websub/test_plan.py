"""What is to be done about a subscription, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feed import FeedConfig, FeedState
from schemas.push import FeedPush
from streams.feeds.schedule import DAY
from streams.feeds.websub.plan import (
    DENIED,
    LEASE,
    LONGEST,
    MISSES,
    SHORTEST,
    UNANSWERED,
    asked,
    delivered,
    delivers,
    is_callback,
    next_request,
    polled,
    refused,
    relaxed,
    todo,
    verified,
    wanted,
)

NOW = 1_800_000_000.0
BASE = "https://us.example/hooks"
HUB, TOPIC = "https://hub.example/", "https://wire.example/rss"
GOAL = (HUB, TOPIC)
CONFIG = FeedConfig(url="https://wire.example/old")
STATE = FeedState(interval=3_600, hub=HUB, self_url=TOPIC)


def new(now: float = NOW) -> FeedPush:
    return asked("feed-1", None, GOAL, BASE, now)


def active(lease: float = LEASE) -> FeedPush:
    return verified(new(), lease, NOW)


def test_a_feed_with_a_hub_is_subscribed_at_it() -> None:
    assert wanted(CONFIG, STATE, BASE) == GOAL
    assert todo(CONFIG, STATE, None, BASE, NOW) == "subscribe"


def test_the_url_asked_is_the_topic_of_a_feed_that_does_not_name_itself() -> None:
    state = STATE.model_copy(update={"self_url": None, "moved_to": "https://wire.example/new"})
    assert wanted(CONFIG, state, BASE) == (HUB, "https://wire.example/new")


@pytest.mark.parametrize(
    ("config", "state", "base"),
    [
        ({}, {}, ""),
        ({}, {"hub": None}, BASE),
        ({}, {"hub": "ftp://hub.example/"}, BASE),
        ({}, {"hub": "https://[broken"}, BASE),
        ({}, {"self_url": "urn:x"}, BASE),
        ({"paused": True}, {}, BASE),
        ({}, {"gone": NOW}, BASE),
    ],
)
def test_others_are_not_and_what_they_have_is_ended(config: dict[str, bool], state: dict[str, str], base: str) -> None:
    given_config, given_state = CONFIG.model_copy(update=config), STATE.model_copy(update=state)
    assert todo(given_config, given_state, None, base, NOW) is None
    assert todo(given_config, given_state, active(), base, NOW) == "unsubscribe"


def test_a_callback_cannot_be_guessed_and_no_two_are_alike() -> None:
    one, other = new(), new()
    assert one.callback.startswith(f"{BASE}/feed-1/")
    assert one.callback != other.callback
    assert one.secret != other.secret
    assert len(one.callback.rpartition("/")[2]) >= 32
    assert 40 <= len(one.secret.encode()) < 200
    assert is_callback(one, one.callback.rpartition("/")[2])
    assert not is_callback(one, other.callback.rpartition("/")[2])
    assert not is_callback(one, "")
    assert not is_callback(one, "\u00e9")
    assert one.secret not in repr(one)


def test_a_hub_that_does_not_verify_is_asked_again_ever_more_seldom() -> None:
    push, waits, now = new(), [], NOW
    for _ in range(12):
        waits.append(next_request(push) - now)
        now = next_request(push)
        assert todo(CONFIG, STATE, push, BASE, now - 1) is None
        assert todo(CONFIG, STATE, push, BASE, now) == "subscribe"
        push = asked("feed-1", push, GOAL, BASE, now)
    assert waits[:3] == [UNANSWERED, 2 * UNANSWERED, 4 * UNANSWERED]
    assert waits[-1] == DENIED


def test_a_lease_is_renewed_before_it_ends_with_the_same_callback() -> None:
    push = active(10 * DAY)
    assert todo(CONFIG, STATE, push, BASE, NOW + 8 * DAY - 1) is None
    assert todo(CONFIG, STATE, push, BASE, NOW + 8 * DAY) == "subscribe"
    again = asked("feed-1", push, GOAL, BASE, NOW + 8 * DAY)
    assert (again.callback, again.secret, again.status) == (push.callback, push.secret, "active")
    assert todo(CONFIG, STATE, again, BASE, NOW + 8 * DAY + 1) is None  # the hub has not answered yet
    renewed = verified(again, 10 * DAY, NOW + 8 * DAY + 5)
    assert renewed.expires == NOW + 18 * DAY + 5


def test_a_lease_that_ended_is_asked_for_anew() -> None:
    late = asked("feed-1", active(), GOAL, BASE, NOW + LEASE + 1)
    assert late.status == "asked"
    assert not delivers(late, NOW + LEASE + 1)


@pytest.mark.parametrize(
    ("lease", "length"), [(None, LEASE), (1.0, SHORTEST), (0.0, LEASE), (DAY, DAY), (1e11, LONGEST)]
)
def test_a_lease_is_believed_within_limits(lease: float | None, length: float) -> None:
    assert verified(new(), lease, NOW).expires == NOW + length


def test_another_hub_topic_or_address_of_ours_is_another_subscription() -> None:
    push = active()
    for goal, base in [((HUB + "2", TOPIC), BASE), ((HUB, TOPIC + "2"), BASE), (GOAL, "https://us.example/hook")]:
        other = asked("feed-1", push, goal, base, NOW)
        assert other.callback != push.callback
        assert other.secret != push.secret
        assert (other.status, other.expires) == ("asked", 0.0)
    state = STATE.model_copy(update={"hub": HUB + "2"})
    assert todo(CONFIG, state, push, BASE, NOW) == "subscribe"
    assert todo(CONFIG, STATE, push, "https://us.example/hook", NOW) == "subscribe"


def test_a_denial_is_kept_and_asked_about_a_week_later() -> None:
    push = refused(active(), "denied", "not for you")
    assert (push.status, push.reason) == ("denied", "not for you")
    assert todo(CONFIG, STATE, push, BASE, NOW + DENIED - 1) is None
    assert todo(CONFIG, STATE, push, BASE, NOW + DENIED) == "subscribe"


def test_a_renewal_that_fails_leaves_the_lease() -> None:
    assert refused(active(), "failed", "503").status == "active"
    assert refused(new(), "failed", "503").status == "failed"


def test_a_hub_that_delivers_makes_polling_slower_within_limits() -> None:
    push = active()
    assert relaxed(NOW + 3_600, NOW, push, DAY) == NOW + 4 * 3_600
    assert relaxed(NOW + DAY / 2, NOW, push, DAY) == NOW + DAY
    assert relaxed(NOW + 2 * DAY, NOW, push, DAY) == NOW + 2 * DAY  # as the server asks for
    for other in (None, new(), refused(push, "denied", "")):
        assert relaxed(NOW + 3_600, NOW, other, DAY) == NOW + 3_600
    assert relaxed(NOW + 2 * LEASE, NOW + LEASE, push, DAY) == NOW + 2 * LEASE


def test_a_hub_that_keeps_things_back_is_not_relied_on_until_it_delivers() -> None:
    push = active()
    for _ in range(MISSES):
        assert delivers(push, NOW)
        push = polled(push, 2)
    assert not delivers(push, NOW)
    assert not delivers(polled(push, 0), NOW)
    assert delivers(delivered(push, NOW), NOW)


@given(st.floats(0, 1e10), st.floats(0, 1e6), st.floats(1, 1e6))
def test_no_poll_comes_sooner_for_a_hub(now: float, wait: float, most: float) -> None:
    due = relaxed(now + wait, now, active(), most)
    assert now + wait <= due <= max(now + wait, now + most)
