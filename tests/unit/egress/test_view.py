"""What one client is told, over any course of a conversation."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.egress.domain import Terms
from services.egress.streams.events import Telling
from services.egress.streams.sse import Frame
from services.egress.streams.view import View
from shared.channels.web import Accepted, DeltaData, Handoff, Reply, Withdrawn
from shared.contracts import Customer, Delta, Draft, Text
from shared.lane.admission import admit
from shared.lane.delivery import deliver
from shared.lane.documents import Conversation, Item, Lease, opened
from shared.lane.ownership import answer, give_back, take_over
from tests.unit.egress.spoken import Spoken

CUSTOMER = Customer(id="u1")


class Plain:
    """A guard that lets everything through."""

    def feed(self, piece: str) -> str:
        return piece


def message(id: str, at: float = 0.0) -> Item:
    return Item(id=id, at=at, customer=CUSTOMER, sealed="x", trace="00-" + "a" * 32 + "-" + "b" * 16 + "-01")


def reply(text: str) -> Draft:
    return Draft(kind="reply", parts=(Text(text=text),))


def asked(lane: Conversation, *ids: str) -> Conversation:
    for id in ids:
        lane, _ = admit(lane, message(id), 0.0)
    return lane


def answered(lane: Conversation, text: str = "fine", draft: Draft | None = None) -> Conversation:
    lease = Lease(holder="unassigned", until=99.0)
    lane, settled = deliver(lane, lane.epoch, draft or reply(text), "answered", now=1.0, lease=lease)
    assert settled.settled
    return lane


def delta(epoch: int, number: int, text: str = "x", step: int = 0, run: str = "r1") -> Delta:
    return Delta(epoch=epoch, step=step, run=run, number=number, text=text)


def told(frames: list[Frame]) -> list[str]:
    return [frame.event for frame in frames]


@pytest.fixture
def view(telling: Telling) -> View:
    return View("c1", telling, None)


@pytest.fixture
def lane() -> Conversation:
    return opened("c1", "u1", "web", 0.0)


def test_a_turn_is_accepted_streamed_and_answered_once(view: View, lane: Conversation) -> None:
    lane = asked(lane, "m1")
    assert told(view.read(lane)) == ["accepted"]
    assert view.begins(delta(1, 0))
    shown = [frame for number in range(3) for frame in view.written(delta(1, number), Plain)]
    assert [(f.data.number, f.data.restart) for f in shown if isinstance(f.data, DeltaData)] == [
        (0, False),
        (1, False),
        (2, False),
    ]
    lane = answered(lane)
    (frame,) = view.read(lane)
    assert (frame.event, frame.id) == ("reply", 1)
    assert isinstance(frame.data, Reply)
    assert (frame.data.turn_id, frame.data.answers, frame.data.text, frame.data.by) == ("c1:1", ("m1",), "fine", "assistant")
    assert frame.data.trace_id == "a" * 32
    assert view.read(lane) == []
    assert view.written(delta(1, 3), Plain) == [], "nothing of a turn comes after its answer"


def test_a_lost_delta_stops_the_preview_and_keeps_what_is_shown(view: View, lane: Conversation) -> None:
    view.read(asked(lane, "m1"))
    assert told(view.written(delta(1, 0), Plain)) == ["delta"]
    assert view.written(delta(1, 2), Plain) == []
    assert view.written(delta(1, 1), Plain) == []
    assert view.written(delta(1, 0), Plain) == []


def test_a_duplicate_delta_is_dropped(view: View, lane: Conversation) -> None:
    view.read(asked(lane, "m1"))
    assert told(view.written(delta(1, 0), Plain) + view.written(delta(1, 0), Plain) + view.written(delta(1, 1), Plain)) == [
        "delta",
        "delta",
    ]


def test_a_new_run_withdraws_and_starts_over_and_the_old_run_is_dropped(view: View, lane: Conversation) -> None:
    view.read(asked(lane, "m1"))
    view.written(delta(1, 0), Plain)
    withdrawn, again = view.written(delta(1, 0, run="r2"), Plain)
    assert isinstance(withdrawn.data, Withdrawn)
    assert withdrawn.data.reason == "superseded"
    assert isinstance(again.data, DeltaData)
    assert (again.data.restart, again.data.number) == (True, 0)
    assert view.written(delta(1, 1, run="r1"), Plain) == []
    (further,) = view.written(delta(1, 1, run="r2"), Plain)
    assert isinstance(further.data, DeltaData)
    assert (further.data.restart, further.data.number) == (False, 1)


def test_a_later_step_replaces_the_words_before_a_tool_call(view: View, lane: Conversation) -> None:
    view.read(asked(lane, "m1"))
    view.written(delta(1, 0, step=0, run="r"), Plain)
    assert told(view.written(delta(1, 0, step=1, run="r"), Plain)) == ["withdrawn", "delta"]
    assert view.written(delta(1, 1, step=0, run="r"), Plain) == []


def test_a_client_that_comes_late_sees_no_half_preview(view: View, lane: Conversation) -> None:
    view.read(asked(lane, "m1"))
    assert view.written(delta(1, 4), Plain) == []
    assert view.written(delta(1, 5), Plain) == []
    assert told(view.written(delta(1, 0, run="r2"), Plain)) == ["delta"]


def test_a_stale_or_unknown_epoch_is_not_shown(view: View, lane: Conversation) -> None:
    lane = asked(answered(asked(lane, "m1")), "m2")
    view.read(lane)
    assert view.written(delta(1, 0), Plain) == []
    assert view.is_news(delta(3, 0))
    assert not view.is_news(delta(2, 0))
    assert view.written(delta(3, 0), Plain) == []


def test_a_take_over_withdraws_and_says_who_answers(view: View, lane: Conversation) -> None:
    lane = asked(lane, "m1")
    view.read(lane)
    view.written(delta(1, 0), Plain)
    lane, state = take_over(lane, Lease(holder="sam", until=9.0))
    assert state == "granted"
    withdrawn, handoff = view.read(lane)
    assert isinstance(withdrawn.data, Withdrawn)
    assert withdrawn.data.reason == "handed-over"
    assert isinstance(handoff.data, Handoff)
    assert (handoff.data.owner, handoff.data.answers) == ("person", ())
    assert view.written(delta(1, 1), Plain) == []
    lane, done = answer(lane, "sam", reply("I am Sam"), 2.0)
    assert done
    (frame,) = view.read(lane)
    assert isinstance(frame.data, Reply)
    assert (frame.data.by, frame.data.answers) == ("person", ("m1",))
    lane, _ = give_back(lane, 3.0, holder="sam")
    (back,) = view.read(lane)
    assert isinstance(back.data, Handoff)
    assert back.data.owner == "bot"


def test_a_hand_over_by_the_assistant_is_the_end_of_its_turn_and_told_once(view: View, lane: Conversation) -> None:
    lane = answered(asked(lane, "m1"), draft=Draft(kind="handoff", parts=(Text(text="A person comes."),)))
    frames = view.read(lane)
    assert told(frames) == ["handoff"]
    assert isinstance(frames[0].data, Handoff)
    assert (frames[0].data.owner, frames[0].data.answers, frames[0].data.text) == ("person", ("m1",), "A person comes.")
    assert view.read(lane) == []


def test_resumed_after_an_id_only_what_came_later_is_told(telling: Telling, lane: Conversation) -> None:
    for number in range(1, 5):
        lane = answered(asked(lane, f"m{number}"), f"answer {number}")
    assert [frame.id for frame in View("c1", telling, 2).read(lane)] == [3, 4]
    assert [frame.id for frame in View("c1", telling, None).read(lane)] == [1, 2, 3, 4]
    assert View("c1", telling, 99).read(lane) == []


def test_older_than_the_ring_is_counted_for_those_who_resume(telling: Telling, lane: Conversation) -> None:
    for number in range(30):
        lane = answered(asked(lane, f"m{number}"))
    assert View("c1", telling, 3).missed(lane) == 7
    assert View("c1", telling, 10).missed(lane) == 0
    assert View("c1", telling, None).missed(lane) == 0


def test_a_hint_of_a_message_is_told_once(view: View, lane: Conversation) -> None:
    hint = Accepted(message_id="m1", trace_id="t")
    view.read(lane)
    assert told(view.heard_of(hint)) == ["accepted"]
    assert view.heard_of(hint) == []
    lane = asked(lane, "m1")
    assert view.read(lane) == []
    lane = answered(lane)
    view.read(lane)
    assert view.heard_of(hint) == [], "a late hint of an answered message says nothing new"


class Course(RuleBasedStateMachine):
    """Any course: messages, answers, take-overs, deltas of any turn and run, hints lost or not."""

    @initialize(resumed=st.booleans())
    def begin(self, resumed: bool) -> None:
        self.lane = opened("c1", "u1", "web", 0.0)
        self.view = View("c1", Telling(Spoken(), Terms(b"k" * 32)), 0 if resumed else None)
        self.events: list[Frame] = []
        self.asked = 0
        self.streamed: dict[tuple[int, int, str], int] = {}

    def tell(self, frames: list[Frame]) -> None:
        self.events += frames

    @rule()
    def message(self) -> None:
        self.asked += 1
        self.lane = asked(self.lane, f"m{self.asked}")

    @precondition(lambda self: self.lane.active and self.lane.owner == "bot")
    @rule(kind=st.sampled_from(["reply", "notice", "handoff"]))
    def answer(self, kind: Any) -> None:
        self.lane = answered(self.lane, draft=Draft(kind=kind, parts=(Text(text="fine"),)))

    @rule()
    def take_over(self) -> None:
        self.lane, _ = take_over(self.lane, Lease(holder="sam", until=9.0))

    @precondition(lambda self: self.lane.owner == "person")
    @rule()
    def person_answers(self) -> None:
        self.lane, _ = answer(self.lane, "sam", reply("hello"), 1.0)

    @precondition(lambda self: self.lane.owner == "person" and self.lane.lease.holder == "sam")
    @rule()
    def person_leaves(self) -> None:
        self.lane, _ = give_back(self.lane, 2.0, holder="sam")

    @rule()
    def look(self) -> None:
        self.tell(self.view.read(self.lane))
        told = {frame.id for frame in self.events if frame.id}
        assert {done.seq for done in self.lane.done} <= told
        owners = [frame.data.owner for frame in self.events if isinstance(frame.data, Handoff)]
        assert (owners[-1] if owners else "bot") == self.lane.owner
        assert owners == [owner for at, owner in enumerate(owners) if at == 0 or owners[at - 1] != owner], "no repeats"

    @rule(back=st.integers(0, 2), step=st.integers(0, 1), run=st.sampled_from("ab"), lost=st.sampled_from([0, 0, 0, 1]))
    def written(self, back: int, step: int, run: str, lost: int) -> None:
        epoch = self.lane.epoch - back
        if epoch < 1:
            return
        number = self.streamed.get((epoch, step, run), -1) + 1 + lost
        self.streamed[epoch, step, run] = number
        piece = delta(epoch, number, f"<{epoch}.{step}{run}{number}>", step, run)
        if self.view.is_news(piece):
            self.look()
        self.tell(self.view.written(piece, Plain))

    @invariant()
    def each_delivery_is_told_once_in_order(self) -> None:
        ids = [frame.id for frame in getattr(self, "events", []) if frame.id is not None]
        assert ids == sorted(set(ids))

    @invariant()
    def nothing_of_a_turn_follows_its_end(self) -> None:
        over: set[str] = set()
        for frame in getattr(self, "events", []):
            turn = getattr(frame.data, "turn_id", None)
            if isinstance(frame.data, DeltaData | Withdrawn):
                assert turn not in over
            elif frame.id is not None and getattr(frame.data, "by", "") != "person":
                over.add(turn)

    @invariant()
    def a_preview_is_a_gapless_piece_of_one_run(self) -> None:
        shown: dict[str, list[str]] = {}
        for frame in getattr(self, "events", []):
            if isinstance(frame.data, Withdrawn):
                assert shown.pop(frame.data.turn_id), "only what is shown is withdrawn"
            if isinstance(frame.data, DeltaData):
                pieces = shown.setdefault(frame.data.turn_id, [])
                assert frame.data.number == len(pieces)
                pieces.append(frame.data.text)
                heads = {piece.split(".")[1].rstrip(">").rstrip("0123456789") for piece in pieces}
                assert len(heads) == 1


Course.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestCourse = Course.TestCase
