"""The errors of wirespin, one tree.

WirespinError
├── InputError (ValueError)        something handed to us is unfit; never a reason to stop a worker
│   ├── RecordError                bytes on a topic that are not the record they should be
│   ├── ArticleError               an article that lacks or misstates a field
│   ├── SeedError                  a file that cannot be read as an article
│   ├── FeedError                  a feed that cannot be fetched or parsed
│   └── FetchError                 something on the web that could not be had
├── SettingsError (ValueError)     a setting that does not exist or cannot hold its value
├── BrokerError (ConnectionError)  the broker cannot be reached, started or made to do what is asked
│   └── TopicError                 a topic that is missing or differs from what is declared
├── SendError (ConnectionError)    a record whose delivery was not confirmed; its input is not committed
├── StateError (RuntimeError)      the state of a partition could not be rebuilt
├── LostError                      a partition was given to another worker in the midst of work on it
└── ParserError                    the processes that parse feeds cannot be started

Every message says what was wrong, where, and what to do about it.
"""

from __future__ import annotations

from typing import Literal

__all__ = [
    "ArticleError",
    "BrokerError",
    "FeedError",
    "FetchError",
    "InputError",
    "LostError",
    "ParserError",
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


Trouble = Literal[
    "address",  # a private, reserved or otherwise refused address
    "url",  # not a URL that is asked: scheme, port, user names, odd notations
    "dns",  # the name does not exist
    "dns_temporary",  # the name could not be looked up just now
    "connect",  # no connection, or one that broke
    "tls",  # no encryption that can be trusted
    "timeout",
    "too_large",
    "encoding",  # compressed wrongly, or in a way not understood
    "status",  # an answer that is neither 200 nor 304
    "gone",  # 410
    "bot_wall",  # a challenge, consent or login page in place of what was asked
    "redirects",  # too many, in a circle, or to nowhere
    "robots",  # robots.txt forbids it
    "protocol",  # not HTTP as it should be
]
"""What kept something on the web from being had; who asks again decides by it."""


class FetchError(InputError):
    """Something on the web could not be had.

    Args:
        problem: as in every error.
        trouble: what kind of problem.
        status: of the answer, if there was one.
        retry_after: seconds after which the server wants to be asked again, at most a day.
        where: the URL.
        remedy: as in every error.
    """

    def __init__(
        self,
        problem: str,
        *,
        trouble: Trouble = "protocol",
        status: int | None = None,
        retry_after: float | None = None,
        where: str = "",
        remedy: str = "",
    ) -> None:
        super().__init__(problem, where=where, remedy=remedy)
        self.trouble, self.status, self.retry_after = trouble, status, retry_after

    def __reduce__(self) -> tuple[object, ...]:
        known = (self.problem, self.trouble, self.status, self.retry_after, self.where, self.remedy)
        return _rebuild_fetch, known


def _rebuild_fetch(
    problem: str, trouble: Trouble, status: int | None, retry_after: float | None, where: str, remedy: str
) -> FetchError:
    return FetchError(problem, trouble=trouble, status=status, retry_after=retry_after, where=where, remedy=remedy)


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


class LostError(WirespinError):
    """A partition was given to another worker in the midst of work on it; nothing more may be written of it."""


class ParserError(WirespinError):
    """The processes that parse feeds cannot be started: no document's fault, so no feed is to suffer for it."""
