"""`frontdesk leakcheck`: what was found, and where."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable

from services.leakcheck.run import ALLOWED, PLANTED, check
from services.leakcheck.search import Find
from shared.telemetry.setup import configure_logs


def leakcheck(each: int, seed: int, *, plant: bool, processes: bool, as_json: bool) -> int:
    """Run and print; the exit code: 0 nothing was found, 1 something was, planted or not, 2 what was planted was not."""
    configure_logs("console", "error")
    outcome = asyncio.run(check(each, seed, plant=plant, processes=processes))
    kinds = Counter(canary.kind for canary in outcome.canaries)
    if as_json:
        found = {"finds": _listed(outcome.finds), "planted": _listed(outcome.planted), "missed": outcome.missed}
        print(json.dumps({"canaries": len(outcome.canaries), "kinds": len(kinds)} | found))
    else:
        for how, finds in (("planted", outcome.planted), ("LEAKED", outcome.finds)):
            for find in finds:
                print(f"{how:<9}{find.canary.kind:<16}{find.spelling:<20}{find.place}")
        print(f"{len(outcome.canaries)} canaries of {len(kinds)} kinds, seed {seed}: {len(outcome.finds)} found")
        if plant:
            print(f"{PLANTED} planted, {outcome.missed} of them not found")
        for name, reason in ALLOWED.items():
            print(f"not looked at: {name} ({reason})")
    return 2 if outcome.missed else int(bool(outcome.finds or outcome.planted))


def _listed(finds: Iterable[Find]) -> list[dict[str, str]]:
    return [{"kind": find.canary.kind, "place": find.place, "spelling": find.spelling} for find in finds]
