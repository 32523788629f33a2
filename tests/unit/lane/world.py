"""A whole lane in memory: one conversation, its turns and effects, a bus, workers that may stop anywhere, and a clock.

The decisions are those of `shared.lane`, reached through `Operations`: a safeguard is removed by replacing one of them.
A worker is a generator that yields after every write and every call, so that it can be paused, overtaken or killed
there. The bus delivers any number of times, in any order, late or never.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Literal

from services.actions import domain as actions
from services.agent import domain
from shared.contracts import Customer, Draft, EffectRequested, Event, Proposal, Text
from shared.lane import admission, confirmation, delivery, effects, ownership, reconcile, sweep, turns
from shared.lane.documents import Conversation, Effect, Item, Lease, Turn, opened, turn_of
from tests.unit.lane.ghost import Ghost, Violation

CUSTOMER = Customer(id="c1", assurance="verified")
EXPIRE_AFTER = 600.0  # a proposal
LEASE_FOR = 60.0
SWEEP_AFTER = 20.0


@dataclass
class Operations:
    """The lane's operations as the stages call them."""

    admit: Callable[..., Any] = admission.admit
    claim: Callable[..., Any] = delivery.claim
    may_call: Callable[..., Any] = delivery.may_call
    next_part: Callable[..., Any] = delivery.next_part
    reclaim: Callable[..., Any] = delivery.reclaim
    settle: Callable[..., Any] = delivery.settle
    unsent: Callable[..., Any] = delivery.unsent
    deliver: Callable[..., Any] = delivery.deliver
    remedy: Callable[..., Any] = reconcile.remedy
    take_over: Callable[..., Any] = ownership.take_over
    answer: Callable[..., Any] = ownership.answer
    give_back: Callable[..., Any] = ownership.give_back
    press: Callable[..., Any] = confirmation.press
    result: Callable[..., Any] = confirmation.result
    allowed: Callable[..., Any] = confirmation.allowed
    start: Callable[..., Any] = effects.start
    overdue: Callable[..., Any] = effects.overdue
    course: Callable[..., Any] = actions.course
    is_open: Callable[..., Any] = actions.is_open
    reclaim_effect: Callable[..., Any] = effects.reclaim
    record: Callable[..., Any] = effects.record
    store_step: Callable[..., Any] = turns.store_step
    store_result: Callable[..., Any] = turns.store_result
    next_move: Callable[..., Any] = domain.next_move
    decide: Callable[..., Any] = domain.decide
    swept: Callable[..., Any] = sweep.swept
    turn_key: Callable[[Event], str] = field(default=lambda event: event.turn)
    inserts: bool = True  # an insert refuses an id that is taken


def stamped(cause: Event, *events: Event) -> list[Event]:
    return [event.because_of(cause, position) for position, event in enumerate(events)]


class Later(Exception):
    """Nak: the message comes again."""


class Poison(Exception):
    """Dead letter: the message does not come again."""


Steps = Generator[str, None, list[Event]]


@dataclass(eq=False)
class Message:
    event: Event
    acked: bool = False


@dataclass(eq=False)
class Worker:
    """A handler at work on a message. `at`: the last thing it did. `skew`: how wrong its clock is."""

    message: Message
    skew: float = 0.0
    at: str = "started"
    steps: Steps | None = None
    outputs: list[Event] | None = None


