"""A stage whose Faust app and consumer are fakes: what the readings look at, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from streams.app import Stage
from streams.log import Progress

TOPIC = "t.accepted"


@dataclass(frozen=True)
class Place:
    """A topic partition as a consumer names it."""

    topic: str
    partition: int


@dataclass
class FakeConsumer:
    """Faust's consumer: assignment, messages in hand, and aiokafka's books behind a thread."""

    held: list[int] = field(default_factory=list)
    states: dict[int, Any] = field(default_factory=dict)
    _unacked_messages: list[Any] = field(default_factory=list)
    _committed_offset: dict[Place, int | None] = field(default_factory=dict)
    given_up: bool = False

    def assignment(self) -> set[Place]:
        return {Place(TOPIC, partition) for partition in self.held}

    @property
    def _thread(self) -> Any:
        return SimpleNamespace(_ensure_consumer=self._ensure_consumer)

    def _ensure_consumer(self) -> Any:
        assignment = None
        if not self.given_up:
            assignment = SimpleNamespace(state_value=lambda place: self.states.get(place.partition))
        return SimpleNamespace(_subscription=SimpleNamespace(subscription=SimpleNamespace(assignment=assignment)))

    def fetched(self, partition: int, position: int | None, end: int | None, timestamp: float) -> None:
        """As after a fetch: where the next begins, where the log ended, and when (milliseconds)."""
        self.states[partition] = SimpleNamespace(_position=position, highwater=end, timestamp=timestamp)

    def in_hand(self, partition: int, offset: int, *, acked: bool = False) -> None:
        """A message that was handed to the agent."""
        place = Place(TOPIC, partition)
        self._unacked_messages.append(
            SimpleNamespace(tp=place, topic=TOPIC, partition=partition, offset=offset, acked=acked)
        )

    def committed(self, partition: int, offset: int) -> None:
        """As after a commit."""
        self._committed_offset[Place(TOPIC, partition)] = offset


class FakeApp:
    """Faust's app."""

    def __init__(self) -> None:
        self.rebalancing = False
        self.flows = True
        self.consumer = FakeConsumer()
        self.flow_control = SimpleNamespace(is_active=lambda: self.flows)


def fake_stage(name: str = "match", state: dict[int, Any] | None = None) -> tuple[Stage, FakeApp]:
    """A stage and its app; state by partition, None for a stateless stage."""
    app = FakeApp()
    held = None if state is None else SimpleNamespace(partitions=state, progress=Progress(TOPIC, 1))
    return Stage(name, TOPIC, cast("Any", app), cast("Any", held), agent=None), app


def flowing(name: str = "ingest", partitions: int = 1) -> tuple[Stage, FakeApp]:
    """A stateless stage that has its partitions."""
    stage, app = fake_stage(name)
    app.consumer.held = list(range(partitions))
    stage.assigned = set(range(partitions))
    return stage, app
