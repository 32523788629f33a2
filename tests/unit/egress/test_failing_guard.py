"""A guard that fails shows nothing, and costs its preview, not its stream."""

from services.egress.domain import Terms
from services.egress.streams.events import Telling
from services.egress.streams.view import View
from shared.lane.documents import opened
from tests.unit.egress.spoken import Spoken
from tests.unit.egress.test_view import Plain, answered, asked, delta, told


def test_a_guard_that_fails_ends_the_preview_and_not_the_stream() -> None:
    class Broken:
        def feed(self, piece: str) -> str:
            raise RuntimeError("no model")

    lane = asked(opened("c1", "u1", "web", 0.0), "m1")
    view = View("c1", Telling(Spoken(), Terms(b"k" * 32)), None)
    view.read(lane)
    assert view.written(delta(1, 0), Broken) == []
    assert view.written(delta(1, 1), Plain) == []
    assert told(view.read(answered(lane))) == ["reply"]
