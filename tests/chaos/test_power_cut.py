"""The power goes while six processes and the broker write: what was acknowledged is there, and is done once."""

import pytest

from tests.chaos.power_cut import impossible, power_cut


@pytest.fixture(autouse=True)
def mounting():
    if why := impossible():
        pytest.skip(why)  # also where CI=true: not every machine lets its tests mount


async def test_what_was_acknowledged_outlives_a_power_cut(tmp_path):
    outcome = await power_cut(tmp_path, 1.0)
    assert len(outcome.accepted) > 20
    assert outcome.lost == []
    assert outcome.twice == []
    assert outcome.refunds == 1


async def test_without_the_sync_of_commits_a_power_cut_takes_acknowledged_messages(tmp_path):
    """The same cut must be able to find a loss, or the test above would prove nothing."""
    outcome = await power_cut(tmp_path, 1.0, synced=False, patience=5.0)
    assert len(outcome.accepted) > 20
    assert outcome.lost
