"""take over, answer, give back: a person's right to speak is a lease."""

import pytest

from shared.lane.delivery import settle, unsent
from shared.lane.documents import EPOCHS_AT_MOST, UNASSIGNED, Conversation, Lease
from shared.lane.ownership import answer, give_back, take_over
from tests.unit.lane.samples import ANN, BOB, NOW, draft, ids, item, lane, pending, sending

NOBODY = Lease(holder=UNASSIGNED, until=NOW + 60)
RENEWED = Lease(holder="ann", until=NOW + 600)


def owned(lease: Lease = ANN, *names: str) -> Conversation:
    return take_over(lane(*names), lease)[0]


@pytest.mark.parametrize(
    ("before", "lease", "now", "state"),
    [
        (lane(), ANN, None, "granted"),
        (lane("m1", "m2"), ANN, None, "granted"),
        (sending("m1"), ANN, None, "wanted"),
        (take_over(sending("m1"), ANN)[0], RENEWED, None, "wanted"),
        (take_over(sending("m1"), ANN)[0], BOB, None, "held"),
        (take_over(sending("m1"), ANN)[0], BOB, NOW + 61, "wanted"),
        (owned(), RENEWED, None, "granted"),
        (owned(), BOB, None, "held"),
        (owned(), BOB, NOW + 59, "held"),
        (owned(), BOB, NOW + 60, "granted"),
        (owned(NOBODY), BOB, None, "granted"),
    ],
)
def test_take_over(before: Conversation, lease: Lease, now: float | None, state: str) -> None:
    after, told = take_over(before, lease, now)
    assert told == state
    if state == "held":
        assert after is before
    else:
        assert (after.lease if state == "granted" else after.wanted) == lease


def test_a_grant_hands_over_all_that_is_not_answered_and_voids_the_proposal() -> None:
    before = lane("m1", "m2", "m3").model_copy(update={"pending": pending()})
    after, _ = take_over(before, ANN)
    assert (ids(after.inbox), after.queue, after.active, after.pending) == (["m1", "m2", "m3"], (), None, None)


def test_a_grant_remembers_the_turn_that_nobody_will_be_told() -> None:
    """Only one that ran and was not delivered; and not without end."""
    assert take_over(lane("m1"), ANN)[0].abandoned == (1,)
    assert take_over(lane(), ANN)[0].abandoned == ()
    waiting, _ = take_over(sending("m1"), ANN)
    assert settle(waiting, 1, "try1", "answered", now=NOW)[0].abandoned == ()
    assert unsent(waiting, 1, "try1")[0].abandoned == (1,)
    full = lane("m1").model_copy(update={"abandoned": tuple(range(-EPOCHS_AT_MOST, 0))})
    assert len(take_over(full, ANN)[0].abandoned) == EPOCHS_AT_MOST


def test_what_came_while_they_typed_is_not_ended_by_their_answer() -> None:
    before = owned(ANN, "m1", "m2")
    after, done = answer(before, "ann", draft(), NOW, read={"m1"})
    assert done
    assert (done.answers, done.outcome, done.seq) == (("m1",), "person", 1)
    assert ids(after.inbox) == ["m2"]
    all_of_it, done = answer(before, "ann", draft(), NOW)
    assert done
    assert (done.answers, all_of_it.inbox) == (("m1", "m2"), ())


@pytest.mark.parametrize(
    ("before", "holder", "now"),
    [
        (lane("m1"), "ann", NOW),
        (owned(), "bob", NOW),
        (owned(), "ann", NOW + 60),
        (take_over(sending("m1"), ANN)[0], "ann", NOW),
    ],
)
def test_only_who_holds_the_lease_answers(before: Conversation, holder: str, now: float) -> None:
    after, done = answer(before, holder, draft(), now)
    assert after is before
    assert done is None


@pytest.mark.parametrize(
    ("holder", "now", "given"),
    [("ann", NOW, True), ("bob", NOW + 90, False), (None, NOW + 59, False), (None, NOW + 60, True)],
)
def test_a_lease_is_given_back_by_its_holder_or_by_time(holder: str | None, now: float, given: bool) -> None:
    before = owned(ANN, "m1", "m2")
    after, active = give_back(before, now, holder=holder)
    if not given:
        assert after is before
        assert active is None
        return
    assert active
    assert (after.owner, after.lease, after.inbox) == ("bot", None, ())
    assert (active.epoch, ids(active.members), active.since) == (2, ["m1", "m2"], now)


def test_nothing_left_is_nothing_to_do() -> None:
    after, active = give_back(owned(), NOW, holder="ann")
    assert (after.owner, active) == ("bot", None)


def test_what_a_person_left_comes_before_what_is_new_and_an_event_stays_a_turn_of_its_own() -> None:
    before = owned(ANN, "m1", "e2")
    before = before.model_copy(update={"inbox": (*before.inbox, item("m3"))})
    after, active = give_back(before, NOW, holder="ann")
    assert active
    assert (ids(active.members), ids(after.queue)) == (["m1"], ["e2", "m3"])
