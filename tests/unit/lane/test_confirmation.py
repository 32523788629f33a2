"""press and result: pressed once or again, carried out beside the lane, told as an input."""

import pytest

from shared.lane.confirmation import press, result, result_id, result_item
from shared.lane.delivery import deliver
from shared.lane.documents import Conversation
from shared.lane.ownership import take_over
from tests.unit.lane.samples import ACTION, ANN, CUSTOMER, NOW, draft, ids, lane, pending, proposal, sending

TOKEN = f"hash of {ACTION}"


def shown(*behind: str) -> Conversation:
    """A proposal has been delivered."""
    return deliver(lane("m1", *behind), 1, draft("confirm"), "answered", now=NOW, pending=pending())[0]


def pressed() -> Conversation:
    return press(shown(), TOKEN, True, NOW, "trace")[0]


def declined() -> Conversation:
    return press(shown(), TOKEN, False, NOW)[0]


def waited_for() -> Conversation:
    return take_over(sending("m1").model_copy(update={"pending": pending()}), ANN)[0]


@pytest.mark.parametrize(
    ("before", "token", "accept", "now", "state", "writes"),
    [
        (shown(), TOKEN, True, NOW + 599, "accepted", True),
        (shown("m2"), TOKEN, True, NOW, "accepted", True),  # a turn runs: a press does not wait for it
        (shown(), TOKEN, False, NOW, "declined", True),
        (shown(), TOKEN, True, NOW + 600, "gone", False),
        (shown(), "hash of another", True, NOW, "gone", False),
        (take_over(shown(), ANN)[0], TOKEN, True, NOW, "gone", False),
        (waited_for(), TOKEN, True, NOW, "gone", False),
        (lane("m1"), TOKEN, True, NOW, "gone", False),
        (pressed(), TOKEN, True, NOW + 9999, "accepted", False),
        (pressed(), TOKEN, False, NOW, "gone", False),
        (declined(), TOKEN, False, NOW + 9999, "declined", False),
        (declined(), TOKEN, True, NOW, "gone", False),
        (take_over(pressed(), ANN)[0], TOKEN, True, NOW, "accepted", False),
    ],
)
def test_press(before: Conversation, token: str, accept: bool, now: float, state: str, writes: bool) -> None:
    after, told = press(before, token, accept, now)
    assert told.state == state
    assert (after is not before) == writes


def test_what_was_shown_is_what_is_confirmed() -> None:
    after, told = press(shown(), TOKEN, True, NOW + 1, "trace")
    assert after.pending is None
    assert after.confirmed == {ACTION: told.confirmed}
    assert told.confirmed
    assert (told.confirmed.proposal, told.confirmed.at, told.confirmed.trace) == (proposal(), NOW + 1, "trace")


def test_pressed_again_its_request_is_published_again_while_it_is_not_settled() -> None:
    _, told = press(pressed(), TOKEN, True, NOW)
    assert told.confirmed
    item = result_item(ACTION, "succeeded", "done", CUSTOMER, NOW)
    settled, _ = result(pressed(), ACTION, item, NOW)
    _, told = press(settled, TOKEN, True, NOW)
    assert (told.state, told.confirmed) == ("accepted", None)


def test_a_decline_is_an_input_and_changes_nothing_else() -> None:
    after, told = press(shown(), TOKEN, False, NOW)
    assert after.active
    assert (ids(after.active.members), after.confirmed) == ([result_id(ACTION)], {})
    assert after.active.members[0].data["status"] == "declined"
    assert told.admitted
    assert told.admitted.active == after.active


def test_a_newer_proposal_replaces_the_older_one() -> None:
    other = "conv:2:0:0"
    before, _ = deliver(shown("m2"), 2, draft("confirm"), "answered", now=NOW, pending=pending(other))
    assert press(before, TOKEN, True, NOW)[1].state == "gone"
    assert press(before, f"hash of {other}", True, NOW)[1].state == "accepted"


def test_a_result_is_admitted_while_it_is_waited_for_and_once() -> None:
    item = result_item(ACTION, "succeeded", "done", CUSTOMER, NOW)
    after, admitted = result(pressed(), ACTION, item, NOW)
    assert admitted
    assert (admitted.place, after.confirmed) == ("activated", {})
    again, told = result(after, ACTION, item, NOW)
    assert again is after
    assert told is None
    assert result(shown(), ACTION, item, NOW)[1] is None, "a result that nobody confirmed"


def test_a_result_waits_for_the_turn_that_runs_or_goes_to_the_person() -> None:
    item = result_item(ACTION, "unknown", "", CUSTOMER, NOW)
    running, _ = press(shown("m2"), TOKEN, True, NOW)
    after, admitted = result(running, ACTION, item, NOW)
    assert admitted
    assert (admitted.place, ids(after.queue)) == ("queue", [result_id(ACTION)])
    owned, admitted = result(take_over(pressed(), ANN)[0], ACTION, item, NOW)
    assert admitted
    assert (admitted.place, ids(owned.inbox)) == ("inbox", [result_id(ACTION)])


def test_presses_are_remembered_up_to_a_number_and_forgotten_ones_are_gone() -> None:
    before = pressed()
    for n in range(2, 30):
        other = f"conv:{n}:0:0"
        before, told = press(before.model_copy(update={"pending": pending(other)}), f"hash of {other}", True, NOW)
        assert told.state == "accepted"
    assert len(before.pressed) == 20
    after, told = press(before, TOKEN, True, NOW)
    assert told.state == "gone", "410 rather than a second time"
    assert after is before
