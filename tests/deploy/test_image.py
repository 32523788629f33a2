"""What is shipped: one wheel with all that runs need, and an image recipe that keeps its promises.

No container engine is needed here, so the image itself is not built; the wheel that it installs is.
"""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = ROOT / ".tools/bin/uv"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    assert UV.exists(), "run `make setup`, which brings uv"
    out = tmp_path_factory.mktemp("wheel")
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    subprocess.run([UV, "build", "--wheel", "--quiet", "--out-dir", out], cwd=ROOT, env=environment, check=True)
    (path,) = out.glob("*.whl")
    return path


def test_the_wheel_holds_everything_that_is_not_code(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    listed = ["git", "ls-files", "services", "shared", "demo", "bench"]
    tracked = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    missing = [name for name in tracked.stdout.splitlines() if (ROOT / name).exists() and name not in names]
    assert missing == []
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("tests")]


def test_the_command_runs_from_the_wheel_alone(wheel, tmp_path):
    """From a folder of its own, so that nothing is found in the checkout."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "services.cli", "run", "safety"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "FRONTDESK_SEAL_KEYS" in result.stderr, "a missing setting is named"
    assert "Traceback" not in result.stderr


def test_the_image_runs_as_nobody_and_takes_each_command():
    recipe = (ROOT / "deploy/Dockerfile").read_text()
    last = recipe.split("FROM ")[-1]
    assert re.search(r"^USER 65532:65532$", last, re.MULTILINE)
    assert 'ENTRYPOINT ["frontdesk"]' in last
    assert "--frozen" in recipe, "the image has the locked versions"
    assert "STOPSIGNAL SIGTERM" in last
    copied = set(re.findall(r"^COPY (\w+) \./\1$", recipe, re.MULTILINE))
    assert copied == {"services", "shared", "demo", "bench"}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied | {"pyproject.toml", "uv.lock", "README.md", "LICENSE"} == allowed


@pytest.mark.parametrize("stage", ["ingress", "egress", "agent"])
def test_a_stage_names_the_setting_that_it_lacks(stage, tmp_path):
    keys = {"FRONTDESK_SEAL_KEYS": "k:" + "A" * 43 + "=", "FRONTDESK_RECORDS": f"sqlite:///{tmp_path}/r.db"}
    environment = {"PATH": os.environ["PATH"], "FRONTDESK_ASSISTANT": str(ROOT / "demo/assistant.yaml")} | keys
    command = [sys.executable, "-m", "services.cli", "run", stage]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 2
    assert {"ingress": "FRONTDESK_SESSION_KEY", "egress": "FRONTDESK_SESSION_KEY", "agent": "OPENAI_API_KEY"}[
        stage
    ] in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_stage_is_refused_with_the_names_of_those_there_are():
    command = [sys.executable, "-m", "services.cli", "run", "agnet"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "ingress, safety, context, agent, actions, egress" in result.stderr
