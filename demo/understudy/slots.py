"""The arguments of a call, from what the customer said and from the tool's own schema. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demo.understudy import cues, orders
from demo.understudy.conversation import Conversation, Tool
from demo.understudy.words import sentences, shortened, stems

_PHONE = re.compile(r"<PHONE_\d+>|\+?\d[\d\s().-]{6,}\d")
_DAY = (
    r"to(?:day|morrow|night)|(?:next |this |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|next week|this week|later|asap|"
    r"as soon as possible|right (?:now|away)|in (?:an|one|two|three|\d+) (?:hours?|minutes?|days?)|(?:nov|dec|jan"
    r"|feb)\w* \d{1,2}(?:st|nd|rd|th)?|"
    r"heute|(?:über)?morgen|(?:montag|dienstag|mittwoch|donnerstag|freitag)|mañana|hoy|(?:lunes|martes|miércoles"
    r"|jueves|viernes)|"
    r"demain|aujourd'hui|(?:lundi|mardi|mercredi|jeudi|vendredi)"
)
_HOUR = (
    r"(?:at |around |after |before |between |by |um |nach |a las |à |vers )?\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm|a\.m\."
    r"|p\.m\.|o'?clock|uhr|h\b|heures)|"
    r"(?:in the |at |this )?(?:morning|afternoon|evening|noon|lunch(?:time)?|vormittag\w*|nachmittag\w*"
    r"|por la (?:mañana|tarde)|matin|après-midi)|"
    r"(?:at |around |after |before |um )\d{1,2}(?::\d{2})?"
)
_TIME = re.compile(rf"\b(?:(?:{_DAY}|{_HOUR})\b[\s,]*(?:and |or |to |-|und )?\s*)+", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:(?:arrived|came|is|was|it'?s|are|were|got)\s+)?(?:(?:a bit|totally|completely|badly|all|way|the)\s+)?"
    r"(?:damaged|broken|defect\w*|faulty|scratched|cracked|torn|stained|dented|shattered|leak\w*|duplicate|by mistake"
    r"|not as described|"
    r"(?:the )?wrong (?:size|item|colou?r|one|product|model)|too (?:small|big|large|late|dark|bright|expensive)"
    r"|never (?:arrived|came|showed up)|"
    r"(?:doesn'?t|does not|didn'?t|won'?t|don'?t) (?:work|fit|match|turn on|like|need|want)|changed my mind"
    r"|no longer (?:need|want)\w*|"
    r"not (?:working|happy|satisfied|what i)|missing|kaputt|beschädigt|defekt|falsch\w*|zu (?:klein|groß|spät)"
    r"|gefällt (?:mir )?nicht|"
    r"rot[oa]s?|dañad[oa]|defectuos[oa]|equivocad[oa]|cassée?|abîmée?|défectueu\w+|trop (?:petit|grand))\b[^.?!\n]*",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because|since|as (?:it|the|they)|due to|reason (?:is|being)[:\s]*|weil|denn|porque|ya que"
    r"|parce qu[e'])\s*(.+)",
    re.IGNORECASE,
)
_KINDS = {
    "order": ("order",),
    "phone": ("phone",),
    "time": ("when", "time", "date"),
    "reason": ("reason", "why"),
    "query": ("query", "search", "keyword"),
    "text": ("topic", "subject", "description", "message", "summary", "details", "note", "text"),
}
_ASKED_FOR = re.compile(
    r"\b(?:looking for|do you (?:have|sell|stock|carry)|have you got|got any|show me|what about|how about"
    r"|find(?: me)?|recommend|suggest"
    r"|search(?: for)?|"
    r"(?:options|choices|price|cost|kinds?|models)(?: [a-z]+)? (?:for|of|in)|how much (?:is|are|does|do)|buy"
    r"|are there any|there any|"
    r"haben sie|führen sie|verkaufen sie|suche|tienen|venden|busco|avez-vous|vendez-vous|cherche)\b(.+)",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,.?!;:()\n]|\b(?:that|which|who|for less|less than|under \$?\d|below \$?\d|cheaper|available|in stock|please"
    r"|right now|cost|and (?:what|how|can|is))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The call's arguments, and the required ones that nobody has said."""

    arguments: dict[str, Any]
    missing: tuple[str, ...]


def fill(tool: Tool, said: str, conversation: Conversation, given: Mapping[str, Any]) -> Filled:
    """Fill what can be filled from `said`, the words of this request; `given` are slots that were answered since."""
    arguments: dict[str, Any] = {}
    for name, schema in tool.properties.items():
        value = given.get(name)
        if value is None:
            value = value_of(name, schema, said, conversation, required=name in tool.required)
        if value is not None:
            arguments[name] = value
    return Filled(arguments, tuple(name for name in tool.required if name not in arguments))


