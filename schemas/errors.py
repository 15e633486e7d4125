"""The errors of wirespin, one tree.

WirespinError
├── InputError (ValueError)        something handed to us is unfit; never a reason to stop a worker
│   ├── RecordError                bytes on a topic that are not the record they should be
│   ├── ArticleError               an article that lacks or misstates a field
│   ├── SeedError                  a file that cannot be read as an article
│   └── FeedError                  a feed that cannot be fetched or parsed
├── SettingsError (ValueError)     a setting that does not exist or cannot hold its value
├── BrokerError (ConnectionError)  the broker cannot be reached, started or made to do what is asked
│   └── TopicError                 a topic that is missing or differs from what is declared
├── SendError (ConnectionError)    a record whose delivery was not confirmed; its input is not committed
└── StateError (RuntimeError)      the state of a partition could not be rebuilt

Every message says what was wrong, where, and what to do about it.
"""

from __future__ import annotations

__all__ = [
    "ArticleError",
    "BrokerError",
    "FeedError",
    "InputError",
    "RecordError",
    "SeedError",
    "SendError",
    "SettingsError",
    "StateError",
    "TopicError",
    "WirespinError",
]


class WirespinError(Exception):
    """Root of all errors that wirespin raises on purpose.

    Args:
        problem: what was wrong, in one clause.
        where: the file, topic, field or setting it was found in.
        remedy: what the reader can do about it.
    """

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(problem, where, remedy)
        self.problem, self.where, self.remedy = problem, where, remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"{place}{self.problem}{advice}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.problem, self.where, self.remedy)


def _rebuild(kind: type[WirespinError], problem: str, where: str, remedy: str) -> WirespinError:
    """Let an error cross a process boundary (keyword arguments do not survive pickling by themselves)."""
    return kind(problem, where=where, remedy=remedy)


class InputError(WirespinError, ValueError):
    """Something handed to us is unfit; it is reported or rejected, and work goes on."""


class RecordError(InputError):
    """Bytes on a topic are not the record that the topic carries."""


class ArticleError(InputError):
    """An article lacks a field, or a field holds what it must not."""


class SeedError(InputError):
    """A file handed to the test producer cannot be read as an article."""


class FeedError(InputError):
    """A feed cannot be fetched or is not a feed."""


class SettingsError(WirespinError, ValueError):
    """A setting does not exist or cannot hold the value given."""


class BrokerError(WirespinError, ConnectionError):
    """The broker cannot be reached, started or made to do what is asked."""


class TopicError(BrokerError):
    """A topic is missing or is not what the declaration says."""


class SendError(WirespinError, ConnectionError):
    """Delivery of a record was not confirmed, so the record it came from must not be committed."""


class StateError(WirespinError, RuntimeError):
    """The state of a partition could not be rebuilt from its log."""
