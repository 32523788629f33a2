"""The rules of the house that no linter knows. Each fails when it is broken."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from services.compose import STAGES, handlers
from services.docs import generate
from shared.contracts import HandedOver
from shared.messaging.signature import signature

ROOT = Path(__file__).parents[2]
LONGEST = 300
TERMINAL = {HandedOver}  # for those outside who listen: a help desk, an alert
CODE = {".py", ".js", ".css", ".html", ".sh"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def test_no_file_has_a_second_subject_in_it():
    long = {
        str(p.relative_to(ROOT)): n for p in tracked() if p.suffix in CODE and (n := len(p.read_text().splitlines())) > LONGEST
    }
    assert not long, f"split by subject what is longer than {LONGEST} lines"


def test_no_name_tells_nothing():
    nothing = {"utils", "util", "common", "helpers", "helper", "manager", "misc", "core", "base_service"}
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.stem in nothing] == []


def test_every_stage_has_the_same_rooms():
    for stage in STAGES:
        rooms = {path.name for path in (ROOT / "services" / stage).iterdir()}
        assert {"app.py", "handlers.py", "domain.py", "settings.py", "__init__.py"} <= rooms, stage
        assert (ROOT / "services" / stage / "__init__.py").read_text() == "", f"{stage}/__init__.py holds code"


def test_nothing_of_a_machine_is_in_the_project():
    machine = re.compile(r"(?<![\w./$}])/(?:work|root|home)/\w")
    found = []
    for path in tracked():
        if path.suffix in CODE | {".md", ".toml", ".yaml", ".yml", ".json", ""} and path.name != "LICENSE":
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                if machine.search(line) and path != Path(__file__):
                    found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_generated_documents_are_fresh():
    assert generate(check=True) == [], "run `make docs`"


def test_every_event_has_a_consumer_or_is_for_those_outside():
    taken = {signature(handler)[0] for _, each in handlers() for handler in each}
    returned = {event for _, each in handlers() for handler in each for event in signature(handler)[1]}
    assert returned - taken == TERMINAL


def test_a_handler_is_short_enough_to_have_no_decision_in_it():
    long = {}
    for stage, each in handlers():
        for handler in each:
            lines = handler.__code__.co_positions()
            numbers = [line for line, _, _, _ in lines if line]
            if (length := max(numbers) - min(numbers)) > 30:
                long[f"{stage}.{handler.__name__}"] = length
    assert long == {}


def test_import_rules_hold():
    lint = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_can_be_imported_alone_and_brings_no_other(stage):
    code = f"import sys, services.{stage}.app; print([m for m in sys.modules if m.startswith('services.')])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    others = [other for other in STAGES if other != stage and f"services.{other}." in result.stdout]
    assert others == []


def test_the_topology_names_every_handler():
    for stage in STAGES:
        assert import_module(f"services.{stage}.app").HANDLERS, f"{stage} handles nothing"
