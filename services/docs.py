"""`python -m services.docs [--check]`: everything that is generated, made again or compared.

AsyncAPI and the topology come from the handlers' signatures, OpenAPI from ingress, the schema of assistant.yaml and the
command reference from their models, the sums of the guards' files from those files. `--check` writes nothing and ends with 1
when a file is stale.
"""

import json
import sys
from pathlib import Path

from services.compose import handlers
from shared.assistant import Assistant
from shared.guardrails import parts
from shared.messaging.asyncapi import write

_DOCS = Path(__file__).parents[1] / "docs"


def generate(*, check: bool) -> list[Path]:
    """Write what differs, or only name it with `check`."""
    from services.ingress.app import PUBLISHES, documented

    stale = write(dict(handlers()), _DOCS, check=check, also={"ingress": PUBLISHES})
    wanted = {
        _DOCS / "openapi.json": _json(documented()),
        _DOCS / "assistant.schema.json": _json(Assistant.model_json_schema()),
        parts.SUMS: parts.sums(),
    }
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path)
            if not check:
                path.write_text(text, encoding="utf-8")
    return stale


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    checking = "--check" in sys.argv[1:]
    changed = generate(check=checking)
    for each in changed:
        sys.stdout.write(f"{each.relative_to(_DOCS.parent)} {'is stale: run `make docs`' if checking else 'written'}\n")
    sys.exit(1 if changed and checking else 0)
