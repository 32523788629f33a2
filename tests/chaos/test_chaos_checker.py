"""The checker reports every fault that is planted, by its name, and nothing in a history without one."""

from dataclasses import replace

import pytest

from tests.chaos.checker import violations
from tests.chaos.history import Effected, Heard, History, Kept, Pressed, Refunded, Said, Taken

C = "c1"


def history() -> History:
    """A conversation: two messages, a burst, a confirmed refund, and a person who answers the last one."""
    made = History()
    made.said = [Said(C, f"m{n}", n, float(n), True) for n in range(1, 6)]
    made.heard = [
        Heard(C, 1, f"{C}:1", "reply", 1.5, answers=("m1",), text="hello"),
        Heard(C, 2, f"{C}:2", "reply", 3.5, answers=("m2", "m3"), text="ORD-20001 is on its way"),
        Heard(C, 3, f"{C}:3", "confirm", 4.5, answers=("m4",), text="Refund $5 for order ORD-20002"),
        Heard(C, 4, f"{C}:4", "notice", 6.0, text="Done: $5 for order ORD-20002 was refunded."),
        Heard(C, 5, f"{C}:5", "reply", 8.0, by="person", answers=("m5",), text="I look into it"),
    ]
    made.pressed = [Pressed(C, "ORD-20002", 500, True, 5.0, (202, 202))]
    made.taken = [Taken(C, 5, ("m5",), 8.0, until=5)]
    made.kept = [Kept(C, ("m1", "m2", "m3", "m4", "m5"), (), 5, ("ORD-20001", "ORD-20002"))]
    made.refunded = [Refunded("ORD-20002", f"{C}:3:0:0", 500)]
    made.effected = [Effected(C, f"{C}:3:0:0", "ORD-20002", "succeeded")]
    return made


def a_lost_turn(made):
    del made.heard[0]


def a_turn_that_the_transcript_lost(made):
    made.kept[0] = replace(made.kept[0], answered=("m1", "m2", "m3", "m4"))


def a_double_answer(made):
    made.heard.append(Heard(C, 6, f"{C}:6", "reply", 9.0, answers=("m1",)))


def a_delivery_told_twice(made):
    made.heard.append(made.heard[-1])


def an_answer_to_nothing(made):
    made.heard[0] = replace(made.heard[0], answers=("m1", "m77"))


def a_swapped_pair(made):
    made.heard[0], made.heard[1] = replace(made.heard[0], answers=("m2", "m3")), replace(made.heard[1], answers=("m1",))


def a_stream_out_of_order(made):
    made.heard[0], made.heard[1] = made.heard[1], made.heard[0]


def a_delivery_that_was_never_told(made):
    made.kept[0] = replace(made.kept[0], last=6)


def anothers_order(made):
    made.heard[1] = replace(made.heard[1], text="ORD-30001 is on its way")


def a_double_refund(made):
    made.refunded.append(made.refunded[0])


def a_refund_asked_for_again(made):
    made.refunded.append(replace(made.refunded[0], refused=True))


def an_unconfirmed_refund(made):
    made.pressed[0] = replace(made.pressed[0], accept=False)


def a_refund_of_an_action_that_nobody_saw(made):
    made.refunded.append(Refunded("ORD-20001", f"{C}:2:0:0", 900))


def a_wrong_amount(made):
    made.refunded[0] = replace(made.refunded[0], amount=50_000)


def a_refund_that_was_never_made(made):
    made.refunded.clear()


def an_effect_that_was_never_settled(made):
    made.effected[0] = replace(made.effected[0], state="started")


def a_result_that_was_not_told(made):
    made.heard[3] = replace(made.heard[3], kind="reply")


def a_result_told_twice(made):
    made.heard.append(replace(made.heard[3], seq=6))


def a_press_that_was_forgotten(made):
    made.pressed[0] = replace(made.pressed[0], statuses=(202, 410))


def a_bot_message_after_a_lease(made):
    made.said.append(Said(C, "m6", 6, 8.5, True))
    made.heard.append(Heard(C, 6, f"{C}:6", "reply", 9.0, answers=("m6",)))
    made.taken[0] = replace(made.taken[0], until=0)


def a_message_answered_by_bot_and_person(made):
    made.heard[2] = replace(made.heard[2], answers=("m4", "m5"))


def a_preview_after_a_lease(made):
    made.heard.append(Heard(C, 0, f"{C}:6", "delta", 9.0))


PLANTED = [
    (a_lost_turn, "lost"),
    (a_turn_that_the_transcript_lost, "lost"),
    (a_double_answer, "answered twice"),
    (a_delivery_told_twice, "told twice"),
    (an_answer_to_nothing, "invented"),
    (a_swapped_pair, "out of order"),
    (a_stream_out_of_order, "out of order"),
    (a_delivery_that_was_never_told, "not told"),
    (anothers_order, "another's order"),
    (a_double_refund, "doubled refund"),
    (a_refund_asked_for_again, "doubled refund"),
    (an_unconfirmed_refund, "unconfirmed refund"),
    (a_refund_of_an_action_that_nobody_saw, "unconfirmed refund"),
    (a_wrong_amount, "another amount"),
    (a_refund_that_was_never_made, "lost refund"),
    (an_effect_that_was_never_settled, "not settled"),
    (a_result_that_was_not_told, "result not told"),
    (a_result_told_twice, "result twice"),
    (a_press_that_was_forgotten, "forgotten press"),
    (a_bot_message_after_a_lease, "bot after take-over"),
    (a_message_answered_by_bot_and_person, "bot after take-over"),
    (a_preview_after_a_lease, "bot after take-over"),
]


@pytest.mark.parametrize(("plant", "rule"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_a_planted_fault_is_reported(plant, rule):
    made = history()
    plant(made)
    assert rule in {each.rule for each in violations(made)}


def test_a_good_history_has_none():
    assert violations(history()) == []


def test_what_was_never_accepted_may_go_unanswered():
    made = history()
    made.said.append(Said(C, "m6", 6, 9.0, accepted=False))
    assert violations(made) == []


def test_a_refund_that_a_person_has_to_look_at_is_not_lost():
    made = history()
    made.refunded.clear()
    made.effected[0] = replace(made.effected[0], state="unknown")
    assert violations(made) == []
