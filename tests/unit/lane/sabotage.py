"""Each safeguard of the protocol, removed: the world without one condition of one operation."""

from collections.abc import Callable
from typing import Any

from shared.contracts import Event
from shared.lane.admission import Admitted
from shared.lane.confirmation import Pressed
from shared.lane.delivery import Settled
from shared.lane.documents import Confirmed, Conversation, Item, Step, Turn
from tests.unit.lane.world import World

Sabotage = Callable[[World], None]


def fence_one_doc(w: World) -> None:
    """The fence is read in the conversation, the delivery inserted elsewhere: the claim judges what was read before."""
    real, read = w.ops.claim, list[Conversation]()
    take = w.ops.take_over

    def take_over(lane: Conversation, *given: Any) -> Any:
        read.append(lane)
        return take(lane, *given)

    def claim(lane: Conversation, *given: Any, **named: Any) -> Any:
        return lane, real(read[0] if read else lane, *given, **named)[1]

    w.ops.take_over, w.ops.claim = take_over, claim


def epoch_fence(w: World) -> None:
    real = w.ops.claim
    w.ops.claim = lambda lane, epoch, draft, **named: real(lane, lane.epoch, draft, **named)


def unique_claim(w: World) -> None:
    real = w.ops.claim
    w.ops.claim = lambda lane, *given, **named: real(_unclaimed(lane), *given, **named)


def lease_waits(w: World) -> None:
    real = w.ops.take_over
    w.ops.take_over = lambda lane, lease: real(_unclaimed(lane), lease)


def call_deadline(w: World) -> None:
    w.ops.may_call = lambda until, now: True


def early_look_up(w: World) -> None:
    """The other half of the deadline: nobody asks before it."""
    real = w.ops.remedy
    w.ops.remedy = lambda until, guarantee, now, **named: real(0.0, guarantee, now, **named)


def reclaim_cas(w: World) -> None:
    real = w.ops.reclaim

    def reclaim(lane: Conversation, epoch: int, read: str, **named: Any) -> Any:
        if lane.active is None or lane.active.claim is None:
            return real(lane, epoch, read, **named)
        claim = lane.active.claim.model_copy(update={"attempt": read, "until": 0.0})
        return real(lane.model_copy(update={"active": lane.active.model_copy(update={"claim": claim})}), epoch, read, **named)

    w.ops.reclaim = reclaim


def settle_cas(w: World) -> None:
    real = w.ops.settle

    def settle(lane: Conversation, epoch: int, attempt: str, *given: Any, **named: Any) -> Any:
        claim = lane.active.claim if lane.active else None
        return real(lane, epoch, claim.attempt if claim else attempt, *given, **named)

    w.ops.settle = settle


def lookup_first(w: World) -> None:
    real, course = w.ops.overdue, w.ops.course
    w.ops.overdue = lambda *given: "again" if (act := real(*given)) == "ask" else act
    w.ops.course = lambda *given: "again" if (act := course(*given)) == "ask" else act


def at_most_once(w: World) -> None:
    real = w.ops.remedy
    w.ops.remedy = lambda *given, **named: "again" if (act := real(*given, **named)) == "unknown" else act


def effect_insert(w: World) -> None:
    w.ops.inserts = False


def check_confirmed(w: World) -> None:
    w.ops.allowed = lambda lane, action: w.proposal(action, "r1")


def press_fenced(w: World) -> None:
    """The press is judged by the token alone, as on a document of the action's own."""

    def press(lane: Conversation, token: str, accept: bool, now: float) -> Any:
        action = token.removeprefix("hash of ")
        confirmed = Confirmed(proposal=w.proposal(action, "r1"), at=now)
        lane = lane.model_copy(update={"confirmed": lane.confirmed | {action: confirmed}})
        return lane, Pressed("accepted", action, confirmed)

    w.ops.press = press


def void_on_takeover(w: World) -> None:
    real = w.ops.give_back
    kept = []
    take = w.ops.take_over

    def take_over(lane: Conversation, lease: Any) -> Any:
        kept.append(lane.pending)
        return take(lane, lease)

    def give_back(lane: Conversation, now: float, **named: Any) -> Any:
        after, active = real(lane, now, **named)
        return after.model_copy(update={"pending": kept[-1] if kept else None}), active

    w.ops.take_over, w.ops.give_back = take_over, give_back


def result_once(w: World) -> None:
    w.ops.result = lambda lane, action, item, now: w.ops.admit(lane.model_copy(update={"confirmed": {}}), item, now)


