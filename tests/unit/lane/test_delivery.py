"""claim, call, next part, reclaim, settle, unsent, deliver: the deliveries ledger."""

import pytest

from shared.lane.delivery import (
    CALL_TIMEOUT,
    CALL_WITHIN,
    CLAIM_FOR,
    claim,
    deliver,
    may_call,
    next_part,
    reclaim,
    settle,
    unsent,
)
from shared.lane.documents import EPOCHS_AT_MOST, REMEMBERED, UNASSIGNED, Conversation
from shared.lane.ownership import take_over
from shared.lane.reconcile import Guarantee, Remedy, remedy
from tests.unit.lane.samples import ANN, NOW, draft, ids, item, lane, pending, sending

LATE = NOW + CLAIM_FOR + 0.1


def wanted(*names: str) -> Conversation:
    after, state = take_over(sending(*names), ANN)
    assert state == "wanted"
    return after


@pytest.mark.parametrize(
    ("before", "epoch", "state"),
    [
        (lane("m1"), 1, "mine"),
        (lane("m1"), 0, "over"),
        (lane("m1"), 2, "over"),
        (lane(), 0, "over"),
        (sending("m1", attempt="other"), 1, "theirs"),
        (sending("m1", attempt="try9"), 1, "mine"),  # the store's answer was lost: our own claim stands
        (take_over(lane("m1"), ANN)[0], 1, "over"),
    ],
)
def test_claim(before: Conversation, epoch: int, state: str) -> None:
    after, claimed = claim(before, epoch, draft(), attempt="try9", now=NOW)
    assert claimed.state == state
    if state == "mine":
        assert after.active
        assert after.active.claim == claimed.claim
        assert claimed.claim
        assert claimed.claim.until == NOW + CLAIM_FOR
    else:
        assert after is before


def test_a_claimed_prompt_is_the_open_proposal_in_the_same_write() -> None:
    after, _ = claim(lane("m1"), 1, draft("confirm"), attempt="try1", now=NOW, pending=pending())
    assert after.pending == pending()
    refused, _ = claim(lane("m1"), 7, draft("confirm"), attempt="try1", now=NOW, pending=pending())
    assert refused.pending is None


def test_a_call_that_may_begin_has_ended_before_anybody_may_ask_about_it() -> None:
    until = NOW + CLAIM_FOR
    assert may_call(until, NOW)
    assert may_call(until, NOW + CALL_WITHIN - 0.01)
    assert not may_call(until, NOW + CALL_WITHIN)
    assert CALL_WITHIN + CALL_TIMEOUT < CLAIM_FOR, "what is left pays for clocks that differ"


@pytest.mark.parametrize(
    ("before", "epoch", "read", "now", "state"),
    [
        (sending("m1"), 1, "try1", LATE, "mine"),
        (sending("m1"), 1, "try1", NOW + CLAIM_FOR, "theirs"),  # somebody may be in the call
        (sending("m1"), 1, "try0", LATE, "over"),  # another has claimed it again
        (sending("m1"), 2, "try1", LATE, "over"),
        (lane("m1"), 1, "try1", LATE, "over"),
        (wanted("m1"), 1, "try1", LATE, "theirs"),  # a person waits: nothing new is sent
    ],
)
def test_reclaim(before: Conversation, epoch: int, read: str, now: float, state: str) -> None:
    after, claimed = reclaim(before, epoch, read, new_attempt="try2", now=now)
    assert claimed.state == state
    if state == "mine":
        assert after.active
        assert after.active.claim
        assert (after.active.claim.attempt, after.active.claim.until) == ("try2", now + CLAIM_FOR)
        assert not settle(after, 1, read, "answered", now=now)[1].settled, "the older holder is out"
    else:
        assert after is before


@pytest.mark.parametrize(("epoch", "attempt"), [(1, "other"), (2, "try1"), (0, "try1")])
def test_settle_compares_epoch_and_attempt(epoch: int, attempt: str) -> None:
    before = sending("m1", "m2")
    after, settled = settle(before, epoch, attempt, "answered", now=NOW)
    assert after is before
    assert not settled.settled


def test_a_turn_of_whose_delivery_nobody_knows_is_remembered_as_such() -> None:
    before = sending("m1").model_copy(update={"unknown": tuple(range(-EPOCHS_AT_MOST, 0))})
    assert settle(before, 1, "try1", "answered", now=NOW)[0].unknown == before.unknown
    after, _ = settle(before, 1, "try1", "unknown", now=NOW)
    assert (len(after.unknown), after.unknown[-1]) == (EPOCHS_AT_MOST, 1)


def test_settle_ends_the_turn_and_activates_the_next_in_one_write() -> None:
    after, settled = settle(sending("m1", "m2", "m3"), 1, "try1", "answered", now=NOW + 1, provider_ids=("p1",))
    assert settled.done
    assert (settled.done.seq, settled.done.answers, settled.done.provider_ids) == (1, ("m1",), ("p1",))
    assert settled.next == after.active
    assert after.active
    assert (after.active.epoch, ids(after.active.members), after.active.claim) == (2, ["m2", "m3"], None)
    assert (after.done, after.delivered, after.language) == ((settled.done,), 1, "en")


