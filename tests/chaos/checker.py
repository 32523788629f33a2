"""The verdict on a history: nothing lost, nothing twice, everything in order, each confirmed refund once and no other.

Pure. It trusts nothing that the system says about itself: what was accepted is compared with what customers were told, with
what the transcript keeps, and with the ledger of the shop. The approach is Jepsen's (https://jepsen.io): unique operations,
a recorded history, and a check of the whole of it afterwards.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tests.chaos.history import Heard, History, Pressed, Said

_ORDER = re.compile(r"\bORD-\d{5}\b")


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that was broken. `rule` is its name in the table."""

    rule: str
    conversation: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.conversation}: {self.detail}"


@dataclass(slots=True)
class Lane(History):
    """What the history has of one conversation."""

    id: str = ""

    @property
    def told(self) -> list[Heard]:
        """Deliveries in the order in which they were heard."""
        return [each for each in self.heard if each.kind != "delta"]

    @property
    def accepted(self) -> list[Said]:
        return [each for each in self.said if each.accepted]

    def results(self) -> list[Heard]:
        """What became of presses: deliveries that answer no message."""
        return [each for each in self.told if not each.answers and each.kind == "notice"]


def violations(history: History) -> list[Violation]:
    """Everything in it that breaks a promise; empty when nothing does."""
    return [found for lane in _lanes(history) for rule in RULES for found in rule(lane)]


def _lanes(history: History) -> Iterable[Lane]:
    lanes: dict[str, Lane] = {}

    def lane(id: str) -> Lane:
        return lanes.setdefault(id, Lane(id=id))

    for name in ("said", "heard", "pressed", "taken", "kept", "effected"):
        for each in getattr(history, name):
            getattr(lane(each.conversation), name).append(each)
    for line in history.refunded:
        lane(line.action.partition(":")[0]).refunded.append(line)
    return lanes.values()


def lost(lane: Lane) -> Iterator[Violation]:
    """Every message that was answered 202 is answered on its customer's stream, and in the transcript."""
    heard = {id for each in lane.told for id in each.answers}
    kept = {id for each in lane.kept for id in each.answered}
    for each in lane.accepted:
        if each.message not in heard:
            yield Violation("lost", lane.id, f"{each.message} was accepted and never answered")
        elif lane.kept and each.message not in kept:
            yield Violation("lost", lane.id, f"{each.message} was answered and is not in the transcript")


def twice(lane: Lane) -> Iterator[Violation]:
    """No message is answered by two deliveries, no delivery is told twice to one reader."""
    answered = defaultdict(set)
    for each in lane.told:
        for id in each.answers:
            answered[id].add(each.seq)
    for id, seqs in answered.items():
        if len(seqs) > 1:
            yield Violation("answered twice", lane.id, f"{id} by {sorted(seqs)}")
    for seq, times in Counter(each.seq for each in lane.told).items():
        if times > 1:
            yield Violation("told twice", lane.id, f"delivery {seq}, {times} times")
    for id, times in Counter(id for each in lane.kept for id in each.answered).items():
        if times > 1:
            yield Violation("answered twice", lane.id, f"{id}, {times} times in the transcript")


def invented(lane: Lane) -> Iterator[Violation]:
    """Only what was said is answered."""
    known = {each.message for each in lane.said}
    for each in lane.told:
        for id in each.answers:
            if id not in known and not id.startswith("replay-"):
                yield Violation("invented", lane.id, f"delivery {each.seq} answers {id}, which nobody sent")


def disordered(lane: Lane) -> Iterator[Violation]:
    """Answers come in the order in which messages were accepted, deliveries in that of their numbers, without a gap."""
    number = {each.message: each.number for each in lane.said}
    order = [number[id] for each in lane.told for id in each.answers if id in number]
    for before, after in pairwise(order):
        if before > after:
            yield Violation("out of order", lane.id, f"message {after} was answered after message {before}")
    seqs = [each.seq for each in lane.told]
    if seqs != sorted(seqs):
        yield Violation("out of order", lane.id, f"deliveries were told as {seqs}")
    for kept in lane.kept:
        if missing := set(range(1, kept.last + 1)) - set(seqs):
            yield Violation("not told", lane.id, f"deliveries {sorted(missing)} of {kept.last}")


