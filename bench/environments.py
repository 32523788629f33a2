"""Python environments of what is measured beside the product, or draws its plots: never a dependency of Frontdesk.

Each is made on demand from a requirements file with hashes, outside the tree, and kept for the next run.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from shared.errors import FrontdeskError

_LOCAL_UV = Path(__file__).parents[1] / ".tools" / "bin" / "uv"


class NotInstalled(FrontdeskError):
    """An environment could not be made; the message says why."""


async def environment(name: str, requirements: Path) -> Path:
    """The Python of the environment that holds exactly `requirements`, which is installed unless it is there.

    Of two processes that ask at the same time, the second waits. Raises `NotInstalled`.
    """
    return await asyncio.to_thread(_environment, name, requirements)


def _environment(name: str, requirements: Path) -> Path:
    digest = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "frontdesk"
    place, python = cache / f"bench-{name}-{digest}", cache / f"bench-{name}-{digest}" / "bin" / "python"
    complete = place / ".complete"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"bench-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists():
            shutil.rmtree(place, ignore_errors=True)
            _run("venv", "--python", sys.executable, str(place))
            _run("pip", "install", "--python", str(python), "--require-hashes", "--no-deps", "-r", str(requirements))
            complete.touch()
    return python


def _run(*arguments: str) -> None:
    found = str(_LOCAL_UV) if _LOCAL_UV.exists() else shutil.which("uv")
    if found is None:
        raise NotInstalled("uv is needed to install what is compared with: `make setup` brings it")
    variables = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    done = subprocess.run([found, "--quiet", *arguments], env=variables, capture_output=True, check=False)
    if done.returncode:
        raise NotInstalled(f"uv {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()[-600:]}")
