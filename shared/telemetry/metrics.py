"""What a process counts, as Prometheus scrapes it. Labels are of small closed sets: never an id, never a text.

What an alert waits for begins at 0: Prometheus sees no increase in a series that begins at 1.
"""

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, generate_latest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from shared.telemetry import names

guard_failures = Counter(names.GUARD_FAILURES, "Guards that broke and closed.", ("stage", "cause"))
turns_screened = Counter(names.TURNS_SCREENED, "Turns that safety decided on.", ("outcome",))
replies_rewritten = Counter(names.REPLIES_REWRITTEN, "Replies that something was taken out of.", ("found",))

for _stage in ("safety", "context", "agent", "actions", "egress"):
    for _cause in ("error", "key"):
        guard_failures.labels(_stage, _cause)
replies_rewritten.labels("prompt")


async def metrics(scope: Scope, receive: Receive, send: Send) -> None:
    """`GET /metrics`: all of this process, in Prometheus' text format."""
    await Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)(scope, receive, send)
