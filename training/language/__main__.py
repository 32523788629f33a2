"""`python -m training.language FOLDER CLONES`: make the weights by which the language of a message is told.

FOLDER receives the packages that pip and cargo fetch, and the training text. CLONES holds a clone `<owner>+<name>` of each
repository that `clones.py` names. Needs what stands in `requirements.txt` beside this file, in an environment of its own
that also sees the project, cargo, 5 GB of memory, and a quarter of an hour of CPU. The same sources make the same weights,
byte by byte: training runs in one thread. What the evaluation reads is no source: neither the test rows of lingua, which its
crates hold too, nor any other set.
"""

import json
import random
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import fasttext

from shared.guardrails.language import detect
from training.household import PACKAGES
from training.language.clones import REPOSITORIES
from training.language.languages import CORPORA
from training.language.lines import Sources

PLACE = Path(__file__).parents[2] / "shared" / "guardrails" / "language"
CRATES = "1.2.0"
_JUDGED = 120
"""Sentences of a language, at most, by which the weights are judged."""


def fetch(folder: Path, clones: Path) -> None:
    """Bring the packages into `folder`. Raises `SystemExit` that names what cannot be had."""
    for repository in REPOSITORIES:
        if not repository.reached(clones):
            raise SystemExit(f"{clones} holds no clone of {repository.name} with the commit {repository.commit}")
    pinned = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version=3.14"]
    _run([*pinned, f"--dest={folder / 'wheels'}", *PACKAGES], folder)
    for wheel in (folder / "wheels").glob("*.whl"):
        with ZipFile(wheel) as archive:
            archive.extractall(folder / "texts", [name for name in archive.namelist() if name.endswith(".json")])
    names = sorted(name for models in CORPORA.values() for name in models.split())
    manifest = '[package]\nname = "corpora"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n'
    manifest += "".join(f'lingua-{name}-language-model = "={CRATES}"\n' for name in names)
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src" / "lib.rs").touch()
    (folder / "Cargo.toml").write_text(manifest, encoding="utf-8")
    _run(["cargo", "vendor", "--quiet"], folder)


def _run(command: list[str], folder: Path) -> None:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{' '.join(command[:4])} … could not reach its sources:\n{ended.stderr.strip()}")


def write(folder: Path, clones: Path) -> Path:
    """The training text."""
    with ProcessPoolExecutor() as workers:
        written = [line for lines in workers.map(partial(_labelled, folder, clones), CORPORA) for line in lines]
    random.Random(0).shuffle(written)
    text = folder / "lines.txt"
    text.write_text("".join(written), encoding="utf-8")
    return text


def _labelled(folder: Path, clones: Path, language: str) -> list[str]:
    return [f"__label__{language} {' '.join(runs)}\n" for runs in Sources(folder, clones).lines(language)]


def train(text: Path, weights: Path) -> None:
    """Fit the model to the training text, keep the weights that tell most, fit these once more, and compress them."""
    model = fasttext.train_supervised(
        str(text), dim=48, minn=1, maxn=5, bucket=4_000_000, minCount=400, epoch=1, lr=0.4, loss="softmax", thread=1, verbose=0
    )
    model.save_model(str(text.with_suffix(".bin")))
    model.quantize(str(text), cutoff=350_000, retrain=True, epoch=1, lr=0.2, qnorm=True, dsub=2, thread=1, verbose=0)
    model.save_model(str(weights))


def judged(folder: Path, clones: Path) -> dict[str, float]:
    """How often the weights are right about sentences that they were not made of, language by language."""
    sources = Sources(folder, clones)
    kept = {language: sources.kept_back(language)[:_JUDGED] for language in CORPORA}
    return {
        language: round(sum(detect(text) == language for text in texts) / len(texts), 3)
        for language, texts in kept.items()
        if texts
    }


def provenance(text: Path, weights: Path, right: dict[str, float], seconds: int) -> dict[str, Any]:
    """What the weights were made of, as it stands beside them."""
    return {
        "licence": "The weights are part of this project. The sources keep their own licences; none is shipped.",
        "repositories": [repository.record() for repository in REPOSITORIES],
        "packages": [
            *({"name": name, "registry": "PyPI", "licence": "Apache-2.0"} for name in PACKAGES),
            {"name": f"lingua-*-language-model=={CRATES}", "registry": "crates", "licence": "Apache-2.0"},
        ],
        "languages": len(CORPORA),
        "lines": {"count": text.read_bytes().count(b"\n"), "sha256": sha256(text.read_bytes()).hexdigest()},
        "weights": {"bytes": weights.stat().st_size, "sha256": sha256(weights.read_bytes()).hexdigest()},
        "seconds": seconds,
        "right_on_sentences_kept_back": right,
    }


def main(folder: Path, clones: Path) -> None:
    """Write `languages.ftz` and `provenance.json` beside the code that reads them."""
    began = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    fetch(folder, clones)
    text, weights = write(folder, clones), PLACE / "languages.ftz"
    train(text, weights)
    record = provenance(text, weights, judged(folder, clones), round(time.monotonic() - began))
    (PLACE / "provenance.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
