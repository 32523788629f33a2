"""What every tool promises. Parametrised over the files that are found: a new one is tested on arrival."""

import inspect
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator

from demo.shop.app import Settings, create_app
from services.actions.discovery import build, classes
from services.actions.domain import Policy
from services.actions.shop import Shop
from services.actions.texts import Wording
from services.actions.tool import Call, Effectful, Handoff, Lookup, Means, Result, Tool
from services.actions.webhooks.sender import Destination, Webhooks
from services.agent.arguments import Faulty, parse
from shared.assistant import load
from shared.contracts import Customer, ToolSpec
from shared.errors import ConfigurationError, Retryable

ASSISTANT = load(Path(__file__).parents[3] / "demo" / "assistant.yaml")
FOUND = sorted(classes(), key=lambda each: each.name)
CUSTOMER = Customer(id="cus_demo", assurance="verified")
WRITTEN: dict[str, Any] = {
    "order_id": "ORD-10002",
    "reason": "arrived damaged",
    "query": "oak lamp",
    "when": "tomorrow at 10",
    "topic": "my order",
    "subject": "A broken lamp",
    "description": "It arrived broken.",
    "partner": "carrier_desk",
    "message": "Please search for the parcel.",
}
each_tool = pytest.mark.parametrize("kind", FOUND, ids=lambda kind: kind.name)


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(Settings(tmp_path / "shop.db", "nats://127.0.0.1:9"))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://shop") as client,
    ):
        yield client


@pytest.fixture
def means(http: httpx2.AsyncClient) -> Means:
    webhooks = Webhooks({"carrier_desk": Destination("carrier_desk", "http://127.0.0.1:9/", b"k" * 24, loopback=True)})
    return Means(Shop(http, "keys"), webhooks, Wording(ASSISTANT))


def written(tool: Tool, **more: Any) -> dict[str, Any]:
    return {name: WRITTEN[name] for name in tool.parameters().get("properties", {})} | more


def call(action: str = "c1:1:0:0") -> Call:
    return Call(action, CUSTOMER, "en")


async def ask(tool: Tool, arguments: dict[str, Any], action: str = "c1:1:0:0") -> Any:
    checked = tool.parse(arguments)
    if isinstance(checked, Result):
        return checked
    if isinstance(tool, Lookup):
        return await tool.run(call(action), checked)
    assert isinstance(tool, Effectful)
    return await tool.propose(call(action), checked)


def test_the_tools_of_the_demo_are_found() -> None:
    assert {kind.name for kind in FOUND} >= set(ASSISTANT.tools)
    assert len(FOUND) >= 8


@each_tool
def test_it_stands_in_a_file_of_its_name_and_has_one_of_three_kinds(kind: type[Tool]) -> None:
    assert Path(inspect.getfile(kind)).stem == kind.name
    assert issubclass(kind, Lookup | Effectful | Handoff)
    if issubclass(kind, Effectful):
        assert kind.confirmation, "what changes something waits for the button unless the assistant's file says otherwise"


@each_tool
def test_its_schema_shows_a_model_all_it_may_write_and_no_field_of_authority(kind: type[Tool], means: Means) -> None:
    spec = kind(means, Policy()).spec()
    Draft202012Validator.check_schema(spec.parameters)
    assert spec.parameters["additionalProperties"] is False
    assert '"title"' not in json.dumps(spec.parameters)
    for name, field in spec.parameters.get("properties", {}).items():
        assert field.get("description"), name
        forbidden = ("customer", "user", "account", "tenant", "amount", "price", "email", "phone", "url", "confirmed", "action")
        assert not any(word in name for word in forbidden), name
    assert len(spec.description) > 20
    assert ToolSpec.model_validate_json(spec.model_dump_json()) == spec


