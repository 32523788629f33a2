"""What stands too long, and which event or write of the sweeper heals it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from shared.lane.admission import admit
from shared.lane.confirmation import press
from shared.lane.documents import Conversation, Lease, opened
from shared.stores.customers import Memory
from tests.integration.crash.flows import told_the_result
from tests.integration.crash.house import SWEEP_AFTER, Talk

Standing = Callable[[Talk], Awaitable[None]]
LONG = 2 * SWEEP_AFTER


async def a_turn_that_was_never_published(talk: Talk, age: float = LONG) -> None:
    lane, _ = admit(opened(talk.id, talk.customer.id, "web", time.time()), await talk.item("m1", "hello"), time.time() - age)
    await talk.house.records.insert(lane)


async def a_turn_that_stands_for_minutes(talk: Talk) -> None:
    """It is given up."""
    await a_turn_that_was_never_published(talk, 200.0)


async def a_lease_that_ran_out(talk: Talk) -> None:
    """Its holder left a message unanswered."""
    lane, now = opened(talk.id, talk.customer.id, "web", time.time()), time.time()
    lane = lane.model_copy(update={"owner": "person", "lease": Lease(holder="sam", until=now - LONG)})
    lane, _ = admit(lane, await talk.item("m1", "hello"), now)
    await talk.house.records.insert(lane)


async def a_press_that_was_never_published(talk: Talk, asked: str = "I want a refund for {}, it arrived damaged") -> None:
    await talk.ask(asked.format(talk.order))

    def pressed(lane: Conversation) -> tuple[Conversation, None]:
        assert lane.pending
        return press(lane, lane.pending.token_hash, True, time.time() - LONG)[0], None

    await talk.house.records.change(Conversation, talk.id, pressed)


async def a_webhook_that_was_never_published(talk: Talk) -> None:
    await a_press_that_was_never_published(talk, "Please notify the carrier desk that my parcel {} is damaged")


async def a_memory_to_forget(talk: Talk) -> None:
    await talk.house.records.insert(
        Memory(id=talk.id, at=time.time(), customer=talk.customer.id, text="likes tea", forget_at=time.time() - 1)
    )


STANDING: tuple[Standing, ...] = (
    a_turn_that_was_never_published,
    a_turn_that_stands_for_minutes,
    a_lease_that_ran_out,
    a_press_that_was_never_published,
    a_webhook_that_was_never_published,
    a_memory_to_forget,
)


async def healed(talk: Talk) -> None:
    """Until nothing of it stands any more."""
    if not talk.said:  # it was about a memory
        while await talk.house.records.get(Memory, talk.id):
            await asyncio.sleep(0.05)
        return
    await talk.answered(talk.said[0])
    lane = await talk.house.lane(talk.id)
    if lane.confirmed or lane.pressed:
        await talk.stands(told_the_result)
