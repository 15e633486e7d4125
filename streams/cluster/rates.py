"""What two looks tell that one does not: how fast it goes, and what stands still."""

from __future__ import annotations

from dataclasses import replace

from streams.cluster.types import Cluster, Part, Reading

STANDS_AFTER = 15.0
"""Seconds without a commit, with records waiting, after which a partition counts as not being read: commits come
twice a second, but one comparison of very long texts may hold a batch up."""


class Rates:
    """Compares each look with those before it."""

    def __init__(self) -> None:
        self._last: tuple[float, dict[tuple[str, int], Part]] | None = None
        self._moved: dict[tuple[str, int], float] = {}

    def take(self, cluster: Cluster, now: float) -> Cluster:
        """The same, with rates and what stands still.

        Args:
            cluster: a new look.
            now: seconds of any clock.
        """
        before, self._last = self._last, (now, _parts(cluster))
        readings = tuple(
            replace(one, parts=tuple(self._part((one.name, part.partition), part, before, now) for part in one.parts))
            for one in cluster.readings
        )
        return replace(cluster, readings=readings)

    def waiting(self, cluster: Cluster) -> bool:
        """Whether records wait in a partition that has not moved yet, and nothing else is known to be wrong with it."""
        return any(
            reading.commits and part.lag and not part.done and not any(reading.problems())
            for reading in cluster.readings
            for part in reading.parts
        )

    def _part(
        self, place: tuple[str, int], part: Part, before: tuple[float, dict[tuple[str, int], Part]] | None, now: float
    ) -> Part:
        old = before[1].get(place) if before else None
        if old is None or part.committed != old.committed or not part.lag:
            self._moved[place] = now
        stood = now - self._moved[place]
        standing = stood if stood >= STANDS_AFTER else 0.0
        if old is None or before is None or now <= before[0]:
            return replace(part, standing=standing)
        passed = now - before[0]
        done = max(0, (part.committed or 0) - (old.committed or 0)) / passed
        return replace(part, done=done, come=max(0, part.bounds.end - old.bounds.end) / passed, standing=standing)


def _parts(cluster: Cluster) -> dict[tuple[str, int], Part]:
    return {(one.name, part.partition): part for one in cluster.readings for part in one.parts}


def total(reading: Reading, name: str) -> float | None:
    """The sum of a rate (``done`` or ``come``) over the partitions, None where there is none yet."""
    rates = [getattr(part, name) for part in reading.parts]
    return None if None in rates or not rates else sum(rates)
