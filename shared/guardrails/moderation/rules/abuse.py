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
    Rule(
        "unfinished-insult",
        "give|gives|gave|piece|shut|pain|call|called|calls|calling|yell|scream|shout|hurl|son|kick|bunch",
        r"\b(?:(?:not|n't|doesnt|dont|didnt) (?:really )?(?:give|gave) a(?: flying)?|(?:a|another|total|worthless|"
        r"useless|stupid|dumb) piece of|"
        r"shut (?:up|your)(?:,? you)?(?: (?:little|stupid|dumb|fat|ugly|fucking))*|son of a|kick (?:your|his|her|their)|"
        r"pain in (?:the|my|his|her)|"
        r"bunch of [\w-]+(?:,? [\w-]+){0,3},)[ \"'“,…]*$"
        r"|\b(?:call(?:ed|s|ing)?|yell(?:ed|s|ing)?|scream\w*|shout\w*|hurl\w*)\b[^\"“”]{0,60} "
        r"[\"“](?:[^\"“”\s][^\"“”]{0,60})?$",
        ("He said he does not give a", 'She called him "a', "Shut up, you little", "they are a bunch of brainwashed, lying,"),
        (
            "I was given a voucher",
            'The driver shouted "not here" and left',
            "Is the lid another piece of the set?",
            'Is it the yellow one named "Sun',
        ),
    ),
    Rule(
        "sexual-content",
        "kiss|seduc|strok|caress|undress|moan|nipple|naked|nude|groan|lips|thigh|grooming|erotic|orgasm|aroused|sex|"
        "sexual|prey&"
        "kiss|strok|caress|undress|moan|nipple|groan|thigh|body|breast|girls|boys|children|women|slave|predator|grooming|"
        "aroused|clothes|"
        "pants|shirt|skin",
        r"\b(?:kiss\w*|seduc\w*|caress\w*|undress\w*|moan\w*|groan\w*|naked|nude|erotic\w*|orgasm\w*|aroused)\b.{0,80}"
        r"\b(?:strok\w+|caress\w*|undress\w*|moan\w*|nipples?|thighs?|his body|her body|their bodies|breasts|aroused|took "
        r"off (?:his|her)|naked)\b"
        r"|\bsex(?:ual)? (?:grooming|slaves?|predators?)\b|\bprey(?:ed|ing|s) on (?:\w+ )?(?:girls|boys|children|teens|"
        r"women)\b",
        ("He seduced her on the bed, stroking her body", "the gang which preyed on teenage girls"),
        (
            "the baby kisses the toy and moves its body",
            "Nude tights and a naked palette, please",
            "A sexual health book, where is it?",
        ),
    ),
)
