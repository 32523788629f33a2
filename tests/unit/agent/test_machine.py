"""Any answers of a model, any redeliveries, any order of results, crashes anywhere: one answer for a step, and an end."""

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.agent.domain import Policy
from services.agent.models.port import Answer, ModelUnavailable, Request
from shared.contracts import ActionCompleted, EffectRequested, Event, LookupRequested, ReplyDrafted, WebhookRequested
from tests.memory import Crash, MemoryRecords
from tests.unit.agent.sample import Scripted, agent, assembled, calls, says

NAMES = ("check_order_status", "search_products", "refund_order", "notify_webhook", "transfer_to_human", "unknown")
ARGUMENTS = ({"order_id": "ORD-10001"}, {"order_id": "ORD-10002"}, {}, {"order_id": 7}, "{broken")
call = st.tuples(st.sampled_from(NAMES), st.sampled_from(ARGUMENTS))
answer = st.one_of(
    st.text(min_size=1, max_size=5).map(says),
    st.lists(call, min_size=1, max_size=4).map(lambda wanted: calls(*wanted)),
    st.builds(lambda finish: Answer(says(""), finish, "m"), st.sampled_from(["length", "content_filter"])),
    st.just(ModelUnavailable("away")),
)


class World:
    """A bus that loses, repeats and reorders; actions that answer; a process that dies at a write."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.records = MemoryRecords()
        self.models = Scripted(self.answer)
        self.agent = agent(self.models, self.records, policy=Policy(steps=4, calls=5))
        self.pending: list[Event] = [assembled()]
        self.published: dict[str, str] = {}
        self.chaos = True
        self.records.before = self.records.after = self.fault

    def answer(self, _: Request) -> Any:
        self.fault()
        return self.draw(answer)

    def fault(self) -> None:
        if self.chaos and self.draw(st.integers(0, 9)) == 0:
            raise Crash

    async def deliver(self, event: Event, *, lost: bool, again: bool) -> None:
        handler: Any = self.agent.begin if event.name == "turn-assembled" else self.agent.resume
        try:
            outputs = await handler(event)
        except Crash:
            return  # not acknowledged: it stays pending
        if lost:
            return  # died before it published: the same
        if not again:
            self.pending.remove(event)
        for output in outputs:
            self.publish(output)

    def publish(self, output: Event) -> None:
        key = getattr(output, "action", "reply")
        content = json.dumps([output.name, output.model_dump(exclude={"id", "caused_by"})], sort_keys=True)
        assert self.published.setdefault(key, content) == content, "two different answers for one step"
        if isinstance(output, LookupRequested | WebhookRequested):
            self.answered(output, self.draw(st.booleans()))
        elif isinstance(output, EffectRequested) and self.refused(output.action):
            self.answered(output, False)

    def refused(self, action: str) -> bool:
        return action.endswith("0")  # the same whenever it is asked for

    def answered(self, request: Any, ok: bool) -> None:
        fields = {name: getattr(request, name) for name in ("conversation", "epoch", "action", "tool")}
        self.pending.append(ActionCompleted(**fields, ok=ok, result={}))


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_one_answer_for_a_step_and_an_end(data: st.DataObject) -> None:
    world = World(data.draw)

    async def run() -> None:
        for _ in range(data.draw(st.integers(0, 12))):
            if world.pending:
                event = data.draw(st.sampled_from(world.pending))
                await world.deliver(event, lost=data.draw(st.booleans()), again=data.draw(st.booleans()))
        world.chaos = False
        while world.pending:
            await world.deliver(world.pending[0], lost=False, again=False)

    asyncio.run(run())
    prompted = [key for key, content in world.published.items() if "effect-requested" in content and not world.refused(key)]
    assert ("reply" in world.published) != bool(prompted)
    replies = [content for key, content in world.published.items() if key == "reply"]
    assert all(json.loads(content)[0] == ReplyDrafted.name for content in replies)


@settings(max_examples=100, deadline=None)
@given(st.lists(answer, min_size=8, max_size=8), st.integers(1, 6))
def test_a_turn_never_asks_more_often_than_its_policy_allows(answers: list[Any], steps: int) -> None:
    models = Scripted(answers)
    made = agent(models, policy=Policy(steps=steps, calls=3))

    async def run() -> int:
        out, left = 0, list(await made.begin(assembled()))
        while left:
            request = left.pop()
            if isinstance(request, ReplyDrafted):
                return out
            out += 1
            fields = {name: getattr(request, name) for name in ("conversation", "epoch", "action", "tool")}
            left += await made.resume(ActionCompleted(**fields, ok=False, result={}))
        raise AssertionError("no reply")

    assert asyncio.run(run()) <= 3
    assert len(models.requests) <= steps
