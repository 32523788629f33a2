from hypothesis import given
from hypothesis import strategies as st

from shared.resilience.retries import RetryBudget


@given(st.lists(st.booleans(), max_size=400), st.integers(1, 20), st.integers(0, 5))
def test_retries_never_exceed_their_share_of_the_calls(wishes: list[bool], per: int, reserve: int) -> None:
    budget, calls, retries = RetryBudget(calls_per_retry=per, reserve=reserve), 0, 0
    for retry in wishes:
        if not retry:
            budget.called()
            calls += 1
        elif budget.take():
            retries += 1
        assert retries <= reserve + calls / per


def test_a_storm_gets_a_tenth_and_a_quiet_time_saves_up_nothing() -> None:
    budget = RetryBudget(calls_per_retry=10, reserve=10)
    for _ in range(10_000):
        budget.called()
    granted = 0
    for _ in range(1000):
        budget.called()
        granted += budget.take() + budget.take()
    assert granted == 10 + 1000 / 10 - 1  # the first call found it full
