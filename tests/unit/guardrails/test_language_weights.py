"""The weights that are shipped are those whose making is told beside them."""

import json
from hashlib import sha256
from pathlib import Path

from shared.guardrails.language import weights

PLACE = Path(weights.__file__).parent
PROVENANCE = json.loads((PLACE / "provenance.json").read_text(encoding="utf-8"))


def test_the_record_is_of_these_weights():
    content = (PLACE / "languages.ftz").read_bytes()
    assert PROVENANCE["weights"] == {"bytes": len(content), "sha256": sha256(content).hexdigest()}


def test_each_source_is_pinned_and_lets_a_model_be_shipped():
    sources = [*PROVENANCE["repositories"], *PROVENANCE["packages"]]
    assert len(sources) >= 4
    assert {source["licence"] for source in sources} <= {"Apache-2.0", "CC0-1.0", "Unicode-3.0", "MIT"}
    assert all(len(source["commit"]) == 40 if "commit" in source else "==" in source["name"] for source in sources)
