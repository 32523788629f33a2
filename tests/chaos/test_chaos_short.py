"""One real system, every fault at least once while customers talk; then people who take conversations over."""

import random

import pytest

from tests.chaos.scenarios.scenario import Options
from tests.chaos.scenarios.storms import everything
from tests.chaos.scenarios.takeovers import takeovers

SHORT = 0.01


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scenario", [everything, takeovers])
async def test_nothing_is_lost_doubled_or_out_of_order(scenario, tmp_path):
    seed = random.randrange(1, 1_000_000)
    told: list[str] = []
    outcome = await scenario(Options(seed, SHORT, tmp_path, told.append))
    print(f"seed {seed}; {told[-1]}")
    assert outcome.violations == ()
    assert [figure for figure in outcome.figures if figure.held is False] == []
