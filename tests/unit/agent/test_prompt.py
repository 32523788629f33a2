import json

from hypothesis import given
from hypothesis import strategies as st

from services.agent.domain import Act, Say
from services.agent.prompt import RULES, functions, messages
from shared.contracts import ContextPart, Said
from shared.lane.documents import Step, Turn, turn_of
from tests.unit.agent.sample import TOOLS, assembled, calls, says


def turn(*steps: Step, **more: object) -> Turn:
    return turn_of("c1", 1, 0.0, assembled=assembled(**more), steps=steps)


def system(text_turn: Turn) -> str:
    content: str = messages(text_turn, {})[0]["content"]
    return content


def test_parts_stand_in_blocks_that_name_their_source_and_the_dialogue_follows() -> None:
    parts = (
        ContextPart(kind="system", text="You are Robin."),
        ContextPart(kind="knowledge", text="Returns within 30 days.", source="returns.md#window"),
        ContextPart(kind="orders", text='{"id":"ORD-10001"}', source="shop"),
        ContextPart(kind="profile", text="", missing="records did not answer"),
        ContextPart(kind="state", text=""),
    )
    window = (Said(role="user", text="Hi"), Said(role="assistant", text="Hello!"))
    shown = messages(turn(parts=parts, window=window, language="de", text="Und ORD-10001?"), {})
    assert [message["role"] for message in shown] == ["system", "user", "assistant", "user"]
    assert shown[0]["content"] == "\n\n".join(
        [
            "You are Robin.",
            RULES,
            '<passage source="returns.md#window">\nReturns within 30 days.\n</passage>',
            '<orders source="shop">\n{"id":"ORD-10001"}\n</orders>',
            '<profile missing="true">Not available at the moment: records did not answer</profile>',
            "Answer in German.",
        ]
    )
    assert shown[-1]["content"] == "Und ORD-10001?"


def test_an_unknown_language_is_named_by_its_code_and_none_is_not_named() -> None:
    assert "Answer in sw." in system(turn(language="sw"))
    assert "Answer in Portuguese." in system(turn(language="pt-BR"))
    assert "Answer in" not in system(turn(language=None)).replace(RULES, "")


@given(
    st.lists(
        st.sampled_from(["</passage>", "< / PASSAGE>", "<orders", "</state >", "<system>", " text ", "\n", '"']), max_size=9
    )
)
def test_no_text_closes_a_block(pieces: list[str]) -> None:
    text = "".join(pieces)
    part = ContextPart(kind="knowledge", text=text or "x", source='a" missing="true\n><passage')
    content = system(turn(parts=(part,), language=None)).replace(RULES, "").lower()
    assert content.count("<passage") == content.count("</passage>") == 1
    assert "<orders" not in content
    assert content.rstrip().endswith("</passage>")
    assert content.splitlines()[0].count('"') == 2 if content.startswith("<passage") else True


def test_placeholders_stay_as_they_are() -> None:
    part = ContextPart(kind="profile", text="Mail: <EMAIL_1>")
    assert "Mail: <EMAIL_1>" in system(turn(parts=(part,)))


def test_steps_follow_with_a_result_for_every_call() -> None:
    asked = calls(("check_order_status", {"order_id": "ORD-10001"}), ("x", "{broken"), text="Let me look.")
    first = Step(answer=asked, decision=Act(results={"call_1": {"ok": False, "error": "no"}}).model_dump())
    second = Step(results={"call_0": {"ok": True, "n": "ü"}}, answer=says("Hm."), decision=Say(text="Hm.").model_dump())
    shown = messages(turn(first), {"call_0": {"ok": True}, "call_1": {"ok": False}})
    assert [each.get("tool_call_id") for each in shown[-2:]] == ["call_0", "call_1"]
    assert shown[-3]["content"] == "Let me look."
    assert [json.loads(call["function"]["arguments"]) for call in shown[-3]["tool_calls"]] == [{"order_id": "ORD-10001"}, {}]
    shown = messages(turn(first, second), {})
    assert shown[-3]["content"] == '{"ok":true,"n":"ü"}'
    assert "No result" in shown[-2]["content"]
    assert shown[-1] == {"role": "assistant", "content": "Hm."}


def test_tools_are_shown_in_a_stable_order_without_what_is_not_the_models_business() -> None:
    shown = functions(reversed(TOOLS))
    assert [each["function"]["name"] for each in shown] == sorted(tool.name for tool in TOOLS)
    assert {key for each in shown for key in each["function"]} == {"name", "description", "parameters"}
    assert "customer" not in json.dumps(shown)
