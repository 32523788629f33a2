import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.actions.webhooks.signing import headers, parse_secret

SECRET = "whsec_" + base64.b64encode(bytes(range(24))).decode()


@given(st.text(max_size=200).map(str.encode), st.text("abcdef_0123456789", min_size=1, max_size=20))
def test_the_reference_library_verifies_our_signatures(body: bytes, id: str) -> None:
    signed = headers(parse_secret(SECRET), id, int(time.time()), body)
    Webhook(SECRET).verify(body, signed, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body + b"x", signed, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, signed | {"webhook-id": "other"}, json_parse=False)


def test_our_signatures_are_those_of_the_reference_library() -> None:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(1_700_000_000, UTC)
    signed = headers(parse_secret(SECRET), "msg_1", 1_700_000_000, b'{"a":"\xc3\xbc"}')
    assert signed["webhook-signature"] == Webhook(SECRET).sign("msg_1", at, '{"a":"ü"}')
    assert signed["webhook-timestamp"] == "1700000000"


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64!", "whsec_" + "QUJD" * 40])
def test_weak_or_broken_secrets_are_refused_without_being_repeated(secret: str) -> None:
    with pytest.raises(ValueError) as raised:
        parse_secret(secret)
    assert len(secret) < 7 or secret[6:] not in str(raised.value)
