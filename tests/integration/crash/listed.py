"""`docs/crash-points.md`: every crash point there is, made from a run of all flows and from the handlers' signatures.

`CRASH_POINTS=write` makes the test that compares it write it instead.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from services.compose import handlers
from shared.contracts.backend import BackendEvent
from shared.messaging.signature import signature

DOCUMENT = Path(__file__).parents[3] / "docs" / "crash-points.md"
MOMENTS = ("before", "after")

_HEAD = """# Crash points

The places at which a service can be made to die: just before and just after each write. What survives a crash is what was
written, so a crash anywhere between two writes is one of these. [services/crash](../services/crash/scene.py) wraps the ports
that services write through, and only where it is asked to:

| setting | what it does |
|---|---|
| `FRONTDESK_CRASH_AT=<point>` | dies by SIGKILL when it reaches this point for the first time |
| `FRONTDESK_CRASH_AT=<point>@3` | the third time |
| `FRONTDESK_CRASH_AT=<point>~0.1:7` | each time with a probability of 0.1; lots are drawn from the seed 7 |
| `FRONTDESK_CRASH_LOG=<file>` | appends the name of each point that is reached; counting and lots go on over restarts |

A point is one of the writes below with `.before` (it never happened) or `.after` (it is durable, and nothing behind it ran).
Its name says which service, what it handles (an event, an HTTP request, or a task of its own), and what it writes; `-2` is
the second equal write for the same event. `ack`, `nak` and `dead-letter` are how a message is settled.

Made by `CRASH_POINTS=write pytest tests/integration/crash`; the same test fails when a write is missing here.
"""


def by_signature() -> set[str]:
    """Writes that every handler has, whether a flow leads there or not: what it may publish, how its message is settled."""
    found = set()
    for stage, functions in handlers():
        for handler in functions:
            taken, outputs = signature(handler)
            place = f"{stage}.{'BackendEvent' if issubclass(taken, BackendEvent) else taken.__name__}"
            found |= {f"{place}.publish-{output.__name__}" for output in outputs}
            found |= {f"{place}.{how}" for how in ("ack", "nak", "dead-letter")}
            found |= {f"{place}.publish-DeadLetter", f"{place}.publish-NoticeDue"}
    return found


def writes(points: Iterable[str]) -> set[str]:
    """The writes that points belong to."""
    return {point.rpartition(".")[0] for point in points}


def listed() -> set[str]:
    """The writes that are documented."""
    return set(re.findall(r"^    ([\w.-]+)$", DOCUMENT.read_text(), re.MULTILINE))


def points() -> list[str]:
    """Every crash point that is documented."""
    return [f"{write}.{moment}" for write in sorted(listed()) for moment in MOMENTS]


def write(found: set[str]) -> None:
    sections = [_HEAD]
    for stage in dict.fromkeys(name for name, _ in handlers()):
        mine = sorted(write for write in found if write.startswith(f"{stage}."))
        sections.append(f"## {stage}\n\n" + "".join(f"    {write}\n" for write in mine))
    DOCUMENT.write_text("\n".join(sections))
