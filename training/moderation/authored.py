"""Rows that this project wrote itself: attacks by their kinds, in several languages, and harmless texts that look like harm.

Public rows have few attacks that are not English, and few harmless texts that hold the words of harmful ones.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

_CHOICE = re.compile(r"\{([^{}]*)\}")


def filled(name: str, each: int, seed: int = 1) -> Iterator[str]:
    """`each` fillings of every template of `<name>.txt`: the same ones for the same seed."""
    chance = random.Random(seed)
    for line in Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield from dict.fromkeys(_filled(line, chance) for _ in range(each))


def _filled(template: str, chance: random.Random) -> str:
    return _CHOICE.sub(lambda match: chance.choice(match[1].split("|")), template)
