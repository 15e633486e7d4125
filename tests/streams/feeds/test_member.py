"""What a worker makes of the records of its partitions; the group itself is tested on a broker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast

from schemas.base import WireRecord
from schemas.errors import LostError, SendError
from schemas.feed import FeedConfig, FeedState
from streams.feeds.book import Book, Feed, feed_id, key_of
from streams.feeds.member import Member, group
from streams.feeds.outbox import Outbox
from streams.feeds.poller import Poller
from streams.feeds.schedule import Policy
from streams.settings import Settings

URL = "https://wire.example/rss"
NAME = feed_id(URL)
CONFIG = FeedConfig(url=URL)
STATE = FeedState(interval=3_600, due=2e9, tried=1.0, worker="other")


class FakePoller:
    """Keeps what is entered and what leaves."""

    def __init__(self) -> None:
        self.entered: list[Feed] = []
        self.left: list[str] = []

    def enter(self, book: Book, feed: Feed) -> None:
        self.entered.append(feed)

    async def leave(self, *names: str) -> None:
        self.left += names


class FakeOutbox:
    """Keeps what is forgotten."""

    def __init__(self) -> None:
        self.forgotten: list[tuple[str, str]] = []
        self.checks = 0
        self.check: Callable[[], None] = lambda: None

    async def forget(self, book: Book, places: Sequence[tuple[str, Any]]) -> None:
        if book.lost:
            raise LostError("gone")
        self.forgotten += places


class QuietReader:
    """Has nothing to read."""

    async def getmany(self, **_: Any) -> dict[Any, Any]:
        return {}

    def assignment(self) -> set[Any]:
        return set()


def message(piece: Any, record: WireRecord | None, name: str = NAME) -> Any:
    return SimpleNamespace(key=key_of(name, piece).encode(), value=record.to_bytes() if record else None)


class Desk:
    """A member with one partition that was read."""

    def __init__(self, *records: Any) -> None:
        self.poller, self.outbox = FakePoller(), FakeOutbox()
        self.member = Member(
            Settings(broker="kafka://127.0.0.1:9"), "me", cast("Poller", self.poller), cast("Outbox", self.outbox),
            Policy(), lambda _: None,
        )  # fmt: skip
        self.member.assigned([0])
        self.book = self.member.books[0]
        for one in records:
            self.book.take(one.key, one.value)
        self.book.open(Policy(), 1e9)

    async def hear(self, *messages: Any) -> None:
        await self.member._take(self.book, messages)


def test_the_group_is_named_after_the_prefix() -> None:
    assert group(Settings(prefix="desk")) == "desk-feeds"


async def test_a_state_that_another_worker_wrote_meanwhile_is_taken_over_and_ones_own_is_not() -> None:
    desk = Desk(message("config", CONFIG))
    feed = desk.book.feeds[NAME]
    before = feed.state
    await desk.hear(message("state", STATE.model_copy(update={"worker": "me"})))
    assert feed.state is before
    await desk.hear(message("state", STATE), message("seen", None), message("state", STATE, "feed-unknown"))
    assert feed.state == STATE
    assert desk.poller.entered == [feed]


async def test_a_feed_that_is_added_is_entered_and_one_that_is_removed_is_forgotten() -> None:
    desk = Desk()
    await desk.hear(message("config", CONFIG))
    assert [feed.id for feed in desk.poller.entered] == [NAME]
    await desk.hear(message("config", None))
    assert (desk.poller.left, desk.book.feeds) == ([NAME], {})
    assert desk.outbox.forgotten == [(NAME, "state"), (NAME, "seen"), (NAME, "push")]


async def test_records_of_a_partition_that_is_gone_change_nothing() -> None:
    desk = Desk(message("config", CONFIG))
    desk.book.lost = True
    await desk.hear(message("config", None))
    await desk.member._take(None, [message("config", None)])
    assert NAME in desk.book.feeds


async def test_one_that_stood_still_ends_also_without_anything_to_write() -> None:
    desk, ended = Desk(), list[BaseException]()

    def check() -> None:
        desk.outbox.checks += 1
        if desk.outbox.checks == 3:
            raise SendError("stood still")

    desk.outbox.check = check
    desk.member._reader, desk.member._fatal = QuietReader(), ended.append
    await desk.member._go_on()
    assert [str(error) for error in ended] == ["stood still"]


async def test_giving_up_ends_all_polls_first_and_then_the_right_to_write() -> None:
    desk = Desk(message("config", CONFIG))
    await desk.member.give_up()
    assert desk.poller.left == [NAME]
    assert desk.book.lost
    assert desk.member.books == {}
