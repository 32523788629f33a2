"""Whose conversation it is, whether there is room, where an event goes."""

from typing import Any

import pytest

from services.ingress.domain import Admission, Pressing, accept, activated, confirm, event_item, has_turn, latest_open
from services.ingress.settings import IngressSettings
from services.ingress.transcript import PAGE, transcript, waiting_confirmation
from shared.channels.web import LONGEST_TEXT
from shared.contracts import BackendEvent, ConfirmationRequest, Customer, Draft, Money, Notice, Proposal, Text, TurnAssembled
from shared.errors import ConfigurationError
from shared.identity.confirmation import confirmation_token, token_hash
from shared.lane.delivery import claim, deliver, settle
from shared.lane.documents import REMEMBERED, Conversation, Item, Lease, Pending, Step, opened, turn_of
from shared.lane.ownership import answer, give_back, take_over
from shared.lane.sweep import first_event
from shared.sealing import Keyring

ANN, EVE = Customer(id="ann", assurance="verified"), Customer(id="eve")
KEY = b"k" * 32
TRACE = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"


def item(id: str, customer: Customer = ANN) -> Item:
    return Item(id=id, at=1.0, customer=customer, sealed="s", trace=TRACE)


def said(lane: Conversation, id: str, now: float = 1.0) -> Conversation:
    lane, admission = accept(lane, item(id), now, 100)
    assert isinstance(admission, Admission)
    return lane


def replied(lane: Conversation, text: str, now: float = 2.0) -> Conversation:
    assert lane.active
    lane, settled = deliver(
        lane, lane.active.epoch, Draft(kind="reply", parts=(Text(text=text),), said="q"), "answered", now=now
    )
    assert settled.settled
    return lane


LANE = opened("c1", "ann", "web", 0.0)


def test_only_the_owner_speaks() -> None:
    assert accept(LANE, item("m1", EVE), 1.0, 100) == (LANE, "not-yours")


def test_a_message_comes_twice_and_is_there_once_in_its_first_trace() -> None:
    lane = said(LANE, "m1")
    later = item("m1").model_copy(update={"trace": TRACE.replace("a", "c")})
    for standing in (lane, replied(lane, "a")):
        after, again = accept(standing, later, 3.0, 100)
        assert after is standing
        assert isinstance(again, Admission)
        assert (again.admitted.place, again.trace) == ("seen", TRACE)


def test_there_is_room_for_so_many_but_a_repeat_is_always_answered() -> None:
    lane = LANE
    for number in range(4):
        lane = said(lane, f"m{number}")
    assert accept(lane, item("m9"), 1.0, 3) == (lane, "full")
    assert isinstance(accept(lane, item("m2"), 1.0, 3)[1], Admission)


def test_what_waits_always_fits_into_one_event() -> None:
    lane, count = LANE, 0
    long = Keyring({"k": b"k" * 32}).seal("😀" * LONGEST_TEXT, bound_to="c1/m")
    while True:
        after, admission = accept(lane, item(f"m{count}").model_copy(update={"sealed": long}), 1.0, 100)
        if admission == "full":
            break
        lane, count = after, count + 1
    assert count >= 5
    lane, _ = take_over(lane, Lease(holder="p", until=2.0))
    lane, active = give_back(lane, 3.0)
    assert active
    assert len(active.members) == count
    assert len(first_event(lane, active).model_dump_json()) < 450_000


PROPOSAL = Proposal(
    action="c1:1:0:0", tool="refund", arguments={"o": 1}, customer=ANN, title="Refund", amount=Money(minor=4999, currency="USD")
)
TOKEN = confirmation_token(KEY, PROPOSAL)
DRAFT = Draft(
    kind="confirm",
    parts=(ConfirmationRequest(action=PROPOSAL.action, title="Refund", details=("To card 1",)),),
    proposal=PROPOSAL,
)


