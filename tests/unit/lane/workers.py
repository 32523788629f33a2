"""The stages' work as generators: a yield stands after every write and call, where a worker may be paused or die.

What a stage may do between two yields is what one statement of the record store, or one call, does.
"""

from collections.abc import Callable
from typing import Any

from shared.contracts import (
    ActionCompleted,
    Draft,
    EffectCompleted,
    EffectRequested,
    Event,
    LookupRequested,
    MessageReceived,
    Notice,
    NoticeDue,
    ReplyDrafted,
    Text,
    action_id,
)
from shared.lane.confirmation import result_item
from shared.lane.delivery import CALL_TIMEOUT, Claimed, Settled
from shared.lane.documents import Conversation, Pending, Step, Turn
from shared.lane.effects import refused
from shared.lane.sweep import first_event
from tests.unit.lane.world import CUSTOMER, EXPIRE_AFTER, Later, Poison, Steps, Worker, World


def stamped(cause: Event, *events: Event) -> list[Event]:
    return [event.because_of(cause, position) for position, event in enumerate(events)]


def begin(w: World, me: Worker, event: MessageReceived) -> Steps:
    """Agent (safety and context hold no record: they are part of the hop): ask, store the step, publish it."""
    ids = w.said(event)
    if any(id[0] == "z" for id in ids):
        raise Poison
    asked = decide(w, ids, event.turn)
    turn, _ = w.change_turn(event, lambda turn: w.ops.store_step(turn, 0, asked))
    yield "stored"
    return stamped(event, *published(w, turn, event))


def decide(w: World, ids: list[str], turn: str) -> Step:
    """The model's answer: another one each time it is asked."""
    kinds = {id[0] for id in ids}
    kind = "look" if "l" in kinds else final(kinds)
    return Step(answer={"saw": " ".join(ids), "nonce": w.random()}, decision={"kind": kind})


def final(kinds: set[str]) -> str:
    return "handoff" if "h" in kinds else "confirm" if "r" in kinds else "reply"


def published(w: World, turn: Turn, event: Event) -> list[Event]:
    """What the last step that is stored asks for."""
    number, last = len(turn.steps) - 1, turn.steps[-1]
    if last.decision["kind"] == "look":
        calls = [action_id(event.turn, number, slot) for slot in (0, 1)]
        return [
            LookupRequested(conversation="conv", epoch=event.epoch, action=action, tool="look", arguments={}, customer=CUSTOMER)
            for action in calls
        ]
    kind, saw = last.decision["kind"], str(last.answer["saw"])
    proposal = None
    if kind == "confirm":
        asked = next(id for id in saw.split() if id[0] == "r")
        proposal = w.proposal(action_id(event.turn, number, 0), asked)
    draft = Draft(kind=kind, parts=(Text(text=str(last.answer["nonce"])),) * w.parts, said=saw, proposal=proposal)
    return [ReplyDrafted(conversation="conv", epoch=event.epoch, draft=draft)]


def look_up(w: World, me: Worker, event: LookupRequested) -> Steps:
    """Actions, a look-up: run, publish; again it is harmless."""
    yield "looked"
    done = ActionCompleted(conversation="conv", epoch=event.epoch, action=event.action, tool="look", ok=True, result={})
    return stamped(event, done)


def resume(w: World, me: Worker, event: ActionCompleted) -> Steps:
    """Agent: join the results; with the last one, the next step."""
    number = int(event.action.rsplit(":", 2)[1])
    calls = frozenset(action_id(event.turn, number, slot) for slot in (0, 1))
    turn, results = w.change_turn(event, lambda turn: w.ops.store_result(turn, number, event.action, {}, calls))
    yield "joined"
    if results is None:
        return []
    saw = str(turn.steps[number].answer["saw"])
    kind = final({id[0] for id in saw.split()})
    step = Step(results=results, answer={"saw": saw, "nonce": w.random()}, decision={"kind": kind})
    turn, _ = w.change_turn(event, lambda turn: w.ops.store_step(turn, number + 1, step))
    yield "stored"
    return stamped(event, *published(w, turn, event))


