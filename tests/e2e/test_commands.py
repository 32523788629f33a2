"""The commands as their users call them: other processes, their answers, their exit codes."""

import asyncio
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import nats

from services.leakcheck.canaries import Canary, canaries
from services.leakcheck.search import Searcher, in_tables
from tests.e2e.environment import Talk
from tests.waiting import until


def frontdesk(desk, *arguments, **environment):
    command = [sys.executable, "-m", "services.cli", *arguments]
    environment = os.environ | {"FRONTDESK_DATA": str(desk.folder)} | environment
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def answer(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


async def test_ask_answers_and_trace_tells_how(desk):
    asked = answer(await asyncio.to_thread(frontdesk, desk, "ask", "Where is my order ORD-10001?", "--json"))
    assert "shipped" in asked["text"]

    def told():
        result = frontdesk(desk, "trace", asked["message_id"], "--json")
        trace = json.loads(result.stdout) if result.returncode == 0 else {}
        return trace if {"agent", "actions", "egress"} <= set(trace.get("stages", ())) else None

    trace = await until(lambda: asyncio.to_thread(told), 15, step=0.3)
    assert (trace["trace_id"], trace["orphans"], trace["errors"]) == (asked["trace_id"], 0, [])
    assert trace["output_tokens"] > 0
    by_turn = answer(await asyncio.to_thread(frontdesk, desk, "trace", asked["turn_id"], "--json"))
    assert by_turn["trace_id"] == asked["trace_id"]
    shown = await asyncio.to_thread(frontdesk, desk, "trace", asked["message_id"])
    assert "process turn-assembled" in shown.stdout


async def test_a_dead_letter_is_listed_told_to_its_customer_and_replayed_as_a_new_turn(desk):
    async with desk.client() as client:
        talk = Talk(client)
        await talk.say("hello")
        broken = {
            "id": str(uuid.uuid4()),
            "conversation": talk.conversation,
            "epoch": 2,
            "channel": "web",
            "customer": {"id": "cus_demo", "assurance": "verified"},
            "text": "Where is my order ORD-10001?",
        }
        connection = await nats.connect(desk.addresses["nats"])
        subject = f"desk.v1.turn-screened.{talk.conversation}"
        await connection.jetstream().publish(subject, json.dumps(broken).encode())
        await connection.close()

        def listed():
            letters = answer(frontdesk(desk, "dlq", "list", "--json"))
            return next((each for each in letters if each["subject"] == subject), None)

        letter = await until(lambda: asyncio.to_thread(listed), 20, step=0.3)
        assert (letter["consumer"], letter["error"]) == ("context-turn-screened", "ValidationError")
        shown = answer(await asyncio.to_thread(frontdesk, desk, "dlq", "show", str(letter["number"]), "--json"))
        assert json.loads(shown["body"]) == broken
        replayed = await asyncio.to_thread(frontdesk, desk, "dlq", "replay", str(letter["number"]), "--json")
        assert replayed.returncode == 0, replayed.stderr
        event = await talk.until(lambda event: "ORD-10001" in event.data.get("text", ""), 20)
        assert event.data["answers"] == [f"replay-{broken['id']}"]
        assert await asyncio.to_thread(listed) is None


async def test_the_topology_is_as_this_release_needs_it_and_a_stage_says_when_it_is_not(desk):
    settings = {"FRONTDESK_NATS_URL": desk.addresses["nats"]}
    assert answer(frontdesk(desk, "migrate", "plan", "--json", **settings)) == {"changes": []}
    assert frontdesk(desk, "migrate", "status", **settings).returncode == 0
    other = settings | {"FRONTDESK_NATS_ACK_WAIT": "PT20S"}
    assert frontdesk(desk, "migrate", "status", **other).returncode == 1
    planned = answer(frontdesk(desk, "migrate", "plan", "--json", **other))["changes"]
    assert planned
    assert all("ack_wait" in change for change in planned)
    needed = other | {
        "FRONTDESK_SEAL_KEYS": json.loads((desk.folder / "secrets.json").read_text())["seal_key"],
        "FRONTDESK_RECORDS": f"sqlite:///{desk.folder}/records.db",
        "FRONTDESK_HTTP_PORT": "0",
    }
    refused = frontdesk(desk, "run", "safety", **needed)
    assert refused.returncode == 1
    assert "frontdesk migrate apply" in refused.stderr
    assert "ack_wait is 10000000000, needed is 20000000000" in refused.stderr


def test_what_does_not_run_is_said_with_what_to_start(tmp_path, desk):
    for arguments in (("ask", "hi"), ("trace", "m_1"), ("dlq", "list"), ("chat",)):
        result = frontdesk(desk, *arguments, FRONTDESK_DATA=str(tmp_path))
        assert result.returncode == 2, arguments
        assert "frontdesk dev" in result.stderr, arguments
        assert "Traceback" not in result.stderr


def test_a_folder_and_a_port_belong_to_one_environment(tmp_path, desk):
    """A second broker in one store would ruin it; another's health on the port would pass for one's own."""
    before = desk.addresses
    port = before["http"].rpartition(":")[2]
    second = frontdesk(desk, "dev", "--port", "0")
    assert (second.returncode, second.stdout) == (2, "")
    assert f"nats {before['pids']['nats']}" in second.stderr
    assert "--data" in second.stderr
    taken = frontdesk(desk, "dev", "--port", port, "--data", str(tmp_path))
    assert taken.returncode == 2
    assert f"port {port}" in taken.stderr
    assert "--port" in taken.stderr
    assert desk.addresses == before


async def test_a_supervisor_that_is_killed_takes_its_parts_with_it(tmp_path):
    command = [sys.executable, "-m", "services.cli", "dev", "--port", "0", "--data", str(tmp_path / "d")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    addresses = tmp_path / "d" / "addresses.json"
    await until(addresses.exists, 60)
    pids = json.loads(addresses.read_text())["pids"]
    process.kill()
    process.wait()
    await until(lambda: not [pid for pid in pids.values() if Path(f"/proc/{pid}").exists()], 30)


async def test_canaries_in_a_running_system_are_looked_for_there_and_in_what_is_named(desk, tmp_path):
    canary = next(canaries(1, 7))
    (tmp_path / "app.log").write_text(f"seen {canary.value}")
    options = ("--each", "1", "--seed", "7", "--look-in", str(desk.folder / "logs"), "--look-in", str(tmp_path), "--json")
    result = await asyncio.to_thread(frontdesk, desk, "leakcheck", "--attach", desk.addresses["http"], *options)
    assert result.returncode == 1, result.stderr
    told = json.loads(result.stdout)
    assert told["finds"] == [{"kind": canary.kind, "place": "file app.log", "spelling": "utf-8"}]
    assert told["canaries"] == told["kinds"] >= 20
    places = {
        find.place for find in in_tables(Searcher([Canary("CUSTOMER", "leakcheck_", "")]), desk.folder, ("shop.db", "spans.db"))
    }
    assert places, "that the customer was erased is remembered"
    assert all("erasures" in place for place in places), places
    elsewhere = {"FRONTDESK_RECORDS": f"sqlite:///{tmp_path / 'records.db'}"}
    result = await asyncio.to_thread(frontdesk, desk, "leakcheck", "--attach", desk.addresses["http"], **elsewhere)
    assert result.returncode == 2, "who looks in the wrong place is told so, not that nothing was found"
    assert "FRONTDESK_RECORDS" in result.stderr
