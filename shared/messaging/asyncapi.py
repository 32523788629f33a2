"""`docs/asyncapi.json` and `docs/topology.md`, from the handlers' signatures.

    python -m shared.messaging.asyncapi [--check] [--out docs] services.safety.app services.egress.app …

Each module has its stage's `HANDLERS`; the stage is the module's parent package. `--check` writes nothing and ends with 1
when a file is not what it should be.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from faststream.specification import AsyncAPI

from shared.contracts.backend import BackendEvent
from shared.messaging.settings import BusSettings
from shared.messaging.signature import Handler, Taken, signature
from shared.messaging.stage import stage
from shared.messaging.topology import durable, stream_of, subject

Stages = Mapping[str, Sequence[Handler]]
Sent = Mapping[str, Sequence[Taken]]
"""What a stage publishes besides its handlers' results, by stage: at an HTTP door, when it sweeps."""
_HEADERS = {
    "type": "object",
    "required": ["Nats-Msg-Id"],
    "properties": {
        "Nats-Msg-Id": {"type": "string", "description": "The event's id, and the sweep's attempt: JetStream drops a repeat."},
        "traceparent": {"type": "string", "description": "W3C trace context."},
    },
}


def document(stages: Stages, also: Sent | None = None) -> dict[str, Any]:
    """AsyncAPI 3: one channel an event, one operation for each stage that sends or receives it. Schemas are FastStream's."""
    bus = BusSettings.model_construct(**{key: each.default for key, each in BusSettings.model_fields.items()})
    brokers = [stage(name, bus, None, handlers) for name, handlers in stages.items()]
    made = AsyncAPI(*brokers, title="Frontdesk").to_specification().to_jsonable()
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for name, action, event in _operations(stages, also):
        key = _name(event)
        channels[key] = _channel(event)
        messages[event.__name__] = _message(event)
        operations[f"{name}.{action}.{key}"] = {
            "action": action,
            "title": f"{name} {action}s {key}",
            "channel": {"$ref": f"#/channels/{key}"},
            "messages": [{"$ref": f"#/channels/{key}/messages/{event.__name__}"}],
        }
    return {
        "asyncapi": "3.0.0",
        "id": "urn:frontdesk",
        "info": {
            "title": "Frontdesk",
            "version": "1",
            "description": "Events between the stages, over NATS JetStream. Generated from handler signatures.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": _schemas(made, stages)},
    }


def _operations(stages: Stages, also: Sent | None = None) -> Iterable[tuple[str, str, Taken]]:
    for name, handlers in stages.items():
        for handler in handlers:
            taken, outputs = signature(handler)
            yield name, "receive", taken
            for event in outputs:
                yield name, "send", event
        yield from ((name, "send", event) for event in (also or {}).get(name, ()))


def _name(event: Taken) -> str:
    return "backend-event" if issubclass(event, BackendEvent) else event.name


def _channel(event: Taken) -> dict[str, Any]:
    address = subject(event).removesuffix("*").removesuffix(">")
    parameter = "type" if issubclass(event, BackendEvent) else "conversation"
    meaning = {"type": "The CloudEvent's type.", "conversation": "The conversation's id."}[parameter]
    return {
        "address": f"{address}{{{parameter}}}",
        "description": f"Stored in stream {stream_of(event)}.",
        "parameters": {parameter: {"description": meaning}},
        "messages": {event.__name__: {"$ref": f"#/components/messages/{event.__name__}"}},
    }


def _message(event: Taken) -> dict[str, Any]:
    message: dict[str, Any] = {
        "name": _name(event),
        "title": event.__name__,
        "summary": (event.__doc__ or "").strip().partition("\n")[0],
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
    }
    return message if issubclass(event, BackendEvent) else message | {"headers": _HEADERS}


def _schemas(made: dict[str, Any], stages: Stages) -> dict[str, Any]:
    """FastStream's, without fields that never leave a process."""
    schemas: dict[str, Any] = made["components"]["schemas"]
    for _, _, event in _operations(stages):
        for field, info in event.model_fields.items():
            if info.exclude:
                schemas[event.__name__]["properties"].pop(field, None)
    return schemas


def diagram(stages: Stages, also: Sent | None = None) -> str:
    """The topology as a page of Markdown: a Mermaid flowchart and a table of durables."""
    takers: dict[Taken, list[str]] = {}
    senders: dict[Taken, list[str]] = {}
    for name, action, event in _operations(stages, also):
        names = (takers if action == "receive" else senders).setdefault(event, [])
        if name not in names:
            names.append(name)
    arrows = []
    for event in sorted(takers | senders, key=_name):
        for sender in senders.get(event, ["outside"]):
            arrows += [f"    {sender} -- {_name(event)} --> {taker}" for taker in takers.get(event, ["nobody"])]
    rows = []
    for name, handlers in stages.items():
        for handler in handlers:
            taken, outputs = signature(handler)
            sent = ", ".join(event.name for event in outputs) or "–"
            rows.append(f"| {name} | `{durable(name, taken)}` | {stream_of(taken)} | `{subject(taken)}` | {sent} |")
    rows += [f"| {name} | – | – | – | {', '.join(map(_name, events))} |" for name, events in (also or {}).items()]
    return "\n".join(
        [
            "# Topology",
            "",
            "Generated by `make docs` from the signatures of all handlers; `make check` fails when it is stale.",
            "A row without a durable is what a stage publishes besides: at its HTTP door, and when it sweeps.",
            "",
            "```mermaid",
            "flowchart LR",
            *(f"    {name}" for name in stages),
            *arrows,
            "```",
            "",
            "| stage | durable | stream | subjects | may publish |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def write(stages: Stages, folder: Path, *, check: bool = False, also: Sent | None = None) -> list[Path]:
    """Write both files, or only compare with `check`. Returns those that were not as they should be."""
    wanted = {
        folder / "asyncapi.json": json.dumps(document(stages, also), indent=2, sort_keys=True, ensure_ascii=False) + "\n",
        folder / "topology.md": diagram(stages, also),
    }
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if not check:
        for path in stale:
            path.write_text(wanted[path], encoding="utf-8")
    return stale


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m shared.messaging.asyncapi", description="Documents of the topology.")
    parser.add_argument("modules", nargs="+", help="modules with HANDLERS, such as services.safety.app")
    parser.add_argument("--out", type=Path, default=Path("docs"))
    parser.add_argument("--check", action="store_true", help="only compare")
    chosen = parser.parse_args(arguments)
    stages = {module.split(".")[-2]: import_module(module).HANDLERS for module in chosen.modules}
    stale = write(stages, chosen.out, check=chosen.check)
    for path in stale:
        sys.stdout.write(f"{path} {'is stale: run `make docs`' if chosen.check else 'written'}\n")
    return 1 if stale and chosen.check else 0


if __name__ == "__main__":
    sys.exit(main())