def test_settle_grants_the_lease_that_waits_and_what_waited_is_the_persons_in_order() -> None:
    before = wanted("m1", "m2").model_copy(update={"inbox": (item("m3"),), "pending": pending()})
    after, settled = settle(before, 1, "try1", "answered", now=NOW)
    assert settled.handed_over
    assert (after.owner, after.lease, after.wanted, after.pending) == ("person", ANN, None, None)
    assert (ids(after.inbox), after.queue, after.active) == (["m2", "m3"], (), None)
    assert after.done[-1].answers == ("m1",), "the reply had left: it is told as such"


def test_unsent_gives_the_unanswered_turn_to_the_person_in_order() -> None:
    before = wanted("m1", "m2").model_copy(update={"inbox": (item("m3"),)})
    after, settled = unsent(before, 1, "try1")
    assert settled.handed_over
    assert settled.done is None
    assert (ids(after.inbox), after.done) == (["m1", "m2", "m3"], ())
    for refused in (unsent(before, 1, "other"), unsent(before, 2, "try1"), unsent(sending("m1"), 1, "try1")):
        assert not refused[1].settled


def test_a_hand_off_grants_a_lease_to_nobody_even_if_its_caller_names_none() -> None:
    after, settled = deliver(lane("m1", "m2"), 1, draft("handoff"), "answered", now=NOW)
    assert settled.handed_over
    assert after.lease
    assert after.lease.holder == UNASSIGNED
    assert after.lease.until > NOW
    assert ids(after.inbox) == ["m2"]
    named, _ = deliver(lane("m1"), 1, draft("handoff"), "answered", now=NOW, lease=ANN)
    assert named.lease == ANN
    ordinary, _ = deliver(lane("m1"), 1, draft(), "answered", now=NOW, lease=ANN)
    assert ordinary.owner == "bot", "a lease is granted by a hand-off, not by a reply"


def test_deliver_is_claim_and_settle_in_one_write() -> None:
    after, settled = deliver(lane("m1", "m2"), 1, draft("confirm"), "answered", now=NOW, pending=pending())
    assert settled.settled
    assert after.pending == pending()
    assert after.active
    assert after.active.epoch == 2
    for before, epoch in ((lane("m1"), 2), (sending("m1"), 1), (lane(), 0)):
        same, refused = deliver(before, epoch, draft(), "answered", now=NOW)
        assert same is before
        assert not refused.settled


def test_parts_are_held_one_after_the_other_until_a_person_waits() -> None:
    before = sending("m1", parts=3)
    after, claimed = next_part(before, 1, "try1", new_attempt="try2", provider_id="p0", now=NOW + 1)
    assert claimed.claim
    assert (claimed.state, claimed.claim.part, claimed.claim.provider_ids) == ("mine", 1, ("p0",))
    assert next_part(after, 1, "try1", new_attempt="try3", provider_id="p0", now=NOW)[1].state == "over"
    assert next_part(after, 1, "try1", new_attempt="try2", provider_id="p0", now=NOW)[1] == claimed, "its answer was lost"
    waits, _ = take_over(after, ANN)
    same, refused = next_part(waits, 1, "try2", new_attempt="try3", provider_id="p1", now=NOW)
    assert same is waits
    assert (refused.state, refused.wanted) == ("theirs", True)
    _, settled = settle(waits, 1, "try2", "answered", now=NOW, provider_ids=("p1",))
    assert settled.done
    assert settled.done.provider_ids == ("p0", "p1")


def test_what_was_delivered_leaves_the_record_when_it_is_old() -> None:
    after = lane("m0")
    for n in range(1, 31):
        after, _ = deliver(after, n, draft(), "answered", now=NOW)
        after = lane_with(after, f"m{n}")
    assert [done.seq for done in after.done] == [*range(31 - REMEMBERED, 31)]
    assert after.delivered == 30


def lane_with(before: Conversation, id: str) -> Conversation:
    from shared.lane.admission import admit

    return admit(before, item(id), NOW)[0]


@pytest.mark.parametrize(
    ("guarantee", "late", "waits", "expected"),
    [
        ("lookup", False, False, "wait"),
        ("keys", False, True, "wait"),
        ("neither", False, False, "wait"),
        ("lookup", True, False, "ask"),
        ("lookup", True, True, "ask"),
        ("keys", True, False, "again"),
        ("keys", True, True, "unknown"),
        ("neither", True, False, "unknown"),
        ("neither", True, True, "unknown"),
    ],
)
def test_what_is_done_about_an_unknown_outcome(guarantee: Guarantee, late: bool, waits: bool, expected: Remedy) -> None:
    assert remedy(NOW, guarantee, NOW + 0.1 if late else NOW, wanted=waits) == expected
