"""Looking for canaries in bytes, in every spelling that a careless program may have given them."""

import base64
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

from services.leakcheck.canaries import Canary


@dataclass(frozen=True, slots=True)
class Find:
    """A canary, where it was found, and how it is spelled there."""

    canary: Canary
    place: str
    spelling: str


def spellings(value: str) -> dict[str, list[bytes]]:
    """The bytes that a value may be, by the name of the spelling."""
    plain = value.encode()
    bare = re.sub(r"[\s\-.()+:]", "", value).encode()
    shapes = {
        "utf-8": [plain, plain.lower(), plain.upper()],
        "without separators": [bare] if len(bare) > 7 else [],
        "utf-16": [value.encode("utf-16-le"), value.encode("utf-16-be")],
        "hex": [plain.hex().encode(), plain.hex().upper().encode()],
        "url": [quote(value, safe="").encode(), quote_plus(value).encode()],
        "json": ["".join(f"\\u{ord(character):04x}" for character in value).encode(), json.dumps(value)[1:-1].encode()],
        "base64": [spelled for shift in range(3) for spelled in _base64(plain, shift)],
    }
    seen: set[bytes] = set()
    return {name: [each for each in found if not (each in seen or seen.add(each))] for name, found in shapes.items()}  # type: ignore[func-returns-value]


def _base64(plain: bytes, shift: int) -> tuple[bytes, bytes]:
    """What stands in a base64 text whatever is before and after the value, which begins `shift` bytes into a group."""
    encoded = base64.b64encode(b"\0" * shift + plain)
    first = (0, 2, 3)[shift]
    last = len(encoded.rstrip(b"=")) - (1 if (shift + len(plain)) % 3 else 0)
    inner = encoded[first:last]
    return inner, inner.translate(bytes.maketrans(b"+/", b"-_"))


class Searcher:
    """All spellings of all canaries. A number counts only where no further digit stands beside it."""

    def __init__(self, wanted: Iterable[Canary]) -> None:
        self._patterns = [
            (canary, name, spelled, spelled.isdigit())
            for canary in wanted
            for name, every in spellings(canary.value).items()
            for spelled in every
        ]

    def within(self, data: bytes, place: str) -> Iterator[Find]:
        """Each canary once for this place."""
        found: set[Canary] = set()
        for canary, name, spelled, number in self._patterns:
            if canary not in found and (_stands_alone(data, spelled) if number else spelled in data):
                found.add(canary)
                yield Find(canary, place, name)


def _stands_alone(data: bytes, number: bytes) -> bool:
    return number in data and re.search(rb"(?<!\d)" + number + rb"(?!\d)", data) is not None


def in_files(searcher: Searcher, folder: Path, besides: Iterable[str] = ()) -> Iterator[Find]:
    """The raw bytes of every file below `folder`; `besides` names files that may hold what they hold."""
    left_out = tuple(besides)
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and not name.startswith(left_out or ("\0",)):
            yield from searcher.within(path.read_bytes(), f"file {name}")


def in_tables(searcher: Searcher, folder: Path, besides: Iterable[str] = ()) -> Iterator[Find]:
    """Every row of every table of every SQLite file: records, spans, indexes."""
    left_out = tuple(besides)
    for path in sorted(folder.glob("*.db")):
        if path.name.startswith(left_out or ("\0",)):
            continue
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            tables = [name.decode() for (name,) in connection.execute("select name from sqlite_master where type='table'")]
            for table in tables:
                for row in connection.execute(f'select * from "{table}"'):  # noqa: S608 - a name that the file itself gives
                    line = b"\0".join(each if isinstance(each, bytes) else str(each).encode() for each in row)
                    key = row[1] if len(row) > 1 and isinstance(row[1], bytes) else row[0]
                    shown = key.decode(errors="replace") if isinstance(key, bytes) else key
                    yield from searcher.within(line, f"table {path.name}:{table}, row {shown}")
