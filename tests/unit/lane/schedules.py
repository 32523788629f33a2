"""Schedules of the lane: one each for a safeguard, which goes right only with it. `test_safeguards.py` says which."""

from shared.lane.documents import SEEN_FOR
from tests.unit.lane.world import World

ACTION = "conv:1:0:0"


def drafted(w: World, *ids: str) -> None:
    """The inputs are said, and the agent has published its draft for the turn that runs."""
    for id in ids:
        w.say(id)
    w.run(w.deliver("message-received"))
    for message in w.messages("effect-requested"):
        w.run(w.start(message))


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


def two_reconcile_an_effect(w: World) -> None:
    confirmed(w)
    w.kill(w.run(w.deliver("effect-requested"), "inserted"))
    w.tick(16)
    first, second = (w.run(w.deliver("effect-requested"), "looked up") for _ in range(2))
    w.run(first, "called")
    w.run(second)
    w.run(first)
    w.finish()
    assert w.ghost.hits[ACTION] == 1


def unknown_while_it_was_called(w: World) -> None:
    """It was slow, not dead: what a person was asked to look at stays theirs."""
    confirmed(w)
    slow = w.run(w.deliver("effect-requested"), "called")
    w.tick(16)
    w.run(w.deliver("effect-requested"))
    assert w.effects[ACTION].state == "unknown"
    w.run(slow)
    w.finish()


def a_prompt_that_was_claimed_and_lost(w: World) -> None:
    """Its delivery died within its claim, and the stream was lost: proposed again, it leads to the claim."""
    drafted(w, "r1")
    w.kill(w.run(w.deliver("reply-drafted"), "claimed"))
    w.wipe()
    w.finish()
    assert w.ghost.ended["r1"] == "answered"


def two_asked_at_once(w: World) -> None:
    w.say("l1")
    first, second = (w.run(w.deliver("message-received"), "asked") for _ in range(2))
    w.run(first)
    w.run(second)
    w.finish()


def parallel_look_ups(w: World) -> None:
    w.random()
    w.say("l1")
    w.finish()


def two_refunds_in_one_answer(w: World) -> None:
    w.random()
    drafted(w, "r1")
    w.finish()


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
