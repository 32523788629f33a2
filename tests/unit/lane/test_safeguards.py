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
| effect_reclaim_cas | an effect is taken over by the attempt that was read | two workers reconcile an effect | EFFECT |
| record_cas | only the holder settles an effect | unknown while it was called | EFFECT |
| step_stands | the first answer stored for a step stands | two asked at once | STEP |
| results_joined | the model is asked when all results are there | parallel look-ups | RESULT |
| sensitive_alone | what wants a button goes out alone | two refunds in one answer | STEP |
| claimed_is_open | a turn is proposed for also while it is claimed | a prompt that was claimed and lost | BLOCKED |
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

from tests.unit.lane import sabotage
from tests.unit.lane import schedules as run
from tests.unit.lane.ghost import Violation
from tests.unit.lane.world import EXPIRE_AFTER, World

Script = Callable[[World], None]


@dataclass(frozen=True)
class Safeguard:
    script: Script
    wrong: str
    world: dict[str, Any] = field(default_factory=dict)


SAFEGUARDS = {
    "fence_one_doc": Safeguard(run.taken_over_before_the_claim, "LEASE"),
    "epoch_fence": Safeguard(run.a_draft_of_a_turn_that_came_back, "STALE"),
    "unique_claim": Safeguard(run.two_workers_one_draft, "TWICE"),
    "lease_waits": Safeguard(run.taken_over_between_claim_and_call, "LEASE"),
    "call_deadline": Safeguard(run.woken_after_the_deadline, "LEASE"),
    "early_look_up": Safeguard(run.asked_while_a_call_is_under_way, "LEASE"),
    "reclaim_cas": Safeguard(run.two_reconcile, "TWICE"),
    "settle_cas": Safeguard(run.settled_while_another_calls_again, "STALE", {"channel": "keys"}),
    "lookup_first": Safeguard(run.died_between_effect_and_record, "EFFECT", {"channel": "record"}),
    "at_most_once": Safeguard(run.died_between_call_and_settle, "TWICE", {"channel": "neither"}),
    "effect_insert": Safeguard(run.two_workers_one_request, "EFFECT", {"channel": "record"}),
    "effect_reclaim_cas": Safeguard(run.two_reconcile_an_effect, "EFFECT", {"channel": "record"}),
    "record_cas": Safeguard(run.unknown_while_it_was_called, "EFFECT", {"channel": "record", "provider": "neither"}),
    "step_stands": Safeguard(run.two_asked_at_once, "STEP"),
    "results_joined": Safeguard(run.parallel_look_ups, "RESULT"),
    "sensitive_alone": Safeguard(run.two_refunds_in_one_answer, "STEP"),
    "claimed_is_open": Safeguard(run.a_prompt_that_was_claimed_and_lost, "BLOCKED"),
    "check_confirmed": Safeguard(run.a_request_that_no_press_caused, "CONFIRM"),
    "press_fenced": Safeguard(run.pressed_while_a_person_has_it, "CONFIRM"),
    "void_on_takeover": Safeguard(run.pressed_after_it_was_given_back, "CONFIRM"),
    "result_once": Safeguard(run.the_result_comes_again_long_after, "TWICE"),
    "sweep_confirmed": Safeguard(run.the_press_was_the_last_thing, "BLOCKED"),
    "sweeper": Safeguard(run.never_published, "BLOCKED"),
    "give_up": Safeguard(run.its_handler_always_fails, "BLOCKED", {"give_up": 120.0}),
    "msgid_attempt": Safeguard(run.a_later_stream_was_lost, "BLOCKED"),
    "admit_one_cas": Safeguard(run.one_message, "BLOCKED"),
    "release_activates": Safeguard(run.one_behind_another, "BLOCKED"),
    "seen_kept": Safeguard(run.a_retry_after_the_answer, "TWICE"),
    "person_admits": Safeguard(run.a_message_to_a_person, "LEASE"),
    "inbox_kept": Safeguard(run.given_back_unanswered, "LOST"),
    "step_per_epoch": Safeguard(run.it_comes_back_with_more, "LOST"),
    "grant_in_order": Safeguard(run.before_and_after_a_person_asks, "ORDER"),
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
    run.drafted(world, "r1")
    world.run(world.deliver("reply-drafted"))
    world.tick(EXPIRE_AFTER)
    assert world.press(run.ACTION) == "gone"
    world.finish()
    assert not world.ghost.hits
