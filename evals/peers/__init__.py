"""The same rows through libraries that others use, in the same run: in environments of their own."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.environments import NotInstalled, environment
from evals import language
from evals.data import DATA, rows
from evals.moderation import abuse_of
from evals.rows import Row, tried

_HERE = Path(__file__).parent


def measure(data: Path = DATA) -> Iterator[Row]:
    """Macro-F1 of abuse, recall of harmful requests and languages told, by library. Raises `NotInstalled` without them.

    alt-profanity-check was trained on the corpus that the tweets are from, these rows among them.
    """
    tweets = [row["text"] for row in rows("safety/abuse_tweets", data)]
    harmful = [row["text"] for row in rows("safety/harmful_requests", data)]
    for library, said in asyncio.run(_said("abusive.py", "requirements.txt", [*tweets, *harmful])).items():
        yield abuse_of(f"abuse: macro-F1 of {library}", data, dict(zip(tweets, said, strict=False)))
        yield tried(f"harmful requests noticed by {library}", list(zip(said[len(tweets) :], harmful, strict=True)))
    yield from _languages(data)


def _languages(data: Path) -> Iterator[Row]:
    sets = language.sets(data)
    texts = list(dict.fromkeys(text for each in sets for _, text in each.rows))
    for library, told in asyncio.run(_said("languages.py", "languages.txt", texts)).items():
        answers = dict(zip(texts, map(language.same, told), strict=True))
        for each in sets:
            yield tried(f"{each.name}: {library}", [(answers[text] == right, text) for right, text in each.rows])


async def _said(script: str, requirements: str, texts: list[str]) -> dict[str, list[Any]]:
    python = await environment(f"{Path(script).stem}-peers", _HERE / requirements)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(python, _HERE / script, stdin=pipe, stdout=pipe, stderr=pipe)
    out, errors = await process.communicate(json.dumps(texts).encode())
    if process.returncode:
        raise NotInstalled(f"the libraries that are compared with failed: {errors.decode(errors='replace')[-400:]}")
    answers: dict[str, list[Any]] = json.loads(out)
    return answers
