"""A hundredth of the proof in every test run: each scenario on a real system of its own, by another seed each time."""

import random

import pytest

from tests.chaos.scenarios.catalogue import SCENARIOS
from tests.chaos.scenarios.scenario import Options

SHORT = 0.01


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != "crash-points"])
async def test_nothing_is_lost_doubled_or_out_of_order(name, tmp_path):
    """Crash points have a faster test of their own, tests/integration/crash."""
    seed = random.randrange(1, 1_000_000)
    told: list[str] = []
    outcome = await SCENARIOS[name](Options(seed, SHORT, tmp_path, told.append))
    print(f"seed {seed}; {told[-1]}")
    assert outcome.violations == ()
    assert [figure for figure in outcome.figures if figure.held is False and not figure.timed] == []
