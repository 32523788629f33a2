"""Real customers' words through the HTTP door: every turn ends in exactly one reply, none is lost, no stage falls."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.e2e.environment import Talk

DIALOGUES = Path(__file__).parents[3] / "shared/data/agent/tau1_retail_fewshot_dialogues.jsonl"


@pytest.mark.timeout(300)
@pytest.mark.skipif(not DIALOGUES.exists(), reason="the evaluation data (../shared/data/agent) is not here")
async def test_every_turn_of_the_retail_dialogues_ends_in_one_answer(desk, capsys):
    dialogues = [json.loads(line) for line in DIALOGUES.read_text().splitlines()]
    ends: Counter[str] = Counter()

    async def hold(dialogue):
        async with desk.client() as client:
            talk = Talk(client)
            sent = []
            for turn in dialogue["turns"]:
                if turn["role"] == "user" and (turn["text"] or "").strip():
                    accepted, event = await talk.say(turn["text"])
                    sent.append(accepted["message_id"])
                    ends[event.event] += 1
                    if event.event == "handoff":
                        break  # from here on a person answers
            answered = [id for event in talk.events for id in event.data["answers"]]
            assert sorted(answered) == sorted(sent), dialogue["id"]

    before = desk.addresses["pids"]
    for chunk in range(0, len(dialogues), 6):
        await asyncio.gather(*(hold(dialogue) for dialogue in dialogues[chunk : chunk + 6]))
    assert desk.addresses["pids"] == before, "a part fell and was started again"
    assert sum(ends.values()) > 60
    with capsys.disabled():
        print(f"\n  retail dialogues: {sum(ends.values())} turns, {dict(ends)}")
