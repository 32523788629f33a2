"""Crash points: the places at which a process can be made to die, so that a test can show what heals it.

What survives a crash is what was written, so a crash anywhere between two writes is a crash just after the first or just
before the second. Those are the points: `before` and `after` every write of every stage, named

    <stage>.<what it is doing>.<write>-<target>[-<n>].before|after       egress.ReplyDrafted.change-conversation.after

What it is doing is the event that is handled, the noun of an HTTP request (`messages`, `lease`), or a task of its own
(`sweeper`). `n` counts equal writes within one of these, from 2. After `before` the write never happened; at `after`
it is durable and nothing behind it ran. `docs/crash-points.md` lists them all.

Nothing of this stands in a stage. The composition root wraps the ports that stages write through: records, JetStream,
acknowledgements, and calls that change something in another system. Without the settings, it wraps nothing.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import httpx2

from services.crash.fuse import Reached
from services.crash.points import Doing, Write, doing, write
from services.crash.ports import Handling, WatchedProducer, WatchedRecords
from shared.http.calls import CallHooks
from shared.platform import Platform, Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """The points of one stage: wraps what it is built with, and what is built."""

    stage: str
    reached: Reached

    def platform(self, platform: Platform) -> Platform:
        """The platform with its ports wrapped."""
        return replace(
            platform,
            records=WatchedRecords(platform.records, self.write),
            key_records=WatchedRecords(platform.key_records, self.write) if platform.key_records else None,
            middlewares=(*platform.middlewares, partial(Handling, self.write)),
            call_hooks=self.call_hooks,
        )

    def built(self, stage: Stage) -> Stage:
        """The stage, not yet started, with its publishing and its HTTP app wrapped."""
        stage.broker.config.broker_config.js_producer = WatchedProducer(self.write)
        return replace(stage, http=_door(stage.http)) if stage.http else stage

    def write(self, what: str) -> Write:
        """The next write of this kind in what the stage is doing now."""
        return write(self.stage, what, self.reached)

    def call_hooks(self, system: str) -> CallHooks:
        """For a client of `system`: points around what it sends; asking changes nothing and has none."""

        async def before(request: httpx2.Request) -> None:
            if request.method != "GET":
                request.extensions["crash_points"] = call = self.write(f"call-{system}")
                call.before()

        async def after(response: httpx2.Response) -> None:
            if call := response.request.extensions.get("crash_points"):
                call.after()

        return {"request": [before], "response": [after]}


def _door(http: Any) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await http(scope, receive, send)
            return
        told = doing.set(Doing(route(scope["method"], scope["path"])))
        try:
            await http(scope, receive, send)
        finally:
            doing.reset(told)

    return app


def route(method: str, path: str) -> str:
    """The noun of a request: `messages` for POST `/v1/conversations/<id>/messages`, `delete-lease` for DELETE
    `/v1/desk/conversations/<id>/lease`."""
    nouns = [part for part in path.split("/") if part not in ("", "v1", "desk")]
    noun = nouns[2] if len(nouns) > 2 else nouns[0] if nouns else "root"
    return noun if method == "POST" else f"{method.lower()}-{noun}"
