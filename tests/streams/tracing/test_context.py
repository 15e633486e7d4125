"""Contexts in headers: as the recommendation has them, and whatever else a producer may send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.tracing.context import LONGEST, read, write

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
PARENT = f"00-{TRACE}-{SPAN}-01".encode()


def test_a_context_is_read_and_written_as_it_came() -> None:
    context = read([("traceparent", PARENT), ("tracestate", b"a=1,b=2"), ("ce_id", b"x")])
    assert context is not None
    assert (f"{context.trace_id:032x}", f"{context.span_id:016x}", context.is_remote) == (TRACE, SPAN, True)
    assert write(context) == (("traceparent", PARENT), ("tracestate", b"a=1,b=2"))


def test_one_that_is_not_sampled_stays_so() -> None:
    context = read([("traceparent", PARENT[:-1] + b"0")])
    assert context is not None
    assert write(context) == (("traceparent", PARENT[:-1] + b"0"),)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("traceparent", None)],
        [("traceparent", b"")],
        [("traceparent", PARENT + b"\xff")],
        [("traceparent", PARENT.upper())],
        [("traceparent", f"00-{'0' * 32}-{SPAN}-01".encode())],
        [("traceparent", f"00-{TRACE}-{'0' * 16}-01".encode())],
        [("traceparent", b"ff" + PARENT[2:])],
        [("traceparent", PARENT + b"-more")],
        [("traceparent", PARENT), ("traceparent", PARENT)],
        [("traceparent", PARENT), ("traceparent", b"\xff")],
        [("Traceparent", PARENT)],
        [("tracestate", b"a=1")],
    ],
)
def test_what_is_none_is_none(headers: list[tuple[str, bytes | None]]) -> None:
    assert read(headers) is None


def test_a_bad_state_loses_the_state_alone() -> None:
    for state in (b"\xff", b"=", b"a" * (LONGEST + 1), b"a=1\nx=2"):
        context = read([("traceparent", PARENT), ("tracestate", state)])
        assert context is not None
        assert write(context)[0] == ("traceparent", PARENT)
        assert not any(b"\n" in value for _, value in write(context))


NAMES = st.sampled_from(["traceparent", "tracestate"]) | st.text(max_size=12)
VALUES = (
    st.none()
    | st.binary(max_size=600)
    | st.from_regex(rb"\A00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]\Z")
    | st.from_regex(rb"\A[a-z0-9@=,; \t]{0,200}\Z")
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=4))
def test_nothing_that_is_sent_raises(headers: list[tuple[str, bytes | None]]) -> None:
    context = read(headers)
    if context is not None:
        again = read(write(context))
        assert again is not None
        assert (again.trace_id, again.span_id, again.trace_flags) == (
            context.trace_id,
            context.span_id,
            context.trace_flags,
        )
