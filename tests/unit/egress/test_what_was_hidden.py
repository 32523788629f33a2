"""The customer is shown what of their words was hidden, by the event that ends the turn."""

from typing import Any

import pytest

from services.egress.streams.events import Telling
from services.egress.streams.view import View
from shared.channels.web import Ending
from shared.contracts import Draft, Text
from shared.lane.documents import Conversation, opened
from tests.unit.egress.test_view import answered, asked, reply


@pytest.fixture
def view(telling: Telling) -> View:
    return View("c1", telling, None)


@pytest.fixture
def lane() -> Conversation:
    return opened("c1", "u1", "web", 0.0)


@pytest.mark.parametrize("kind", ["reply", "notice", "refusal", "handoff"])
def test_what_was_hidden_is_told_with_what_ends_the_turn(view: View, lane: Conversation, kind: Any) -> None:
    lane = asked(lane, "m1", "m2")
    shown = "mail <EMAIL_1>\nor call <PHONE_1>"
    lane = answered(lane, draft=Draft(kind=kind, parts=(Text(text="fine"),), said=shown))
    endings = [frame.data for frame in view.read(lane) if isinstance(frame.data, Ending)]
    assert [each.said for each in endings if each.said] == [shown]


def test_words_of_which_nothing_was_hidden_are_not_sent_back(view: View, lane: Conversation) -> None:
    lane = answered(asked(lane, "m1"), draft=reply("fine").model_copy(update={"said": "where is <my> order?"}))
    (frame,) = [frame for frame in view.read(lane) if frame.event == "reply"]
    assert isinstance(frame.data, Ending)
    assert frame.data.said == ""
