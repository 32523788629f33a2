"""What a middleware sees of a message, and what it may add. The tracing stands on this."""

from typing import Any

import pytest
from faststream import BaseMiddleware

from shared.messaging import Limits, Publisher, StageMiddleware, stage
from tests.integration.messaging.conftest import Bus, Running
from tests.integration.messaging.sample import Owner, asked
from tests.waiting import until

QUICK = Limits(attempts=2, patience=3, expires=4.0, idle_heartbeat=0.5)
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Spy(StageMiddleware):
    """Notes every step, with its place in the stack, and passes the trace on."""

    seen: list[str]
    place = "outer"

    def note(self, what: str) -> None:
        self.seen.append(f"{self.place} {what}")

    async def on_receive(self) -> None:
        self.note("receive")

    async def consume_scope(self, call_next: Any, msg: Any) -> Any:
        self.note(f"consume {msg.headers.get('traceparent', '-')[-2:]} {msg.raw_message.metadata.num_delivered}")
        try:
            return await call_next(msg)
        except Exception as error:
            self.note(f"failed {type(error).__name__}")
            raise

    async def publish_scope(self, call_next: Any, cmd: Any) -> Any:
        self.note(f"publish {cmd.destination}")
        cmd.headers = cmd.headers | {f"x-{self.place}": "1"}
        return await call_next(cmd)

    async def settle_scope(self, call_next: Any, verdict: Any) -> None:
        self.note(f"settle {verdict.kind} {verdict.attempt} {type(verdict.error).__name__}")
        await call_next(verdict)
        self.note("settled")

    async def after_processed(self, exc_type: Any = None, exc_val: Any = None, exc_tb: Any = None) -> bool:
        self.note(f"after {type(exc_val).__name__}")
        return False


@pytest.fixture
def spies() -> tuple[list[str], list[type[BaseMiddleware[Any, Any]]]]:
    seen: list[str] = []
    return seen, [type("Outer", (Spy,), {"seen": seen}), type("Inner", (Spy,), {"seen": seen, "place": "inner"})]


async def test_both_see_all_of_a_message_that_succeeds(desk: Bus, running: Running, spies: Any) -> None:
    seen, middlewares = spies
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK, middlewares=middlewares))
    await desk.send(asked("hi"), traceparent=TRACE)
    await until(lambda: seen and seen[-1].startswith("outer after"))
    assert seen == [
        "outer receive",
        "inner receive",
        "outer consume 01 1",
        "inner consume 01 1",
        "outer publish desk.v1.answered.c1",
        "inner publish desk.v1.answered.c1",
        "outer settle ack 1 NoneType",
        "inner settle ack 1 NoneType",
        "inner settled",
        "outer settled",
        "inner after NoneType",
        "outer after NoneType",
    ]
    [answer] = await desk.stored("desk.v1.answered.")
    assert {"x-outer", "x-inner", "Nats-Msg-Id"} <= set(answer.headers or {})


async def test_retry_and_dead_letter_are_seen_with_their_error(desk: Bus, running: Running, spies: Any) -> None:
    seen, middlewares = spies
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK, middlewares=middlewares[:1]))
    await desk.send(asked("bug"), traceparent=TRACE)
    await until(desk.settled)
    await until(lambda: sum("after" in each for each in seen) == 2)
    assert seen == [
        "outer receive",
        "outer consume 01 1",
        "outer failed KeyError",
        "outer settle nak 1 KeyError",
        "outer settled",
        "outer after KeyError",
        "outer receive",
        "outer consume 01 2",
        "outer failed KeyError",
        "outer settle dead-letter 2 KeyError",
        "outer publish dlq.desk.v1.asked.c1",
        "outer publish desk.v1.notice-due.c1",
        "outer settled",
        "outer after KeyError",
    ]
    [letter] = await desk.dead()
    assert (letter.headers or {})["x-outer"] == "1"
    assert (letter.headers or {})["traceparent"] == TRACE


async def test_bytes_that_are_no_event_fail_inside_the_consume_scope(desk: Bus, running: Running, spies: Any) -> None:
    seen, middlewares = spies
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK, middlewares=middlewares[:1]))
    await desk.js.publish("desk.v1.asked.c1", b"{")
    await until(desk.settled)
    await until(lambda: any("after" in each for each in seen))
    assert "outer failed ValidationError" in seen
    assert "outer settle dead-letter 1 ValidationError" in seen


async def test_what_is_published_without_a_cause_passes_the_publish_scopes(desk: Bus, running: Running, spies: Any) -> None:
    seen, middlewares = spies
    settings, publisher = await desk.provision(), Publisher()
    broker = stage("demo", settings, Owner(), (Owner.answer,), middlewares=middlewares, publisher=publisher)
    await running(broker)
    await publisher.publish(asked("hi"))
    assert seen[:2] == ["outer publish desk.v1.asked.c1", "inner publish desk.v1.asked.c1"]
    assert broker.outlet is publisher
    await until(desk.settled)


async def test_a_middleware_that_fails_loses_nothing(desk: Bus, running: Running) -> None:
    failures = ["receive", "settle"]

    class Faulty(StageMiddleware):
        async def on_receive(self) -> None:
            if failures and failures[0] == "receive":
                raise RuntimeError(failures.pop(0))

        async def settle_scope(self, call_next: Any, verdict: Any) -> None:
            if failures and failures[0] == "settle":
                raise RuntimeError(failures.pop(0))
            await call_next(verdict)

    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK, middlewares=[Faulty]))
    await desk.ask("hi")
    await until(desk.settled, 15)
    assert failures == []
    assert len(await desk.stored("desk.v1.answered.")) == 1
