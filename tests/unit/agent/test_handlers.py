import asyncio
import json
from typing import Any

import pytest

from services.agent.domain import Policy
from services.agent.models.port import Answer, ModelRefused, ModelUnavailable, Preview, Request
from shared.contracts import ActionCompleted, EffectRequested, LookupRequested, ReplyDrafted, WebhookRequested
from shared.errors import Rejected
from shared.lane.admission import admit
from shared.lane.documents import Item, Turn, opened
from tests.memory import MemoryRecords
from tests.unit.agent.sample import TOOLS, Catalogue, Scripted, Shown, agent, assembled, calls, says, tool

ORDER = {"order_id": "ORD-10001"}


def completed(request: Any, ok: bool = True, **result: Any) -> ActionCompleted:
    fields = {name: getattr(request, name) for name in ("conversation", "epoch", "action", "tool")}
    return ActionCompleted(**fields, ok=ok, result=result).because_of(assembled(), 0)


async def test_a_plain_turn_is_one_step_stored_and_one_reply() -> None:
    records, shown = MemoryRecords(), Shown()
    made = agent(Scripted([says("Hello!")]), records, progress=shown)
    [reply] = await made.begin(assembled("Hi"))
    assert isinstance(reply, ReplyDrafted)
    assert [part.model_dump() for part in reply.draft.parts] == [{"type": "text", "text": "Hello!"}]
    assert (reply.draft.kind, reply.draft.said, reply.draft.language, reply.deltas) == ("reply", "Hi", "en", 1)
    turn = await records.get(Turn, "c1:1")
    assert turn is not None
    assert (turn.said, turn.steps[0].answer["content"], records.writes) == ("Hi", "Hello!", 1)
    assert [delta.text for delta in shown.deltas] == ["Hello!"]


async def test_an_assumed_language_stays_an_assumed_one() -> None:
    made = agent(Scripted([calls(("check_order_status", ORDER)), says("Hallo!")]))
    [request] = await made.begin(assembled("ok", language="de", language_assumed=True))
    assert isinstance(request, LookupRequested)
    [reply] = await made.resume(completed(request, status="shipped"))
    assert isinstance(reply, ReplyDrafted)
    assert (request.language, request.language_assumed) == ("de", True)
    assert (reply.draft.language, reply.language_assumed) == ("de", True)


async def test_a_redelivery_publishes_the_stored_answer_without_asking_again() -> None:
    models = Scripted([says("one"), says("two")])
    made = agent(models)
    assert await made.begin(assembled()) == await made.begin(assembled())
    assert len(models.requests) == 1


async def test_a_look_up_leaves_with_the_customer_of_the_session_and_its_result_resumes() -> None:
    models = Scripted([calls(("check_order_status", ORDER)), says("It is on its way.")])
    made = agent(models)
    [request] = await made.begin(assembled())
    assert isinstance(request, LookupRequested)
    assert (request.action, request.customer.id, request.arguments) == ("c1:1:0:0", "cus_demo", ORDER)
    [reply] = await made.resume(completed(request, status="shipped"))
    assert isinstance(reply, ReplyDrafted)
    assert reply.draft.state == {"tool": "check_order_status", "order_id": "ORD-10001"}
    told = [message for message in models.requests[1].messages if message["role"] == "tool"]
    assert [json.loads(message["content"]) for message in told] == [{"ok": True, "status": "shipped"}]
    assert await made.resume(completed(request, status="shipped")) == [reply]
    assert await made.begin(assembled()) == [reply]  # the sweeper's cure: straight to the last stored step
    assert len(models.requests) == 2


async def test_of_two_workers_that_ask_at_once_one_answer_stands_and_both_publish_it() -> None:
    both = asyncio.Barrier(2)

    class Racing(Scripted):
        async def ask(self, request: Request, preview: Preview) -> Answer:
            answer = await super().ask(request, preview)
            await both.wait()
            return answer

    other = calls(("check_order_status", {"order_id": "ORD-10002"}))
    made = agent(Racing([calls(("check_order_status", ORDER)), other, says("a"), says("b")]))
    first, second = await asyncio.gather(made.begin(assembled()), made.begin(assembled()))
    assert first == second
    assert isinstance(first[0], LookupRequested)
    first, second = await asyncio.gather(made.resume(completed(first[0])), made.resume(completed(first[0])))
    assert first == second
    assert isinstance(first[0], ReplyDrafted)


