"""Conversations of any age, made by the lane's own decisions, so that nobody has to live through them."""

import uuid
from collections.abc import Iterator

from shared.contracts import Customer, Draft, Text
from shared.lane.admission import admit
from shared.lane.delivery import deliver
from shared.lane.documents import Conversation, Item, Step, Turn, opened, turn_of

QUESTION = "Hello, when is your shop open on weekdays, and may I come by on a Saturday afternoon?"
ANSWER = "Our shop is open from nine to six on all weekdays and from ten to four on Saturdays; Sundays closed."
PACE = 20.0  # seconds between two turns
_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"


def ended(lane: Conversation, now: float) -> Conversation:
    """`lane` after its active turn was answered."""
    draft = Draft(kind="reply", parts=(Text(text=ANSWER),), language="en", said=QUESTION)
    return deliver(lane, lane.epoch, draft, "answered", now=now)[0]


def grown(id: str, customer: Customer, turns: int, until: float) -> Conversation:
    """The conversation after so many turns, the last of them at `until`."""
    lane = opened(id, customer.id, "web", until - turns * PACE)
    for number in range(turns):
        now = until - (turns - 1 - number) * PACE
        item = Item(id=str(uuid.uuid4()), at=now, customer=customer, sealed="x" * 220, trace=_TRACE)
        lane = ended(admit(lane, item, now)[0], now)
    return lane


def turns_of(lane: Conversation) -> Iterator[Turn]:
    """What is kept of its turns beside it."""
    step = Step(answer={"role": "assistant", "content": ANSWER}, model="bench", usage={"total_tokens": 900})
    for epoch in range(1, lane.epoch + 1):
        yield turn_of(lane.id, epoch, lane.at + epoch * PACE, said=QUESTION, steps=(step,))
