"""Drafts: the words of turns without a model, and what of a draft may leave."""

from typing import Any

import pytest

from services.egress.domain import carried, checked, notice, refusal, result
from services.egress.guard.prompt import Instructions
from services.egress.guard.text import Guard, Rules
from shared.contracts import (
    ConfirmationRequest,
    Customer,
    Draft,
    Link,
    Money,
    Notice,
    Proposal,
    QuickReplies,
    Text,
    TurnBlocked,
)
from shared.lane.confirmation import result_item
from shared.lane.documents import Active, Conversation, Done, Item, opened
from tests.unit.egress.spoken import Spoken

GUARD = Guard(Rules(("shop.example",)), {"<EMAIL_1>": "jane.doe@example.com"})
CUSTOMER = Customer(id="u1")
PROPOSAL = Proposal(action="c1:1:0:0", tool="refund_order", arguments={"order": "ORD-1"}, customer=CUSTOMER, title="Refund")


def draft(*parts: Any, kind: Any = "reply", **fields: Any) -> Draft:
    return Draft(kind=kind, parts=parts, **fields)


def texts(draft: Draft) -> list[str]:
    return [part.text for part in draft.parts if isinstance(part, Text | Notice)]


def blocked(category: Any) -> TurnBlocked:
    return TurnBlocked(
        conversation="c1",
        epoch=1,
        channel="web",
        inputs=("m1",),
        text="you <EMAIL_1>",
        language="de",
        category=category,
        rule="r",
    )


def lane(**fields: Any) -> Conversation:
    return opened("c1", "u1", "web", 0.0).model_copy(update=fields)


def active(item: Item) -> Active:
    return Active(epoch=1, members=(item,), since=0.0)


def test_a_clean_draft_is_left_as_it_is(words: Spoken) -> None:
    clean = draft(
        Text(text="Hello <EMAIL_1>"), QuickReplies(options=("Yes", "No")), Link(title="Shop", url="https://shop.example/a")
    )
    seen = checked(clean, GUARD, words)
    assert seen.draft is clean
    assert seen.found == set()


def test_what_may_not_leave_is_taken_out_of_every_part(words: Spoken) -> None:
    dirty = draft(
        Text(text="Write to JANE.DOE@example.com <b>now</b>"),
        Notice(text="![x](https://evil.example/p.png)"),
        QuickReplies(options=("jane.doe@example.com", "<i></i>")),
        Link(title="Here", url="https://evil.example"),
        Link(title="<img>", url="https://evil.example"),
        Link(title="Mine", url="https://shop.example/?m=jane.doe@example.com"),
        ConfirmationRequest(action="a", title="Refund jane.doe@example.com", details=("<u>1</u>",)),
    )
    seen = checked(dirty, GUARD, words)
    assert seen.draft.parts == (
        Text(text="Write to <EMAIL_1> now"),
        Notice(text="x"),
        QuickReplies(options=("<EMAIL_1>",)),
        Text(text="Here"),
        Text(text="Mine"),
        ConfirmationRequest(action="a", title="Refund <EMAIL_1>", details=("1",)),
    )
    assert seen.found == {"EMAIL", "markup", "image"}


@pytest.mark.parametrize("parts", [(), (Text(text="<br>"),), (Text(text=" "), QuickReplies(options=("Yes",)))])
def test_a_draft_with_nothing_to_read_becomes_a_notice_that_offers_a_person(parts: Any, words: Spoken) -> None:
    seen = checked(draft(*parts, language="de", said="hi"), GUARD, words)
    assert seen.draft.kind == "notice"
    assert seen.draft.said == "hi"
    assert seen.draft.parts == (Notice(text="failed/de"), QuickReplies(options=("offer_person/de",)))
    assert "empty" in seen.found


@pytest.mark.parametrize("category", ["abuse", "harm", "injection", "unreadable"])
def test_a_refusal_says_so_and_what_is_possible(category: str, words: Spoken) -> None:
    made = refusal(blocked(category), "de", words)
    assert made.kind == "refusal"
    assert made.said == "you <EMAIL_1>"
    assert made.parts == (Notice(text=f"refusal_{category}/de"), QuickReplies(options=("alternatives/de",)))


def test_who_may_harm_themselves_is_told_where_help_is(words: Spoken) -> None:
    assert texts(refusal(blocked("self-harm"), "de", words)) == ["refusal_self_harm/de", "help_self_harm/de"]


def test_an_event_is_told_by_its_template(words: Spoken) -> None:
    item = Item(id="event:1", kind="event", at=0, customer=CUSTOMER, data={"type": "order.shipped", "data": {"order": "ORD-3"}})
    assert texts(notice("event", active(item), lane(), words)) == ["order ORD-3 has been shipped"]
    other = item.model_copy(update={"data": {"type": "order.eaten", "data": {}}})
    assert texts(notice("event", active(other), lane(language="fr"), words)) == ["event_unknown/fr"]


@pytest.mark.parametrize(
    ("status", "text", "told", "offers"),
    [
        ("succeeded", "$5 refunded.", "$5 refunded.", False),
        ("declined", "", "result_declined/en", False),
        ("failed", "The card is closed.", "The card is closed.", True),
        ("unknown", "", "result_unknown/en", True),
    ],
)
def test_a_result_is_told_in_the_tools_words(status: Any, text: str, told: str, offers: bool, words: Spoken) -> None:
    item = result_item("c1:1:0:0", status, text, CUSTOMER, 0.0)
    made = result(item, None, words)
    assert texts(made) == [told]
    assert any(isinstance(part, QuickReplies) for part in made.parts) is offers
    assert notice("result", active(item), lane(), words) == made


@pytest.mark.parametrize("reason", ["expired", "failed"])
def test_a_turn_given_up_ends_with_the_offer_of_a_person(reason: str, words: Spoken) -> None:
    item = Item(id="m1", at=0, customer=CUSTOMER)
    made = notice(reason, active(item), lane(language="de"), words, said="where is it")
    assert made.parts == (Notice(text=f"{reason}/de"), QuickReplies(options=("offer_person/de",)))
    assert made.said == "where is it"


def test_a_reason_that_does_not_fit_its_input_is_a_failure_that_is_told(words: Spoken) -> None:
    assert texts(notice("result", active(Item(id="m1", at=0, customer=CUSTOMER)), lane(), words)) == ["failed/en"]


def test_state_and_language_outlive_a_turn_without_a_model() -> None:
    last = Done(seq=1, epoch=1, answers=("m",), outcome="answered", at=0, draft=draft(state={"order": "ORD-1"}))
    here = lane(done=(last,), language="de")
    assert carried(here, draft(kind="notice")) == draft(kind="notice", state={"order": "ORD-1"}, language="de")
    assert carried(here, draft(language="en")) == draft(language="en")
    assert carried(lane(), draft(kind="notice")) == draft(kind="notice")


def test_money_of_a_proposal_is_not_touched_by_the_check(words: Spoken) -> None:
    part = ConfirmationRequest(action="c1:1:0:0", title="Refund", amount=Money(minor=4999, currency="USD"))
    asked = draft(part, kind="confirm", proposal=PROPOSAL)
    assert checked(asked, GUARD, words).draft is asked


def test_a_draft_that_recites_the_instructions_is_refused() -> None:
    secret = "the discount of the season is hidden in the blue drawer"
    guard = Guard(Rules(instructions=Instructions([secret])))
    done = checked(Draft(kind="reply", parts=(Text(text=f"Well, {secret}."),)), guard, Spoken())
    assert done.found == {"prompt"}
    assert done.draft.kind == "refusal"
    assert done.draft.parts == (Notice(text="refusal_injection/en"),)
