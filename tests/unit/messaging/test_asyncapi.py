"""The documents that are made from signatures."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from shared.contracts.backend import BackendEvent
from shared.contracts.reply import NoticeDue
from shared.contracts.turn import MessageReceived, TurnBlocked, TurnScreened
from shared.messaging.asyncapi import diagram, document, main


class Ingress:
    async def receive(self, event: BackendEvent) -> NoticeDue | None: ...


class Safety:
    async def screen(self, event: MessageReceived) -> TurnScreened | TurnBlocked:
        """Masks and screens."""
        raise NotImplementedError


class Egress:
    async def refuse(self, event: TurnBlocked) -> MessageReceived | None: ...
    async def tell(self, event: NoticeDue) -> MessageReceived | None: ...


STAGES = {"ingress": (Ingress.receive,), "safety": (Safety.screen,), "egress": (Egress.refuse, Egress.tell)}


def references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [each for value in node.values() for each in references(value)]
    return [each for value in node for each in references(value)] if isinstance(node, list) else []


def test_one_channel_an_event_and_one_operation_for_each_who_sends_or_receives_it() -> None:
    made = document(STAGES)
    assert made["asyncapi"].startswith("3.")
    assert set(made["channels"]) == {"backend-event", "notice-due", "message-received", "turn-screened", "turn-blocked"}
    assert made["channels"]["notice-due"]["address"] == "desk.v1.notice-due.{conversation}"
    assert made["channels"]["backend-event"]["address"] == "events.{type}"
    actions = {key: each["action"] for key, each in made["operations"].items()}
    assert actions["safety.receive.message-received"] == "receive"
    assert actions["egress.send.message-received"] == "send"
    assert len(actions) == 4 + 4
    schema = made["components"]["schemas"]["MessageReceived"]
    assert {"conversation", "epoch", "inputs"} <= set(schema["required"])
    assert "trace" not in schema["properties"], "it never leaves a process"


def test_every_reference_leads_somewhere() -> None:
    made = document(STAGES)
    found = references(made)
    assert len(found) > 20
    for reference in found:
        node = made
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
        assert node


def test_the_diagram_draws_each_arrow_and_lists_each_durable() -> None:
    page = diagram(STAGES)
    assert "    safety -- turn-blocked --> egress" in page
    assert "    egress -- message-received --> safety" in page
    assert "    outside -- backend-event --> ingress" in page
    assert "    safety -- turn-screened --> nobody" in page
    assert "| safety | `safety-message-received` | DESK | `desk.v1.message-received.*` | turn-screened, turn-blocked |" in page


def test_check_finds_what_is_stale_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    modules = []
    for name, handlers in STAGES.items():
        module = ModuleType(f"pretend.{name}.app")
        module.HANDLERS = handlers  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        modules.append(module.__name__)
    arguments = ["--out", str(tmp_path), *modules]
    assert main([*arguments, "--check"]) == 1
    assert list(tmp_path.iterdir()) == []
    assert main(arguments) == 0
    assert json.loads((tmp_path / "asyncapi.json").read_text()) == document(STAGES)
    assert main([*arguments, "--check"]) == 0
    (tmp_path / "topology.md").write_text("old")
    assert main([*arguments, "--check"]) == 1
    assert "topology.md is stale: run `make docs`" in capsys.readouterr().out
    assert (tmp_path / "topology.md").read_text() == "old"
