"""`frontdesk leakcheck`: what was found, and where."""

import asyncio
import json
from collections import Counter

from services.leakcheck.run import ALLOWED, PLANTED, check
from shared.telemetry.setup import configure_logs


def leakcheck(each: int, seed: int, *, plant: bool, processes: bool, as_json: bool) -> int:
    """Run and print; the exit code: 0 nothing was found, 1 something was, 2 what was planted was not."""
    configure_logs("console", "error")
    outcome = asyncio.run(check(each, seed, plant=plant, processes=processes))
    kinds = Counter(canary.kind for canary in outcome.canaries)
    if as_json:
        found = [{"kind": find.canary.kind, "place": find.place, "spelling": find.spelling} for find in outcome.finds]
        print(json.dumps({"canaries": len(outcome.canaries), "kinds": len(kinds), "missed": outcome.missed, "finds": found}))
    else:
        for find in outcome.finds:
            print(f"{find.canary.kind:<16}{find.spelling:<20}{find.place}")
        print(f"{len(outcome.canaries)} canaries of {len(kinds)} kinds, seed {seed}: {len(outcome.finds)} found")
        if plant:
            print(f"{PLANTED} planted, {outcome.missed} of them not found")
        for name, reason in ALLOWED.items():
            print(f"not looked at: {name} ({reason})")
    return 2 if outcome.missed else int(bool(outcome.finds))