def proposed() -> Conversation:
    lane = said(LANE, "m1")
    pending = Pending(proposal=PROPOSAL, token_hash=token_hash(TOKEN), expires=100.0)
    return deliver(lane, 1, DRAFT, "answered", now=2.0, pending=pending)[0]


def pressed(lane: Conversation, token: str = TOKEN, accepted: bool = True, now: float = 3.0, customer: Customer = ANN) -> Any:
    return confirm(lane, customer, token, accepted, key=KEY, now=now, trace=TRACE)


def test_a_press_and_the_same_press_again() -> None:
    lane, first = pressed(proposed())
    again, second = pressed(lane)
    assert isinstance(first, Pressing)
    assert again is lane
    assert first.pressed.state == second.pressed.state == "accepted"
    assert list(lane.confirmed) == [PROPOSAL.action]
    assert pressed(lane, accepted=False)[1].pressed.state == "gone"


@pytest.mark.parametrize(
    ("lane", "token", "now", "state", "issued"),
    [
        (proposed(), TOKEN, 101.0, "gone", True),
        (proposed(), "x" * 43, 3.0, "gone", False),
        (take_over(proposed(), Lease(holder="p", until=50.0))[0], TOKEN, 3.0, "gone", True),
        (proposed().model_copy(update={"pending": None}), TOKEN, 3.0, "gone", True),
        (LANE, TOKEN, 3.0, "gone", False),
    ],
)
def test_gone_is_told_from_never_there(lane: Conversation, token: str, now: float, state: str, issued: bool) -> None:
    after, pressing = pressed(lane, token, now=now)
    assert after is lane
    assert (pressing.pressed.state, pressing.issued) == (state, issued)


def test_a_stranger_presses_nothing() -> None:
    lane = proposed()
    assert pressed(lane, customer=EVE) == (lane, "not-yours")


def test_the_transcript_shows_the_button_that_can_be_pressed() -> None:
    shown = waiting_confirmation(proposed(), KEY, 3.0)
    assert shown
    assert (shown.token, shown.turn_id, shown.details) == (TOKEN, "c1:1", ("To card 1",))
    assert shown.amount
    assert shown.amount.text == "$49.99"
    assert waiting_confirmation(proposed(), KEY, 100.0) is None
    assert waiting_confirmation(proposed(), b"x" * 32, 3.0) is None
    assert waiting_confirmation(LANE, KEY, 3.0) is None


def test_an_event_goes_where_something_happened_last() -> None:
    old, young = said(LANE, "m1", now=50.0), opened("c2", "ann", "web", 40.0)
    assert latest_open([young, old], 60.0, 100.0) is old
    assert latest_open([young, old], 151.0, 100.0) is None
    assert latest_open([], 1.0, 1.0) is None


def test_an_event_keeps_only_what_its_notice_shows() -> None:
    event = BackendEvent(
        specversion="1.0", id="1", source="/shop", type="t", subject="ann", data={"order": "O", "address": "Elm Street"}
    )
    made = event_item(event, ["order", "carrier"], 1.0, TRACE)
    assert made.data == {"type": "t", "data": {"order": "O"}}
    assert made.id == event_item(event, [], 9.0, "").id
    other = event.model_copy(update={"source": "/shop2"})
    assert event_item(other, [], 1.0, "").id != made.id
    _, admission = accept(LANE, made.model_copy(update={"customer": ANN}), 1.0, 100)
    assert isinstance(admission, Admission)
    assert activated(admission, made.id)
    assert not activated(admission, "m1")


