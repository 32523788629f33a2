"""Texts from public repositories: sentences to be read aloud, names of things, and Hindi in Latin letters.

Only licences that let a derived model be shipped stand here: no share-alike, no non-commercial, none missing.
"""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_TOO_LARGE = 4 * 1024 * 1024
_SENTENCES = re.compile(r"/(?!addresses|singleword)[^/]*(?<!cities)(?<!ForeignPhrases)\.txt$")
"""Common Voice's files but those of addresses, towns, foreign phrases, and of words for a benchmark."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A public repository, read at one commit from the clone `<owner>+<name>` below a folder."""

    name: str
    commit: str
    licence: str
    used: str

    def reached(self, clones: Path) -> bool:
        """Whether there is a clone that has the commit."""
        place = clones / self.name.replace("/", "+")
        command = ["git", "-C", str(place), "cat-file", "-e", f"{self.commit}^{{commit}}"]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def files(self, clones: Path, folder: str) -> list[str]:
        """The files below `folder`, without those of 4 MiB and more, which copies of repositories often lack.

        Raises `CalledProcessError` where there is no such clone or commit.
        """
        listed = self._git(clones, "ls-tree", "-r", "-z", "--long", self.commit, f"{folder}/").decode().split("\0")[:-1]
        sizes = {path: about.split()[3] for about, _, path in (each.partition("\t") for each in listed)}
        return [path for path, size in sizes.items() if size.isdecimal() and int(size) < _TOO_LARGE]

    def content(self, clones: Path, path: str) -> str:
        """The text of a file. Raises `CalledProcessError` where it is not there."""
        return self._git(clones, "show", f"{self.commit}:{path}").decode("utf-8")

    def record(self) -> dict[str, str]:
        """As the provenance beside the weights names it."""
        return asdict(self)

    def _git(self, clones: Path, *command: str) -> bytes:
        place = clones / self.name.replace("/", "+")
        return subprocess.run(["git", "-C", str(place), *command], check=True, capture_output=True).stdout


VOICE = Repository(
    "mozilla/voice-web",
    "e0bfbc4be9eb6a97f7dd92eb938200f09f04ba96",
    "CC0-1.0",
    "files of sentences below server/data, below 4 MiB",
)
CLDR = Repository(
    "unicode-org/cldr-json",
    "b08a82b582f1120d630d623f9e5073316741574d",
    "Unicode-3.0",
    "keywords of characters (cldr-annotations-full)",
)
HINGLISH = Repository(
    "google-research-datasets/Hinglish-TOP-Dataset",
    "fdd3998a6573130659bfa1ce4b1ebe698df2bf3a",
    "Apache-2.0",
    "commands in Hindi mixed with English (Human Annotated Data, column cs_query)",
)
REPOSITORIES = (VOICE, CLDR, HINGLISH)


def sentences(clones: Path, names: Sequence[str]) -> list[str]:
    """What Common Voice has people read aloud under the locales `names`, each sentence once."""
    found: dict[str, None] = {}
    for name in names:
        for path in VOICE.files(clones, f"server/data/{name}"):
            if _SENTENCES.search(path):
                found |= dict.fromkeys(VOICE.content(clones, path).splitlines())
    return list(found)


def keywords(clones: Path, names: Sequence[str]) -> list[str]:
    """What people search an emoji or a sign by under the locales `names`: mostly one noun or two."""
    return list(dict.fromkeys(keyword for name in names for keyword in _keywords(clones, name)))


def _keywords(clones: Path, name: str) -> Iterator[str]:
    for path in CLDR.files(clones, f"cldr-json/cldr-annotations-full/annotations/{name}"):
        if path.endswith("annotations.json"):
            for said in json.loads(CLDR.content(clones, path))["annotations"]["annotations"].values():
                yield from said.get("default", ())


def hinglish(clones: Path) -> list[str]:
    """Commands in Hindi as it is typed: Latin letters, and English words between, but fewer than others."""
    found = []
    for part in ("train", "validation", "test"):
        table = HINGLISH.content(clones, f"Dataset/Human Annotated Data/{part}.tsv")
        for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
            english, typed = set(row["en_query"].lower().split()), row["cs_query"].lower().split()
            if 2 * sum(word not in english for word in typed) > len(typed):
                found.append(row["cs_query"])
    return list(dict.fromkeys(found))
