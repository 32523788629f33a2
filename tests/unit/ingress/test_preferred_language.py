"""What a conversation remembers of the language that its customer prefers."""

from services.ingress.domain import Admission, accept
from shared.contracts import Customer, MessageReceived
from shared.lane.documents import Item, opened
from shared.lane.sweep import first_event

ANN = Customer(id="ann", assurance="verified")
LANE = opened("c1", "ann", "web", 0.0)


def item(id: str) -> Item:
    return Item(id=id, at=1.0, customer=ANN, sealed="s")


def test_it_is_the_latest_until_something_was_said_in_one() -> None:
    lane, _ = accept(LANE, item("m1"), 1.0, 100, "de")
    assert (lane.preferred_language, lane.language, lane.answer_language) == ("de", None, "de")
    assert accept(lane, item("m1"), 1.0, 100, "fr")[0] is lane, "a message that comes again changes nothing"
    assert accept(lane, item("m2"), 1.0, 0, "fr") == (lane, "full")
    assert accept(lane, item("m2"), 1.0, 100)[0].preferred_language == "de"
    lane, admission = accept(lane, item("m2"), 1.0, 100, "fr")
    assert isinstance(admission, Admission)
    assert admission.lane is lane
    assert lane.preferred_language == "fr"
    assert lane.active
    event = first_event(lane, lane.active)
    assert isinstance(event, MessageReceived)
    assert (event.language, event.preferred_language) == (None, "fr")
    spoken = lane.model_copy(update={"language": "en"})
    assert accept(spoken, item("m3"), 1.0, 100, "de")[0].preferred_language == "fr"