def kind_of(name: str, schema: Mapping[str, Any]) -> str:
    """What a parameter is about, by its name, else by its description."""
    for text in (name.lower(), str(schema.get("description", "")).lower()):
        for kind, words in _KINDS.items():
            if any(re.search(rf"(?:^|[\W_]){word}", text) for word in words):
                return kind
    return "other"


def value_of(name: str, schema: Mapping[str, Any], said: str, conversation: Conversation, *, required: bool) -> Any:
    """The value of one parameter in these words, or None."""
    if options := schema.get("enum"):
        return _option(options, said)
    if _type(schema) in ("integer", "number"):
        found = re.search(r"(?<![\w-])\d+(?:\.\d+)?\b", said)
        return (float(found[0]) if "." in found[0] else int(found[0])) if found else None
    match kind_of(name, schema):
        case "order":
            found_orders = orders.fitting(said, schema, conversation)
            return found_orders[-1] if found_orders else _other_order(said, conversation) if required else None
        case "phone":
            phone = _PHONE.search(said)
            return phone[0].strip() if phone else None
        case "time":
            time = _TIME.search(said)
            return time[0].strip(" ,-") if time else None
        case "reason":
            return _reason(said, conversation) if required else shortened(said, 200) or None
        case "query":
            return query(said)
        case "text":
            return _text(name, said, required=required)
    return None


def answers(name: str, schema: Mapping[str, Any], said: str, conversation: Conversation) -> Any:
    """The value of a slot that was asked for, if these words can be its answer; courtesy and evasions are none."""
    kind = kind_of(name, schema)
    if kind == "order":
        ids = orders.fitting(said, schema, conversation)
        return ids[-1] if ids else orders.described(said, conversation)
    found = value_of(name, schema, said, conversation, required=True)
    bare = cues.rest(said) if stems(orders.without(said)) else ""
    evasive = any(cue.search(said) for cue in (cues.UNSURE, cues.YES, cues.NO, cues.GOODBYE, cues.THANKS, cues.IDENTITY))
    if found is not None and (kind in ("phone", "time") or schema.get("enum") or (evasive and kind == "reason")):
        return found
    if not bare or evasive or said.rstrip().endswith("?") or schema.get("enum"):
        return None
    if kind == "query":
        return query(bare)
    return shortened(bare, 400).rstrip(" .!") if kind in ("reason", "text", "other", "time") else found


def _reason(said: str, conversation: Conversation) -> str | None:
    """Why: in these words, or just before them."""
    earlier = [turn.said for turn in conversation.turns[-3:-1]]
    return next((found for text in (said, *reversed(earlier)) if (found := reason(text))), None)


def reason(text: str) -> str | None:
    """Why, if the text says so."""
    if found := _BECAUSE.search(text):
        return shortened(re.split(r"(?<=[.!?])\s", found[1])[0], 200).strip(" .!?") or None
    if found := _REASON.search(text):
        return shortened(found[0], 200).strip(" .!?,")
    return None


def query(text: str) -> str | None:
    """What is looked for: the words after the asking ones, up to where they end."""
    found = _ASKED_FOR.search(text)
    wanted = found[1] if found else text
    wanted = next((part for part in _END.split(wanted) if part and stems(part)), "")
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", wanted)
    kept = [word for word in words if stems(word) - _BARE]
    return " ".join(kept[:6]) or None


def _option(options: list[Any], said: str) -> Any:
    lowered, words = said.lower(), stems(said)
    exact = [option for option in options if str(option).lower().replace("_", " ") in lowered]
    near = [option for option in options if stems(str(option).replace("_", " ")) & words]
    return next(iter(exact or near), None)


def _other_order(said: str, conversation: Conversation) -> str | None:
    """Not by number: as a product, as the latest, as the one that was last spoken of."""
    if found := orders.described(said, conversation):
        return found
    return None if cues.UNSURE.search(said) else orders.recent(conversation)


def _text(name: str, said: str, *, required: bool) -> str | None:
    """A summary is the sentence that says most; a description is all of it, when there is more than the asking words."""
    bare = cues.rest(said)
    told = [each for each in sentences(bare) if len(stems(_TIME.sub(" ", each)) - _ASKING) > 1]
    if not told:
        return None
    if required and name in ("subject", "title", "summary", "topic"):
        return shortened(max(told, key=lambda each: len(stems(each))), 120).rstrip(" .!?,")
    return shortened(bare, 800) if required or name not in ("topic", "note") else shortened(told[0], 200).rstrip(" .!?,")


def _type(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    return kind if isinstance(kind, str) else ""


_BARE = stems("option choice price available product item store online shop kind model cheap cheapest catalogue")
_ASKING = stems("open create file raise submit ticket case complaint complain call callback phone tomorrow notify")
