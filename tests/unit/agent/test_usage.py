from services.agent.models.usage import Price, tokens


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
