"""The guard over what leaves, broken or without the vault's key: neither the answer nor its preview is seen."""

from typing import Any

import pytest
from prometheus_client import REGISTRY

from shared.assistant import Assistant
from shared.contracts import TurnBlocked
from shared.stores.keys import CustomerKey
from shared.stores.sqlite import SqliteRecords
from shared.telemetry import names
from tests.integration.egress.conftest import ASSISTANT, Opening
from tests.integration.egress.listener import listening
from tests.unit.egress.stand import CUSTOMER, drafted

TOLD = "Sorry, a safety check on our side failed, so I cannot answer you here."


def failures(cause: str) -> float:
    return REGISTRY.get_sample_value(names.GUARD_FAILURES, {"stage": "egress", "cause": cause}) or 0.0


@pytest.mark.parametrize("cause", ["error", "key"])
async def test_neither_answer_nor_preview_passes(
    cause: str, opening: Opening, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("no weights")

    desk = await opening(stream_heartbeat=0.2)
    await desk.stand.open()
    await desk.vault.keep("c1", CUSTOMER.id, [("EMAIL", "jane@example.com")])
    if cause == "key":
        await records.delete(CustomerKey, CUSTOMER.id)
    else:
        monkeypatch.setattr("services.egress.guard.personal.Personal.feed", broken)
    before = failures(cause)
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await desk.stand.ask("m1")
        await heard.until("accepted")
        await desk.delta(1, 0, "Well, ")
        await desk.delta(1, 1, "jane@example.com")
        await desk.publish(drafted(1, "Well, jane@example.com"))
        reply = await heard.until("notice")
        assert reply.data["text"].startswith(TOLD)
        assert heard.named("delta") == []
        # what follows is told, too: the stream and the lane go on
        await desk.stand.ask("m2")
        blocked = TurnBlocked(
            conversation="c1", epoch=2, channel="web", inputs=("m2",), text="", language="en", category="abuse", rule="r"
        )
        await desk.publish(blocked.first_of("c1:2"))
        assert (await heard.until("notice", 2)).data["text"].startswith(TOLD)
        assert "jane@" not in repr(heard.events)
    assert failures(cause) >= before + 2
    assert isinstance(ASSISTANT, Assistant)
