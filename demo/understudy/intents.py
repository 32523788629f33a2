"""What the customer wants, by words; and which of the request's own tools is for that, by its schema. Pure."""

import re
from dataclasses import dataclass

from demo.understudy.conversation import Conversation, Tool


@dataclass(frozen=True, slots=True)
class Intent:
    """Something a customer may want: the words that say so, and the words by which a tool says that it does it."""

    name: str
    said: re.Pattern[str]
    does: tuple[str, ...]


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


INTENTS = (
    Intent(
        "person",
        _words(
            r"\b(?:talk|speak|chat|connect|transfer|put)\b[^.?!]{0,30}\b(?:human|person|agent|representative|someone|manager|supervisor)",
            r"\b(?:real|actual|live)\s+(?:human|person|agent)",
            r"\bhuman (?:agent|please)",
            r"\bmit (?:einem|einer) (?:menschen|mitarbeiter\w*|person)",
            r"\b(?:hablar|comunicar\w*) con (?:una persona|un (?:humano|agente))",
            r"\bparler (?:à|avec) (?:une personne|un (?:humain|agent|conseiller))",
        ),
        ("human", "person", "hand over", "transfer"),
    ),
    Intent(
        "refund",
        _words(
            r"\brefund",
            r"\bmoney back",
            r"\breimburs",
            r"\bget my money",
            r"\berstatt",
            r"\bgeld zurück",
            r"\breembols",
            r"\bdevolu(?:ción|ver)[^.?!]{0,20}dinero",
            r"\brembours",
        ),
        ("refund",),
    ),
    Intent(
        "status",
        _words(
            r"\bwhere(?:'s| is| are)\b[^.?!]{0,40}\b(?:order|package|parcel|delivery|stuff|ORD-\d+)",
            r"\b(?:order|delivery|shipping) status",
            r"\bstatus (?:of|for)",
            r"\btrack",
            r"\b(?:has|have|did|when will|when does|will)\b[^.?!]{0,40}\b(?:ship|arrive|deliver|come)",
            r"\bwo (?:ist|bleibt)\b",
            r"\bbestellstatus|\bsendung",
            r"\bdónde está|\bdonde esta|\bestado (?:de|del)",
            r"\boù est|\bsuivi|\bstatut",
        ),
        ("status", "track", "where"),
    ),
    Intent(
        "orders",
        _words(
            r"\b(?:my|all|list|recent|past|previous)\b[^.?!]{0,20}\borders\b",
            r"\border history",
            r"\bwhat (?:did|have) i order",
            r"\bwhich orders?\b",
            r"\bmeine bestellungen|\bmis pedidos|\bmes commandes",
        ),
        ("list", "all orders"),
    ),
    Intent(
        "callback",
        _words(
            r"\bcall (?:me|back)|\bcallback|\bphone me|\bring me|\brückruf|\brufen sie mich|\bllám(?:a|e)me|\brappele",
        ),
        ("callback", "call back", "call the customer"),
    ),
    Intent(
        "ticket",
        _words(
            r"\b(?:open|create|file|raise|submit)\b[^.?!]{0,20}\b(?:ticket|case|complaint|report)",
            r"\bcomplain",
            r"\bbeschwer",
            r"\bqueja|\breclamación|\bréclamation|\bplainte",
        ),
        ("ticket", "case"),
    ),
    Intent(
        "products",
        _words(
            r"\b(?:do you|have you)\b[^.?!]{0,15}\b(?:have|sell|stock|carry|got)\b",
            r"\blooking for\b",
            r"\b(?:find|recommend|suggest|show) (?:me )?(?:an?|some|your)?\b",
            r"\bhow much (?:is|are|does)\b(?![^.?!]*shipping)",
            r"\b(?:haben|führen|verkaufen) sie\b",
            r"\bvenden\b|\bavez-vous\b",
        ),
        ("search", "catalogue", "products"),
    ),
)

GREETING = _words(r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|hallo|guten tag|hola|buenas|bonjour|salut)\b")
THANKS = _words(r"\b(?:thanks|thank you|thx|danke|gracias|merci)\b")
GOODBYE = _words(r"\b(?:bye|goodbye|that(?:'s| is| was) all|tschüss|adiós|au revoir)\b")
ANGER = _words(r"\b(?:ridiculous|unacceptable|furious|outrageous|fed up|worst|lawyer|unverschämt)\b")
ASSENT = _words(r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|go ahead|please do|confirm|do it|ja|sí|oui|no|nope|nein|non)\b")
CORRECTION = _words(
    r"\bi mean[t]?\b", r"^\W*(?:no|sorry|actually|wait)\b[,.!]?\s", r"\bnot that one\b", r"\bich meinte\b", r"\bquise decir\b"
)
GENERAL = _words(
    r"\b(?:how long|how do|how can|what is your|what's your|what are your|do you (?:offer|ship|accept|take|deliver)|policy|"
    r"can i (?:return|exchange|pay|change)|how much (?:is|does) (?:shipping|delivery)|is there|which (?:payment|countries))\b"
)


def intents(text: str) -> list[Intent]:
    """Those that `text` speaks of, in the order of `INTENTS`."""
    return [intent for intent in INTENTS if intent.said.search(text)]


def tool_for(intent: Intent, tools: tuple[Tool, ...]) -> Tool | None:
    """The tool whose name or description says most plainly that it does this. A word in the name counts twice."""
    scored = [(_score(intent, tool), -n, tool) for n, tool in enumerate(tools)]
    best = max(scored, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] else None


def _score(intent: Intent, tool: Tool) -> int:
    name = tool.name.replace("_", " ").lower()
    return sum(2 * (word in name) + (word in tool.text) for word in intent.does)


def wanted(conversation: Conversation) -> list[tuple[Intent, Tool]]:
    """What is asked for now, with the tools for it. A correction asks for what was asked before."""
    found = _with_tools(intents(conversation.text), conversation)
    if found or not CORRECTION.search(conversation.text):
        return found
    for earlier in reversed(conversation.said[:-1]):
        if found := _with_tools(intents(earlier), conversation):
            return found[:1]
    return []


def _with_tools(found: list[Intent], conversation: Conversation) -> list[tuple[Intent, Tool]]:
    pairs = [(intent, tool) for intent in found if (tool := tool_for(intent, conversation.tools))]
    names = [intent.name for intent, _ in pairs]
    if "person" in names:
        return [pair for pair in pairs if pair[0].name == "person"]
    unique: dict[str, tuple[Intent, Tool]] = {}
    for pair in pairs:
        unique.setdefault(pair[1].name, pair)
    return list(unique.values())
