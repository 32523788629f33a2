"""A hundredth of the proof in every test run: each scenario on a real system of its own, by another seed each time."""

import asyncio
import random

import pytest

from tests.chaos.scenarios.catalogue import SCENARIOS
from tests.chaos.scenarios.outcomes import SHOPS
from tests.chaos.scenarios.scenario import Options

SHORT = 0.01
TOGETHER = [tuple(SHOPS), *((name,) for name in SCENARIOS if name not in SHOPS and name != "crash-points")]
"""Those that mostly wait run at the same time. Crash points have a faster test of their own, tests/integration/crash."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("names", TOGETHER, ids="+".join)
async def test_nothing_is_lost_doubled_or_out_of_order(names, tmp_path):
    seed = random.randrange(1, 1_000_000)
    print(f"seed {seed}")
    scenarios = (SCENARIOS[name](Options(seed, SHORT, tmp_path / name, print)) for name in names)
    for outcome in await asyncio.gather(*scenarios):
        assert outcome.violations == ()
        assert [figure for figure in outcome.figures if figure.held is False and not figure.timed] == []