async def test_a_late_result_of_a_step_that_others_followed_publishes_nothing() -> None:
    look_up = calls(("check_order_status", ORDER))
    made = agent(Scripted([look_up, look_up, says("Done.")]))
    [first] = await made.begin(assembled())
    [second] = await made.resume(completed(first))
    await made.resume(completed(second))
    assert await made.resume(completed(first)) == []


async def test_parallel_calls_are_joined_whatever_their_order() -> None:
    models = Scripted([calls(("check_order_status", ORDER), ("search_products", ORDER)), says("Both.")])
    made = agent(models)
    first, second = await made.begin(assembled())
    assert await made.resume(completed(second, found=2)) == []
    assert await made.resume(completed(second, found=2)) == []
    [reply] = await made.resume(completed(first, found=1))
    assert isinstance(reply, ReplyDrafted)
    told = [json.loads(each["content"])["found"] for each in models.requests[1].messages if each["role"] == "tool"]
    assert told == [1, 2]


async def test_a_sensitive_call_stands_alone() -> None:
    mixed = calls(("refund_order", ORDER), ("check_order_status", ORDER))
    models = Scripted([mixed, calls(("refund_order", ORDER))])
    made = agent(models)
    [look_up] = await made.begin(assembled())
    assert isinstance(look_up, LookupRequested)
    [effect] = await made.resume(completed(look_up))
    assert isinstance(effect, EffectRequested)
    assert (effect.action, effect.tool) == ("c1:1:1:0", "refund_order")
    told = {each["tool_call_id"]: json.loads(each["content"]) for each in models.requests[1].messages if each["role"] == "tool"}
    assert told["call_0"]["status"] == "deferred"


async def test_of_two_sensitive_calls_one_goes_out_and_the_other_is_told_so_when_that_was_not_possible() -> None:
    models = Scripted([calls(("refund_order", ORDER), ("refund_order", {"order_id": "ORD-10002"})), says("No.")])
    made = agent(models)
    [effect] = await made.begin(assembled())
    assert effect.action == "c1:1:0:0"
    [reply] = await made.resume(completed(effect, ok=False, error="not refundable"))
    assert isinstance(reply, ReplyDrafted)
    told = [json.loads(each["content"]) for each in models.requests[1].messages if each["role"] == "tool"]
    assert told[0] == {"ok": False, "error": "not refundable"}
    assert told[1]["status"] == "deferred"
    assert "order_id" not in reply.draft.state  # it did not go well


async def test_a_webhook_leaves_on_its_own_subject() -> None:
    [request] = await agent(Scripted([calls(("notify_webhook", ORDER))])).begin(assembled())
    assert isinstance(request, WebhookRequested)


async def test_a_hand_off_wins_over_everything_else() -> None:
    answer = calls(("check_order_status", ORDER), ("transfer_to_human", {"reason": "asked for a person"}))
    [reply] = await agent(Scripted([answer])).begin(assembled())
    assert isinstance(reply, ReplyDrafted)
    assert reply.draft.kind == "handoff"
    assert reply.draft.state["handoff_reason"] == "asked for a person"
    assert reply.draft.parts[0].model_dump() == {"type": "notice", "text": "[handoff en]"}


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("delete_everything", {}, "no such tool"),
        ("check_order_status", "{not json", "not valid JSON"),
        ("check_order_status", "[1]", "not a JSON object"),
        ("check_order_status", {}, "missing order_id"),
        ("check_order_status", {"order_id": 7}, "order_id: must satisfy type"),
        ("check_order_status", {"order_id": "7"}, "order_id: must satisfy pattern"),
        ("check_order_status", {**ORDER, "customer_id": "cus_other"}, "customer_id: there is no such field"),
        ("check_order_status", "[" * 5000, "not valid JSON"),
    ],
)
async def test_a_call_that_cannot_be_made_never_leaves_and_the_model_is_told(name: str, arguments: Any, told: str) -> None:
    models = Scripted([calls((name, arguments)), says("Sorry.")])
    [reply] = await agent(models).begin(assembled())
    assert isinstance(reply, ReplyDrafted)
    [result] = [json.loads(each["content"]) for each in models.requests[1].messages if each["role"] == "tool"]
    assert result["ok"] is False
    assert told in result["error"]
    [echoed] = [each for each in models.requests[1].messages if each.get("tool_calls")]
    assert isinstance(json.loads(echoed["tool_calls"][0]["function"]["arguments"]), dict)


