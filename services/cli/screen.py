"""`frontdesk screen`: what safety would do with a text, for tests and tuning."""

import json
import sys
from pathlib import Path
from typing import IO


def screen(assistant: Path | None, lines: IO[bytes], out: IO[str]) -> None:
    """Answer each line at once, in order: a pipe may be a conversation."""
    from shared.assistant import load
    from shared.guardrails.remembered import Conversations
    from shared.guardrails.screening import screen_line

    settings = load(assistant) if assistant else None
    company = settings.own if settings else None
    regions = (settings.country,) if settings else ("US",)
    conversations = Conversations()
    for line in lines:
        told = screen_line(line, regions=regions, company=company, conversations=conversations)
        out.write(json.dumps(told, ensure_ascii=False) + "\n")
        out.flush()


def run(assistant: Path | None) -> None:
    try:
        screen(assistant, sys.stdin.buffer, sys.stdout)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read has left; nothing more to say
