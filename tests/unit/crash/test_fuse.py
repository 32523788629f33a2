"""When a process dies at its crash point: counted, drawn by lot, and not again at the same time after a restart."""

import signal
import subprocess
import sys

import pytest

from services.crash.fuse import Crash, CrashSettings, Fuse
from services.settings import read
from shared.errors import ConfigurationError

POINT = "egress.ReplyDrafted.change-conversation.after"


def test_a_point_is_named_alone_or_with_its_time_or_with_a_chance():
    assert Crash.parse(POINT) == Crash(POINT, time=1)
    assert Crash.parse(f"{POINT}@3") == Crash(POINT, time=3)
    assert Crash.parse(f"{POINT}~0.25:7") == Crash(POINT, probability=0.25, seed=7)


@pytest.mark.parametrize(
    "wrong",
    ["", "egress", "nobody.ReplyDrafted.ack.after", "egress.ReplyDrafted.ack", f"{POINT}@0", f"{POINT}~2:1", f"{POINT}~0.5"],
)
def test_a_wrong_value_stops_the_start_and_is_named(wrong, monkeypatch):
    monkeypatch.setenv("FRONTDESK_CRASH_AT", wrong)
    with pytest.raises(ConfigurationError, match=r"FRONTDESK_CRASH_AT: .*no crash point"):
        read(CrashSettings)


def test_without_settings_there_is_nothing_to_be_told(monkeypatch):
    monkeypatch.delenv("FRONTDESK_CRASH_AT", raising=False)
    monkeypatch.delenv("FRONTDESK_CRASH_LOG", raising=False)
    assert read(CrashSettings).reached() is None


def deaths(crash, log, points):
    """At which of `points`, counted from 0, a process dies that runs on all the same."""
    found, at = [], 0
    fuse = Fuse(crash, log, lambda: found.append(at))
    for at, point in enumerate(points):  # noqa: B007 - read by the fuse
        fuse(point)
    return found


def test_it_dies_at_the_time_that_was_asked_for():
    points = [POINT, "safety.MessageReceived.ack.after", POINT, POINT, POINT]
    assert deaths(Crash(POINT, time=3), None, points) == [3]


def test_with_a_log_the_next_process_goes_on_counting(tmp_path):
    log = tmp_path / "points"
    assert deaths(Crash(POINT, time=2), log, [POINT] * 2) == [1]
    assert deaths(Crash(POINT, time=2), log, [POINT] * 9) == []
    assert log.read_text() == f"{POINT}\n" * 11


def test_lots_are_the_seeds_and_go_on_after_a_restart(tmp_path):
    chance = Crash(POINT, probability=0.3, seed=11)
    whole = deaths(chance, None, [POINT] * 100)
    assert whole == deaths(chance, None, [POINT] * 100)
    assert 10 < len(whole) < 60
    log = tmp_path / "points"
    first = deaths(chance, log, [POINT] * 40)
    assert first + [40 + at for at in deaths(chance, log, [POINT] * 60)] == whole


def test_it_dies_of_sigkill_with_its_point_in_the_log(tmp_path):
    program = f"from services.crash.fuse import CrashSettings; CrashSettings().reached()('{POINT}'); print('lives')"
    log = tmp_path / "points"
    environment = {"FRONTDESK_CRASH_AT": POINT, "FRONTDESK_CRASH_LOG": str(log)}
    ended = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, b""), ended.stderr
    assert log.read_text() == f"{POINT}\n"
