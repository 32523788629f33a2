"""Signatures of webhooks in the Standard Webhooks format. Pure.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac

_PREFIX = "whsec_"


def parse_secret(text: str) -> bytes:
    """`whsec_` and base64 of 24 to 64 bytes. Raises `ValueError` that does not repeat the secret."""
    try:
        secret = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a webhook's secret must be whsec_ and base64") from None
    if not 24 <= len(secret) <= 64:
        raise ValueError("a webhook's secret must have 24 to 64 bytes")
    return secret


def headers(secret: bytes, id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers. `id` is the same for every attempt, `timestamp` (Unix seconds) is of this one."""
    signed = b"%s.%d.%s" % (id.encode(), timestamp, body)
    signature = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return {"webhook-id": id, "webhook-timestamp": str(timestamp), "webhook-signature": f"v1,{signature}"}
