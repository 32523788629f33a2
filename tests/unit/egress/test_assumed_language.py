"""What is answered in a language that nobody has spoken yet leaves the conversation without one."""

import pytest

from shared.contracts import NoticeDue, TurnBlocked
from shared.lane.documents import Conversation
from tests.unit.egress.stand import MemoryRecords, Stand, drafted


@pytest.fixture
async def stand() -> Stand:
    stand = Stand(MemoryRecords())
    await stand.open()
    return stand


async def prefers(stand: Stand, language: str) -> None:
    update = {"preferred_language": language}
    await stand.records.change(Conversation, "c1", lambda lane: (lane.model_copy(update=update), None))


async def test_an_assumed_language_is_the_answers_and_not_yet_the_conversations(stand: Stand) -> None:
    await prefers(stand, "de")
    await stand.ask("m1")
    assumed = drafted(1, "Guten Tag", language="de").model_copy(update={"language_assumed": True})
    await stand.egress.deliver(assumed)
    lane = await stand.lane()
    assert (lane.done[-1].draft.language, lane.language, lane.answer_language) == ("de", None, "de")
    await stand.ask("m2")
    await stand.egress.deliver(drafted(2, "Hello", language="en"))
    assert (await stand.lane()).answer_language == "en"


async def test_a_turn_without_words_of_the_customer_is_told_in_what_they_prefer(stand: Stand) -> None:
    await prefers(stand, "fr")
    await stand.ask("event:1", kind="event", data={"type": "other", "data": {}})
    await stand.egress.notice(NoticeDue(conversation="c1", epoch=1, reason="event").first_of("t"))
    await stand.ask("m1")
    event = TurnBlocked(
        conversation="c1", epoch=2, channel="web", inputs=("m1",), text="", language=None, category="unreadable", rule="empty"
    )
    await stand.egress.refuse(event.first_of("t2"))
    lane = await stand.lane()
    assert [done.draft.parts[0].text for done in lane.done] == ["event_unknown/fr", "refusal_unreadable/fr"]
    assert {done.draft.language for done in lane.done} == {"fr"}
    assert lane.language is None
