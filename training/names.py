"""The given names by which `shared.guardrails.pii` knows a person: `python -m training.names` writes `given.txt` anew.

Sources, both of the development environment, whose versions `uv.lock` names: the providers of persons of Faker (MIT), and the
given names of the United States census of 1990 (public domain) as the package `names` (MIT) carries them. Kept are words of
three letters and more in Latin script, written as names are. Left out is what says something else more often: the everyday
words of `everyday.txt`, and the words and places of `ambiguous.txt`, a list by hand.
"""

import importlib
import pkgutil
import unicodedata
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "shared" / "guardrails" / "pii" / "names"
_CENSUS = ("dist.female.first", "dist.male.first")
_SHORTEST = 3


def given() -> list[str]:
    """The names, sorted, each once."""
    left_out = {word.lower() for name in ("everyday.txt", "ambiguous.txt") for word in _lines(name)}
    return sorted({name for name in (*_of_faker(), *_of_census()) if _written_as_one(name) and name.lower() not in left_out})


def _of_faker() -> Iterator[str]:
    persons = importlib.import_module("faker.providers.person")
    for country in pkgutil.iter_modules(persons.__path__):
        if country.ispkg:
            provider = importlib.import_module(f"{persons.__name__}.{country.name}").Provider
            for attribute in dir(provider):
                named = getattr(provider, attribute)
                if attribute.startswith(("first_names", "first_romanized_names")) and not isinstance(named, property):
                    yield from named


def _of_census() -> Iterator[str]:
    for file in _CENSUS:
        for line in resources.files("names").joinpath(file).read_text(encoding="utf-8").splitlines():
            yield line.split()[0].title()


def _written_as_one(name: object) -> bool:
    return (
        isinstance(name, str)
        and len(name) >= _SHORTEST
        and name.isalpha()
        and name[0].isupper()
        and name[1:].islower()
        and all("LATIN" in unicodedata.name(char, "") for char in name)
    )


def _lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").split()


def main() -> None:
    (FOLDER / "given.txt").write_text("\n".join(given()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
