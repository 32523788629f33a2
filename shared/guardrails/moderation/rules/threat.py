"""Threats of violence against people: refused, and a person looks."""

from shared.guardrails.moderation.lexicon import WORDINGS
from shared.guardrails.moderation.rule import Rule, beginnings

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
        "coming-for-people",
        "come|coming|drive|show|visit|walk|die|dead&you|shoot|kill|stab|murder|hurt|beat|slaughter|execute|behead|burn|gun|rifle|shotgun|"
        "pistol|knife|machete|bomb|axe|bat|weapon",
        rf"\b(?:i|we)(?:'ll| will|'m| am|'re| are)?(?: going to| gonna)? (?:come|coming|drive|show up|walk|visit)(?: over|"
        rf" down| by| in)?"
        r"(?: to| at| into| for)?[^.!?]{0,50}\b(?:and|to|gonna) (?:shoot|kill|stab|murder|hurt|beat|slaughter|execute|"
        r"behead|burn) "
        rf"(?:{_YOU}|everyone|everybody|all of you|people|(?:all )?(?:the|your) \w+)\b"
        r"|\b(?:i|we)(?:'ll| will|'m| am|'re| are)?(?: going to| gonna)? (?:come|coming|show up|visit)[^.!?]{0,50}\bwith "
        r"(?:a|my|the) "
        r"(?:gun|rifle|shotgun|pistol|knife|machete|bomb|axe|bat|weapon)s?\b"
        r"|\byou(?:'ll| will|'re going to| are going to| gonna)? (?:all )?(?:be dead|die|get killed|end up dead)\b(?! of| "
        r"for| laugh| when)|"
        r"\byou(?: are|'re)(?: all)? (?:dead|going to die)\b(?! (?:wrong|right|on|set|last|to me))",
        ("I will come to your office and shoot your staff", "I'm coming to your shop with a gun", "You will all die tomorrow"),
        (
            "I will come to your store and shoot a video with the staff",
            "I come to your shop with the nail gun tomorrow to return it",
            "I'm coming to the store with my knife set to exchange it",
            "will my phone die if you are late?",
            "you are dead wrong about the price",
        ),
        r"\b(?:nail|glue|water|heat|toy|spray|massage|price|staple|caulking) gun|\bknife (?:set|block)|\b(?:bath|seed) "
        r"bomb|\bshoot (?:a|an|"
        r"some|the) (?:video|film|photo|picture|scene)|\b(?:exchange|return|refund|repair|sharpen)\w*\b",
    ),
    Rule(
        "attack-on-a-place",
        "bomb|blow up|burn down|burn your|shoot up|set fire",
        rf"{_I_WILL} (?:\w+ ){{0,3}}?(?:bomb|blow up|burn down|shoot up|set fire to) (?:your|the|this|that) "
        rf"(?:\w+ ){{0,2}}?(?:office|store|shop|building|warehouse|house|headquarters|place|school|branch|call "
        r"cent(?:er|re)|bank)"
        rf"|{_I_WILL} (?:\w+ ){{0,3}}?burn (?:your|the|this|that|it all) ?(?:\w+ ){{0,2}}?down\b"
        r"|\bthere(?:'s| is| will be) a bomb (?:in|at|under)\b",
        (
            "I'm going to blow up your office",
            "I'll burn your warehouse down",
            "we will burn down the store",
            "There is a bomb in your building",
        ),
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
    *(
        Rule(f"violence-{wording.code}", beginnings(wording.threat), wording.threat, wording.examples[3:])
        for wording in WORDINGS
    ),
)
