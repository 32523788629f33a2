"""The rows that the moderation model is trained on, where they are from, and under which licence.

Each file is read from a clone of its repository at the commit that stands here, so that the same rows make the same
weights. Only licences that let a derived model be shipped stand here: no share-alike, no non-commercial, none missing.
"""

import csv
import io
import json
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

Label = str
"""`attack`, `harmful`, `abuse`, or `benign`."""
Rows = Iterable[tuple[Label, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a public repository and how its rows are read."""

    repository: str
    commit: str
    path: str
    licence: str
    read: Callable[[bytes], Rows]

    def content(self, clones: Path) -> bytes:
        """The file from the clone `<owner>+<name>` below `clones`. Raises `CalledProcessError` where it is not there."""
        clone = clones / self.repository.replace("/", "+")
        command = ["git", "-C", str(clone), "show", f"{self.commit}:{self.path}"]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def record(self, content: bytes, rows: int) -> dict[str, Any]:
        """As the provenance beside the weights names it."""
        where = {"repository": self.repository, "commit": self.commit, "path": self.path, "licence": self.licence}
        return where | {"sha256": sha256(content).hexdigest(), "rows": rows}


def _table(content: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig")))


def _column(label: Label, name: str) -> Callable[[bytes], Rows]:
    return lambda content: ((label, row[name]) for row in _table(content) if row[name])


def _leaves(label: Label) -> Callable[[bytes], Rows]:
    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            for each in value.values() if isinstance(value, dict) else value:
                yield from strings(each)

    return lambda content: ((label, text) for text in strings(json.loads(content)))


def _deepset(content: bytes) -> Rows:
    from pyarrow import parquet

    for row in parquet.read_table(io.BytesIO(content)).to_pylist():
        yield ("attack" if row["label"] else "benign"), row["text"]


def _multijail(content: bytes) -> Rows:
    for row in _table(content):
        for language in ("en", "zh", "it", "vi", "ar", "ko", "th"):
            yield "harmful", row[language]


def _clinc(content: bytes) -> Rows:
    splits = json.loads(content)
    for split in ("train", "val", "oos_train", "oos_val"):
        for text, _ in splits[split]:
            yield "benign", text


def _refusals(content: bytes) -> Rows:
    """Questions about security that are no harm: they teach the model of attacks alone what computers are called."""
    for row in json.loads(content)[::3]:
        yield "benign-to-attack", row["mutated_prompt"]


def _toxicity(content: bytes) -> Rows:
    for row in _table(content):
        yield ("abuse" if row["is_toxic"] == "Toxic" else "benign"), row["text"]


def _convabuse(content: bytes) -> Rows:
    for row in _table(content):
        abusive, fine = (
            sum("1" in (row.get(f"Annotator{number}_is_abuse.{grade}") or "") for number in range(1, 9) for grade in grades)
            for grades in ((-1, -2, -3), (0, 1))
        )
        if abusive and not fine:
            yield "abuse", row["user"]
        elif fine and not abusive:
            yield "benign", row["user"]


def _hatecheck(content: bytes) -> Rows:
    for row in _table(content):
        if row["label_gold"] == "hateful":
            yield "abuse", row["test_case"]
        elif row["functionality"] in ("ident_neutral_nh", "ident_pos_nh", "negate_neg_nh"):
            yield "benign", row["test_case"]


def _hatecheck_of(language: str) -> Source:
    path = f"MHC Final Cases/hatecheck_cases_final_{language}.csv"
    return Source(
        "rewire-online/multilingual-hatecheck", "a03f2caf2023a402d85064bda243e46d280408f0", path, "CC-BY-4.0", _every_third
    )


def _every_third(content: bytes) -> Rows:
    """Enough of them: each template stands there for seven groups of people."""
    for row in list(_table(content))[::3]:
        yield ("abuse" if row["label_gold"] == "hateful" else "benign"), row["test_case"]


def _restaurant(content: bytes) -> Rows:
    for row in json.loads(content):
        yield "benign", row["userInput"]["text"]


def _instructions(content: bytes) -> Rows:
    for line in content.splitlines():
        task = json.loads(line)
        yield "benign", task["instruction"]
        given = task["instances"][0]["input"]
        if given:
            yield "benign", f"{task['instruction']} {given[:1000]}"


SOURCES = (
    Source(
        "sinanw/llm-security-prompt-injection",
        "c8af0b015a9a4f3380f9e20214828c2dbeadc72c",
        "data/raw/train-00000-of-00001-9564e8b05b4757ab.parquet",
        "Apache-2.0 (deepset/prompt-injections)",
        _deepset,
    ),
    Source(
        "sherdencooper/GPTFuzz",
        "1eddeb565740ae311b5f4950492b011a6f866fe7",
        "datasets/questions/question_list.csv",
        "MIT",
        _column("harmful", "text"),
    ),
    Source(
        "DAMO-NLP-SG/multilingual-safety-for-LLMs",
        "577ac511437e07a256130945ef312a99158a18ad",
        "data/MultiJail.csv",
        "MIT",
        _multijail,
    ),
    *(
        Source(
            "declare-lab/red-instruct",
            "73c759c93d2f6b1d8c7b058ab7bcec5fb0c28fa2",
            f"harmful_questions/{name}.json",
            "Apache-2.0",
            _leaves("harmful"),
        )
        for name in ("catqa_english", "catqa_chinese", "catqa_vietnamese", "dangerousqa", "harmfulqa")
    ),
    Source(
        "bertiev/SimpleSafetyTests",
        "d7aee9a9422a5a5488f478fd79c2479c891c0f3b",
        "SimpleSafetyTests - test cases.csv",
        "CC-BY-4.0",
        _column("harmful", "prompts_final"),
    ),
    Source("surge-ai/toxicity", "ea80324b95ed7e3cc787bdb6faeb763fcc0ae258", "toxicity_en.csv", "MIT", _toxicity),
    Source(
        "amandacurry/convabuse",
        "c0a9469f48956e868276c605d499010ea3c7c0d0",
        "2_splits/ConvAbuseEMNLPtrain.csv",
        "CC-BY-4.0",
        _convabuse,
    ),
    Source(
        "paul-rottger/hatecheck-data",
        "d84302298ceeb34f4b0dde2d8a1f4932c2caa612",
        "test_suite_cases.csv",
        "CC-BY-4.0",
        _hatecheck,
    ),
    *map(
        _hatecheck_of,
        ("arabic", "dutch", "french", "german", "hindi", "italian", "mandarin", "polish", "portuguese", "spanish"),
    ),
    Source(
        "Giskard-AI/prompt-injections",
        "ce50a549dadc46b48c931250d2dd71d5f003c0c2",
        "prompt_injections.csv",
        "MIT",
        _column("attack", "prompt"),
    ),
    Source(
        "PolyAI-LDN/task-specific-datasets",
        "57ec275d8078af65b7731c2a98be812d844a6d6b",
        "banking_data/train.csv",
        "CC-BY-4.0",
        _column("benign", "text"),
    ),
    Source(
        "PolyAI-LDN/task-specific-datasets",
        "57ec275d8078af65b7731c2a98be812d844a6d6b",
        "span_extraction/restaurant8k/train_2.json",
        "CC-BY-4.0",
        _restaurant,
    ),
    Source("clinc/oos-eval", "828f8093932c8fe6ca7936c3d2e52903b1c523de", "data/data_full.json", "CC-BY-3.0", _clinc),
    Source(
        "yizhongw/self-instruct",
        "0b26ccaa415992100fa32df62d41b994cf928e23",
        "data/seed_tasks.jsonl",
        "Apache-2.0",
        _instructions,
    ),
    Source(
        "yizhongw/self-instruct",
        "0b26ccaa415992100fa32df62d41b994cf928e23",
        "human_eval/user_oriented_instructions.jsonl",
        "Apache-2.0",
        _instructions,
    ),
    Source(
        "meta-llama/PurpleLlama",
        "4be64c3a24442b51c76175e6ec67722cc3f5fe38",
        "CybersecurityBenchmarks/datasets/mitre_frr/frr_multilingual_machine_translated.json",
        "MIT",
        _refusals,
    ),
)
