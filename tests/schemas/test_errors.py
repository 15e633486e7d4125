"""The tree of errors."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from schemas import errors
from schemas.errors import FetchError, WirespinError

CLASSES = [getattr(errors, name) for name in errors.__all__]


def test_the_docstring_draws_every_class_under_its_parent() -> None:
    drawn = {}
    above: list[str] = []
    assert errors.__doc__ is not None
    for line in errors.__doc__.splitlines():
        found = re.match(r"([│ ├└─]*)(\w*Error)\b", line)
        if found:
            depth = len(found[1]) // 4
            above[depth:] = [found[2]]
            drawn[found[2]] = above[depth - 1] if depth else None
    assert set(drawn) == set(errors.__all__)
    assert drawn == {kind.__name__: parent_of(kind) for kind in CLASSES}


def parent_of(kind: type[WirespinError]) -> str | None:
    return next((base.__name__ for base in kind.__bases__ if issubclass(base, WirespinError)), None)


def test_every_class_of_the_module_is_listed() -> None:
    defined = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert defined == set(errors.__all__)


@pytest.mark.parametrize("kind", CLASSES)
def test_errors_survive_pickling_and_copying(kind: type[WirespinError]) -> None:
    error = kind("it broke", where="there", remedy="mend it")
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(back) is kind
        assert (back.problem, back.where, back.remedy) == ("it broke", "there", "mend it")
        assert str(back) == "there: it broke; mend it"


@pytest.mark.parametrize(
    ("where", "remedy", "text"),
    [("", "", "it broke"), ("there", "", "there: it broke"), ("", "mend it", "it broke; mend it")],
)
def test_what_is_not_known_is_not_printed(where: str, remedy: str, text: str) -> None:
    assert str(WirespinError("it broke", where=where, remedy=remedy)) == text


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("InputError", ValueError),
        ("ArticleError", ValueError),
        ("SettingsError", ValueError),
        ("BrokerError", ConnectionError),
        ("TopicError", ConnectionError),
        ("SendError", ConnectionError),
        ("StateError", RuntimeError),
    ],
)
def test_errors_can_be_caught_as_the_builtin_ones(name: str, builtin: type[Exception]) -> None:
    assert issubclass(getattr(errors, name), builtin)


def test_what_kept_something_from_being_fetched_survives_pickling() -> None:
    error = FetchError("slow down", trouble="status", status=429, retry_after=60.0, where="https://a.example/")
    back = pickle.loads(pickle.dumps(error))
    assert (back.trouble, back.status, back.retry_after, str(back)) == ("status", 429, 60.0, str(error))
