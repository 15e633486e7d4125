"""Signatures, checked by arithmetic of their own and by the example of the specification."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.out.webhooks.signing import Secret, new_secret, signed
from tests.streams.out.webhooks_support import KEY, SECRET


def test_the_example_of_the_standard_webhooks_libraries() -> None:
    # https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/python/tests/test_webhooks.py
    secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    told = secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body)
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True), st.integers(0, 2**40), st.binary(max_size=200))
def test_headers_are_what_a_receiver_computes(message: str, seconds: int, body: bytes) -> None:
    told = signed(message, seconds, body, [Secret(SECRET)])
    content = f"{told['webhook-id']}.{told['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert told["webhook-signature"] == f"v1,{expected}"


def test_while_a_secret_is_changed_both_sign() -> None:
    old = "whsec_" + base64.b64encode(b"o" * 24).decode()
    both = signed("m", 1, b"x", [Secret(SECRET), Secret(old)])["webhook-signature"].split(" ")
    assert both == [signed("m", 1, b"x", [Secret(one)])["webhook-signature"] for one in (SECRET, old)]


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_!!!!", "whsec_" + "A" * 20, "A" * 200, "ä" * 40])
def test_a_secret_that_is_none_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"bytes long|not base64") as caught:
        Secret(text)
    assert not text.removeprefix("whsec_") or text.removeprefix("whsec_") not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_secret_is_not_printed_and_a_new_one_is_never_the_same() -> None:
    assert repr(Secret(SECRET)) == str(Secret(SECRET)) == "Secret(...)"
    one, other = new_secret(), new_secret()
    assert one != other

    assert Secret(f"  {one}\n").signature("m", 1, b"") == Secret(one).signature("m", 1, b"")
