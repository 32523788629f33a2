"""Egress as generators: deliver a draft or a notice, reconcile what is unknown, admit a result."""

from typing import Any

from shared.contracts import Draft, EffectCompleted, Event, Notice, NoticeDue, ReplyDrafted
from shared.lane.confirmation import result_item
from shared.lane.delivery import CALL_TIMEOUT, Claimed, Settled
from shared.lane.documents import Claim, Conversation, Pending
from shared.lane.sweep import first_event
from tests.unit.lane.world import CUSTOMER, EXPIRE_AFTER, Later, Steps, Worker, World


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
        return follow(w)
    now = w.now + me.skew
    if w.channel == "record":
        w.change(written, w, event.epoch, draft, now)
    else:
        attempt, proposed = w.random(), pending(draft, now)
        claimed = w.change(w.ops.claim, event.epoch, draft, attempt=attempt, now=now, pending=proposed)
        yield "claimed"
        yield from carry(w, me, event.epoch, claimed)
    yield "settled"
    return follow(w)


def written(lane: Conversation, w: World, epoch: int, draft: Draft, now: float) -> tuple[Conversation, Settled]:
    """On a record channel, being written is being read: the reply lands with the write that ends the turn."""
    after, settled = w.ops.deliver(lane, epoch, draft, outcome(draft), now=now, pending=pending(draft, now))
    if settled.settled:
        reached(w, lane, epoch, draft, f"{epoch}:0")
    return after, settled


def pending(draft: Draft, now: float) -> Pending | None:
    if draft.proposal is None:
        return None
    return Pending(proposal=draft.proposal, token_hash=f"hash of {draft.proposal.action}", expires=now + EXPIRE_AFTER)


def outcome(draft: Draft) -> str:
    return "notice" if draft.kind == "notice" else "answered"


def reached(w: World, lane: Conversation, epoch: int, draft: Draft, key: str) -> None:
    """A part of a reply reaches the customer, and with it the button that it shows."""
    w.ghost.replied(lane, epoch, key, keyed=w.channel == "keys")
    w.at_channel.add(key)
    if draft.proposal:
        w.ghost.shown[draft.proposal.action] = draft.proposal.arguments


def carry(w: World, me: Worker, epoch: int, claimed: Claimed) -> Any:
    """From a claim, ours or another's, to the end of the turn."""
    while claimed.state != "over":
        held = claimed.claim
        assert held
        key = f"{epoch}:{held.part}"
        if claimed.state == "mine":
            yield from call(w, me, epoch, held, key)
            claimed = sent(w, me, epoch, held, key)
            yield "next part"
            continue
        act = w.ops.remedy(held.until, w.channel, w.now + me.skew, wanted=w.lane.wanted is not None)
        if act == "wait":
            raise Later
        if act == "ask":
            found = key in w.at_channel
            yield "looked up"
            if found:
                claimed = sent(w, me, epoch, held, key)
                continue
        if act == "unknown":
            settle(w, me, epoch, held, "unknown")
            return
        if w.lane.wanted and act == "ask":
            if held.part:
                settle(w, me, epoch, held, outcome(held.draft))
            else:
                w.change(w.ops.unsent, epoch, held.attempt)
            return
        claimed = w.change(w.ops.reclaim, epoch, held.attempt, new_attempt=w.random(), now=w.now + me.skew)
        yield "reclaimed"
        if claimed.state == "theirs":
            raise Later


def call(w: World, me: Worker, epoch: int, held: Claim, key: str) -> Any:
    """Between the look at the own clock and the landing, anything may happen; a call that takes too long is given up."""
    if not w.ops.may_call(held.until, w.now + me.skew):
        raise Later
    began = w.now
    yield "calling"
    if w.now - began >= CALL_TIMEOUT:
        raise Later
    reached(w, w.lane, epoch, held.draft, key)
    yield "called"


def sent(w: World, me: Worker, epoch: int, held: Claim, key: str) -> Claimed:
    """A part was sent: on to the next one, or the end of the turn, also because a person waits."""
    if held.part + 1 < len(held.draft.parts):
        now = w.now + me.skew
        claimed: Claimed = w.change(w.ops.next_part, epoch, held.attempt, new_attempt=w.random(), provider_id=key, now=now)
        if claimed.state != "theirs":
            return claimed
    settle(w, me, epoch, held, outcome(held.draft))
    return Claimed("over")


def settle(w: World, me: Worker, epoch: int, held: Claim, how: str) -> None:
    w.change(w.ops.settle, epoch, held.attempt, how, now=w.now + me.skew)


def follow(w: World) -> list[Event]:
    """The first event of the turn that runs now; said again it is dropped as a duplicate."""
    return [first_event(w.lane, w.lane.active)] if w.lane.active and not w.lane.active.claim else []


def admit_result(w: World, me: Worker, event: EffectCompleted) -> Steps:
    """The result of a confirmed action is an input. Idle on a record channel, it is told in the same write."""
    w.change(told, w, event)
    yield "admitted"
    return follow(w)


def told(lane: Conversation, w: World, event: EffectCompleted) -> tuple[Conversation, Settled | None]:
    item = result_item(event.action, event.status, event.text, CUSTOMER, w.now)
    after, admitted = w.ops.result(lane, event.action, item, w.now)
    if admitted:
        w.ghost.result(event.action, event.status)
    if admitted is None or admitted.place != "activated" or w.channel != "record":
        return after, None
    w.ghost.wrote(lane, after, w.now)  # half of the write, which nobody else sees
    draft = template(after, NoticeDue(conversation="conv", epoch=after.epoch, reason="result"))
    assert draft
    return written(after, w, after.epoch, draft, w.now)
