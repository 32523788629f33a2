"""The effects ledger: inserted before the call, settled by whoever holds it, unknown only when that is final."""

import pytest

from shared.lane import effects
from shared.lane.confirmation import allowed, press
from shared.lane.delivery import CLAIM_FOR, deliver
from shared.lane.documents import Effect
from shared.lane.ownership import take_over
from tests.unit.lane.samples import ACTION, ANN, NOW, draft, lane, pending, proposal

UNTIL = NOW + CLAIM_FOR


def effect(**fields: object) -> Effect:
    base = {"id": ACTION, "at": NOW, "conversation": "conv", "proposal": proposal(), "attempt": "try1", "until": UNTIL}
    return Effect.model_validate(base | fields)


def test_it_starts_only_what_is_confirmed_and_with_the_parameters_that_were_shown() -> None:
    shown, _ = deliver(lane("m1"), 1, draft("confirm"), "answered", now=NOW, pending=pending())
    assert allowed(shown, ACTION) is None
    pressed, _ = press(shown, f"hash of {ACTION}", True, NOW)
    proposed = allowed(pressed, ACTION)
    assert proposed
    started = effects.start("conv", proposed, attempt="try1", now=NOW, target="payment 1")
    assert started == effect(target="payment 1")
    assert allowed(pressed, "conv:2:0:0") is None
    assert allowed(None, ACTION) is None
    owned, _ = take_over(pressed, ANN)
    assert allowed(owned, ACTION), "a press is carried through"


@pytest.mark.parametrize(
    ("before", "read", "now", "mine"),
    [
        (effect(), "try1", UNTIL + 0.1, True),
        (effect(), "try1", UNTIL, False),
        (effect(), "try0", UNTIL + 0.1, False),
        (effect(state="succeeded"), "try1", UNTIL + 0.1, False),
        (effect(state="unknown"), "try1", UNTIL + 0.1, False),
    ],
)
def test_reclaim(before: Effect, read: str, now: float, mine: bool) -> None:
    after, got = effects.reclaim(before, read, new_attempt="try2", now=now)
    assert got == mine
    if mine:
        assert (after.attempt, after.until, after.at) == ("try2", now + CLAIM_FOR, NOW)
    else:
        assert after is before


@pytest.mark.parametrize(
    ("before", "attempt", "written"),
    [
        (effect(), "try1", True),
        (effect(), "try0", False),
        (effect(state="failed"), "try1", False),
        (effect(state="unknown"), "try1", False),
    ],
)
def test_record(before: Effect, attempt: str, written: bool) -> None:
    after, told = effects.record(before, attempt, "succeeded", text="done", provider_id="p1")
    assert told == written
    if written:
        assert (after.state, after.text, after.provider_id) == ("succeeded", "done", "p1")
    else:
        assert after is before


@pytest.mark.parametrize(
    ("state", "unique"), [("started", "payment 1"), ("succeeded", "payment 1"), ("unknown", "payment 1"), ("failed", None)]
)
def test_a_target_is_taken_unless_it_failed(state: str, unique: str | None) -> None:
    assert effect(state=state, target="payment 1").unique == unique
    assert effect(state=state).unique is None


def test_what_finds_its_target_taken_is_settled_as_failed_and_takes_nothing() -> None:
    refused = effects.refused(effect(target="payment 1"), "there is a refund already")
    assert (refused.id, refused.state, refused.unique) == (ACTION, "failed", None)
    assert effects.overdue(refused, "keys", NOW) == "settled"


@pytest.mark.parametrize(
    ("guarantee", "now", "expected"),
    [
        ("keys", UNTIL, "wait"),
        ("keys", UNTIL + 0.1, "again"),
        ("keys", NOW + effects.KEY_FOR - 1, "again"),
        ("keys", NOW + effects.KEY_FOR, "unknown"),  # the provider may have forgotten it
        ("lookup", UNTIL + 0.1, "ask"),
        ("lookup", NOW + effects.KEY_FOR, "ask"),
        ("neither", UNTIL, "wait"),
        ("neither", UNTIL + 0.1, "unknown"),
    ],
)
def test_what_is_done_about_an_effect_that_was_started(guarantee: str, now: float, expected: str) -> None:
    assert effects.overdue(effect(), guarantee, now) == expected  # type: ignore[arg-type]
