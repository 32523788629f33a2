"""Every safeguard of the lane has a schedule that goes right with it and wrong without it.

| safeguard | what it is | schedule | without it |
|---|---|---|---|
| fence_one_doc | fence and claim are one compare-and-set on one document | taken over between reading and claiming | LEASE |
| epoch_fence | a claim compares the epoch | a draft of a turn that was taken over and came back | STALE |
| unique_claim | only an open turn can be claimed | two workers, one draft | TWICE |
| lease_waits | a take-over waits for an open claim to settle | taken over between claim and call | LEASE |
| call_deadline | no call after the claim's deadline | a worker wakes up after it | LEASE |
| early_look_up | no look-up before it | asked while a call is under way, and a person waits | LEASE |
| reclaim_cas | a retry compares and raises the attempt | two workers reconcile | TWICE |
| settle_cas | a settlement compares the attempt | settled while another calls again | STALE |
| lookup_first | an unknown outcome is asked for before a retry | died between effect and record | EFFECT |
| at_most_once | without keys or look-up nothing unknown is repeated | died between call and settle | TWICE |
| effect_insert | an effect is inserted, uniquely, before its call | two workers, one request | EFFECT |
| check_confirmed | actions reads `confirmed` before it starts | a request that no press caused | CONFIRM |
| press_fenced | a press compares owner and pending | pressed while a person has it | CONFIRM |
| void_on_takeover | a take-over voids the proposal | pressed after it was given back | CONFIRM |
| result_once | a result is admitted only while its action is in `confirmed` | the result comes again, long after | TWICE |
| sweep_confirmed | confirmed actions are swept | the press was the last thing its process did | BLOCKED |
| sweeper | the active turn is swept | its first event was never published | BLOCKED |
| give_up | a turn too old ends in a notice | its handler always fails | BLOCKED |
| msgid_attempt | `Nats-Msg-Id` carries the attempt | a later stream of the turn was lost | BLOCKED |
| admit_one_cas | append and activate are one write | one message | BLOCKED |
| release_activates | end and next activation are one write | one message behind another | BLOCKED |
| seen_kept | ids are remembered after their turn | a channel's retry after the answer | TWICE |
| person_admits | while a person owns it, inputs are theirs | a message to a person | LEASE |
| inbox_kept | a give-back re-admits what the person left | given back unanswered | LOST |
| step_per_epoch | steps are the epoch's | a turn that comes back with more | LOST |
| grant_in_order | a grant keeps the order of acceptance | messages before and after a person asks | ORDER |

The protocol's `supersede_guard` has no test: a message never supersedes a turn here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.lane.documents import SEEN_FOR
from tests.unit.lane import sabotage
from tests.unit.lane.ghost import Violation
from tests.unit.lane.world import EXPIRE_AFTER, World

ACTION = "conv:1:0:0"
Script = Callable[[World], None]


@dataclass(frozen=True)
class Safeguard:
    script: Script
    wrong: str
    world: dict[str, Any] = field(default_factory=dict)


def drafted(w: World, *ids: str) -> None:
    """The inputs are said, and the agent has published its draft for the turn that runs."""
    for id in ids:
        w.say(id)
    w.run(w.deliver("message-received"))


def taken_over_before_the_claim(w: World) -> None:
    drafted(w, "m1")
    worker = w.run(w.deliver("reply-drafted"), "read")
    w.take_over()
    w.run(worker)
    w.finish()


def a_draft_of_a_turn_that_came_back(w: World) -> None:
    drafted(w, "m1")
    w.take_over()
    w.say("m2")
    w.give_back()
    w.run(w.deliver("reply-drafted", 0))
    w.finish()


def two_workers_one_draft(w: World) -> None:
    drafted(w, "m1")
    first, second = (w.run(w.deliver("reply-drafted"), "claimed") for _ in range(2))
    w.run(first)
    w.run(second)
    w.finish()


def taken_over_between_claim_and_call(w: World) -> None:
    drafted(w, "m1")
    worker = w.run(w.deliver("reply-drafted"), "claimed")
    w.take_over()
    w.run(worker)
    w.finish()


def woken_after_the_deadline(w: World) -> None:
    drafted(w, "m1")
    slow = w.run(w.deliver("reply-drafted"), "claimed")
    w.take_over()
    w.tick(16)
    w.run(w.deliver("reply-drafted"))  # looks it up: no; the person gets the input
    assert w.lane.owner == "person"
    w.run(slow)
    w.finish()


def asked_while_a_call_is_under_way(w: World) -> None:
    drafted(w, "m1")
    slow = w.run(w.deliver("reply-drafted"), "calling")
    w.take_over()
    w.tick(4)
    w.run(w.deliver("reply-drafted"))
    w.run(slow)
    w.finish()


def two_reconcile(w: World) -> None:
    drafted(w, "m1")
    w.kill(w.run(w.deliver("reply-drafted"), "claimed"))
    w.tick(16)
    first, second = (w.run(w.deliver("reply-drafted"), "looked up") for _ in range(2))
    w.run(first, "reclaimed")
    w.step(second)  # with the safeguard it finds its claim replaced
    w.run(first)
    w.run(second)
    w.finish()


def settled_while_another_calls_again(w: World) -> None:
    drafted(w, "m1")
    first = w.run(w.deliver("reply-drafted"), "called")
    w.tick(16)
    second = w.run(w.deliver("reply-drafted"), "calling")  # claimed again, under the same key
    w.run(first)
    w.run(second)
    w.finish()


def confirmed(w: World) -> None:
    drafted(w, "r1")
    w.run(w.deliver("reply-drafted"))
    assert w.press(ACTION) == "accepted"


def died_between_effect_and_record(w: World) -> None:
    confirmed(w)
    w.kill(w.run(w.deliver("effect-requested"), "called"))
    w.tick(16)
    w.finish()
    assert w.ghost.hits[ACTION] == 1
    assert w.effects[ACTION].state == "succeeded"


def died_between_call_and_settle(w: World) -> None:
    drafted(w, "m1")
    w.kill(w.run(w.deliver("reply-drafted"), "called"))
    w.tick(16)
    w.finish()
    assert w.ghost.ended["m1"] == "unknown"


def two_workers_one_request(w: World) -> None:
    confirmed(w)
    first, second = (w.run(w.deliver("effect-requested"), "read") for _ in range(2))
    w.run(first, "calling")
    w.run(second)
    w.run(first)
    w.finish()


def a_request_that_no_press_caused(w: World) -> None:
    drafted(w, "r1")
    w.run(w.deliver("reply-drafted"))
    w.publish(w.forged(ACTION))
    w.finish()
    assert not w.ghost.hits


def pressed_while_a_person_has_it(w: World) -> None:
    drafted(w, "r1")
    w.run(w.deliver("reply-drafted"))
    w.take_over()
    w.press(ACTION)
    w.finish()


def pressed_after_it_was_given_back(w: World) -> None:
    drafted(w, "r1")
    w.run(w.deliver("reply-drafted"))
    w.take_over()
    w.give_back()
    w.press(ACTION)
    w.finish()


def the_result_comes_again_long_after(w: World) -> None:
    confirmed(w)
    w.finish()
    w.tick(SEEN_FOR + 1)
    w.say("m2")
    w.finish()
    w.run(w.deliver("effect-completed"))
    w.finish()
    assert w.ghost.ended[f"{ACTION}:result"] == "notice"


def the_press_was_the_last_thing(w: World) -> None:
    drafted(w, "r1")
    w.run(w.deliver("reply-drafted"))
    w.press(ACTION, publishes=False)
    w.finish()
    assert w.ghost.hits[ACTION] == 1


def never_published(w: World) -> None:
    w.say("m1", publishes=False)
    w.finish()
    assert w.ghost.ended["m1"] == "answered"


def its_handler_always_fails(w: World) -> None:
    w.say("z1")
    w.say("m1")
    w.finish()
    assert w.ghost.ended == {"z1": "notice", "m1": "answered"}


def a_later_stream_was_lost(w: World) -> None:
    drafted(w, "m1")
    w.wipe("reply-drafted")
    w.finish()
    assert w.ghost.ended["m1"] == "answered"


def one_message(w: World) -> None:
    w.say("m1")
    w.finish()


def one_behind_another(w: World) -> None:
    drafted(w, "m1", "m2")
    w.finish()
    assert w.lane.epoch == 2


def a_retry_after_the_answer(w: World) -> None:
    drafted(w, "m1")
    w.finish()
    w.say("m1")
    w.finish()


def a_message_to_a_person(w: World) -> None:
    w.take_over()
    w.say("m1")
    w.finish()


def given_back_unanswered(w: World) -> None:
    drafted(w, "m1")
    w.take_over()
    w.give_back()
    w.finish()


def it_comes_back_with_more(w: World) -> None:
    drafted(w, "m1")
    w.take_over()
    w.say("m2")
    w.give_back()
    w.wipe("reply-drafted")
    w.finish()


def before_and_after_a_person_asks(w: World) -> None:
    drafted(w, "m1")
    worker = w.run(w.deliver("reply-drafted"), "claimed")
    w.say("m2")
    w.take_over()
    w.say("m3")
    w.run(worker)
    assert [item.id for item in w.lane.inbox] == ["m2", "m3"]
    w.finish()


SAFEGUARDS = {
    "fence_one_doc": Safeguard(taken_over_before_the_claim, "LEASE"),
    "epoch_fence": Safeguard(a_draft_of_a_turn_that_came_back, "STALE"),
    "unique_claim": Safeguard(two_workers_one_draft, "TWICE"),
    "lease_waits": Safeguard(taken_over_between_claim_and_call, "LEASE"),
    "call_deadline": Safeguard(woken_after_the_deadline, "LEASE"),
    "early_look_up": Safeguard(asked_while_a_call_is_under_way, "LEASE"),
    "reclaim_cas": Safeguard(two_reconcile, "TWICE"),
    "settle_cas": Safeguard(settled_while_another_calls_again, "STALE", {"channel": "keys"}),
    "lookup_first": Safeguard(died_between_effect_and_record, "EFFECT", {"channel": "record"}),
    "at_most_once": Safeguard(died_between_call_and_settle, "TWICE", {"channel": "neither"}),
    "effect_insert": Safeguard(two_workers_one_request, "EFFECT", {"channel": "record"}),
    "check_confirmed": Safeguard(a_request_that_no_press_caused, "CONFIRM"),
    "press_fenced": Safeguard(pressed_while_a_person_has_it, "CONFIRM"),
    "void_on_takeover": Safeguard(pressed_after_it_was_given_back, "CONFIRM"),
    "result_once": Safeguard(the_result_comes_again_long_after, "TWICE"),
    "sweep_confirmed": Safeguard(the_press_was_the_last_thing, "BLOCKED"),
    "sweeper": Safeguard(never_published, "BLOCKED"),
    "give_up": Safeguard(its_handler_always_fails, "BLOCKED", {"give_up": 120.0}),
    "msgid_attempt": Safeguard(a_later_stream_was_lost, "BLOCKED"),
    "admit_one_cas": Safeguard(one_message, "BLOCKED"),
    "release_activates": Safeguard(one_behind_another, "BLOCKED"),
    "seen_kept": Safeguard(a_retry_after_the_answer, "TWICE"),
    "person_admits": Safeguard(a_message_to_a_person, "LEASE"),
    "inbox_kept": Safeguard(given_back_unanswered, "LOST"),
    "step_per_epoch": Safeguard(it_comes_back_with_more, "LOST"),
    "grant_in_order": Safeguard(before_and_after_a_person_asks, "ORDER"),
}


@pytest.mark.parametrize("name", SAFEGUARDS)
def test_the_schedule_goes_right_with_the_safeguard(name: str) -> None:
    world = World(**SAFEGUARDS[name].world)
    SAFEGUARDS[name].script(world)
    assert world.goal()


@pytest.mark.parametrize("name", SAFEGUARDS)
def test_the_schedule_goes_wrong_without_it(name: str) -> None:
    world = World(**SAFEGUARDS[name].world)
    getattr(sabotage, name)(world)
    with pytest.raises(Violation, match=SAFEGUARDS[name].wrong):
        SAFEGUARDS[name].script(world)


def test_a_press_after_its_proposal_has_expired_is_gone() -> None:
    world = World()
    drafted(world, "r1")
    world.run(world.deliver("reply-drafted"))
    world.tick(EXPIRE_AFTER)
    assert world.press(ACTION) == "gone"
    world.finish()
    assert not world.ghost.hits
