"""`frontdesk screen` as a program: one answer for each line, in order, whatever comes."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def screened(lines: bytes, *options: str, **environment: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "services.cli", "screen", *options]
    own = os.environ | environment
    done = subprocess.run(command, input=lines, capture_output=True, check=True, timeout=60, cwd=ROOT, env=own)
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_is_answered_in_order_and_bad_ones_with_an_error():
    lines = [
        b'{"text": "I am ada@example.com"}',
        b"\xff\xfe",
        b'{"txt": 1}',
        b'{"text": "' + b"a" * 1_000_000 + b'"}',
        b'{"text": ""}',
    ]
    first, binary, wrong, long, empty = screened(b"\n".join(lines))
    assert first["masked"] == "I am <EMAIL_1>"
    assert [set(each) for each in (binary, wrong, long)] == [{"error"}] * 3
    assert empty == {"masked": "", "spans": [], "language": None, "verdict": "pass", "reasons": []}


def test_the_assistants_order_numbers_are_not_masked(tmp_path: Path):
    file = tmp_path / "assistant.yaml"
    file.write_text(
        "persona: {name: Robin, company: Harbour, tone: Brief.}\nmodels: [{name: m}]\norder_pattern: '\\b\\d{10}\\b'\n"
    )
    line = b'{"text": "and 2127365000"}'
    assert screened(line)[0]["masked"] == "and <PHONE_1>"
    assert screened(line, "--assistant", str(file))[0]["masked"] == "and 2127365000"
    assert screened(line, FRONTDESK_ASSISTANT=str(file))[0]["masked"] == "and 2127365000"


def test_it_loads_nothing_that_parses_options_or_configurations():
    """They took half of the time until the first line was answered."""
    program = (
        "import sys; sys.argv = ['frontdesk', 'screen']; from services.cli import main; main(); "
        "print(sorted({'pydantic', 'typer', 'rich', 'yaml'} & sys.modules.keys()))"
    )
    own = {name: value for name, value in os.environ.items() if name != "FRONTDESK_ASSISTANT"}
    done = subprocess.run(
        [sys.executable, "-c", program], input=b"", capture_output=True, check=True, timeout=60, cwd=ROOT, env=own
    )
    assert done.stdout == b"[]\n"
