"""`Retry-After`: how long a server asks to be left alone (RFC 9110, 10.2.3), and OpenAI's own header in milliseconds. Pure."""

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from math import isfinite


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float:
    """Seconds, never negative; 0.0 when nothing is asked, or nothing that can be read. `now`: Unix seconds, for a date."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        asked = headers.get(name, "").strip()
        try:
            seconds = float(asked) / unit
        except ValueError:
            seconds = _until(asked, time.time() if now is None else now)
        if isfinite(seconds) and seconds > 0:
            return seconds
    return 0.0


def _until(date: str, now: float) -> float:
    try:
        return parsedate_to_datetime(date).timestamp() - now
    except (ValueError, OverflowError):
        return 0.0
