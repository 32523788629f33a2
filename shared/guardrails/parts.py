"""The files that detectors are made of, such as weights, and what each must hold: a library may crash or learn nonsense from
one that was cut off, and a list of names that lost its end is a guard with a hole.

`parts.sha256` has the sums as `sha256sum --check` reads them; `make docs` writes it.
"""

import hashlib
from pathlib import Path

from shared.errors import ConfigurationError

ROOT = Path(__file__).parent
SUMS = ROOT / "parts.sha256"
_KINDS = (".ftz", ".json", ".txt")


def sums() -> str:
    """The files as they are, one a line."""
    parts = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.suffix in _KINDS)
    return "".join(f"{_sum(ROOT / part)}  {part}\n" for part in parts)


def verify() -> None:
    """Raises `ConfigurationError` that names the file which is missing, or is not the one of this release."""
    for line in SUMS.read_text(encoding="utf-8").splitlines():
        wanted, _, part = line.partition("  ")
        path = ROOT / part
        try:
            found = _sum(path)
        except OSError as error:
            raise ConfigurationError(f"the guards cannot start: {path}: {error.strerror}") from None
        if found != wanted:
            raise ConfigurationError(f"the guards cannot start: {path} is not the file of this release")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
