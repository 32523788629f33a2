"""What Frontdesk's turns are compared with: LangGraph behind FastAPI, the raw pipeline, and the model asked directly."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from nats.js.api import AckPolicy, ConsumerConfig, StreamConfig

from bench import peers
from bench.environments import environment
from bench.processes import Children
from bench.turns.peers import Direct, Piped, Streamed, System
from bench.turns.raw import ROLES, STREAM, SUBJECTS
from services.dev.environment import free_port
from shared.messaging import BusSettings, connected

_LANGGRAPH = Path(peers.__file__).parent / "langgraph"
_WORKERS = 2


async def langgraph(started: Children, stack: AsyncExitStack, model: str, conversations: int) -> System:
    """Two workers with half of the conversations each, as a load balancer without cost would spread them.

    Each has a database of its own, so that neither waits for the other's lock.
    """
    python = await environment("langgraph", _LANGGRAPH / "requirements.txt")
    pids: list[int] = []
    made: list[Streamed] = []
    for worker in range(_WORKERS):
        port = free_port()
        command: list[str | Path] = [python, _LANGGRAPH / "app.py", model, started.folder / f"langgraph-{worker}.db", str(port)]
        pids.append(await started.start(f"langgraph-{worker}", command, said="Application startup complete"))
        made += [Streamed(f"bench-{worker}-{each}", f"http://127.0.0.1:{port}") for each in range(conversations // _WORKERS)]
    for peer in made:
        await peer.open()
        stack.callback(peer.close)
    return System(made, pids)


async def raw_pipeline(started: Children, stack: AsyncExitStack, model: str, conversations: int) -> System:
    """Six processes and a nats-server of their own."""
    server, url = await started.nats("nats-raw")
    async with connected(BusSettings(url=url), "bench") as client:
        jetstream = client.jetstream()
        await jetstream.add_stream(StreamConfig(name=STREAM, subjects=["pipe.>"]))
        for role, subject in zip(ROLES[1:], SUBJECTS, strict=True):
            config = ConsumerConfig(durable_name=role, filter_subject=f"pipe.{subject}", ack_policy=AckPolicy.EXPLICIT)
            await jetstream.add_consumer(STREAM, config)
    ports = {role: free_port() for role in ROLES}

    async def process(role: str) -> int:
        return await started.python(f"raw-{role}", "bench.turns.raw", role, url, model, str(ports[role]))

    pids = await asyncio.gather(*map(process, ROLES))
    made = [Piped(f"bench-{number}") for number in range(conversations)]
    for peer in made:
        await peer.open(*(f"http://127.0.0.1:{ports[role]}" for role in ("ingress", "egress")))
        stack.callback(peer.close)
    return System(made, [*pids, server])


async def direct(stack: AsyncExitStack, model: str, conversations: int) -> System:
    """The model itself; no process counts."""
    made = [Direct(model) for _ in range(conversations)]
    for peer in made:
        await peer.open()
        stack.callback(peer.close)
    return System(made, ())
