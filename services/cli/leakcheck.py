"""`frontdesk leakcheck`: what was found, and where."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from services.cli.privacy import erased, stores_of
from services.leakcheck.attached import Attached
from services.leakcheck.canaries import Canary, canaries
from services.leakcheck.run import ALLOWED, PLANTED, Outcome, check
from services.leakcheck.search import Find
from services.settings import read
from shared.contracts import Customer
from shared.identity.sessions import Sessions
from shared.identity.settings import IdentitySettings
from shared.messaging.connection import connected
from shared.messaging.settings import BusSettings
from shared.telemetry.setup import configure_logs

_NOT_LOOKED_AT = "traces, logs and files that no --look-in names; what the model and the tools keep"


def leakcheck(each: int, seed: int, *, plant: bool, processes: bool, as_json: bool) -> int:
    """Run and print; the exit code: 0 nothing was found, 1 something was, planted or not, 2 what was planted was not."""
    configure_logs("console", "error")
    outcome = asyncio.run(check(each, seed, plant=plant, processes=processes))
    code = _told(outcome, seed, as_json=as_json)
    if not as_json:
        if plant:
            print(f"{PLANTED} planted, {outcome.missed} of them not found")
        for name, reason in ALLOWED.items():
            print(f"not looked at: {name} ({reason})")
    return code


def attached(address: str, data: Path, folders: Sequence[Path], each: int, seed: int, *, as_json: bool) -> int:
    """Run in a running system and print; the exit code: 0 nothing was found, 1 something was."""
    configure_logs("console", "error")
    sent = list(canaries(each, seed))
    code = _told(Outcome(sent, asyncio.run(_attached(address, data, folders, sent))), seed, as_json=as_json)
    if not as_json:
        print(f"not looked at: {_NOT_LOOKED_AT}")
    return code


async def _attached(address: str, data: Path, folders: Sequence[Path], sent: Sequence[Canary]) -> list[Find]:
    """What was found. The customer who said it all is erased, whatever happens."""
    customer = Customer(id=f"leakcheck_{secrets.token_hex(8)}", assurance="verified")
    async with stores_of(data) as stores, connected(read(BusSettings), "leakcheck") as client:
        token = Sessions(read(IdentitySettings).signing_key).issue(customer)
        try:
            return await Attached(address, customer.id, token, client, stores.records, folders).check(sent)
        finally:
            await erased(customer.id, data)


def _told(outcome: Outcome, seed: int, *, as_json: bool) -> int:
    kinds = Counter(canary.kind for canary in outcome.canaries)
    if as_json:
        found = {"finds": _listed(outcome.finds), "planted": _listed(outcome.planted), "missed": outcome.missed}
        print(json.dumps({"canaries": len(outcome.canaries), "kinds": len(kinds)} | found))
    else:
        for how, finds in (("planted", outcome.planted), ("LEAKED", outcome.finds)):
            for find in finds:
                print(f"{how:<9}{find.canary.kind:<16}{find.spelling:<20}{find.place}")
        print(f"{len(outcome.canaries)} canaries of {len(kinds)} kinds, seed {seed}: {len(outcome.finds)} found")
    return 2 if outcome.missed else int(bool(outcome.finds or outcome.planted))


def _listed(finds: Iterable[Find]) -> list[dict[str, str]]:
    return [{"kind": find.canary.kind, "place": find.place, "spelling": find.spelling} for find in finds]
