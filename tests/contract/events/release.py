"""`python -m tests.contract.events.release`: write down schemas and manifest after a compatible change. Refuses others."""

import hashlib
import json
import sys

from pydantic_core import from_json

from tests.contract.events.compatibility import breaks
from tests.contract.events.test_events import EVENTS, GOLDEN, HERE


def main() -> None:
    for name, kind in EVENTS.items():
        path = HERE / "released" / f"{name.replace('/v', '.v')}.json"
        schema = kind.model_json_schema()
        if path.exists() and (found := breaks(from_json(path.read_bytes()), schema)):
            sys.exit(f"{name} breaks its readers: {found}. Publish a new version beside it.")
        path.write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n")
    manifest = HERE / "golden/MANIFEST"
    known = dict(line.split("  ")[::-1] for line in manifest.read_text().splitlines()) if manifest.exists() else {}
    now = {str(p.relative_to(HERE / "golden")): hashlib.sha256(p.read_bytes()).hexdigest() for p in GOLDEN}
    manifest.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted((now | known).items())))


if __name__ == "__main__":
    main()
