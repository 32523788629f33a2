"""admit and activate: accepted once, in order, in one write."""

import pytest

from shared.contracts import Customer
from shared.lane.admission import admit
from shared.lane.delivery import deliver
from shared.lane.documents import SEEN_AT_MOST, SEEN_FOR, Conversation
from shared.lane.ownership import take_over
from tests.unit.lane.samples import ANN, NOW, draft, ids, item, lane, sending


def wanted() -> Conversation:
    return take_over(sending("m1", "m2"), ANN)[0]


def owned() -> Conversation:
    return take_over(lane("m1"), ANN)[0]


@pytest.mark.parametrize(
    ("before", "place", "active", "queue", "inbox"),
    [
        (lane(), "activated", ["m9"], [], []),
        (lane("m1"), "queue", ["m1"], ["m9"], []),
        (sending("m1"), "queue", ["m1"], ["m9"], []),
        (owned(), "inbox", [], [], ["m1", "m9"]),
        (wanted(), "inbox", ["m1"], ["m2"], ["m9"]),
    ],
)
def test_where_an_input_goes(before: Conversation, place: str, active: list[str], queue: list[str], inbox: list[str]) -> None:
    after, admitted = admit(before, item("m9"), NOW)
    assert admitted.place == place
    assert admitted.active == after.active
    assert (ids(after.active.members) if after.active else []) == active
    assert (ids(after.queue), ids(after.inbox)) == (queue, inbox)
    assert after.epoch == before.epoch + (place == "activated")


def test_what_was_seen_is_not_written_and_names_the_turn_that_runs() -> None:
    before = lane("m1", "m2")
    after, admitted = admit(before, item("m2"), NOW + 5)
    assert after is before
    assert (admitted.place, admitted.active) == ("seen", before.active)


@pytest.mark.parametrize(
    ("queued", "turns"),
    [
        (["m2", "m3"], [["m2", "m3"]]),
        (["m2", "e3", "m4", "m5"], [["m2"], ["e3"], ["m4", "m5"]]),
        (["e2", "e3"], [["e2"], ["e3"]]),
    ],
)
def test_messages_that_waited_become_one_turn_and_an_event_is_one_of_its_own(queued: list[str], turns: list[list[str]]) -> None:
    after, told = lane("m1", *queued), []
    for epoch in range(1, len(turns) + 2):
        assert after.active
        assert after.active.epoch == epoch
        told.append(ids(after.active.members))
        after, _ = deliver(after, epoch, draft(), "answered", now=NOW)
    assert told == [["m1"], *turns]
    assert after.active is None


def test_an_id_is_remembered_longer_than_channels_retry_and_then_forgotten() -> None:
    first = lane("m1")
    almost, _ = admit(first, item("m2"), NOW + SEEN_FOR - 1)
    assert admit(almost, item("m1"), NOW + SEEN_FOR - 1)[1].place == "seen"
    after, _ = admit(first, item("m2"), NOW + SEEN_FOR + 1)
    assert "m1" not in after.seen


def test_the_record_stays_small_and_forgets_the_oldest_but_never_what_stands() -> None:
    many = {f"x{n}": NOW + n / 1000 for n in range(SEEN_AT_MOST + 500)}
    before = lane("m1").model_copy(update={"seen": {"m1": NOW - 1, **many}})
    after, _ = admit(before, item("m2"), NOW + 10)
    assert len(after.seen) <= SEEN_AT_MOST + 1
    assert {"m1", "m2", f"x{SEEN_AT_MOST + 499}"} <= after.seen.keys()
    assert "x0" not in after.seen


def test_a_document_is_the_same_after_it_was_stored() -> None:
    before = wanted()
    assert Conversation.model_validate_json(before.model_dump_json()) == before


def test_the_customer_of_an_input_is_kept() -> None:
    somebody = Customer(id="c1", assurance="stepped-up")
    after, _ = admit(lane(), item("m1", customer=somebody), NOW)
    assert after.active
    assert after.active.members[0].customer == somebody


def test_a_retry_is_recognised_unless_as_many_newer_inputs_as_are_remembered_were_accepted() -> None:
    after = lane()
    for number in range(3 * SEEN_AT_MOST):
        after, admitted = admit(after, item(f"m{number}"), NOW)
        assert admitted.place == "activated"
        after, _ = deliver(after, after.epoch, draft(), "answered", now=NOW)
    newest = 3 * SEEN_AT_MOST - 1
    assert admit(after, item(f"m{newest - SEEN_AT_MOST + 1}"), NOW)[1].place == "seen"
    assert admit(after, item(f"m{newest - SEEN_AT_MOST}"), NOW)[1].place == "activated"