def sweep_confirmed(w: World) -> None:
    real = w.ops.swept
    w.ops.swept = lambda lane, *given, **named: real(lane.model_copy(update={"confirmed": {}}), *given, **named)


def sweeper(w: World) -> None:
    w.ops.swept = lambda *given, **named: []


def give_up(w: World) -> None:
    w.give_up = float("inf")


def msgid_attempt(w: World) -> None:
    real = w.ops.swept

    def swept(*given: Any, **named: Any) -> list[Event]:
        events: list[Event] = real(*given, **named)
        for event in events:
            event.attempt = ""
        return events

    w.ops.swept = swept


def admit_one_cas(w: World) -> None:
    """Appended, and died before the second write, which activates."""
    real = w.ops.admit

    def admit(lane: Conversation, item: Item, now: float) -> Any:
        after, admitted = real(lane, item, now)
        return (_queued(after), Admitted("queue", None)) if admitted.place == "activated" else (after, admitted)

    w.ops.admit = admit


def release_activates(w: World) -> None:
    """The turn has ended, and whoever ended it died before the second write, which activates the next."""
    real = w.ops.settle

    def settle(*given: Any, **named: Any) -> Any:
        after, settled = real(*given, **named)
        return (_queued(after), Settled(True)) if settled.next else (after, settled)

    w.ops.settle = settle


def seen_kept(w: World) -> None:
    real = w.ops.settle

    def settle(*given: Any, **named: Any) -> Any:
        after, settled = real(*given, **named)
        return after.model_copy(update={"seen": {}}), settled

    w.ops.settle = settle


def person_admits(w: World) -> None:
    real = w.ops.admit

    def admit(lane: Conversation, *given: Any) -> Any:
        after, admitted = real(lane.model_copy(update={"owner": "bot", "wanted": None}), *given)
        return after.model_copy(update={"owner": lane.owner}), admitted

    w.ops.admit = admit


def inbox_kept(w: World) -> None:
    real = w.ops.give_back
    w.ops.give_back = lambda lane, *given, **named: real(lane.model_copy(update={"inbox": ()}), *given, **named)


def step_per_epoch(w: World) -> None:
    """Steps are kept under the conversation, not under the turn that is this epoch."""
    w.ops.turn_key = lambda event: event.conversation


def grant_in_order(w: World) -> None:
    """What came while a person waited is put before what had queued up."""
    real = w.ops.settle

    def settle(*given: Any, **named: Any) -> Any:
        after, settled = real(*given, **named)
        return after.model_copy(update={"inbox": after.inbox[::-1]}), settled

    w.ops.settle = settle


def step_stands(w: World) -> None:
    """The last answer of the model is kept, not the first."""
    real = w.ops.store_step

    def store_step(turn: Turn, number: int, step: Step) -> Any:
        return real(turn.model_copy(update={"steps": turn.steps[:number]}), number, step)

    w.ops.store_step = store_step


def results_joined(w: World) -> None:
    """The first result goes on without the others."""
    real = w.ops.store_result
    w.ops.store_result = lambda turn, number, call, value, wanted: real(turn, number, call, value, frozenset({call}))


def sensitive_alone(w: World) -> None:
    """Every call of an answer goes out, also several that want a button."""
    real = w.ops.decide

    def decide(answer: Any, finish: str, tools: Any, *given: Any) -> Any:
        free = {name: spec.model_copy(update={"confirmation": False}) for name, spec in tools.items()}
        return real(answer, finish, free, *given)

    w.ops.decide = decide


def claimed_is_open(w: World) -> None:
    """Nothing is proposed for a turn whose answer is being delivered."""
    real = w.ops.is_open
    w.ops.is_open = lambda lane, epoch: real(lane, epoch) and lane.active.claim is None


def effect_reclaim_cas(w: World) -> None:
    """An effect is taken over whoever holds it by now."""
    real = w.ops.reclaim_effect
    w.ops.reclaim_effect = lambda effect, read, **named: real(
        effect.model_copy(update={"attempt": read, "until": 0.0}), read, **named
    )


def record_cas(w: World) -> None:
    """Who was replaced in an effect writes its outcome all the same."""
    real = w.ops.record
    w.ops.record = lambda effect, attempt, *given, **named: real(
        effect.model_copy(update={"attempt": attempt, "state": "started"}), attempt, *given, **named
    )


def _unclaimed(lane: Conversation) -> Conversation:
    if lane.active is None:
        return lane
    return lane.model_copy(update={"active": lane.active.model_copy(update={"claim": None})})


def _queued(lane: Conversation) -> Conversation:
    assert lane.active
    return lane.model_copy(update={"active": None, "queue": (*lane.active.members, *lane.queue)})
