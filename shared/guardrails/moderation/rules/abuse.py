"""Insults and harassment: the turn goes on, nothing of it is mirrored. Anger about the service is no insult."""

from shared.guardrails.moderation.rule import Rule

CATEGORY = "abuse"
ACTION = "warn"

_INSULT = (
    r"(?:idiots?|morons?|imbeciles?|retard(?:s|ed)?|assholes?|arseholes?|bastards?|bitch(?:es)?|cunts?|"
    r"pricks?|dick ?heads?|shit ?heads?"
    r"|fuck ?(?:er|ers|face|wit|tard)s?|mother ?fuckers?|scum ?(?:bag)?s?|piece of (?:shit|crap|garbage|"
    r"trash)|wankers?|twats?|whores?|sluts?"
    r"|pussy|pussies|loser|degenerates?|subhuman)"
)

RULES = (
    Rule(
        "insult",
        "idiot|moron|imbecile|retard|asshole|arsehole|bastard|bitch|cunt|prick|dick|shit|fuck|mother|scum|piece of|wank|twat|"
        "whore|slut|pussy|pussies|loser|degen|subhuman",
        r"\b(?:you|u|ya|ur|you're|youre|you are|your)\b(?: (?:are|r|all|guys|people|lot|such|so|just|nothing "
        r"but|a|an|the|bunch|of|"
        r"fucking|fuckin|damn|goddamn|bloody|stupid|dumb|ugly|fat|lazy|useless|worthless|little|dirty|pathetic|"
        rf"ass)){{0,7}} ?{_INSULT}\b",
        ("You are an idiot", "you fucking moron", "u r a worthless piece of shit", "You're such an asshole"),
        (
            "I feel like an idiot, I ordered twice",
            "do you sell Idiot by Dostoevsky?",
            "You people are useless, I want my money back",
        ),
    ),
    Rule(
        "curse-at-you",
        "fuck|screw|suck|hell|eat shit|shut|stfu|gtfo|kys|kiss my",
        r"\b(?:fuck|screw) (?:you|u|off|yourself|yourselves|your (?:mother|mom|family))\b|\bgo (?:fuck|screw) "
        r"your ?sel(?:f|ves)\b"
        r"|\b(?:suck my|eat shit|go to hell|shut the (?:fuck|hell) up|stfu|gtfo|kys|kiss my ass)\b",
        ("fuck you and your store", "go fuck yourself", "Shut the fuck up"),
        (
            "this is fucking ridiculous, where is my parcel",
            "what the fuck is going on with my order",
            "I screwed up the address",
        ),
    ),
    Rule(
        "sexual-harassment",
        "nude|tits|naked|sex|sexy|horny|blow job|blowjob",
        r"\b(?:send|show) (?:me )?(?:your (?:nudes|tits|boobs|naked \w+)|nudes)\b|\b(?:have|want) sex with "
        r"(?:you|u)\b|\bare you (?:naked|horny)\b"
        r"|\bgive me a blow ?job\b",
        ("send nudes", "I want sex with you"),
        ("do you sell nude tights in size M?", "show me naked eye palettes"),
    ),
)
