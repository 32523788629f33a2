"""The lane, explored: every schedule of small scenarios, with the real functions of `shared.lane`.

The state spaces are closed: crashes, wipes, redeliveries, presses and leases without limit. `LANE_MODEL=long` explores
the larger ones too; `python -m tests.model` tells their sizes.
"""

import os

import pytest

from tests.model.explore import explore
from tests.model.scenarios import ALL, QUICK, world
from tests.unit.lane import sabotage

SCENARIOS = ALL if os.environ.get("LANE_MODEL") == "long" else QUICK


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.timeout(600)
def test_the_invariants_hold_in_every_state_and_the_goal_can_be_reached_from_each(name: str) -> None:
    found = explore(world(name))
    assert not found.violation, "\n".join([found.violation, *found.trace])
    assert found.complete
    assert found.states > 100, "the scenario has hardly a state: has a move been lost?"


@pytest.mark.parametrize(
    ("safeguard", "name", "wrong"),
    [
        ("lease_waits", "burst", "LEASE"),
        ("call_deadline", "burst", "LEASE"),
        ("early_look_up", "burst", "LEASE"),
        ("settle_cas", "burst-keys", "STALE"),
        ("at_most_once", "burst-neither", "TWICE"),
        ("lookup_first", "refund-web", "EFFECT"),
        ("effect_insert", "refund-web", "EFFECT"),
        ("sweep_confirmed", "refund-web", "BLOCKED"),
        ("sweeper", "burst", "BLOCKED"),
        ("msgid_attempt", "burst", "BLOCKED"),
        ("admit_one_cas", "burst", "BLOCKED"),
        ("release_activates", "burst", "BLOCKED"),
        ("person_admits", "burst", "LEASE"),
        ("inbox_kept", "burst", "LOST"),
        ("epoch_fence", "burst", "STALE"),
    ],
)
def test_the_explorer_finds_what_a_missing_safeguard_does(safeguard: str, name: str, wrong: str) -> None:
    broken = world(name)
    getattr(sabotage, safeguard)(broken)
    assert explore(broken).violation.startswith(wrong)
