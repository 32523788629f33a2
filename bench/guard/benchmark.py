"""What the safety stage's decision costs: CPU of a message by kind and by part, hostile texts, and `frontdesk screen`."""

import asyncio
import json
import resource
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import cycle, islice
from pathlib import Path

from bench.benchmark import Benchmark, Cell, Progress
from bench.environments import NotInstalled, environment
from bench.guard import bare
from bench.guard.hostile import hostile
from bench.guard.messages import messages
from bench.statistics import Figure, Round, Sample, Spread, series
from services.safety.domain import Policy, examine
from shared.guardrails.language import detect
from shared.guardrails.moderation import judge
from shared.guardrails.pii import find

_LINES = 50_000
_LEAST = 400  # decisions measured at once
_POLICY = Policy()
_PRESIDIO = Path(__file__).parents[1] / "peers" / "presidio"

Kinds = Mapping[str, Sequence[str]]


def _per_message(decide: Callable[[str], object], texts: Sequence[str]) -> float:
    """Microseconds of CPU."""
    many = list(islice(cycle(texts), max(_LEAST, len(texts))))
    began = time.process_time()
    for text in many:
        decide(text)
    return 1e6 * (time.process_time() - began) / len(many)


def _of_kind(texts: Sequence[str]) -> Cell:
    async def measure() -> Sample:
        return {
            "decision": _per_message(lambda text: examine([text], None, _POLICY), texts),
            "pii": _per_message(lambda text: find(text, whole=True), texts),
            "language": _per_message(detect, texts),
            "moderation": _per_message(judge, texts),
            "bare": _per_message(bare.mask, texts),
        }

    return measure


def _hostile() -> Cell:
    corpus = hostile()

    async def measure() -> Sample:
        return {name: _per_text(text) for name, text in corpus.items()}

    return measure


def _per_text(text: str) -> float:
    """Milliseconds of CPU to find what is personal in it."""
    began = time.process_time()
    find(text, whole=True)
    return 1e3 * (time.process_time() - began)


def _screen(folder: Path, kinds: Kinds) -> Cell:
    texts = [text for kind in kinds.values() for text in kind]
    many, one = folder / "lines.jsonl", folder / "line.jsonl"
    many.write_text("".join(json.dumps({"text": text}) + "\n" for text in islice(cycle(texts), _LINES)), encoding="utf-8")
    one.write_text(json.dumps({"text": texts[0]}) + "\n", encoding="utf-8")

    async def measure() -> Sample:
        whole, start = await _screened(many), await _screened(one)
        return {"rate": _LINES / whole, "running": _LINES / (whole - start), "start": 1e3 * start}

    return measure


async def _screened(lines: Path) -> float:
    """Seconds of CPU from the start of the program to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with lines.open("rb") as given:
        program = Path(sys.executable).parent / "frontdesk"
        process = await asyncio.create_subprocess_exec(program, "screen", stdin=given, stdout=asyncio.subprocess.DEVNULL)
        assert await process.wait() == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _asked(process: Process) -> Callable[[], Awaitable[Sample]]:
    async def measure() -> Sample:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"\n")
        return {"pii": float(await process.stdout.readline())}

    return measure


@asynccontextmanager
async def opened(folder: Path, progress: Progress) -> AsyncIterator[Mapping[str, Cell]]:
    """Everything in this process but `screen` and Presidio, each in one of its own."""
    progress("messages")
    kinds = messages()
    cells: dict[str, Cell] = {kind: _of_kind(texts) for kind, texts in kinds.items()}
    for cell in cells.values():
        await cell()  # models and automata are loaded, and their states made
    cells |= {"hostile": _hostile(), "screen": _screen(folder, kinds)}
    await cells["hostile"]()
    try:
        progress("Presidio")
        python = await environment("presidio", _PRESIDIO / "requirements.txt")
    except NotInstalled as error:
        progress(f"without Presidio: {error}")
        yield cells
        return
    process = await asyncio.create_subprocess_exec(python, _PRESIDIO / "patterns.py", stdin=PIPE, stdout=PIPE)
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(json.dumps(list(kinds["plain"])).encode() + b"\n")
        await process.stdout.readline()
        yield cells | {"presidio": _asked(process)}
    finally:
        process.kill()
        await process.wait()


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """Milliseconds of the decision, its parts, and what stands beside."""

    def cost(kind: str, part: str = "decision") -> Spread:
        return Spread.of([value / 1e3 for value in series(rounds, kind, part)])

    about = "message of about 100 bytes: all that safety decides, CPU"
    worst = Spread.of([max(samples["hostile"].values()) for samples in rounds])
    slowest = max(rounds[-1]["hostile"].items(), key=lambda item: item[1])[0]
    bare_ratios = [samples["plain"]["pii"] / samples["plain"]["bare"] for samples in rounds]
    told = [
        Figure("guard.plain", f"plain {about}", "ms", cost("plain"), "lower", 0.4, 0.1),
        Figure("guard.personal", f"with personal data, a {about}", "ms", cost("personal"), "lower", 0.4),
        Figure("guard.foreign", f"beyond ASCII, a {about}", "ms", cost("foreign"), "lower", 0.4),
        *(
            Figure(f"guard.{part}", f"of the plain message's, for {part}", "ms", cost("plain", part), "lower")
            for part in ("pii", "language", "moderation")
        ),
        Figure("guard.pii-personal", "for pii where there is some", "ms", cost("personal", "pii"), "lower"),
        Figure("guard.pii-by-bare", "21 kinds by four bare regexes, plain message", "×", Spread.of(bare_ratios), "lower"),
        Figure("guard.hostile", f"the worst of 64 KB ({slowest}), finding what is personal", "ms", worst, "lower", 50, 50),
        Figure("guard.screen", "lines a second of CPU, start-up included", "", _series(rounds, "rate"), "higher", 5_000),
        Figure("guard.screening", "lines a second of CPU, once started", "", _series(rounds, "running"), "higher", 5_000),
        Figure("guard.start", "CPU until the first line is answered", "ms", _series(rounds, "start"), "lower"),
    ]
    if all("presidio" in samples for samples in rounds):
        by = [samples["plain"]["pii"] / samples["presidio"]["pii"] for samples in rounds]
        told.append(Figure("guard.pii-by-presidio", "by Presidio's patterns without a model", "×", Spread.of(by), "lower", 1))
    return told


def _series(rounds: Sequence[Round], metric: str) -> Spread:
    return Spread.of(series(rounds, "screen", metric))


GUARD = Benchmark("guard", "what safety's decision costs", opened, figures)
