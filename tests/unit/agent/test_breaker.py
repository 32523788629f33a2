from services.agent.models.breaker import Breaker
from services.agent.models.usage import Price, tokens


def test_opens_after_failures_in_a_row_and_lets_one_try_after_the_pause() -> None:
    breaker = Breaker(failures=2, pause=10.0)
    breaker.record(False, 0.0)
    breaker.record(True, 1.0)
    breaker.record(False, 2.0)
    assert breaker.allows(2.0)
    breaker.record(False, 3.0)
    assert not breaker.allows(12.9)
    assert breaker.wait(4.0) == 9.0
    assert breaker.allows(13.0)
    assert not breaker.allows(13.0)  # one at a time
    breaker.release()
    assert breaker.allows(13.0)
    breaker.record(False, 14.0)
    assert not breaker.allows(23.9)
    assert breaker.allows(24.0)
    breaker.record(True, 24.0)
    assert breaker.allows(24.0)
    assert breaker.wait(24.0) == 0.0


def test_cost_counts_cached_input_at_its_own_price() -> None:
    usage = {"prompt_tokens": 1000, "completion_tokens": 200, "prompt_tokens_details": {"cached_tokens": 600}}
    counted = tokens(usage, Price(input=2.0, cached=0.5, output=8.0))
    assert counted == {"input": 1000, "cached": 600, "output": 200, "cost": 400 * 2 + 300 + 1600}
    assert tokens(usage, Price(input=2.0, output=8.0))["cost"] == 2000 + 1600
    assert tokens({}, Price(1.0, None, 1.0)) == {}
    assert tokens({"prompt_tokens": "many", "completion_tokens": 3}, Price()) == {
        "input": 0,
        "cached": 0,
        "output": 3,
        "cost": 0,
    }
