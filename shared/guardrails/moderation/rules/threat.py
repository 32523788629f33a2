"""Threats of violence against people: refused, and a person looks."""

from shared.guardrails.moderation.rule import Rule

CATEGORY = "threat"
ACTION = "handoff"

_I_WILL = (
    r"\b(?:i|we)(?:'ll| will|'m going to| am going to|'m gonna| am gonna|m gonna|'re going to| are going to| "
    r"gonna| swear (?:i|we)(?:'ll| will)"
    r"| want to| wanna)"
)
_YOU = (
    r"(?:you(?: all| guys| people)?|u|him|her|them|your (?:\w+ ){0,2}(?:family|kids?|children|wife|husband|"
    r"staff|team|employees|agents?|manager|boss|driver|workers))"
)

RULES = (
    Rule(
        "violence",
        "kill|murder|shoot|stab|strangle|beat|hurt|burn|rape|hang|behead|slaughter",
        rf"{_I_WILL} (?:\w+ ){{0,3}}?(?:kill|murder|shoot|stab|strangle|hurt|rape|hang|behead|slaughter|burn) {_YOU}\b"
        rf"|{_I_WILL} (?:\w+ ){{0,3}}?(?:beat {_YOU} (?:up|to|until)|beat the (?:shit|hell|crap) out of|break "
        r"your (?:neck|legs|face|jaw|arms))",
        ("I will kill you", "I'm going to shoot your staff", "im gonna beat you up", "I swear I'll stab him"),
        ("I will shoot you an email", "I'm going to kill some time", "I will burn you a CD", "I want to hurt no one"),
        r"\b(?:shoot|burn|hang) (?:you|u|him|her|them) (?:an?|the|over|back|up|out)\b(?! (?:bullet|rope))",
    ),
    Rule(
        "attack-on-a-place",
        "bomb|blow up|burn down|burn your|shoot up|set fire",
        rf"{_I_WILL} (?:\w+ ){{0,3}}?(?:bomb|blow up|burn down|shoot up|set fire to) (?:your|the|this|that) "
        rf"(?:\w+ ){{0,2}}?(?:office|store|shop|building|warehouse|house|headquarters|place|school|branch|call "
        r"cent(?:er|re)|bank)"
        r"|\bthere(?:'s| is| will be) a bomb (?:in|at|under)\b",
        ("I'm going to blow up your office", "we will burn down the store", "There is a bomb in your building"),
        ("I will blow up the picture of the house", "there is a bath bomb in my parcel"),
        r"\bbath bombs?\b|\bblow up (?:the|this|that) (?:picture|photo|image)",
    ),
    Rule(
        "stalking",
        "where you live|your address|find you|come for you|coming for you|watch your back|regret",
        r"\bi (?:know|'ll find out|will find out|found out) where (?:you|u|he|she|they|your \w+) (?:live|lives|work|works)\b"
        r"|\bi(?:'ll| will|'m going to) (?:find|hunt|track) (?:you|u|him|her|them) (?:down )?(?:and|then)\b|"
        r"\b(?:i'm|i am|we're) coming for you\b"
        r"|\byou(?:'d| had)? better watch your back\b",
        ("I know where you live", "I will find you and make you pay", "you better watch your back"),
        ("I don't know where you live, so which store is near?", "how do I find you on Instagram"),
    ),
    Rule(
        "violence-other-languages",
        "bring|matar|tuer|ammazz|uccid|убь",
        r"\bich (?:bring\w*|stech\w*) (?:dich|euch|sie|ihn) (?:alle )?(?:um|ab)\b|\b(?:te|los|le|os) voy a "
        r"matar\b|\bje vais (?:te|vous|le|la|les) tuer\b"
        r"|\b(?:ti|vi|lo) (?:ammazzo|uccido)\b|\bvou (?:te|vos) matar\b|\bя (?:тебя|вас) убью\b",
        ("Ich bringe dich um", "te voy a matar", "je vais te tuer"),
        ("Ich bringe das Paket um drei zurück", "me va a matar mi esposa si no llega"),
    ),
)
