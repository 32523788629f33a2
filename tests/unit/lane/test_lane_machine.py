"""The lane as a state machine that Hypothesis drives: it looks for the shortest way to break an invariant.

Every run ends with a fair part: from wherever the rules left the lane, the goal must be reached.
"""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.lane.documents import REMEMBERED
from tests.unit.lane.world import Worker, World

INDEX = st.integers(0, 7)
HOLDER = st.sampled_from(["ann", "bob"])
CHANNEL = st.sampled_from(["keys", "lookup", "neither", "record"])
PROVIDER = st.sampled_from(["keys", "lookup", "neither"])


class Lane(RuleBasedStateMachine):
    world: World

    @initialize(channel=CHANNEL, provider=PROVIDER, parts=st.integers(1, 2), payment=st.sampled_from(["", "payment 1"]))
    def begin(self, channel: str, provider: str, parts: int, payment: str) -> None:
        parts = 1 if channel == "record" else parts
        self.world = World(channel=channel, provider=provider, parts=parts, target=payment, give_up=120.0)
        self.said: list[str] = []

    def nth(self, of: list[Any], index: int) -> Any:
        return of[index % len(of)]

    def has(self, name: str) -> bool:
        return bool(getattr(self, "world", None) and getattr(self.world, name))

    @rule(kind=st.sampled_from("mmlrbnfghze"), publishes=st.booleans())
    def say(self, kind: str, publishes: bool) -> None:
        self.said.append(f"{kind}{len(self.said) + 1}")
        self.world.say(self.said[-1], publishes=publishes)

    @precondition(lambda self: self.has("lane") and self.said)
    @rule(index=INDEX)
    def retry(self, index: int) -> None:
        """A client that got no answer says it again."""
        before = self.world.lane
        assert self.world.say(self.nth(self.said, index)) == "seen"
        assert self.world.lane is before, "what was seen is not written"

    @precondition(lambda self: self.has("bus") and len(self.world.workers) < 5)
    @rule(index=INDEX, skew=st.sampled_from([0.0, 2.0, -2.0]))
    def deliver(self, index: int, skew: float) -> None:
        """Any event, at any time, again, by any worker, whose clock may be wrong."""
        self.world.start(self.nth(self.world.bus, index), skew)

    @precondition(lambda self: self.has("workers"))
    @rule(index=INDEX, steps=st.integers(1, 6))
    def work(self, index: int, steps: int) -> None:
        worker: Worker = self.nth(self.world.workers, index)
        while steps and worker in self.world.workers and self.world.step(worker):
            steps -= 1

    @precondition(lambda self: self.has("workers"))
    @rule(index=INDEX)
    def die(self, index: int) -> None:
        """Between any two steps: after a write, after a call, before its event is published, before its ack."""
        self.world.kill(self.nth(self.world.workers, index))

    @precondition(lambda self: self.has("bus"))
    @rule(index=INDEX, everything=st.booleans())
    def wipe(self, index: int, everything: bool) -> None:
        name = self.nth(self.world.bus, index).event.name
        self.world.wipe(*([] if everything else [name]))

    @rule(seconds=st.sampled_from([1.0, 4.0, 6.0, 16.0, 60.0, 600.0]))
    def time_passes(self, seconds: float) -> None:
        self.world.tick(seconds)

    @rule()
    def sweep(self) -> None:
        self.world.sweep()

    @rule(holder=HOLDER, seconds=st.sampled_from([5.0, 600.0]))
    def take_over(self, holder: str, seconds: float) -> None:
        claimed = self.world.lane.active and self.world.lane.active.claim
        owner = self.world.lane.owner
        state = self.world.take_over(holder, seconds)
        assert state == "held" or (state == "wanted") == bool(claimed)
        assert self.world.lane.owner == ("person" if state == "granted" else owner)

    @precondition(lambda self: self.has("lane") and self.world.lane.owner == "person")
    @rule(holder=HOLDER, read=st.none() | st.integers(0, 3))
    def answer(self, holder: str, read: int | None) -> None:
        """What came while they typed was not read, and stays."""
        inbox = [item.id for item in self.world.lane.inbox]
        ids = None if read is None else set(inbox[:read])
        if self.world.answer(holder, ids):
            assert [item.id for item in self.world.lane.inbox] == (inbox[read:] if read is not None else [])

    @precondition(lambda self: self.has("lane") and self.world.lane.owner == "person")
    @rule(holder=HOLDER)
    def give_back(self, holder: str) -> None:
        self.world.give_back(holder)

    @precondition(lambda self: self.has("lane") and self.world.ghost.shown)
    @rule(index=INDEX, accept=st.booleans(), publishes=st.booleans())
    def press(self, index: int, accept: bool, publishes: bool) -> None:
        """Any button ever shown: twice, too late, after a hand-over."""
        self.world.press(self.nth(list(self.world.ghost.shown), index), accept, publishes=publishes)

    @invariant()
    def stays_small(self) -> None:
        if self.has("lane"):
            assert len(self.world.lane.done) <= REMEMBERED

    def teardown(self) -> None:
        if self.has("lane"):
            self.world.finish()
            assert set(self.said) <= self.world.ghost.ended.keys()
            for action in self.world.ghost.rightful:
                assert f"{action}:result" in self.world.ghost.ended, "pressed, and never told what became of it"


TestLane = Lane.TestCase
TestLane.settings = settings(
    max_examples=150, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