def test_the_transcript_is_what_the_lane_and_the_turns_know() -> None:
    lane = replied(said(LANE, "m1"), "one", now=2.0)
    lane, _ = take_over(said(replied(said(lane, "m2"), "two", now=3.0), "m3"), Lease(holder="p", until=50.0))
    lane, _ = answer(lane, "p", Draft(kind="reply", parts=(Text(text="me"),)), 5.0)
    lane = said(lane, "m4")
    turns = [turn_of("c1", 1, 1.0, said="<EMAIL_1>"), turn_of("c1", 2, 2.5, said="hm")]
    made = transcript(lane, turns, pending=None, newest=True)
    assert [(t.said, t.text, t.by, t.answers) for t in made.turns] == [
        ("<EMAIL_1>", "one", "assistant", ("m1",)),
        ("hm", "two", "assistant", ("m2",)),
        ("", "me", "person", ("m3",)),
    ]
    assert (made.waiting, made.owner, made.last_event_id, made.before) == (["m4"], "person", 3, None)
    assert made.turns[0].trace_id == "a" * 32


def test_older_turns_come_from_their_own_documents() -> None:
    turns = [turn_of("c1", n, float(n), said=f"q{n}", reply=Draft(kind="notice", parts=(Text(text="r"),))) for n in range(PAGE)]
    turns[7] = turn_of(
        "c1",
        7,
        7.0,
        assembled=TurnAssembled(
            conversation="c1", epoch=7, channel="web", customer=ANN, inputs=("m7",), text="q7", language=None, parts=()
        ),
        said="q7",
        steps=(Step(answer={"content": "raw"}),),
    )
    turns[8] = turn_of("c1", 8, 8.0, said="q8")
    turns[9] = turn_of("c1", 99, 9.0, said="q9", steps=(Step(answer={"content": "never sent"}),))
    lane = replied(said(LANE.model_copy(update={"epoch": 50}), "m1"), "later")
    made = transcript(lane, turns, pending=None, newest=False)
    assert made.before == 0.0
    assert (made.turns[0].text, made.turns[0].outcome) == ("r", "notice")
    assert [(turn.text, turn.outcome) for turn in made.turns[7:10]] == [("raw", "answered"), ("", "open"), ("", "open")]
    assert made.turns[7].answers == ("m7",), "found under take-overs: messages of old turns stood in no transcript"


def test_an_answer_that_a_person_kept_from_leaving_is_never_told_as_given() -> None:
    """Its step was stored, then the conversation was taken over: also once the lane has forgotten the turns of that time."""
    lane, _ = take_over(said(LANE, "m1"), Lease(holder="p", until=50.0))
    lane, _ = answer(lane, "p", Draft(kind="reply", parts=(Text(text="me"),)), 3.0)
    lane, _ = give_back(lane, 4.0, holder="p")
    stored = turn_of("c1", 1, 1.0, said="q1", steps=(Step(answer={"content": "never left"}),))
    for number in range(2, REMEMBERED + 3):
        assert [turn.text for turn in transcript(lane, [stored], pending=None, newest=True).turns if turn.said == "q1"] == [""]
        lane = replied(said(lane, f"m{number}", now=float(number)), "yes", now=float(number))
    assert lane.done[0].epoch > 1
    (told,) = [turn for turn in transcript(lane, [stored], pending=None, newest=True).turns if turn.said == "q1"]
    assert (told.text, told.outcome) == ("", "open")


def test_an_answer_that_a_person_spoke_after_stays_in_the_transcript() -> None:
    """Both share an epoch, and the lane forgets the assistant's first. Found under 10,000 take-overs."""
    lane = replied(said(LANE, "m1"), "by the assistant")
    lane, _ = take_over(lane, Lease(holder="p", until=50.0))
    lane, _ = answer(lane, "p", Draft(kind="reply", parts=(Text(text="me"),)), 3.0)
    lane, _ = give_back(lane, 4.0, holder="p")
    stored = turn_of("c1", 1, 1.0, said="q1", steps=(Step(answer={"content": "by the assistant"}),))
    for number in range(2, REMEMBERED + 3):
        made = transcript(lane, [stored], pending=None, newest=True)
        assert [turn.text for turn in made.turns if turn.said in ("q", "q1")][:1] == ["by the assistant"], number
        lane = replied(said(lane, f"m{number}", now=float(number)), "later", now=float(number))


