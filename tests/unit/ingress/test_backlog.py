from typing import Any

from services.ingress.backlog import Backlog
from shared.contracts import Customer
from shared.lane.documents import Active, Conversation, Item, opened

NOW = 100_000.0


def standing(id: str, age: float, channel: str = "web") -> Conversation:
    customer = Customer(id="ann", assurance="verified")
    active = Active(epoch=1, members=(Item(id="m", at=NOW - age, customer=customer),), since=NOW - age)
    return opened(id, "ann", channel, NOW - age).model_copy(update={"active": active})


def sweep(backlog: Backlog, *lanes: Any) -> bool:
    backlog.begin()
    backlog.add(lanes, NOW)
    backlog.end()
    return backlog.full


def test_the_door_closes_when_many_turns_are_late_and_opens_when_they_are_answered() -> None:
    backlog = Backlog(after=60.0, turns=3)
    late = [standing(f"c{n}", 60.0 + n) for n in range(3)]
    assert not sweep(backlog, *late[:2], standing("young", 59.9))
    assert sweep(backlog, *late)
    assert sweep(backlog, *late)
    assert not sweep(backlog, *late[1:])


def test_what_nothing_can_end_keeps_the_door_shut_for_nobody() -> None:
    broken = [standing(f"c{n}", 3600.0) for n in range(5)]
    other = [standing(f"s{n}", 61.0, "sms") for n in range(5)]
    idle = opened("idle", "ann", "web", 0.0)
    assert not sweep(Backlog(after=60.0, turns=2), *broken, *other, idle, standing("late", 61.0))


def test_it_closes_before_a_long_sweep_has_come_to_its_end() -> None:
    backlog = Backlog(after=60.0, turns=2)
    backlog.begin()
    backlog.add([standing("a", 70.0), standing("b", 70.0)], NOW)
    assert backlog.full