async def test_a_turn_that_does_not_end_ends_in_a_notice_with_an_offer() -> None:
    models = Scripted(lambda _: calls(("no_such_tool", {})))
    [reply] = await agent(models, policy=Policy(steps=4)).begin(assembled())
    assert isinstance(reply, ReplyDrafted)
    assert reply.draft.kind == "notice"
    assert [part.model_dump() for part in reply.draft.parts] == [
        {"type": "notice", "text": "[gave_up_steps en]"},
        {"type": "quick_replies", "options": ("[offer_person en]",)},
    ]
    assert len(models.requests) == 4


async def test_calls_of_a_turn_are_bounded() -> None:
    six = calls(*[("check_order_status", ORDER)] * 6)
    models = Scripted([six, says("Enough.")])
    requests = await agent(models, policy=Policy(calls=4)).begin(assembled())
    assert [request.action for request in requests] == [f"c1:1:0:{slot}" for slot in range(4)]


async def test_a_model_that_is_away_is_waited_for_then_given_up() -> None:
    records = MemoryRecords()
    lane, _ = admit(opened("c1", "cus_demo", "web", 990.0), Item(id="m1", at=990.0, customer=assembled().customer), 990.0)
    await records.insert(lane)
    clock = [1000.0]
    models = Scripted(lambda _: ModelUnavailable("away", after=2.0))
    made = agent(models, records, patience=30.0, now=lambda: clock[0])
    with pytest.raises(ModelUnavailable):
        await made.begin(assembled())
    clock[0] = 1018.5  # two seconds from now would be too late
    [reply] = await made.begin(assembled())
    assert isinstance(reply, ReplyDrafted)
    assert reply.draft.parts[0].model_dump()["text"] == "[gave_up_unavailable en]"
    assert await made.begin(assembled()) == [reply]  # the notice stands, though the model may be back
    assert len(models.requests) == 2


async def test_a_request_that_every_model_refuses_is_rejected() -> None:
    with pytest.raises(Rejected):
        await agent(Scripted(lambda _: ModelRefused("too long"))).begin(assembled())


@pytest.mark.parametrize(
    ("finish", "text", "kind", "shown"),
    [
        ("content_filter", "", "notice", "[gave_up_filtered en]"),
        ("length", "It was shipped on Monday. It will arr", "reply", "It was shipped on Monday. …"),
        ("length", "", "notice", "[gave_up_unavailable en]"),
    ],
)
async def test_answers_that_were_cut_or_filtered(finish: str, text: str, kind: str, shown: str) -> None:
    [reply] = await agent(Scripted([Answer(says(text), finish, "m")])).begin(assembled())
    assert isinstance(reply, ReplyDrafted)
    assert (reply.draft.kind, reply.draft.parts[0].model_dump()["text"]) == (kind, shown)


async def test_a_release_with_other_tools_replays_the_old_decision() -> None:
    catalogue = Catalogue()
    made = agent(Scripted([calls(("check_order_status", ORDER))]), catalogue=catalogue)
    before = await made.begin(assembled())
    catalogue.current = (tool("check_order_status", "effect", confirmation=True), *TOOLS[1:])
    assert await made.begin(assembled()) == before


async def test_needless_personal_data_is_warned_of() -> None:
    [reply] = await agent(Scripted([says("Hi")])).begin(assembled(found=("CARD", "EMAIL")))
    assert isinstance(reply, ReplyDrafted)
    assert [part.model_dump()["text"] for part in reply.draft.parts] == ["[needless_data en]", "Hi"]


@pytest.mark.parametrize("action", ["nonsense", "c1:1:0:7", "c1:1:5:0", "c1:2:0:0", "c2:1:0:0", "c1:1:-1:0", "c1:1:x:0"])
async def test_a_result_that_nobody_asked_for_is_rejected(action: str) -> None:
    made = agent(Scripted([calls(("check_order_status", ORDER))]))
    await made.begin(assembled())
    event = ActionCompleted(conversation="c1", epoch=1, action=action, tool="check_order_status", ok=True, result={})
    with pytest.raises(Rejected):
        await made.resume(event)