def template(lane: Conversation, event: NoticeDue) -> Draft | None:
    """Words for a turn without a model, or one that is given up. None: the turn is over."""
    if lane.active is None or lane.active.epoch != event.epoch:
        return None
    ids = " ".join(item.id for item in lane.active.members)
    return Draft(kind="notice", parts=(Notice(text=event.reason),), said=ids)


def egress(w: World, me: Worker, event: ReplyDrafted | NoticeDue) -> Steps:
    """Deliver a draft, or a notice, as the end of its turn."""
    lane = w.lane
    yield "read"
    draft = event.draft if isinstance(event, ReplyDrafted) else template(lane, event)
    if draft is None:
        return follow(w, None)
    now, attempt = w.now + me.skew, w.random()
    if w.channel == "record":
        settled = w.change(lambda lane: written(w, lane, event.epoch, draft, now))
        yield "settled"
        return follow(w, settled)
    claimed = w.change(
        lambda lane: w.ops.claim(lane, event.epoch, draft, attempt=attempt, now=now, pending=pending(draft, now))
    )
    yield "claimed"
    settled = yield from carry(w, me, event.epoch, claimed)
    yield "settled"
    return follow(w, settled)


def written(w: World, lane: Conversation, epoch: int, draft: Draft, now: float) -> tuple[Conversation, Settled]:
    """On a record channel, being written is being read: the reply lands with the write that ends the turn."""
    outcome = "notice" if draft.kind == "notice" else "answered"
    after, settled = w.ops.deliver(lane, epoch, draft, outcome, now=now, pending=pending(draft, now))
    if settled.settled:
        reached(w, lane, epoch, draft, f"{epoch}:0")
    return after, settled


def pending(draft: Draft, now: float) -> Pending | None:
    if draft.proposal is None:
        return None
    return Pending(proposal=draft.proposal, token_hash=f"hash of {draft.proposal.action}", expires=now + EXPIRE_AFTER)


def reached(w: World, lane: Conversation, epoch: int, draft: Draft, key: str) -> None:
    if key.endswith(":0"):
        w.ghost.replied(lane, epoch, keyed=w.channel == "keys")
    elif lane.owner == "person" or lane.active is None or lane.active.epoch != epoch:
        w.ghost.replied(lane, epoch, keyed=False)
    w.at_channel.add(key)
    if draft.proposal:
        w.ghost.shown[draft.proposal.action] = draft.proposal.arguments


def carry(w: World, me: Worker, epoch: int, claimed: Claimed) -> Any:
    """From a claim, ours or another's, to the end of the turn. Generator; returns what settling told."""
    while claimed.state != "over":
        held = claimed.claim
        assert held
        key = f"{epoch}:{held.part}"
        if claimed.state == "mine":
            if not w.ops.may_call(held.until, w.now + me.skew):
                raise Later
            began = w.now
            yield "calling"
            if w.now - began >= CALL_TIMEOUT:
                raise Later  # given up by its time-out; it did not land
            reached(w, w.lane, epoch, held.draft, key)
            yield "called"
        else:
            act = w.ops.remedy(held.until, w.channel, w.now + me.skew, wanted=w.lane.wanted is not None)
            if act == "wait":
                raise Later
            if act == "unknown":
                return end(w, me, epoch, held.attempt, "unknown")
            found = act == "ask" and key in w.at_channel
            yield "looked up"
            if not found:
                if w.lane.wanted and act == "ask":
                    if held.part:
                        return end(w, me, epoch, held.attempt, outcome_of(held.draft))
                    return w.change(lambda lane: w.ops.unsent(lane, epoch, held.attempt))
                now, new = w.now + me.skew, w.random()
                claimed = w.change(lambda lane: w.ops.reclaim(lane, epoch, held.attempt, new_attempt=new, now=now))
                yield "reclaimed"
                if claimed.state == "theirs":
                    raise Later
                continue
        if held.part + 1 == len(held.draft.parts):
            return end(w, me, epoch, held.attempt, outcome_of(held.draft))
        now, new = w.now + me.skew, w.random()
        claimed = w.change(lambda lane: w.ops.next_part(lane, epoch, held.attempt, new_attempt=new, provider_id=key, now=now))
        if claimed.state == "theirs":
            return end(w, me, epoch, held.attempt, outcome_of(held.draft))
        yield "next part"
    return None


