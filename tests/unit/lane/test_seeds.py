"""Deterministic simulation: whole lanes under random trouble, each drawn from a seed that a failure names.

`LANE_SEEDS` is how many, `LANE_FIRST` the first; `python -m tests.unit.lane.chaos --first <seed> --seeds 1` shows a run.
"""

import os

import pytest

from tests.unit.lane import sabotage
from tests.unit.lane.chaos import Chaos
from tests.unit.lane.ghost import Violation

SEEDS = int(os.environ.get("LANE_SEEDS", "2000"))
FIRST = int(os.environ.get("LANE_FIRST", "1"))


def test_no_seed_finds_a_violation() -> None:
    ended, hits, epochs = 0, 0, 0
    for seed in range(FIRST, FIRST + SEEDS):
        world = Chaos(seed).run()
        ended, hits, epochs = ended + len(world.ghost.ended), hits + len(world.ghost.hits), epochs + world.lane.epoch
    assert ended > 2 * SEEDS, "the runs have hardly an input"
    assert epochs > SEEDS, "the runs have hardly a turn"
    assert hits > SEEDS / 50, "hardly a run confirms an action"


@pytest.mark.parametrize(
    "name", ["lease_waits", "reclaim_cas", "at_most_once", "lookup_first", "effect_insert", "sweep_confirmed", "step_per_epoch"]
)
def test_the_seeds_would_find_a_broken_lane(name: str) -> None:
    """The simulation is no formality: without a safeguard, some seed among the first ones says so."""

    def goes_well(seed: int) -> bool:
        chaos = Chaos(seed)
        getattr(sabotage, name)(chaos.world)
        return chaos.run().goal()

    with pytest.raises(Violation, match=r"seed \d+"):
        all(goes_well(seed) for seed in range(1, 400))
