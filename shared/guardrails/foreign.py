"""Personal data in what systems of the company answer, such as a note of an order: hidden before a stream, a record or a
model holds it. Whoever needs a customer's own data asks the vault for it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shared.guardrails.pii import find, mask

HIDDEN = "[hidden]"
_IDENTIFIER = re.compile(r"(?:^|_)(?:id|sku|code|url|number)$")
"""Keys whose values are numbers of things: they look like those of persons, and stay."""


def without_personal(
    value: Any, key: str = "", *, regions: Sequence[str] = ("US",), company: re.Pattern[str] | None = None
) -> Any:
    """JSON with the personal data in its texts replaced by `HIDDEN`; the shape and all other values stay.

    `key` is the field that the value stands in; `regions` and `company` are as for `find`.
    """
    if isinstance(value, str):
        if _IDENTIFIER.search(key):
            return value
        spans = find(value, regions=regions, company=company)
        return mask(value, spans, [HIDDEN] * len(spans)) if spans else value
    if isinstance(value, Mapping):
        return {name: without_personal(each, str(name), regions=regions, company=company) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [without_personal(each, key, regions=regions, company=company) for each in value]
    return value