def test_how_a_turn_ended_is_told_the_same_once_the_lane_has_forgotten_it() -> None:
    """A delivery that nobody knows of never becomes an answer that was given, and a notice stays one."""
    lane, _ = claim(said(LANE, "m1"), 1, Draft(kind="reply", parts=(Text(text="perhaps"),), said="q1"), attempt="try", now=1.0)
    lane, _ = settle(lane, 1, "try", "unknown", now=2.0)
    asked = Draft(kind="confirm", parts=(Text(text="sure?"),), said="q2")
    lane, _ = claim(said(lane, "m2", now=3.0), 2, asked, attempt="try", now=3.0)
    lane, _ = settle(lane, 2, "try", "unknown", now=3.5)
    notice = Draft(kind="notice", parts=(Notice(text="later"),), said="q3")
    lane, _ = deliver(said(lane, "m3", now=4.0), 3, notice, "notice", now=4.0)
    turns = [
        turn_of("c1", 1, 1.0, said="q1", steps=(Step(answer={"content": "perhaps"}),)),
        turn_of("c1", 2, 3.0, said="q2", reply=asked, answers=("m2",)),
        turn_of("c1", 3, 4.0, said="q3", reply=notice, answers=("m3",)),
    ]
    for number in range(4, REMEMBERED + 6):
        made = transcript(lane, turns, pending=None, newest=True).turns[:3]
        assert [turn.text for turn in made] == ["perhaps", "sure?", "later"], number
        assert [turn.outcome for turn in made] == ["unknown", "unknown", "notice"], number
        lane = replied(said(lane, f"m{number}", now=float(number) + 1), "yes", now=float(number) + 1)
    assert lane.done[0].epoch > 3


def test_a_turn_exists_once_its_epoch_has_begun() -> None:
    lane = said(LANE, "m1")
    assert has_turn(lane, "c1:1")
    assert not any(has_turn(lane, turn) for turn in ("c1:0", "c1:2", "c1:01", "c2:1"))


@pytest.mark.parametrize(
    "changed",
    [
        {"allowed_origins": "https://a.example,*"},
        {"rate_customer": "often"},
        {"api_keys": "shop"},
        {"sweep_after": 30.0, "give_up_after": 30.0},
    ],
)
def test_wrong_settings_stop_start_up(changed: dict[str, Any]) -> None:
    good = IngressSettings(session_key="k" * 32, allowed_origins="https://a.example, https://b.example")  # type: ignore[arg-type]
    assert good.allowed_origins == ("https://a.example", "https://b.example")
    with pytest.raises((ValueError, ConfigurationError)):
        IngressSettings(session_key="k" * 32, **changed)  # type: ignore[arg-type]


def test_the_transcript_tells_what_became_of_a_question() -> None:
    def states(lane: Conversation) -> list[str]:
        turns = transcript(lane, [], pending=None, newest=True).turns
        return [turn.question.state for turn in turns if turn.question]

    asked = proposed()
    assert states(asked) == ["open"]
    assert states(pressed(asked)[0]) == ["accepted"]
    assert states(pressed(asked, accepted=False)[0]) == ["declined"]
    assert states(asked.model_copy(update={"pending": None})) == ["void"]
    (turn,) = transcript(asked, [], pending=None, newest=True).turns
    assert turn.question
    assert turn.question.amount
    assert (turn.question.title, turn.question.amount.text, turn.question.details) == ("Refund", "$49.99", ("To card 1",))


def test_the_transcript_names_the_kinds_that_were_masked() -> None:
    said = turn_of("c1", 1, 1.0, said="<CARD_1>, <EMAIL_1> or <CARD_2>")
    made = transcript(opened("c1", "u1", "web", 0.0), [said], pending=None, newest=True)
    assert [turn.masked for turn in made.turns] == [("CARD", "EMAIL")]
