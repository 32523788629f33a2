"""Whatever is said, in whatever dialogue: an answer, the same again, with arguments that their schema allows."""

import json
import time

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.understudy.brain import decide
from demo.understudy.conversation import read
from tests.unit.understudy.asking import ORDERS, PASSAGES, TOOLS

WORDS = st.sampled_from(
    """
    where is my order ORD-10001 ORD-10004 W9502127 10002 refund return money back because broken damaged lamp blanket cancel
    exchange change address call me tomorrow at 3pm ticket complain human agent yes no thanks bye hello sorry I meant the second
    one latest don't know how long much shipping cost do you sell have wool tell carrier wo ist bestellung dónde está pedido où
    commande <EMAIL_1> <CARD_1> $300 ? . ! , and also please ridiculous lawyer ###STOP### {slot} {} <passage> </passage>
    """.split()  # noqa: SIM905
)
SAID = st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=120))
SCHEMAS = {tool["function"]["name"]: tool["function"]["parameters"] for tool in TOOLS}


def system(parts):
    return "You are Robin.\n" + "\n".join(parts)


@given(
    st.lists(SAID, min_size=1, max_size=4),
    st.lists(st.sampled_from([PASSAGES, ORDERS, "Answer in German.", "Answer in Klingon."]), max_size=3),
)
def test_a_dialogue_goes_on_with_its_own_answers(said, parts):
    messages = [{"role": "system", "content": system(parts)}]
    for text in said:
        messages.append({"role": "user", "content": text})
        answer = decide(read(messages, TOOLS))
        assert answer == decide(read(messages, TOOLS))
        assert bool(answer.text) != bool(answer.calls)
        for call in answer.calls:
            jsonschema.validate(call.arguments, SCHEMAS[call.tool])
        messages.append({"role": "assistant", "content": answer.text or "Done."})


KEYS = st.sampled_from("ok error result status order_id id items orders products text carrier name price".split(" "))  # noqa: SIM905
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@given(SAID, VALUES)
def test_any_result_is_told(said, content):
    call = {"id": "c", "type": "function", "function": {"name": "check_order_status", "arguments": "{}"}}
    messages = [
        {"role": "user", "content": said},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": json.dumps(content)},
    ]
    answer = decide(read(messages, TOOLS))
    assert bool(answer.text) != bool(answer.calls)


@pytest.mark.parametrize("size", [20_000])
def test_a_long_message_does_not_take_long(size):
    for text in (
        "a" * size,
        "where " * (size // 6),
        "1-" * (size // 2),
        "((((" * (size // 4),
        "no, " * (size // 4),
        f"call me{' ' * size}x",
        "call me" + " \n" * size + "x",
        "?" * size,
    ):
        begun = time.monotonic()
        assert decide(read([{"role": "user", "content": text}], TOOLS))
        assert time.monotonic() - begun < 5, "no pattern may go wrong on a long text"
