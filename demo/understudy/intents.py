"""What a customer may want: the words that say so, and the words by which a tool says that it does it. Pure."""

import re
from dataclasses import dataclass

from demo.understudy.conversation import Tool
from demo.understudy.words import stems

_GAP = r"[^.?!]{0,40}?"


@dataclass(frozen=True, slots=True)
class Intent:
    """`said`: how customers say it. `does`: what a tool for it says of itself. `weak`: only if nothing else is wanted."""

    name: str
    said: re.Pattern[str]
    does: tuple[str, ...]
    weak: bool = False


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


PERSON = Intent(
    "person",
    _words(
        rf"\b(?:talk|speak|chat|connect|transfer|put)\b{_GAP}"
        r"\b(?:human|person|agent|representative|rep|someone|somebody|manager|supervisor|colleague|people|operator"
        r"|staff)\b",
        r"\b(?:real|actual|live)\s+(?:human|person|agent|people)",
        r"\bhuman\b(?: agent| being)?(?: please|[.!?]|$)|\bcustomer service rep",
        r"^\W*(?:agent|operator|representative|supervisor|manager)(?: please)?\W*$",
        r"\b(?:want|need|get|give) (?:me )?(?:an? |your |the )?(?:human|agent|representative|supervisor|manager"
        r"|real person)\b",
        r"\b(?:mit|an) (?:einem|einer|einen|ihrem) (?:echten |richtigen )?(?:menschen|mitarbeiter\w*|person|kollegen|chef)",
        r"\b(?:hablar|comunicar\w*|pas\w+) con (?:una (?:persona|agente)|un (?:humano|agente|encargado)|alguien)",
        r"\bparler (?:à|avec) (?:une (?:vraie )?personne|un (?:humain|agent|conseiller|responsable)|quelqu'un)",
    ),
    ("human", "person", "hand over", "transfer"),
)
REFUND = Intent(
    "refund",
    _words(
        r"\brefund",
        r"\b(?:my|the) money back|\bget (?:back )?my money|\bgive me (?:back )?my money|\breimburs",
        rf"\b(?:want|need|like|hoping|wish|going|trying|possible|help|please|can i|could i|and|or"
        rf"|to)\b{_GAP}\breturn(?:ing)?\b(?! label)",
        r"^\W*return\b|\bsend (?:it|this|them|these) back\b|\bthe return (?:of|request|process)",
        r"\berstatt|\bgeld zurück|\bzurück(?:geben|schicken|senden)\b",
        r"\breembols|\bdevolu|\bdevuelv|\bdevolver|\brembours|\bretourner\b",
    ),
    ("refund", "money back", "return of"),
)
STATUS = Intent(
    "status",
    _words(
        rf"\bwhere(?:'s|’s| is| are| the (?:hell|heck) is)\b{_GAP}\b(?:orders?|packages?|parcels?|delivery|stuff|it"
        rf"|ORD-?\d+|\d{{4,}}|things?|my [a-z]+)\b",
        r"\b(?:order|delivery|shipping) status|\bstatus\b|\bwheres my\b|\bin transit\b",
        r"\btrack(?:ing)?\b",
        rf"\b(?:has|have|did|when will|when does|when is|when's|will|would|hasn'?t|haven'?t|isn'?t|not)\b{_GAP}"
        r"\b(?:ship(?:ped)?|arriv\w*|deliver(?:ed|y)?|com(?:e|ing)|here|received?|get here|show(?:ed)? up)\b",
        rf"\b(?:check|look up|look at|pull up|details?|information|info|news|update)\b{_GAP}\border\b",
        rf"\bwhat(?:'s| is| was| items?| did i)\b{_GAP}\b(?:in|order(?:ed)?)\b{_GAP}\b(?:order|[A-Z]{{2,4}}-?\d{{4,}})",
        r"\b(?:total|how much|what did i pay|price|cost)\b[^.?!]{0,70}\border\b",
        r"\b(?:most recent|latest|newest|last) (?:one|order|purchase)\b",
        r"\bwo (?:ist|sind|bleibt|bleiben)\b|\bbestellstatus|\bsendungs|\bwann kommt\b|\bliefer(?:status|termin)",
        r"\bd[oó]nde est[aá]|\bestado (?:de|del)|\bcu[aá]ndo (?:llega|llegar|recib)|\bseguimiento",
        r"\boù (?:est|en est|se trouve)|\bsuivi\b|\bstatut\b|\bquand (?:arrive|vais-je recevoir|sera)",
    ),
    ("status", "track", "where"),
)
ORDERS = Intent(
    "orders",
    _words(
        rf"\b(?:list|show|see|what are|which are|all(?: of)?|display)\b{_GAP}\bmy (?:recent |past |previous "
        rf"|last )?orders\b",
        r"\bmy orders\b(?: please)?\W*$|\border history|\bwhich orders? (?:do|did|have)",
        rf"\b(?:what|which)\b{_GAP}\bi (?:have |did )?(?:order(?:ed)?|bought|buy)\b|\bwhat (?:did|have) i (?:ordered?"
        rf"|bought|buy)\b",
        rf"\b(?:don'?t|don’t|do not|can'?t|can’t|cannot|not)\b{_GAP}"
        r"\b(?:have|know|remember|recall|find|sure)\b[^.?!]{0,30}\border (?:id|number|no)\b",
        r"\bpending orders?\b",
        r"\bmeine bestellungen|\bmis (?:[uú]ltimos )?pedidos|\bmes (?:derni[eè]res )?commandes",
    ),
    ("list", "all orders"),
    weak=True,
)
CALLBACK = Intent(
    "callback",
    _words(
        r"\bcall(?:ing)? (?:me|us)\b|\bcall ?back|\bphone me|\bgive me a (?:call|ring)|\bring me\b",
        r"\brückruf|\brufen sie (?:mich|uns)|\bzurückrufen|\bll[aá]m(?:e|a|ar)me|\bdevolver la llamada|\brappel",
    ),
    ("callback", "call back", "call the customer"),
)
TICKET = Intent(
    "ticket",
    _words(
        rf"\b(?:open|create|file|raise|submit|make|log|lodge)\b{_GAP}\b(?:ticket|case|complaint|report|claim)",
        r"\b(?:charged|billed) (?:me |us )?(?:twice|double|two times)|\bdouble charge|\bovercharged",
        r"\bcomplain|\bticket\b|\bbeschwer|\bqueja|\breclamaci[oó]n|\br[ée]clamation|\bplainte|\bme plaindre",
    ),
    ("ticket", "back office", "case"),
)
NOTIFY = Intent(
    "notify",
    _words(
        rf"\b(?:tell|notify|inform|alert|contact|message|let)\b{_GAP}\b(?:carrier|courier|partner|driver"
        rf"|delivery (?:company|service))\b",
        r"\b(?:spediteur|paketdienst|zusteller)\w*\b[^.?!]{0,30}\b(?:informier|benachrichtig)|\b(?:avis\w+"
        r"|inform\w+) al? transportista",
        r"\bpr[ée]ven\w+ le transporteur",
    ),
    ("notif", "partner"),
)
CANCEL = Intent("cancel", _words(r"\bcancel", r"\bstornier", r"\bannul"), ("cancel",))
EXCHANGE = Intent(
    "exchange",
    _words(
        r"\bexchang",
        r"\bswap",
        rf"\breplace(?:ment)?\b{_GAP}\b(?:it|item|one|for|with)\b",
        r"\bumtausch",
        r"\bcambiarlo",
        r"\béchang",
    ),
    ("exchange", "replace"),
)
INVOICE = Intent("invoice", _words(r"\binvoices?\b|\breceipts?\b|\brechnung|\bfactur"), ("invoice", "receipt"))
CHANGE = Intent(
    "change",
    _words(
        rf"\b(?:change|update|modify|edit|adjust|switch|add)\b{_GAP}"
        r"\b(?:address|order|payment|card|colou?r|size|item|name|email|e-mail|phone|profile|details|option)",
        r"\b(?:lieferadresse|adresse) ändern|\bcambiar (?:la|mi) direcci[oó]n|\bchanger (?:l'|mon )adresse",
    ),
    ("change", "modify", "update"),
)
PRODUCTS = Intent(
    "products",
    _words(
        r"\b(?:do you|have you|you guys)\b[^.?!]{0,15}\b(?:have|sell|stock|carry|got)\b(?! (?:a|any|my) (?:order"
        r"|record|way|idea))",
        r"\b(?:i'?m|i am|we'?re|we are|been) looking for\b|\b(?:recommend|suggest)\b",
        r"\b(?:find|show)(?: me)? (?:an?|some|your)\b(?! (?:person|human|way|agent))",
        r"\bin stock\b|\bare there any\b|\b(?:options|choices|models) (?:for|of|in|are)\b|\bwhat kinds? of\b",
        r"\bhow much (?:is|are|does|do)\b(?!.{0,12}(?:shipping|delivery|refund|money|return|repair))",
        rf"\b(?:price|cost)\b{_GAP}\bof\b(?!.{{0,12}}(?:shipping|order|delivery|return))|\b(?:want|like) to buy\b",
        r"\b(?:haben|führen|verkaufen) sie\b|\btienen\b|\bvenden\b|\bavez-vous\b|\bvendez-vous\b",
    ),
    ("search", "catalogue", "products"),
    weak=True,
)

