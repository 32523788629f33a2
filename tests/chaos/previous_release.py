"""The services of the previous release, from the history of this repository, beside those of this one."""

import contextlib
import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.e2e.environment import Running
from tests.servers import free_port

ROOT = Path(__file__).parents[2]
COMMIT = "9749fc6844944c971d37c0dbf0934b2e840700ce"  # of the previous release; a release sets it to its predecessor


def unknown() -> str:
    """Why it cannot be had, or nothing."""
    if subprocess.run(["git", "cat-file", "-e", f"{COMMIT}^{{commit}}"], cwd=ROOT, capture_output=True, check=False).returncode:
        return f"the previous release ({COMMIT[:12]}) is not in this checkout's history; get it by `git fetch --unshallow`"
    return ""


def unpack(folder: Path) -> None:
    """Write its tree to `folder`."""
    archive = subprocess.run(["git", "archive", COMMIT], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


@contextlib.contextmanager
def beside(here: Running, tree: Path, stages: Sequence[str]) -> Iterator[None]:
    """Each of `stages` once more, by the code and the assistant's file in `tree`, with the other settings of its sibling and
    the same durable consumer: a rolling upgrade half-way. In traces its services are called `previous-<stage>`."""
    with contextlib.ExitStack() as stack:
        for stage in stages:
            settings = Path(f"/proc/{here.addresses['pids'][stage]}/environ").read_bytes().decode().split("\0")
            environment = dict(setting.split("=", 1) for setting in settings if setting) | {
                "PYTHONPATH": str(tree),
                "FRONTDESK_ASSISTANT": str(tree / "demo" / "assistant.yaml"),
                "OTEL_SERVICE_NAME": f"previous-{stage}",
                "FRONTDESK_HTTP_PORT": str(free_port()),
            }
            log = stack.enter_context((here.folder / "logs" / f"previous-{stage}.log").open("wb"))
            command = [sys.executable, "-m", "services.cli", "run", stage]
            process = subprocess.Popen(command, cwd=tree, env=os.environ | environment, stdout=log, stderr=log)
            stack.callback(_ended, process)
        yield


def _ended(process: subprocess.Popen[bytes]) -> None:
    assert process.poll() is None, "a stage of the previous release ended by itself; see its log"
    process.terminate()
    try:
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
