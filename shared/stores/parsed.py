"""Documents that were parsed lately, so that a busy conversation is not parsed for every look at it.

Parsing a conversation with its 20 remembered turns (13 KB) costs 53 us, everything else about its change 50 us.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import structlog
from pydantic import ValidationError

from shared.errors import StoreBroken
from shared.stores.port import D, Document

log = structlog.get_logger(__name__)


class Parsed:
    """A document is found by its id *and* the bytes that are stored, so nothing that it tells can be out of date.

    Documents are frozen, but what hangs on them need not be: every `verify`-th hit is parsed and compared, and a
    difference, which is a bug of whoever changed a document in place, is logged and not believed.
    Used by the loop's thread and the writer's.
    """

    def __init__(self, *, most: int = 256, largest: int = 65536, verify: int = 64) -> None:
        self._most = most
        self._largest = largest
        self._verify = verify
        self._hits = 0
        self._held: OrderedDict[tuple[type[Document], str], tuple[bytes | str, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, of: type[D], id: str, body: bytes | str) -> D:
        """The document that `body` is. Raises `StoreBroken` when it is none of this kind."""
        key, known = (of, id), None
        with self._lock:
            held = self._held.get(key)
            if held is not None and held[0] == body:
                known = held[1]
                self._held.move_to_end(key)
                self._hits += 1
                if self._hits % self._verify:
                    return known  # type: ignore[no-any-return]
        document = parse(of, body)
        if known is not None and known != document:
            log.error("document changed in place", collection=of.collection)
        self.keep(document, body)
        return document

    def keep(self, document: Document, body: bytes | str) -> None:
        """Remember what `document` is stored as. The oldest is forgotten."""
        if len(body) > self._largest:
            return
        key = (type(document), document.id)
        with self._lock:
            self._held[key] = (body, document)
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)


def parse(of: type[D], body: bytes | str) -> D:
    """Raises `StoreBroken`: what we stored and cannot read is not the caller's fault."""
    try:
        return of.model_validate_json(body)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False)[:3])
        raise StoreBroken(f"a document of {of.collection} cannot be read: {places or 'not JSON'}") from None


def readable(of: type[D], bodies: Iterable[bytes | str]) -> list[D]:
    """Those of `bodies` that are documents of this kind, in their order; each other one is logged."""
    found: list[D] = []
    for body in bodies:
        try:
            found.append(parse(of, body))
        except StoreBroken as error:
            log.error("document left out", reason=str(error))  # noqa: TRY400 - the place is no help, the reason is
    return found
