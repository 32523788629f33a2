"""The same rows through libraries that others use for abuse, in the same run: each in an environment of its own."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

from bench.environments import NotInstalled, environment
from evals.data import DATA, rows
from evals.moderation import abuse_of
from evals.rows import Row, tried

_HERE = Path(__file__).parent


def measure(data: Path = DATA) -> Iterator[Row]:
    """Macro-F1 of abuse and recall of harmful requests, by library. Raises `NotInstalled` where they cannot be had.

    alt-profanity-check was trained on the corpus that the tweets are from, these rows among them.
    """
    tweets = [row["text"] for row in rows("safety/abuse_tweets", data)]
    harmful = [row["text"] for row in rows("safety/harmful_requests", data)]
    for library, said in asyncio.run(_said([*tweets, *harmful])).items():
        yield abuse_of(f"abuse: macro-F1 of {library}", data, dict(zip(tweets, said, strict=False)))
        yield tried(f"harmful requests noticed by {library}", list(zip(said[len(tweets) :], harmful, strict=True)))


async def _said(texts: list[str]) -> dict[str, list[bool]]:
    python = await environment("guardrail-peers", _HERE / "requirements.txt")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(python, _HERE / "abusive.py", stdin=pipe, stdout=pipe, stderr=pipe)
    out, errors = await process.communicate(json.dumps(texts).encode())
    if process.returncode:
        raise NotInstalled(f"the libraries that are compared with failed: {errors.decode(errors='replace')[-400:]}")
    answers: dict[str, list[bool]] = json.loads(out)
    return answers
