"""What the reference is made with: docstrings, Markdown, schemas in words, examples that the engine makes."""

from __future__ import annotations

import orjson
import pytest
from jsonschema import Draft202012Validator

from schemas.accepted import Accepted
from schemas.events import Alert, Event, Republication
from schemas.jsonschema import RECORDS, schema_of
from streams.reference.docstrings import attributes, read
from streams.reference.examples import examples
from streams.reference.markup import code, paragraphs, prose, table
from streams.reference.python import signature
from streams.reference.schema import LONGEST, kind_of, shortened
from streams.reference.settings import bounds, default, kind
from streams.settings import Settings
from tests.support.pipeline import SEEDS

TOLD = """What it is.

    More of it: with a colon.

Args:
    one: the first,
        which goes on.
    two, three: the others.

Returns:
    Something: not a name.

Raises:
    ValueError: never.
"""


def test_a_docstring_is_taken_apart() -> None:
    told = read(TOLD)
    assert told.text == "What it is.\n\n    More of it: with a colon."
    assert told.sections == {
        "Args": {"one": "the first, which goes on.", "two, three": "the others."},
        "Returns": {"": "Something: not a name."},
        "Raises": {"ValueError": "never."},
    }
    assert read(None).text == ""


def test_attributes_of_bases_are_told_of_a_class() -> None:
    told = attributes(Alert)
    assert told["republication"] == "id of the republication event that it belongs to."
    assert told["key"].startswith("hash of kind")
    assert "schema_version" in told


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a_b *c* <d> [e] f|g & ``h_*<i>``", "a\\_b \\*c\\* &lt;d&gt; \\[e] f\\|g &amp; `h_*<i>`"),
        ("over\n  lines", "over lines"),
        ("", ""),
    ],
)
def test_prose_means_what_it_says(text: str, marked: str) -> None:
    assert prose(text) == marked


def test_code_tables_and_indented_blocks() -> None:
    assert code("a`b") == "``a`b``"
    assert code("") == ""
    assert paragraphs("A.\n\n    x = 1\n\n>>> y\n2") == "A.\n\n```text\nx = 1\n```\n\n```python\n>>> y\n2\n```"
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n|---|---|\n| 1 | 2 |"


def test_schemas_in_words() -> None:
    fields = schema_of(Alert)["properties"]
    assert kind_of(fields["schema_version"]) == "integer (≥ 1)"
    assert kind_of(fields["supersedes"]) == "list of string"
    assert kind_of(fields["time"]) == "string or null"
    assert kind_of(fields["original"]) == "[OriginalRef](#originalref)"
    assert kind_of(fields["type"]) == '`"alert"`'
    assert kind_of(schema_of(Accepted)["properties"]["spans"]) == "list of \\[integer, integer]"


def test_settings_in_words() -> None:
    fields = Settings.model_fields
    assert bounds(fields["window_days"]) == "above 0, at most 366"
    assert default(fields["session_timeout"]) == "`20`"
    assert default(fields["feed_full_text"]) == "`false`"
    assert default(fields["feed_contact"]) == "none"
    assert kind(fields["feed_contact"].annotation) == "text"
    assert kind(fields["log_level"].annotation) == "`DEBUG`, `INFO`, `WARNING`, `ERROR`"


def test_examples_are_what_the_engine_makes_and_fit_their_schemas() -> None:
    made = examples(SEEDS)
    assert set(made) <= set(RECORDS)
    assert {Alert, Republication} < set(made)
    for record, example in made.items():
        Draft202012Validator(schema_of(record)).validate(orjson.loads(example.to_bytes()))
    alert = made[Alert]
    assert isinstance(alert, Event)
    assert (alert.original.id, alert.copy_.id) == ("000_a342bc336784f21b", "002_1d667fcee3213ee1")
    assert [one.to_bytes() for one in examples(SEEDS).values()] == [one.to_bytes() for one in made.values()]


def test_long_texts_and_lists_are_cut_for_reading() -> None:
    whole = {"a": "x" * (LONGEST + 1), "b": [1, 2, 3, 4], "c": None}
    assert shortened(whole) == {"a": "x" * LONGEST + "…", "b": [1, 2, 3, "…"], "c": None}


def test_signatures_are_written_as_in_the_code() -> None:
    def plain(first: str, second: int = 3, *, third: str = "x") -> bool:
        return bool(first and second and third)

    assert signature(plain) == "plain(first: str, second: int = 3, *, third: str = 'x') -> bool"
