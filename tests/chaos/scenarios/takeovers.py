"""A person takes the conversation over while the assistant thinks or answers: from then on nothing of it may leave."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.chaos import shop
from tests.chaos.client import Client, http
from tests.chaos.history import History, Taken
from tests.chaos.scenarios.scenario import Figure, Options, Outcome, nothing, promises, verdict
from tests.chaos.system import System, running

_RACES = 12  # of one conversation: so many stay in its record
_AT_ONCE = 24
_HOLDER = "ann"


@dataclass
class Desk:
    """People of the desk, each of whom holds one conversation. `usual`: how long a turn takes of late, seconds."""

    system: System
    http: httpx2.AsyncClient
    history: History
    usual: float = 0.5
    ended: Counter[str] = field(default_factory=Counter)

    async def race(self, client: Client) -> None:
        """The customer says something; somewhere on the way of its answer a person takes over, speaks, and gives back."""
        rng, began = client.rng, time.time()
        said = [await client.say("How long can I return something?") for _ in range(rng.choice((1, 1, 2)))]
        await asyncio.sleep(rng.uniform(0, 1.3) * self.usual)
        while (await self._ask("POST", client, "lease", json={"holder": _HOLDER}))[1].get("state") != "granted":
            await asyncio.sleep(0.02)
        words = {"holder": _HOLDER, "text": "A person is here.", "reply_id": f"r{len(self.history.taken)}-{said[0]}"}
        status, spoke = await self._ask("POST", client, "replies", json=words)
        assert status == 201, f"a person's reply was answered {status}"
        answers = tuple(spoke["answers"])
        await asyncio.sleep(rng.uniform(0, 0.1))
        until = (await client.transcript())["last_event_id"]
        await self._ask("DELETE", client, "lease", params={"holder": _HOLDER})
        self.history.taken.append(Taken(client.conversation, spoke["event_id"], answers, time.time(), until))
        by_bot = len(set(said) - set(answers))
        self.ended["person" if not by_bot else "bot" if by_bot == len(said) else "both"] += 1
        await client.until_answered(*said)
        if by_bot == len(said):
            took = max(client.answered[id] for id in said) - began
            self.usual += (took - self.usual) * 0.05

    async def _ask(self, method: str, client: Client, rest: str, **more: Any) -> tuple[int, dict[str, Any]]:
        """Sent again when its connection breaks: everything that a desk asks may be."""
        url = f"{self.system.address('ingress')}/v1/desk/conversations/{client.conversation}/{rest}"
        while True:
            try:
                answer = await self.http.request(method, url, headers={"X-API-Key": self.system.desk_key}, **more)
                break
            except httpx2.TransportError:
                await asyncio.sleep(0.05)
        given_back = method == "DELETE" and answer.status_code == 409  # by the request whose answer was lost
        assert given_back or answer.status_code < 300, f"{method} {rest} was answered {answer.status_code}: {answer.text}"
        return answer.status_code, answer.json() if answer.content else {}


async def takeovers(options: Options) -> Outcome:
    """Races between people and the assistant, in many conversations at once."""
    wanted, history, folder = options.of(10_000, 100), History(), options.folder
    folder.mkdir(parents=True, exist_ok=True)
    shop.seed(folder / "shop.db", wanted // _RACES + 2 * _AT_ONCE)
    async with running(folder, store=options.store) as system, http() as connections:
        desk = Desk(system, connections, history)
        numbers = iter(range(shop.MOST))

        async def conversations() -> None:
            while len(history.taken) < wanted:
                number = next(numbers)
                client = Client(system, connections, history, number, random.Random(f"{options.seed}:{number}"))
                for _ in range(_RACES):
                    await desk.race(client)
                options.progress(f"{len(history.taken)} races, a turn takes {desk.usual * 1000:.0f} ms, {dict(desk.ended)}")
                await client.leave()

        await asyncio.gather(*(conversations() for _ in range(_AT_ONCE)))
        found = await verdict(system, history, folder)
    races = len(history.taken)
    figures = (
        Figure("races", str(races), f"≥ {wanted}", races >= wanted),
        nothing("bot messages after the lease changed", found, "bot after take-over"),
        Figure("won by person / by the assistant / one message each", _won(desk.ended)),
    )
    return Outcome((*figures, *promises(found)), found)


def _won(ended: Counter[str]) -> str:
    return f"{ended['person']} / {ended['bot']} / {ended['both']}"
