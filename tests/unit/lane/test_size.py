"""How large the documents of one conversation become that never ends: what every write of it carries and rewrites."""

import uuid

from shared.contracts import Customer, Draft, Proposal, Text
from shared.lane.admission import admit
from shared.lane.confirmation import press, result, result_item
from shared.lane.delivery import claim, deliver, settle
from shared.lane.documents import REMEMBERED, SEEN_AT_MOST, Conversation, Item, Pending, opened

TURNS = 10_000
MARK = (1_000, 5_000, TURNS)
BOUND = 32 * 1024  # bytes, of which 15 KB are the ids that a channel may tell again, when all of them are of one week

ANN = Customer(id=str(uuid.UUID(int=1)), assurance="verified")
QUESTION = "Where is my parcel? The number is <ORDER_1>, and I should have had it on Monday. "
ANSWER = "The order is on its way and should be with you within the next two working days. " * 3
TRACE = "00-" + "4bf92f3577b34da6a3ce929d0e0e4736" + "-00f067aa0ba902b7-01"


def message(number: int, at: float) -> Item:
    return Item(id=str(uuid.UUID(int=number)), at=at, customer=ANN, sealed="x" * 220, trace=TRACE)


def reply(kind: str = "reply") -> Draft:
    return Draft(kind=kind, parts=(Text(text=ANSWER),), language="en", said=QUESTION)


def ended(lane: Conversation, number: int, now: float) -> Conversation:
    """The active turn's end, by way of a push channel or of the record."""
    if number % 2:
        lane, settled = deliver(lane, lane.epoch, reply(), "answered", now=now)
    else:
        lane, _ = claim(lane, lane.epoch, reply(), attempt=f"{number:032x}", now=now)
        lane, settled = settle(lane, lane.epoch, f"{number:032x}", "answered", now=now, provider_ids=(f"SM{number:032x}",))
    assert settled.settled
    return lane


def with_action(lane: Conversation, number: int, now: float) -> Conversation:
    """The active turn proposes; it is pressed, and its result is a turn of its own."""
    proposal = Proposal(
        action=f"{lane.id}:{lane.epoch}:0:0", tool="refund_order", arguments={"of": "r1"}, customer=ANN, title="Refund"
    )
    asked = Pending(proposal=proposal, token_hash=f"{number:064x}", expires=now + 600)
    lane, _ = deliver(lane, lane.epoch, reply("confirm"), "answered", now=now, pending=asked)
    lane, pressed = press(lane, asked.token_hash, True, now, TRACE)
    assert pressed.state == "accepted"
    lane, admitted = result(lane, proposal.action, result_item(proposal.action, "succeeded", ANSWER, ANN, now, TRACE), now)
    assert admitted
    return ended(lane, number, now)


def test_the_lane_of_a_conversation_stays_small_and_flat_for_ten_thousand_turns() -> None:
    """A turn every 20 seconds, so that the days for which ids are remembered do not help; every tenth with an action."""
    lane, sizes = opened(str(uuid.UUID(int=2)), ANN.id, "sms", 1.8e9), dict[int, int]()
    for number in range(1, TURNS + 1):
        now = 1.8e9 + number * 20.0
        lane, admitted = admit(lane, message(number, now), now)
        assert admitted.place == "activated"
        lane = ended(lane, number, now) if number % 10 else with_action(lane, number, now)
        if number in MARK:
            sizes[number] = len(lane.model_dump_json())
    assert lane.epoch == lane.delivered == TURNS + TURNS // 10
    assert max(sizes.values()) < BOUND, sizes
    assert max(sizes.values()) < 1.05 * min(sizes.values()), sizes
    assert (len(lane.done), len(lane.seen)) == (REMEMBERED, SEEN_AT_MOST)


def test_at_the_pace_of_people_a_lane_is_a_few_kilobytes() -> None:
    """A message every hour: the ids of a week are 168."""
    lane = opened(str(uuid.UUID(int=2)), ANN.id, "web", 1.8e9)
    for number in range(1, 1001):
        now = 1.8e9 + number * 3600.0
        lane = ended(admit(lane, message(number, now), now)[0], number, now)
    assert len(lane.model_dump_json()) < 24 * 1024
