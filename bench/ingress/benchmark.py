"""From `POST` to 202: a message that is durable when its sender is answered, against the least that this can cost."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.benchmark import Benchmark, Cell, Progress
from bench.lanes import QUESTION, ended, grown
from bench.processes import children, cpu_seconds
from bench.statistics import Figure, Round, Sample, Spread, quantile, ratios, series
from bench.turns.client import JSON, Connection, NotMeasured
from bench.turns.system import frontdesk, settings
from services.dev.environment import free_port
from shared.identity.sessions import Sessions, guest
from shared.lane.documents import Conversation
from shared.stores.sqlite import SqliteRecords

_CONVERSATIONS, _CONNECTIONS = 256, 32
_TURNS = 20  # of each conversation before: its record has the size that it keeps
_PASSES = 4  # a message to every conversation each, a round


@dataclass(slots=True)
class Load:
    """Messages to one server. Between passes their turns are ended in its records, as the other stages would end them."""

    url: str
    tokens: Mapping[str, str]
    records: SqliteRecords
    pids: Sequence[int]
    sent: int = 0

    async def measure(self) -> Sample:
        """All connections ask as fast as they are answered."""
        wall = cpu = 0.0
        times: list[float] = []
        connections = [await Connection.open(self.url) for _ in range(_CONNECTIONS)]
        for _ in range(_PASSES):
            waiting = list(self.tokens)
            began, used = time.perf_counter(), cpu_seconds(self.pids)
            await asyncio.gather(*(self._send(connection, waiting, times) for connection in connections))
            wall, cpu = wall + time.perf_counter() - began, cpu + cpu_seconds(self.pids) - used
            await asyncio.gather(*map(self._end, self.tokens))
        for connection in connections:
            connection.close()
        return {"rate": len(times) / wall, "cpu": cpu / len(times), "p50": quantile(times, 0.5)}

    async def _send(self, connection: Connection, waiting: list[str], times: list[float]) -> None:
        while waiting:
            id = waiting.pop()
            self.sent += 1
            body = json.dumps({"text": QUESTION, "message_id": f"{id}-{self.sent}"}).encode()
            headers = JSON | {"Authorization": f"Bearer {self.tokens[id]}"}
            began = time.perf_counter()
            status, said = await connection.request("POST", f"/v1/conversations/{id}/messages", body, headers)
            times.append(time.perf_counter() - began)
            if status != 202:
                raise NotMeasured(f"a message was answered {status}: {said[:300].decode(errors='replace')}")

    async def _end(self, id: str) -> None:
        await self.records.change(Conversation, id, lambda lane: (ended(lane, time.time()), None))


@asynccontextmanager
async def opened(folder: Path, progress: Progress) -> AsyncIterator[Mapping[str, Cell]]:
    """Ingress as shipped, and the bare door, each with the same conversations in records of its own."""
    async with children(folder) as started, AsyncExitStack() as stack:
        progress("ingress")
        server, nats = await started.nats("nats")
        own = settings(folder, nats, "http://127.0.0.1:9")
        sessions = Sessions(own["FRONTDESK_SESSION_KEY"].encode())
        customers = [guest() for _ in range(_CONVERSATIONS)]
        tokens = {customer.id: sessions.issue(customer) for customer in customers}
        files = {"ingress": folder / "records.db", "bare": folder / "bare.db"}
        records = {name: SqliteRecords(file) for name, file in files.items()}
        for each in records.values():
            stack.push_async_callback(each.close)
            await asyncio.gather(*(each.insert(grown(who.id, who, _TURNS, time.time() - 60)) for who in customers))
        await started.once("migrate", frontdesk("migrate", "apply"), own)
        ports = {name: free_port() for name in files}
        own |= {"FRONTDESK_HTTP_PORT": str(ports["ingress"])}
        pids = {
            "ingress": [await started.start("ingress", frontdesk("run", "ingress"), said='"event": "ready"', environment=own)],
            "bare": [await started.python("bare", "bench.ingress.bare", str(files["bare"]), str(ports["bare"]))],
        }
        pids["ingress"].append(server)
        cells: dict[str, Cell] = {}
        for name in files:
            load = Load(f"http://127.0.0.1:{ports[name]}", tokens, records[name], pids[name])
            await load.measure()
            cells[name] = load.measure
        yield cells


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """Ingress by the bare door."""

    def ratio(metric: str, *, of: str = "ingress", by: str = "bare") -> Spread:
        return Spread.of(ratios(rounds, of, by, metric))

    own = Spread.of([1000 * value for value in series(rounds, "ingress", "cpu")])
    work = ratio("cpu", of="bare", by="ingress")
    behind = "raw ASGI and the same write"
    return [
        Figure("ingress.rate", f"POST to 202, messages a second, by {behind}", "×", ratio("rate"), "higher", 0.5, 0.8),
        Figure("ingress.work", f"messages a second of CPU, broker included, by {behind}", "×", work, "higher", 0.5, 0.8),
        Figure("ingress.p50", f"time to the 202 at 32 connections, by {behind}", "×", ratio("p50"), "lower"),
        Figure("ingress.cpu", "CPU of a message, ingress and broker", "ms", own, "lower"),
    ]


INGRESS = Benchmark("ingress", "from POST to a durable 202", opened, figures)