def foreign(lane: Lane) -> Iterator[Violation]:
    """Nobody reads of another customer's order."""
    own = {order for kept in lane.kept for order in kept.orders}
    for each in lane.told:
        if own and (others := set(_ORDER.findall(each.text)) - own):
            yield Violation("another's order", lane.id, f"delivery {each.seq} names {sorted(others)}")


def refunds(lane: Lane) -> Iterator[Violation]:
    """The shop paid each confirmed refund once, as it was shown, and none that was not confirmed.

    One that the ledger holds as `unknown` was handed to a person; one that the shop refused is `failed`.
    """
    confirmed = {each.order: each for each in lane.pressed if each.accept and (each.counted or not _refused(each))}
    state = {each.order: each.state for each in lane.effected}
    paid = Counter(each.order for each in lane.refunded if not each.refused)
    for line in lane.refunded:
        if line.order not in confirmed:
            yield Violation("unconfirmed refund", lane.id, f"{line.order} by {line.action}")
        elif line.amount != confirmed[line.order].amount:
            yield Violation("another amount", lane.id, f"{line.order}: {line.amount}, shown was {confirmed[line.order].amount}")
        if line.refused:
            yield Violation("doubled refund", lane.id, f"{line.order} was asked for again by {line.action}")
    for order, times in paid.items():
        if times > 1:
            yield Violation("doubled refund", lane.id, f"{order}, {times} times")
    for order, press in confirmed.items():
        if press.counted and not paid[order] and state.get(order) not in ("unknown", "failed"):
            yield Violation("lost refund", lane.id, f"{order} was confirmed; its effect is {state.get(order, 'not begun')}")


def presses(lane: Lane) -> Iterator[Violation]:
    """A press that counted counts when it is repeated, and is followed by one result; effects end settled."""
    for each in lane.pressed:
        if each.counted and 410 in each.statuses:
            yield Violation("forgotten press", lane.id, f"{each.order} answered {each.statuses}")
    counted, told = sum(each.counted for each in lane.pressed), len(lane.results())
    if told < counted:
        yield Violation("result not told", lane.id, f"{counted} presses, {told} results")
    elif told > counted and all(each.counted or _refused(each) for each in lane.pressed):
        yield Violation("result twice", lane.id, f"{counted} presses, {told} results")
    for effect in lane.effected:
        if effect.state == "started":
            yield Violation("not settled", lane.id, f"{effect.action} of {effect.order}")


def leases(lane: Lane) -> Iterator[Violation]:
    """While a person has the conversation nothing of the assistant leaves, and what they answered it does not answer."""
    for each in lane.heard:
        if each.kind == "delta":
            yield Violation("bot after take-over", lane.id, f"a preview of {each.turn} was shown")
    for taken in lane.taken:
        for each in lane.told:
            if (
                each.by == "assistant"
                and each.answers
                and each.seq > taken.seq
                and (not taken.until or each.seq <= taken.until)
            ):
                yield Violation("bot after take-over", lane.id, f"delivery {each.seq}, a person spoke at {taken.seq}")
            if each.by == "assistant" and (both := set(each.answers) & set(taken.answers)):
                yield Violation("bot after take-over", lane.id, f"{sorted(both)} by {each.seq}, and by a person")


def _refused(press: Pressed) -> bool:
    """It is known that it did not count."""
    return bool(press.statuses) and press.statuses[-1] == 410 and not press.counted


RULES: tuple[Callable[[Lane], Iterator[Violation]], ...] = (
    lost,
    twice,
    invented,
    disordered,
    foreign,
    refunds,
    presses,
    leases,
)
