"""Idempotency keys, as payment providers have them: the same key answers what it answered first.

Other parameters under a known key are refused (422). Source: https://docs.stripe.com/api/idempotent_requests
"""

import json
from collections.abc import Callable
from typing import Any

from demo.shop.store import Answer, Store


class Keys:
    """Runs a request once for each key. What it changes and the answer that is remembered are one transaction, so a crash
    leaves both or neither."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def once(self, key: str | None, path: str, request: dict[str, Any], run: Callable[[], Answer]) -> Answer:
        """The first answer of `key`, or `run()` now. Without a key, `run()` each time."""
        if not key:
            return run()
        fingerprint = f"{path} {json.dumps(request, sort_keys=True)}"
        with self._store.transaction():
            if known := self._store.answered(key):
                asked, answer = known
                return answer if asked == fingerprint else (422, {"error": "idempotency_key_reused"})
            answer = run()
            self._store.remember(key, fingerprint, answer)
            return answer
