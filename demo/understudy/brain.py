"""What the understudy answers: a function of the request and of nothing else."""

import re
from dataclasses import dataclass
from typing import Any

from demo.understudy import cues, orders, passages, results, slots, wishes
from demo.understudy.conversation import Conversation, Tool
from demo.understudy.intents import INTENTS, PERSON, Intent, tool_for
from demo.understudy.wishes import Message, Wish
from demo.understudy.wording import asked, question, say
from demo.understudy.words import shortened, stems

_MOST_CALLS = 4
_NAME = re.compile(r"\bYou are ([A-Z]\w+)")


@dataclass(frozen=True, slots=True)
class Call:
    """A tool to call, with its arguments."""

    tool: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Text, or calls of tools; never both, so that nothing is said before a result is known."""

    text: str = ""
    calls: tuple[Call, ...] = ()


def decide(conversation: Conversation) -> Answer:
    """Results are written up; else what is wanted is called, or what it lacks is asked for; else knowledge, or courtesy."""
    message = wishes.read(conversation)
    if conversation.results:
        return _after_results(conversation, message)
    if _transfer_wanted(conversation, message):
        return _transfer(conversation)
    for understood in (wishes.resumed, wishes.reported, wishes.corrected, wishes.followed):
        if wish := understood(conversation, message):
            return _calls([wish], conversation)
    if not message.wishes and (quote := _quoted(message.question, conversation) or _followed_up(conversation)):
        return Answer(text=quote)
    if wished := message.wishes or message.asked_for:
        return _calls(list(wished), conversation)
    return Answer(text=_text(conversation, message))


def forced(conversation: Conversation) -> Answer:
    """A call that the request demands: of its first tool, with what was said; what nobody said is left out."""
    if not conversation.tools:
        return Answer(text=say(conversation.language, "cannot"))
    tool = conversation.tools[0]
    return Answer(calls=(Call(tool.name, slots.fill(tool, conversation.text, conversation, {}).arguments),))


def _transfer_wanted(conversation: Conversation, message: Message) -> bool:
    """Asked for, or the customer is furious, or has lost patience before."""
    if any(wish.intent is PERSON for wish in (*message.wishes, *message.beyond)):
        return True
    if cues.FURY.search(conversation.text):
        return True
    angry_before = any(cues.ANGER.search(turn.said) for turn in conversation.turns[:-1])
    return bool(angry_before and cues.ANGER.search(conversation.text) and not message.wishes)


def _transfer(conversation: Conversation) -> Answer:
    tool = tool_for(PERSON, conversation.tools)
    if tool is None:
        return Answer(text=say(conversation.language, "cannot"))
    arguments = slots.fill(tool, shortened(conversation.text, 200), conversation, {}).arguments
    return Answer(calls=(Call(tool.name, arguments),))


def _after_results(conversation: Conversation, message: Message) -> Answer:
    """What the tools said. A call that had to wait for the others is made alone, or offered when there is something to tell."""
    waiting = [result for result in conversation.results if results.deferred(result)]
    ready = [result for result in conversation.results if not results.deferred(result)]
    if waiting and not ready:
        return Answer(calls=(Call(waiting[0].tool, dict(waiting[0].arguments)),))
    language = conversation.language
    said = [results.told(ready, language, conversation.text)]
    if cues.ANGER.search(conversation.text):
        said.insert(0, say(language, "sorry"))
    if message.wishes and (quote := _quoted(message.question, conversation)):
        said.append(quote)
    if waiting:
        said.append(question(language, "go_on"))
    elif any(map(results.is_list_of_orders, ready)) and _lacks_order(conversation, message):
        said.append(question(language, "order"))
    elif any(results.failed(result) and results.needs_person(result) for result in ready):
        said.append(_offer("person", PERSON, conversation))
    elif message.wishes and message.beyond:
        said.append(_beyond(conversation))
    return Answer(text="\n\n".join(part for part in said if part))


def _lacks_order(conversation: Conversation, message: Message) -> bool:
    """Whether orders were listed because one has to be chosen, for this message or an earlier one."""
    chosen = [wish for wish in message.wishes if wish.slot("order")]
    return bool(chosen) or "order" in asked(conversation.replied)


def _calls(wished: list[Wish], conversation: Conversation) -> Answer:
    """One call for each wish that has all it needs; if none has, what the first one lacks is asked for."""
    calls: list[Call] = []
    for wish in wished:
        if wish.tool and not (filled := wish.filled(conversation)).missing:
            calls += _each(wish, wish.tool, filled.arguments, conversation)
    if calls:
        return Answer(calls=tuple(_unique(calls)[:_MOST_CALLS]))
    return _ask(wished[0], conversation)


def _each(wish: Wish, tool: Tool, arguments: dict[str, Any], conversation: Conversation) -> list[Call]:
    """A look-up of several named orders is one call for each."""
    slot = wish.slot("order")
    if slot and tool.required == (slot,) and slot not in wish.given:
        named = orders.fitting(wish.said, tool.properties[slot], conversation)
        if len(named) > 1 and not cues.CORRECTION.search(conversation.text):
            return [Call(tool.name, {**arguments, slot: id}) for id in named]
    return [Call(tool.name, arguments)]


def _unique(calls: list[Call]) -> list[Call]:
    return [call for n, call in enumerate(calls) if call not in calls[:n]]


def _ask(wish: Wish, conversation: Conversation) -> Answer:
    """Ask for the first missing slot. Who does not know the number is shown their orders; who was asked twice, a person."""
    assert wish.tool
    slot = wish.filled(conversation).missing[0]
    kind = slots.kind_of(slot, wish.tool.properties.get(slot, {}))
    text = question(conversation.language, kind, slot)
    if kind == "order":
        listing = tool_for(_intent("orders"), conversation.tools)
        again = "order" in asked(conversation.replied)
        stuck = again or cues.UNSURE.search(conversation.text) or orders.described_as_latest(conversation.text)
        if listing and listing != wish.tool and stuck and "\n- " not in conversation.replied:
            return Answer(calls=(Call(listing.name, {}),))
    if text in conversation.replied and not orders.named(conversation.text):
        return Answer(text=f"{text} {_offer('person', PERSON, conversation)}".strip())
    return Answer(text=text)


def _text(conversation: Conversation, message: Message) -> str:
    """A quote for what is asked, an honest no for what cannot be done, else courtesy."""
    text, language = conversation.text, conversation.language
    bare = cues.rest(text)
    identified = cues.IDENTITY.search(text) and "?" not in text
    courteous = cues.THANKS.search(text) or cues.GOODBYE.search(text) or cues.YES.search(text) or identified
    asks = message.question or "?" in text or (not courteous and len(stems(bare)) < 8)
    quote = _quoted(bare, conversation) if asks or message.beyond else ""
    if message.beyond:
        return " ".join(part for part in (quote, _beyond(conversation)) if part)
    if quote:
        return quote
    return _courtesy(conversation, bare, bool(identified), language)


def _courtesy(conversation: Conversation, bare: str, identified: bool, language: str) -> str:
    text = conversation.text
    if cues.ANGER.search(text):
        return f"{say(language, 'sorry')} {_offer('person', PERSON, conversation)}".strip()
    if cues.GOODBYE.search(text):
        return say(language, "goodbye")
    if cues.YES.search(text) and len(stems(bare)) < 6 and not identified:
        return say(language, "buttons" if conversation.waiting else "nothing_open")
    if cues.NO.search(text) and len(stems(bare)) < 6:
        return say(language, "buttons" if conversation.waiting else "declined")
    if cues.THANKS.search(text) and "?" not in text:
        return say(language, "thanks")
    if identified:
        return say(language, "known")
    if cues.ABOUT.search(text):
        name = _NAME.search(conversation.system)
        return say(language, "about", name=name[1] if name else "the understudy")
    if cues.GREETING.search(text) and len(stems(bare)) < 2:
        return say(language, "greeting")
    if cues.HELP.search(text) and len(stems(bare)) < 5:
        return say(language, "go_ahead")
    return say(language, "unknown")


def _beyond(conversation: Conversation) -> str:
    """No tool of the request does it: that is said, and a ticket offered, or a person."""
    ticket, language = _intent("ticket"), conversation.language
    offer = _offer("ticket", ticket, conversation) or _offer("person", PERSON, conversation)
    return f"{say(language, 'cannot')} {offer}".strip()


def _offer(kind: str, intent: Intent, conversation: Conversation) -> str:
    """The question whether to, if there is a tool for it."""
    return question(conversation.language, kind) if tool_for(intent, conversation.tools) else ""


def _followed_up(conversation: Conversation) -> str:
    """A quote for "and for gift cards?" after a question."""
    if len(conversation.turns) < 2 or not cues.FOLLOWING.search(conversation.text):
        return ""
    before = wishes.read(conversation.until(len(conversation.turns) - 1))
    return _quoted(f"{before.question} {conversation.text}", conversation) if before.question else ""


def _quoted(asked_for: str, conversation: Conversation) -> str:
    quote = passages.answer(asked_for, conversation.passages)
    if quote is None:
        return ""
    source = say(conversation.language, "source", source=quote.source) if quote.source else ""
    return f"{quote.text} {source}".strip()


def _intent(name: str) -> Intent:
    return next(intent for intent in INTENTS if intent.name == name)
