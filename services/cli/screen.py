"""`frontdesk screen`: what safety would do with a text, for tests and tuning."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes; a longer line is read over, and answered with an error."""
_AT_ONCE = 1 << 16


def screen(assistant: Path | None, read: Callable[[int], bytes], out: IO[str]) -> None:
    """Answer each line, in order, as soon as it is there: a pipe may be a conversation.

    `read` gives what has come, up to so many bytes, and nothing at the end. Whatever a line is, it gets an answer.
    """
    from shared.guardrails.remembered import Conversations
    from shared.guardrails.screening import screen_line

    company, regions = _own(assistant) if assistant else (None, ("US",))
    conversations = Conversations()
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for lines in _arriving(read):
        answers = (screen_line(line, regions=regions, company=company, conversations=conversations) for line in lines)
        out.write("".join([encode(answer) + "\n" for answer in answers]))
        out.flush()


def _own(assistant: Path) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
    """The company's own numbers, and the countries whose phones are expected."""
    from shared.assistant import load

    settings = load(assistant)
    return settings.own, (settings.country,)


def _arriving(read: Callable[[int], bytes]) -> Iterator[list[bytes]]:
    """The lines that each read completes; the last one may lack its line feed. Of a line that is too long only a part."""
    begun = b""
    while chunk := read(_AT_ONCE):
        *whole, rest = chunk.split(b"\n")
        if whole:
            yield [begun + whole[0], *whole[1:]]
            begun = rest
        elif len(begun) <= LONGEST_LINE:
            begun += rest
    if begun:
        yield [begun]


def run(assistant: Path | None) -> None:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # what a terminal speaks is not what JSON lines are
    try:
        screen(assistant, partial(os.read, sys.stdin.fileno()), sys.stdout)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read has left; nothing more to say
    except KeyboardInterrupt:
        sys.exit(130)