@each_tool
def test_arguments_are_checked_alike_on_both_sides(kind: type[Tool], means: Means) -> None:
    tool = kind(means, Policy())
    spec = tool.spec()
    for arguments in (
        written(tool),
        written(tool, customer_id="cus_reyes"),
        written(tool, order_id="../../etc/passwd"),
        written(tool) | dict.fromkeys(written(tool), 7),
        {},
    ):
        here = isinstance(tool.parse(arguments), Result)
        there = isinstance(parse(spec, json.dumps(arguments)), Faulty)
        assert here == there, arguments


@each_tool
async def test_it_works_on_the_demo_shop(kind: type[Tool], means: Means) -> None:
    tool = kind(means, Policy())
    if isinstance(tool, Handoff):
        return
    answer = await ask(tool, written(tool))
    if isinstance(tool, Lookup):
        assert answer.ok, answer
        json.dumps(answer.data)
    else:
        assert not isinstance(answer, Result), answer
        assert answer.title
        json.dumps(answer.parameters)


@each_tool
async def test_another_customers_order_is_as_good_as_none(kind: type[Tool], means: Means) -> None:
    tool = kind(means, Policy())
    if "order_id" not in tool.parameters().get("properties", {}):
        return
    foreign = await ask(tool, written(tool, order_id="ORD-10006"))
    missing = await ask(tool, written(tool, order_id="ORD-99999"))
    assert isinstance(foreign, Result)
    assert not foreign.ok
    assert {k: v for k, v in foreign.data.items() if k != "order_id"} == {
        k: v for k, v in missing.data.items() if k != "order_id"
    }
    assert "cus_reyes" not in json.dumps(foreign.data)


@each_tool
async def test_run_twice_it_leaves_one_trace_in_the_books(kind: type[Tool], means: Means, http: httpx2.AsyncClient) -> None:
    tool = kind(means, Policy())
    if not isinstance(tool, Lookup):
        return
    await ask(tool, written(tool))
    once = (await http.get("/ledger")).json()
    await ask(tool, written(tool))
    assert (await http.get("/ledger")).json() == once


@each_tool
async def test_a_shop_that_is_away_is_tried_again(kind: type[Tool], means: Means, http: httpx2.AsyncClient) -> None:
    tool = kind(means, Policy())
    if isinstance(tool, Handoff):
        return
    await http.post("/faults", json={"fail_next": 5})
    with pytest.raises(Retryable):
        await ask(tool, written(tool))


@each_tool
def test_the_assistants_file_has_the_last_word_on_level_and_button(kind: type[Tool], means: Means) -> None:
    for assurance in ("anonymous", "stepped-up"):
        for confirmation in (True, False):
            spec = kind(means, Policy(assurance=assurance, confirmation=confirmation)).spec()
            assert (spec.assurance, spec.confirmation) == (assurance, confirmation)


def test_disabled_and_impossible_tools_are_not_built(means: Means) -> None:
    policies = {"refund_order": Policy(enabled=False)}
    nowhere = Means(means.shop, Webhooks({}), means.texts)
    built = build(nowhere, lambda name: policies.get(name, Policy()), {})
    assert "check_order_status" in built
    assert not {"refund_order", "notify_partner"} & set(built)


def test_a_policy_for_a_tool_that_does_not_exist_is_a_mistake(means: Means) -> None:
    with pytest.raises(ConfigurationError, match="no tool refund_ordr"):
        build(means, lambda _: Policy(), {"refund_ordr": None})


def test_a_file_that_is_dropped_in_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "dropped_tools"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "weather.py").write_text(
        "from services.actions.tool import Arguments, Lookup, yes\n"
        "class Weather(Lookup[Arguments]):\n"
        "    name = 'weather'\n    description = 'Tells the weather of the day.'\n    arguments = Arguments\n"
        "    async def run(self, call, arguments):\n        return yes(sky='grey')\n"
        "TOOL = Weather\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    package = __import__("dropped_tools")
    assert isinstance(package, ModuleType)
    [found] = classes(package)
    assert found.name == "weather"
    for name in ("dropped_tools", "dropped_tools.weather"):
        monkeypatch.delitem(sys.modules, name)
