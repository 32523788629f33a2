"""What the understudy answers: a function of the request and of nothing else."""

from dataclasses import dataclass
from typing import Any

from demo.understudy import passages, slots
from demo.understudy.conversation import Conversation, Tool
from demo.understudy.intents import ANGER, ASSENT, CORRECTION, GENERAL, GOODBYE, GREETING, INTENTS, THANKS, tool_for, wanted
from demo.understudy.results import told
from demo.understudy.wording import QUESTIONS, say


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
    """Results are written up; else what is asked for is called or its missing slot asked; else knowledge, or courtesy."""
    if conversation.results:
        return _after_results(conversation)
    if pending := _answered_question(conversation):
        return _call(pending, conversation)
    found = wanted(conversation)
    general = GENERAL.search(conversation.text) and not slots.order_ids(conversation)
    if (general or not found) and (quote := _quoted(conversation)):
        return Answer(text=quote)
    if found:
        return _calls([tool for _, tool in found], conversation)
    return _courtesy(conversation)


def _after_results(conversation: Conversation) -> Answer:
    """A call that was put off, because it must stand alone, is made now; else the results are told."""
    for result in conversation.results:
        body = result.content if isinstance(result.content, dict) else {}
        if "deferred" in (
            body.get("status"),
            (body.get("result") or {}).get("status") if isinstance(body.get("result"), dict) else 0,
        ):
            return Answer(calls=(Call(result.tool, dict(result.arguments)),))
    return Answer(text=told(conversation.results, conversation.language))


def _answered_question(conversation: Conversation) -> Tool | None:
    """The tool that our last question was for, if the customer's words can be its answer."""
    if slots.asked(conversation) is None or len(conversation.said) < 2:
        return None
    if wanted(conversation) and not CORRECTION.search(conversation.text):
        return None  # they ask for something else now
    for earlier in range(len(conversation.said) - 2, -1, -1):
        for intent in INTENTS:
            if intent.said.search(conversation.said[earlier]) and (tool := tool_for(intent, conversation.tools)):
                return tool
    return None


def _calls(tools: list[Tool], conversation: Conversation) -> Answer:
    """One call for each tool; a look-up of several named orders is one call for each."""
    if len(tools) == 1:
        return _call(tools[0], conversation)
    filled = [(tool, slots.fill(tool, conversation)) for tool in tools]
    ready = tuple(Call(tool.name, each.arguments) for tool, each in filled if not each.missing)
    return Answer(calls=ready) if ready else _call(tools[0], conversation)


def _call(tool: Tool, conversation: Conversation) -> Answer:
    filled = slots.fill(tool, conversation)
    if filled.missing:
        slot = filled.missing[0]
        kind = slots.kind_of(slot, tool.properties.get(slot, {}))
        question = QUESTIONS[conversation.language]
        return Answer(text=question.get(kind, question["other"]).format(slot=slot.replace("_", " ")))
    by_order = [name for name, schema in tool.properties.items() if slots.kind_of(name, schema) == "order"]
    named = slots.order_ids(conversation)
    if by_order and len(named) > 1 and tool.required == (by_order[0],) and not CORRECTION.search(conversation.text):
        return Answer(calls=tuple(Call(tool.name, filled.arguments | {by_order[0]: id}) for id in named[:4]))
    return Answer(calls=(Call(tool.name, filled.arguments),))


def _quoted(conversation: Conversation) -> str:
    quote = passages.answer(conversation.text, conversation.passages)
    if quote is None:
        return ""
    source = say(conversation.language, "source", source=quote.source) if quote.source else ""
    return f"{quote.text} {source}".strip()


def _courtesy(conversation: Conversation) -> Answer:
    text, language = conversation.text, conversation.language
    if ANGER.search(text):
        return Answer(text=say(language, "anger"))
    if GOODBYE.search(text):
        return Answer(text=say(language, "goodbye"))
    if THANKS.search(text):
        return Answer(text=say(language, "thanks"))
    if ASSENT.search(text) and len(text.split()) < 12:
        offered = any(word in conversation.system.lower() for word in ("pending confirmation", '"pending"', "pending:"))
        return Answer(text=say(language, "buttons" if offered else "nothing_open"))
    if GREETING.search(text):
        return Answer(text=say(language, "greeting"))
    return Answer(text=say(language, "unknown"))
