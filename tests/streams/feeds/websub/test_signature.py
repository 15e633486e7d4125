"""Signatures of deliveries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.feeds.websub.signature import METHODS, is_signed, signature


def test_the_signature_is_that_of_other_programs() -> None:
    # RFC 4231, test case 2
    digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signature(b"what do ya want for nothing?", "Jefe") == f"sha256={digest}"
    # RFC 2202, test case 2
    assert signature(b"what do ya want for nothing?", "Jefe", "sha1") == "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_of_the_recommendation_is_taken(method: str) -> None:
    signed = signature(b"body", "secret", method)
    assert is_signed(b"body", signed, "secret")
    assert is_signed(b"body", signed.upper(), "secret")
    assert is_signed(b"body", f" {signed} ", "secret")


@pytest.mark.parametrize(
    "header",
    [
        None, "", "sha256", "sha256=", "=", "md5=841a2d689ad86bd1611447453c22c6fc",
        signature(b"body", "other"), signature(b"other", "secret"), signature(b"body", "secret")[:-1],
        signature(b"body", "secret") + "0", signature(b"body", "secret").replace("sha256", "sha1"),
        signature(b"body", "secret").removeprefix("sha256="), "sha256=\u00e9", "sha256=" + "0" * 100_000,
    ],
)  # fmt: skip
def test_what_is_signed_otherwise_is_not_taken(header: str | None) -> None:
    assert not is_signed(b"body", header, "secret")


def test_no_secret_signs_nothing() -> None:
    assert not is_signed(b"body", signature(b"body", ""), "")


@given(st.binary(), st.text(min_size=1).filter(lambda text: text.isprintable()), st.text())
def test_any_header_is_answered(body: bytes, secret: str, header: str) -> None:
    assert is_signed(body, signature(body, secret), secret)
    assert not is_signed(body, header, secret) or header.strip().lower() == signature(body, secret)