INTENTS = (PERSON, NOTIFY, REFUND, CALLBACK, TICKET, CANCEL, EXCHANGE, INVOICE, CHANGE, STATUS, ORDERS, PRODUCTS)


def intents(clause: str) -> list[Intent]:
    """Those that a clause speaks of, the one that decides most first. A request for a person decides all."""
    found = [intent for intent in INTENTS if intent.said.search(clause)]
    if PERSON in found:
        return [PERSON]
    strong = [intent for intent in found if not intent.weak]
    return strong or found


def tool_for(intent: Intent, tools: tuple[Tool, ...]) -> Tool | None:
    """The tool whose name or description says most plainly that it does this. A word in the name counts three times."""
    scored = [(sum(3 * (word in tool.title) + (word in tool.text) for word in intent.does), -n) for n, tool in enumerate(tools)]
    best = max(scored, default=(0, 0))
    return tools[-best[1]] if best[0] else None


def tool_by_name(clause: str, tools: tuple[Tool, ...]) -> Tool | None:
    """A tool that no intent knows, if all that its name speaks of is in the clause: a schema of its own is enough."""
    said = stems(clause)
    for tool in tools:
        wanted = stems(tool.title) - _VERBS
        if wanted and wanted <= said:
            return tool
    return None


_VERBS = stems("fetch check show find search create make set start lookup query read run")
