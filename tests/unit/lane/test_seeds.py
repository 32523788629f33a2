"""Deterministic simulation: whole lanes under random trouble, each drawn from a seed that a failure names.

`LANE_SEEDS` is how many, `LANE_FIRST` the first; `python -m tests.unit.lane.chaos --first <seed> --seeds 1` shows a run.
"""

import os
from collections import Counter

import pytest

from tests.unit.lane import sabotage
from tests.unit.lane.chaos import Chaos
from tests.unit.lane.ghost import Violation

SEEDS = int(os.environ.get("LANE_SEEDS", "5000"))
FIRST = int(os.environ.get("LANE_FIRST", "1"))


def test_no_seed_finds_a_violation() -> None:
    seen = Counter[str]()
    for seed in range(FIRST, FIRST + SEEDS):
        world = Chaos(seed).run()
        ghost = world.ghost
        seen.update({"inputs": len(ghost.ended), "turns": world.lane.epoch, "carried out": len(ghost.hits)})
        seen.update(draft.split()[0] for draft in ghost.drafts.values())
        seen.update({"calls": len(ghost.requests), "steps": sum(len(turn.steps) for turn in world.turns.values())})
        seen.update(effect.state for effect in world.effects.values())
    print(dict(seen))
    least = {"inputs": 2.0, "turns": 1.0, "steps": 1.0, "calls": 0.5, "reply": 0.5, "confirm": 0.1, "handoff": 0.02}
    least |= {"notice": 0.02, "carried out": 0.02, "succeeded": 0.02, "failed": 0.001, "unknown": 0.001}
    assert {what: seen[what] for what, share in least.items() if seen[what] < share * SEEDS} == {}, "hardly ever reached"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("lease_waits", "LEASE"),
        ("reclaim_cas", "TWICE|STALE"),
        ("at_most_once", "TWICE|BLOCKED"),
        ("lookup_first", "EFFECT"),
        ("effect_insert", "EFFECT"),
        ("check_confirmed", "CONFIRM"),
        ("sweep_confirmed", "BLOCKED"),
        ("step_per_epoch", "LOST|STEP|RESULT"),
        ("step_stands", "STEP"),
        ("results_joined", "RESULT"),
        ("sensitive_alone", "STEP"),
    ],
)
def test_the_seeds_would_find_what_is_broken(name: str, wrong: str) -> None:
    """The simulation is no formality: without a safeguard, some seed among the first ones says so."""

    def goes_well(seed: int) -> bool:
        chaos = Chaos(seed)
        getattr(sabotage, name)(chaos.world)
        return chaos.run().goal()

    with pytest.raises(Violation, match=rf"^({wrong}): .*seed \d+"):
        all(goes_well(seed) for seed in range(1, 1000))
