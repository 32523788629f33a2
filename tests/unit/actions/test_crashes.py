"""A worker that may die anywhere, redeliveries over days: the effect is done at most once, and comes to an end."""

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.actions.domain import Guarantee
from shared.errors import Retryable
from tests.memory import Crash, MemoryRecords
from tests.unit.actions.sample import ACTION, Charge, Clock, Provider, actions, asked, lane, proposal, records_with


class World:
    """Redeliveries over time to a worker that may die at every write and in the call."""

    def __init__(self, draw: Any, guarantee: Guarantee) -> None:
        self.draw, self.clock = draw, Clock()
        self.provider = Provider(keys=guarantee == "keys")
        self.provider.before = self.provider.after = self.fault_in_call
        self.tool = Charge(self.provider, guarantee)
        self.chaos = True

    def fault(self) -> None:
        if self.chaos and self.draw(st.integers(0, 3)) == 0:
            raise Crash

    async def fault_in_call(self) -> None:
        if self.chaos:
            match self.draw(st.integers(0, 5)):
                case 0:
                    raise Crash
                case 1:
                    raise Retryable("500")

    async def deliver(self, records: MemoryRecords) -> Any:
        self.clock.time += self.draw(st.sampled_from([0.0, 3.0, 16.0, 70_000.0]))
        try:
            return await actions(records, self.clock, self.tool).perform(asked())
        except (Crash, Retryable):
            return None


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(["keys", "lookup", "neither"]))
def test_whatever_dies_it_is_done_at_most_once_and_comes_to_an_end(data: st.DataObject, guarantee: Guarantee) -> None:
    async def run() -> None:
        world = World(data.draw, guarantee)
        records = await records_with(lane(world.clock, proposal()))
        records.before = records.after = world.fault
        outcomes = [await world.deliver(records) for _ in range(data.draw(st.integers(1, 6)))]
        world.chaos = False
        world.clock.time += 16.0
        outcomes.append(await actions(records, world.clock, world.tool).perform(asked()))
        settled = [each for each in outcomes if each is not None]
        assert len({each.model_dump_json() for each in settled}) == 1
        assert len(world.provider.done) <= 1
        if settled[0].status == "succeeded":
            assert world.provider.done == [ACTION]
        if guarantee == "neither":
            assert world.provider.calls <= 1
        else:
            assert settled[0].status == "succeeded" or guarantee == "keys"  # keys are forgotten after 20 hours

    asyncio.run(run())