@dataclass
class World:
    """`channel` and `provider` are guarantees; a `record` channel is read from the record. `parts` of each reply."""

    channel: str = "lookup"
    provider: str = "lookup"
    parts: int = 1
    target: str = ""  # of every effect: if any, at most one of them may stand
    give_up: float = float("inf")
    ops: Operations = field(default_factory=Operations)
    now: float = 1000.0
    lane: Conversation = field(init=False)
    turns: dict[str, Turn] = field(default_factory=dict)
    effects: dict[str, Effect] = field(default_factory=dict)
    bus: list[Message] = field(default_factory=list)
    window: set[tuple[str, str]] = field(default_factory=set)  # of duplicates: it never forgets, but for a wipe
    workers: list[Worker] = field(default_factory=list)
    at_channel: set[str] = field(default_factory=set)  # keys of what was sent
    ghost: Ghost = field(default_factory=Ghost)
    _random: int = 0

    def __post_init__(self) -> None:
        self.lane = opened("conv", CUSTOMER.id, "web", self.now)

    # the records

    def change(self, operation: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """One compare-and-set of the conversation."""
        old = self.lane
        new, told = operation(old, *given, **named)
        if new is not old:
            self.ghost.wrote(old, new, self.now)
            self.lane = new
        return told

    def change_turn(self, event: Event, operation: Callable[..., Any], *given: Any) -> tuple[Turn, Any]:
        key = self.ops.turn_key(event)
        self.turns[key], told = operation(self.turns.get(key) or turn_of("conv", event.epoch, self.now), *given)
        return self.turns[key], told

    def insert(self, effect: Effect) -> bool:
        taken = effect.id in self.effects or effect.unique in {e.unique for e in self.effects.values() if e.unique}
        if taken and self.ops.inserts:
            return False
        self.effects[effect.id] = effect
        return True

    def change_effect(self, action: str, operation: Callable[..., Any], *given: Any, **named: Any) -> Any:
        before = self.effects[action]
        self.effects[action], told = operation(before, *given, **named)
        if before.state not in ("started", self.effects[action].state):
            raise Violation(f"EFFECT: {action} had ended as {before.state}, now as {self.effects[action].state}")
        return told

    def random(self) -> str:
        self._random += 1
        return f"try{self._random}"

    # the bus

    def publish(self, event: Event) -> None:
        """Into the stream of its subject, unless the stream remembers the message's id."""
        id = (event.name, event.message_id)
        if id not in self.window:
            self.window.add(id)
            self.bus.append(Message(event))

    def wipe(self, *names: str) -> None:
        """Streams are lost, with what they remember of duplicates. No names: all of them."""
        self.bus = [m for m in self.bus if names and m.event.name not in names]
        self.window = {id for id in self.window if names and id[0] not in names}

    def messages(self, name: str) -> list[Message]:
        return [m for m in self.bus if m.event.name == name]

    # workers

    def start(self, message: Message, skew: float = 0.0) -> Worker:
        """Deliver a message, also one that was acked: a lost ack, a slow consumer, another replica."""
        from tests.unit.lane.workers import HANDLERS

        worker = Worker(message, skew)
        worker.steps = HANDLERS[message.event.name](self, worker, message.event)
        self.workers.append(worker)
        return worker

    def deliver(self, name: str, index: int = -1, skew: float = 0.0) -> Worker:
        return self.start(self.messages(name)[index], skew)

    def step(self, worker: Worker) -> bool:
        """One step; the last one publishes and acks. False: it has ended."""
        if worker.outputs is not None:
            for event in worker.outputs:
                self.publish(event)
            worker.message.acked = True
            return self.kill(worker)
        try:
            assert worker.steps
            worker.at = next(worker.steps)
        except StopIteration as stop:
            worker.outputs, worker.at = stop.value, "returned"
        except Later:
            return self.kill(worker)
        except Poison:
            worker.message.acked = True
            return self.kill(worker)
        return True

    def run(self, worker: Worker, until: str = "") -> Worker:
        while worker in self.workers and self.step(worker) and worker.at != until:
            pass
        if until and worker.at != until:
            raise ValueError(f"the script expects {until!r}: the worker ended at {worker.at!r}")
        return worker

    def kill(self, worker: Worker) -> bool:
        self.workers.remove(worker)
        return False

    # customers, buttons, persons, time

    def say(self, id: str, *, publishes: bool = True) -> str:
        """An input arrives, by its first letter: a message, a look-up, a refund, both, a refund that cannot be, a hand-over,
        a faulty call, a model that never ends asking, poison, or a backend's event."""
        kind: Literal["event", "message"] = "event" if id[0] == "e" else "message"
        item = Item(id=id, kind=kind, at=self.now, customer=CUSTOMER, sealed=f"sealed {id}", data={"of": id})
        admitted = self.change(self.ops.admit, item, self.now)
        if id not in self.ghost.ended and id not in self.ghost.order:
            raise Violation(f"LOST: {id} was answered with 202 and is not kept")
        if publishes and admitted.active:
            self.publish(sweep.first_event(self.lane, admitted.active))
        return str(admitted.place)

    def press(self, action: str, accept: bool = True, *, publishes: bool = True) -> str:
        pressed = self.change(self.ops.press, f"hash of {action}", accept, self.now)
        self.ghost.pressed(action, accept, pressed.state)
        if publishes and pressed.confirmed:
            self.publish(sweep.request(self.lane, pressed.confirmed))
        if publishes and pressed.admitted and pressed.admitted.active:
            self.publish(sweep.first_event(self.lane, pressed.admitted.active))
        return str(pressed.state)

    def take_over(self, holder: str = "ann", seconds: float = LEASE_FOR) -> str:
        lease = Lease(holder=holder, until=self.now + seconds)
        return str(self.change(self.ops.take_over, lease))

    def answer(self, holder: str = "ann", read: set[str] | None = None) -> bool:
        ids = read if read is not None else {item.id for item in self.lane.inbox}
        draft = Draft(kind="reply", parts=(Text(text="by a person"),), said=" ".join(sorted(ids)))
        return self.change(self.ops.answer, holder, draft, self.now, read=read) is not None

    def give_back(self, holder: str | None = "ann") -> bool:
        """Without holder: only what has expired, as the sweeper does it."""
        before = self.lane
        active = self.change(self.ops.give_back, self.now, holder=holder)
        if active:
            self.publish(sweep.first_event(self.lane, active))
        return self.lane is not before

    def tick(self, seconds: float) -> None:
        self.now += seconds

    def sweep(self) -> None:
        """What the sweeper of any replica does."""
        if self.lane.due is None or self.lane.due > self.now - SWEEP_AFTER:
            return
        self.give_back(None)
        for event in self.ops.swept(self.lane, self.now, after=SWEEP_AFTER, give_up=self.give_up):
            self.publish(event)

    # fair runs

    def goal(self) -> bool:
        """All accepted inputs have ended, no action is unsettled, the bot is idle and nobody waits."""
        lane = self.lane
        return not (lane.active or lane.queue or lane.inbox or lane.confirmed or lane.wanted or self.ghost.order)

    def drain(self) -> None:
        """Everything that is at work ends, everything that is not acked is delivered."""
        for worker in list(self.workers):
            self.run(worker)
        while waiting := [m for m in self.bus if not m.acked]:
            for message in waiting:
                self.run(self.start(message))
            if all(not m.acked for m in waiting):
                return  # they wait for a deadline

    def finish(self) -> None:
        """From here on nothing goes wrong any more: the goal must come. Raises Violation: the lane is blocked."""
        for _ in range(400):
            self.drain()
            if self.goal():
                return
            waits = self.now - self.lane.due if self.lane.due else 0.0
            self.tick(max(8.0, waits / 8, SWEEP_AFTER - waits))
            self.sweep()
        raise Violation(f"BLOCKED: no fair way to the goal, still open: {self.ghost.order}, {list(self.lane.confirmed)}")

    def forged(self, action: str) -> Event:
        """A request that no press caused."""
        proposal = self.proposal(action, "x9")
        return EffectRequested(
            conversation="conv", epoch=1, action=action, tool="refund_order", arguments=proposal.arguments, customer=CUSTOMER
        ).first_of("forged")

    @staticmethod
    def proposal(action: str, of: str) -> Proposal:
        return Proposal(action=action, tool="refund_order", arguments={"of": of}, customer=CUSTOMER, title=f"Refund {of}")
