"""The sweep: what stands is published again from its first event, more and more rarely, under an id of its own each time."""

import pytest

from shared.contracts import Customer, EffectRequested, MessageReceived, NoticeDue, WebhookRequested
from shared.lane.admission import admit
from shared.lane.confirmation import press
from shared.lane.delivery import deliver
from shared.lane.documents import Conversation
from shared.lane.ownership import take_over
from shared.lane.sweep import first_event, request, swept
from tests.unit.lane.samples import ACTION, ANN, NOW, draft, item, lane, pending, sending

INFINITE = float("inf")


def attempts(before: Conversation, ages: list[float], give_up: float = INFINITE) -> list[str]:
    return [event.attempt for age in ages for event in swept(before, NOW + age, after=20, give_up=give_up)]


def test_each_doubling_of_its_age_is_one_attempt_and_after_an_hour_each_hour() -> None:
    assert attempts(lane("m1"), [0, 19.9]) == []
    assert attempts(lane("m1"), [20, 39, 40, 79, 80, 160]) == ["sweep-0", "sweep-0", "sweep-1", "sweep-1", "sweep-2", "sweep-3"]
    hourly = attempts(lane("m1"), [3600 * n + 1 for n in range(1, 50)])
    assert len({*hourly}) == 49, "a long outage is healed within an hour of its end"


def test_replicas_publish_one_id_and_two_attempts_are_two() -> None:
    first, replica, later = (swept(lane("m1"), NOW + age, after=20, give_up=INFINITE)[0] for age in (20, 21, 40))
    assert first.message_id == replica.message_id != later.message_id
    assert first.id == later.id == first_event(lane("m1"), lane("m1").active).id  # type: ignore[arg-type]


def test_a_turn_of_messages_begins_at_safety_in_its_conversations_language_and_with_the_least_assurance() -> None:
    before, _ = admit(lane("m0", "m1"), item("m2", customer=Customer(id="c1", assurance="claimed")), NOW)
    before, _ = deliver(before, 1, draft().model_copy(update={"language": "fr"}), "answered", now=NOW)
    assert before.active
    event = first_event(before, before.active)
    assert isinstance(event, MessageReceived)
    assert event.language == "fr"
    assert ([each.id for each in event.inputs], event.customer.assurance) == (["m1", "m2"], "claimed")


@pytest.mark.parametrize("claimed", [False, True])
def test_a_turn_without_a_model_begins_at_egress(claimed: bool) -> None:
    before = sending("e1") if claimed else lane("e1")
    events = swept(before, NOW + 20, after=20, give_up=INFINITE)
    assert [(type(event), event.epoch) for event in events] == [(NoticeDue, 1)]


def test_what_is_too_old_is_given_up_by_a_notice_with_an_id_of_its_own() -> None:
    (notice,) = swept(lane("e1"), NOW + 120, after=20, give_up=120)
    assert isinstance(notice, NoticeDue)
    assert notice.reason == "expired"
    assert notice.id != first_event(lane("e1"), lane("e1").active).id  # type: ignore[arg-type]
    assert attempts(lane("m1"), [120, 160, 320], give_up=120) == ["sweep-2", "sweep-3", "sweep-4"], (
        "a lost notice is said again"
    )


def confirmed(kind: str = "effect") -> Conversation:
    proposed = pending()
    proposed = proposed.model_copy(update={"proposal": proposed.proposal.model_copy(update={"kind": kind})})
    shown, _ = deliver(lane("m1"), 1, draft("confirm"), "answered", now=NOW, pending=proposed)
    return press(shown, f"hash of {ACTION}", True, NOW, "trace")[0]


@pytest.mark.parametrize(("kind", "expected"), [("effect", EffectRequested), ("webhook", WebhookRequested)])
def test_a_confirmed_action_is_asked_for_again_also_while_a_person_owns_the_conversation(kind: str, expected: type) -> None:
    for before in (confirmed(kind), take_over(confirmed(kind), ANN)[0]):
        (event,) = swept(before, NOW + 20, after=20, give_up=120)
        assert isinstance(event, EffectRequested | WebhookRequested)
        assert type(event) is expected
        assert (event.action, event.arguments, event.epoch, event.trace) == (ACTION, {"of": "r1"}, 1, "trace")
        assert event.id == request(before, before.confirmed[ACTION]).id


@pytest.mark.parametrize(
    ("before", "due"),
    [
        (lane(), None),
        (lane("m1"), NOW),
        (confirmed(), NOW),
        (take_over(lane("m1"), ANN)[0], ANN.until),
        (take_over(sending("m1"), ANN)[0], NOW),  # a person waits for a claim that may have run out
        (take_over(confirmed(), ANN)[0], NOW),
    ],
)
def test_everything_that_stands_is_due_at_some_time(before: Conversation, due: float | None) -> None:
    assert before.due == due


def test_an_idle_lane_has_nothing_to_publish() -> None:
    assert swept(lane(), NOW + 9999, after=20, give_up=120) == []
    assert swept(take_over(lane("m1"), ANN)[0], NOW + 9999, after=20, give_up=120) == []
