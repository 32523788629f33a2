"""`python -m training.moderation CLONES`: train the moderation model again from clones of its sources.

CLONES holds a clone `<owner>+<name>` of each repository that `sources.py` and `corpus.py` name, and in `texts` what
`training.language` fetches. It needs what stands in `requirements.txt` beside this file, which the product does not, in an
environment of its own that also sees the project. Without the evaluation data beside the project it trains on the public
rows and the project's own alone, and says so.
"""

import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import numpy as np

from evals.data import DATA
from shared.guardrails.moderation import Thresholds, judge
from shared.guardrails.moderation.model import linear
from training.moderation.corpus import corpus
from training.moderation.fit import FOLDS, HEADS, Corpus, fitted

PLACE = Path(linear.__file__).parent
RULES_ALONE = Thresholds(1.0, 1.0, 1.0)


def main(clones: Path) -> None:
    """Write `weights.json` and `provenance.json` beside the code that reads them, and `unseen.json` for the evaluation."""
    if not DATA.is_dir():
        sys.stderr.write(
            f"no evaluation data at {DATA}: trained on public rows and the project's own alone, measured on none\n"
        )
    examples, sources = corpus(clones)
    prepared = Corpus(examples)
    heads = {head: fitted(prepared, head) for head in HEADS}
    by_rule = np.array([bool(each.group) and judge(each.text, RULES_ALONE).verdict != "pass" for each in examples])
    over = np.any([each.over for each in heads.values()], axis=0)
    weights = json.dumps({head: each.stored for head, each in heads.items()}, ensure_ascii=False, separators=(",", ":")) + "\n"
    (PLACE / "weights.json").write_text(weights, "utf-8")
    development = Counter(each.group for each in examples if each.group)
    provenance = {
        "licence": "The weights are part of this project. The rows below keep their own licences; none is shipped.",
        "public": sources,
        "own": {"files": ["training/moderation/attacks.txt", "training/moderation/harmless.txt"], "licence": "Apache-2.0"},
        "development": dict(sorted(development.items())),
        "examples": dict(Counter(each.label for each in examples)),
        "cross_validation": {
            "folds": FOLDS,
            "what": "share of each development set that is noticed, by models that did not see those rows",
            "heads": {head: prepared.shares(each.over) for head, each in heads.items()},
            "rules": prepared.shares(by_rule),
            "rules_and_heads": prepared.shares(by_rule | over),
        },
    }
    (PLACE / "provenance.json").write_text(json.dumps(provenance, ensure_ascii=False, indent=1) + "\n", "utf-8")
    unseen = {
        "weights": sha256(weights.encode()).hexdigest(),
        "heads": {
            head: sorted(sha256(examples[index].text.encode()).hexdigest()[:16] for index in _found(prepared, each.over))
            for head, each in heads.items()
        },
    }
    Path(__file__).with_name("unseen.json").write_text(json.dumps(unseen, indent=1) + "\n", "utf-8")


def _found(prepared: Corpus, over: object) -> list[int]:
    return [int(index) for index in np.flatnonzero(over & (prepared.groups != ""))]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
