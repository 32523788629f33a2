"""The words of the system in every language that it speaks: one YAML file a language, English is whole and the fallback.

`assistant.yaml` may replace any of them under `texts`.
"""

from functools import cache
from importlib.resources import files

import yaml

FALLBACK = "en"


@cache
def texts() -> dict[str, dict[str, str]]:
    """By language, then by key."""
    folder = files(__name__)
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yaml"):
            found[entry.name.removesuffix(".yaml")] = yaml.safe_load(entry.read_text(encoding="utf-8"))
    return found
