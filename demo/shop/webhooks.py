"""A receiver of signed webhooks. Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

_TOLERANCE = 300  # seconds


def verified(secret: str, headers: Mapping[str, str], body: bytes, now: float | None = None) -> bool:
    """Whether `body` was signed with `secret` within the last five minutes; one good signature of several is enough."""
    id, timestamp, signatures = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not id or not timestamp.isdecimal() or len(timestamp) > 12 or not timestamp.isascii():
        return False
    if abs((time.time() if now is None else now) - int(timestamp)) > _TOLERANCE:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    return any(hmac.compare_digest(expected, signature.encode()) for signature in signatures.split(" "))
