"""python -m tests.model [name …] [--without SAFEGUARD]: the whole set of scenarios, or those named."""

import argparse
import time

from tests.model.explore import explore
from tests.model.scenarios import ALL, world
from tests.unit.lane import sabotage


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(ALL)}")
    parser.add_argument("--without", help="remove this safeguard: a function of tests/unit/lane/sabotage.py")
    parser.add_argument("--limit", type=int, default=3_000_000)
    options = parser.parse_args()
    wrong = 0
    for name in options.names or ALL:
        started, model = time.perf_counter(), world(name)
        if options.without:
            getattr(sabotage, options.without)(model)
        found = explore(model, options.limit)
        wrong += not found.complete
        verdict = "holds" if found.complete else found.violation or "no violation up to the limit"
        print(
            f"{name:18} {found.states:>8} states {found.moves:>9} moves, depth {found.depth:>3}, "
            f"{time.perf_counter() - started:5.1f} s  {verdict}",
            flush=True,
        )
        for number, step in enumerate(found.trace, 1):
            print(f"  {number:3} {step}")
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
