"""The one place that creates or changes streams, durables and buckets; and the check that a stage makes at its start.

It speaks the JetStream API in JSON, not in nats-py's classes: what is sent is then exactly what is compared with what
comes back, and no setting is lost between two libraries' ideas of a default.
"""

import json
from dataclasses import dataclass
from typing import Any

import nats.errors
from nats.aio.client import Client

from shared.errors import Retryable, TopologyError
from shared.messaging.connection import check_version
from shared.messaging.topology import DEAD_LETTERS, Change, Config, Consumer, Existing, Stream, Topology

_NOT_FOUND = {10014, 10059}
"""Codes of the JetStream API: consumer not found, stream not found."""


@dataclass(frozen=True, slots=True)
class Status:
    """What `frontdesk migrate status` shows."""

    version: str
    streams: dict[str, dict[str, int]]  # messages, bytes, first and last sequence
    consumers: dict[str, dict[str, int]]  # pending, being handled, redelivered
    missing: tuple[str, ...]
    unknown: tuple[str, ...]  # durables that no handler of this release names


async def plan(client: Client, wanted: Topology) -> list[Change]:
    """What `apply` would do, in order. Empty: nothing. Changes nothing itself.

    Raises `TopologyError` when the server is too old, or not to be asked.
    """
    check_version(client)
    return wanted.diff(await _existing(client, wanted))


async def apply(client: Client, wanted: Topology) -> list[Change]:
    """Create and update until all is as wanted; returns what was done. Safe to repeat: the second time does nothing.

    Raises `TopologyError` before anything is changed when a difference cannot be mended by an update, and afterwards
    when a setting that came back is not the one that was sent.
    """
    changes = await plan(client, wanted)
    if stuck := [change for change in changes if change.immutable]:
        raise TopologyError("\n".join(map(_instruction, stuck)))
    for change in changes:
        await _carry_out(client, change)
    if left := wanted.diff(await _existing(client, wanted)):
        raise TopologyError(f"the server did not keep what was sent: {'; '.join(map(str, left))}")
    return changes


async def verify(client: Client, needed: Topology) -> None:
    """Raises `TopologyError` with every difference when the server has not what is needed. Changes nothing."""
    if changes := needed.diff(await _existing(client, needed)):
        differences = "\n".join(f"  {_missing_or_different(change)}" for change in changes)
        raise TopologyError(f"the topology is not that of this release; run `frontdesk migrate apply`:\n{differences}")


async def status(client: Client, wanted: Topology) -> Status:
    """What there is, in numbers."""
    check_version(client)
    streams: dict[str, dict[str, int]] = {}
    consumers: dict[str, dict[str, int]] = {}
    unknown: list[str] = []
    known = {(each.stream, each.name) for each in wanted.consumers}
    for stream in wanted.streams:
        if (found := await _ask(client, f"STREAM.INFO.{stream.name}")) is None:
            continue
        state = found["state"]
        streams[stream.name] = {key: state[key] for key in ("messages", "bytes", "first_seq", "last_seq")}
        for info in await _all_consumers(client, stream.name):
            name = f"{stream.name}/{info['name']}"
            consumers[name] = {key: info[key] for key in ("num_pending", "num_ack_pending", "num_redelivered")}
            if info["config"].get("durable_name") and (stream.name, info["name"]) not in known:
                unknown.append(name)
    missing = [str(each) for each in wanted.streams if each.name not in streams]
    missing += [str(each) for each in wanted.consumers if f"{each.stream}/{each.name}" not in consumers]
    version = client.connected_server_version
    return Status(f"{version.major}.{version.minor}.{version.patch}", streams, consumers, tuple(missing), tuple(unknown))


async def _existing(client: Client, wanted: Topology) -> Existing:
    streams: dict[str, Config] = {}
    consumers: dict[tuple[str, str], Config] = {}
    for stream in wanted.streams:
        if (found := await _ask(client, f"STREAM.INFO.{stream.name}")) is not None:
            streams[stream.name] = found["config"]
    for consumer in wanted.consumers:
        if (found := await _ask(client, f"CONSUMER.INFO.{consumer.stream}.{consumer.name}")) is not None:
            consumers[consumer.stream, consumer.name] = found["config"]
    return Existing(streams, consumers)


async def _all_consumers(client: Client, stream: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = await _ask(client, f"CONSUMER.LIST.{stream}", {"offset": len(found)})
        if page is None or not page["consumers"]:
            return found
        found += page["consumers"]
        if len(found) >= page["total"]:
            return found


async def _carry_out(client: Client, change: Change) -> None:
    config = {setting: value for setting, value in change.what.config.items() if value is not None}
    match change.what:
        case Stream(name):
            await _ask(client, f"STREAM.{'CREATE' if change.creates else 'UPDATE'}.{name}", config)
        case Consumer(stream, name):
            request = {"stream_name": stream, "config": config, "action": "create" if change.creates else "update"}
            await _ask(client, f"CONSUMER.CREATE.{stream}.{name}.{config['filter_subject']}", request)


async def _ask(client: Client, call: str, body: Config | None = None) -> dict[str, Any] | None:
    """One call of the JetStream API; None for what does not exist.

    Raises `Retryable` when nobody answers in time, `TopologyError` when the server refuses or has no JetStream.
    """
    try:
        answer = await client.request(f"$JS.API.{call}", json.dumps(body or {}).encode(), timeout=5)
    except nats.errors.NoRespondersError as error:
        raise TopologyError("the server has no JetStream: start it with -js, or enable it for this account") from error
    except nats.errors.TimeoutError as error:
        raise Retryable(f"no answer to {call}: no leader yet, or this service may not ask") from error
    reply: dict[str, Any] = json.loads(answer.data)
    if problem := reply.get("error"):
        if problem.get("err_code") in _NOT_FOUND:
            return None
        raise TopologyError(f"{call}: {problem.get('description', problem)}")
    return reply


def _missing_or_different(change: Change) -> str:
    return f"{change.what} is missing" if change.creates else f"{change.what}: {'; '.join(map(str, change.differences))}"


def _instruction(change: Change) -> str:
    """What a person has to do where no update can help."""
    fixed = "; ".join(map(str, change.immutable))
    match change.what:
        case Stream(name) if name == DEAD_LETTERS:
            keep = "Its dead letters exist nowhere else: replay or save them first (`frontdesk dlq list --json`)."
        case Stream():
            keep = "Stop the stages first. What was in flight is published again by the sweeper, from the records."
        case Consumer():
            keep = "Stop its stage first. A new durable starts at the stream's first message; duplicates are harmless."
    kind = "stream rm" if isinstance(change.what, Stream) else "consumer rm"
    name = change.what.name if isinstance(change.what, Stream) else f"{change.what.stream} {change.what.name}"
    return (
        f"{change.what} cannot be changed in place: {fixed}. {keep} "
        f"Then delete it (`nats {kind} {name}`) and run `frontdesk migrate apply` again."
    )