def outcome_of(draft: Draft) -> str:
    return "notice" if draft.kind == "notice" else "answered"


def end(w: World, me: Worker, epoch: int, attempt: str, outcome: str) -> Settled:
    now = w.now + me.skew
    settled: Settled = w.change(lambda lane: w.ops.settle(lane, epoch, attempt, outcome, now=now))
    return settled


def follow(w: World, settled: Settled | None) -> list[Event]:
    """The first event of the turn that runs now; said again it is dropped as a duplicate."""
    return [first_event(w.lane, w.lane.active)] if w.lane.active and not w.lane.active.claim else []


def act(w: World, me: Worker, event: EffectRequested) -> Steps:
    """Actions, a sensitive one: start, call, record, publish."""
    lane, attempt, now = w.lane, w.random(), w.now + me.skew
    yield "read"
    target = str(event.arguments.get("target", ""))
    effect = w.ops.start(lane, event.action, attempt=attempt, now=now, target=target)
    if effect is None:
        return []
    mine = w.insert(effect)
    if not mine and effect.id not in w.effects:
        w.insert(refused(effect, "its target is taken"))
    yield "inserted"
    while (effect := w.effects[event.action]).state == "started":
        if mine:
            mine = False
            if not w.ops.may_call(effect.until, w.now + me.skew):
                raise Later
            began, attempt, arguments = w.now, effect.attempt, effect.proposal.arguments
            yield "calling"
            if w.now - began >= CALL_TIMEOUT:
                raise Later
            w.ghost.executed(event.action, arguments, keyed=w.provider == "keys")
            yield "called"
            w.change_effect(event.action, lambda e: w.ops.record(e, attempt, "succeeded", text="done"))
        else:
            read, now = effect.attempt, w.now + me.skew
            remedy = w.ops.overdue(effect, w.provider, now)
            if remedy == "wait":
                raise Later
            if remedy == "unknown":
                w.change_effect(event.action, lambda e: w.ops.record(e, read, "unknown", text="unknown"))
            elif remedy == "ask" and w.ghost.hits.get(event.action):
                yield "looked up"
                w.change_effect(event.action, lambda e: w.ops.record(e, read, "succeeded", text="done"))
            else:
                yield "looked up"
                new, now = w.random(), w.now + me.skew
                mine = w.change_effect(event.action, lambda e: w.ops.reclaim_effect(e, read, new_attempt=new, now=now))
                if not mine:
                    raise Later
        yield "recorded"
    done = EffectCompleted(
        conversation="conv", epoch=event.epoch, action=event.action, tool=event.tool, status=effect.state, text=effect.text
    )
    return stamped(event, done)


def admit_result(w: World, me: Worker, event: EffectCompleted) -> Steps:
    """Egress: the result of a confirmed action is an input. Idle on a record channel, it is told in the same write."""
    item = result_item(event.action, event.status, event.text, CUSTOMER, w.now)

    def transition(lane: Conversation) -> tuple[Conversation, Settled | None]:
        after, admitted = w.ops.result(lane, event.action, item, w.now)
        if admitted:
            w.ghost.result(event.action, event.status)
        if admitted is None or admitted.place != "activated" or w.channel != "record":
            return after, None
        w.ghost.wrote(lane, after, w.now)  # the composed write shows its half to nobody else
        draft = template(after, NoticeDue(conversation="conv", epoch=after.epoch, reason="result"))
        assert draft
        return written(w, after, after.epoch, draft, w.now)

    settled = w.change(transition)
    yield "admitted"
    return follow(w, settled)


HANDLERS: dict[str, Callable[..., Steps]] = {
    "message-received": begin,
    "lookup-requested": look_up,
    "action-completed": resume,
    "reply-drafted": egress,
    "notice-due": egress,
    "effect-requested": act,
    "effect-completed": admit_result,
}
