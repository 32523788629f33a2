"""Services forked from a process that has imported them, as a pre-forking server has its workers.

Importing a service costs two seconds of CPU, forking it hundredths: only so can a thousand of them be killed in minutes.
`python -m tests.chaos.prefork` reads one JSON object a line, `{"stage", "environment", "log"}`, and answers with
`{"pid"}`; when a child has ended it says `{"pid", "ended"}`. Its children die with it.
"""

import ctypes
import gc
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import uvloop

from services import compose
from services.names import STAGES

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve until standard input ends."""
    for stage in STAGES:
        import_module(f"services.{stage}.app")
        import_module(f"services.{stage}.settings")
    gc.freeze()
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    _say(ready=True)
    rest = b""
    while True:
        ready, _, _ = select.select([0, reading], [], [])
        if reading in ready:
            os.read(reading, 4096)
            _reap()
        if 0 in ready:
            if not (data := os.read(0, 65536)):
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                _say(pid=_forked(json.loads(line)))


def _reap() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _say(pid=pid, ended=os.waitstatus_to_exitcode(status))


def _forked(asked: Mapping[str, Any]) -> int:
    if pid := os.fork():
        return pid
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        log = os.open(asked["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.environ.clear()
        os.environ.update(asked["environment"])
        uvloop.run(compose.run((asked["stage"],)))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _say(**fields: Any) -> None:
    os.write(1, json.dumps(fields).encode() + b"\n")


if __name__ == "__main__":
    main()
