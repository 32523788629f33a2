"""Swearing, at whomever: the turn goes on, and nothing of it is mirrored. Who swears at a late parcel is still a customer."""

from shared.guardrails.moderation.rule import Rule

CATEGORY = "abuse"
ACTION = "warn"

RULES = (
    Rule(
        "profanity",
        "disgusting|filthy|dirty|despicable|pathetic|stupid|ugly|loser|fuck|fuk|shit|bitch|"
        "biatch|cunt|asshole|arsehole|bastard|dick|cock|pussy|pussies|slut|whore|hoe|hoes|hoez|nigg|nigs|fag|fags|fagg|"
        "dyke|retard|twat|wank|bollock|prick|douche|bullsh|motherf|mf|ass|cum|tits|skank|thot|queer|homo|dumb|*|"
        "piss|crap|porn|whor|jackass|stfu|wtf|redneck|white trash|trailer trash|fatass|goddam|dyk|"
        "sex|jiggaboo|wigger|darkie|darkies|cracker|gook|rape|penis|vagina|clit|blowjob|boner",
        r"\b(?:porn(?:o|ography|hub|star)?|crappy|crap(?=[,!.])|losers?(?= (?:terrorist|like you|who)))\b"
        r"|\b(?:disgusting|filthy|dirty|fat|ugly|despicable|stupid|pathetic) (?:pig|cow|animal|creature|slob|hag|"
        r"little (?:shit|brat|bitch))s?\b"
        r"|\b(?:mother)?(?:fuc?k+(?:s|ed|er|ers|in|ing|in'|face|wit|boy|tard|d)?|f\*+c?k\w*|fuq|fck\w*)\b|\b(?:bull|"
        r"horse|dip|"
        r"ape|chicken|dog)?shi+t+(?:s|ty|ter|head|tin|ting|hole|bag)?\b|\bs(?:h?\*+|\*+h?)t\b"
        r"|\bbi(?:a?t|tt?)ch(?:es|y|ez|ing|in|ass)?\b|\bb\*+t?ch\b|\bbiatch\b|\bcunts?\b|\b(?:ass|arse)(?:hole|wipe|"
        r"hat|clown)s?\b|"
        r"\b(?:dumb|jack|fat|bad|punk|lame|bitch|broke|sorry|lazy|crazy|stupid|ugly|black|white|hoe|weak|"
        r"smart)[- ]?ass(?:es)?\b"
        r"|\b(?:his|her|my|your|ur|yo|yall|y'all|their|dat|that|this|dis|kiss|beat|kick\w*|ass) ass\b|\bbastards?\b|"
        r"\bdick(?:s|head|heads|face)\b|\b(?:a|an|such a|you|ya|his|my|your|this|that|total|suck\w*|little|big) dick\b"
        r"(?! (?:van|cheney|clark|tracy|smith))|\bcock(?:s|sucker\w*)?\b(?! (?:and|tail))|\bpuss(?:y|ies)\b|"
        r"\b(?:slut|whore|skank|thot)(?:s|ty|y)?\b"
        r"|\bhoe[sz]\b|\b(?:a|an|you|ya|this|that|these|dumb|stupid|ugly|dirty|lying|fucking|ass|my|your|his|bad|basic) hoe\b"
        r"(?! (?:the|and|for|garden|blade|handle))|\bnig(?:g(?:a|ah|as|az|er|ers|uh|uhs|ahs|let)|s|"
        r"guhs)\b|"
        r"\bfag(?:s|g?ots?|gy)?\b(?! (?:end|ash|break))|\bdykes?\b|\bretard(?:s|ed)?\b|\btwats?\b|\bwank(?:er|ers|"
        r"ing)?\b|\bbollocks\b|\bpricks?\b"
        r"|\bdouche(?:s|bag|bags)?\b|\bmfs?\b|\bcum(?:ming|shot\w*)?\b(?! laude)|\b(?:tits|titties|blowjobs?|boners?|"
        r"clit\w*)\b|\bqueers\b|\bhomos?\b"
        r"|\bpiss(?:ed)? off\b|\bpiece of (?:crap|trash)\b|\bpo?rn ?(?:star|addict)\b|\bstfu\b|\bgod ?dam+n?\b"
        r"|\b(?:white|trailer) trash\b|\bwiggers?\b|\bdarkies\b|\b(?:stupid |dumb |ignorant )rednecks?\b|\b(?:penis|"
        r"penises|vaginas?|clitoris)\b|\b(?:have|having|had|wants?) (?:to have )?sex with\b|\b(?:kill|"
        r"hate) (?:\w+ )?crackers\b|\bf\*\*k\b|\bjiggaboos?\b",
        ("this is fucking ridiculous", "what a bunch of bullshit", "lazy ass company", "that bitch hung up on me"),
        (
            "do you sell a garden hoe and a rake?",
            "I need a hoe for the garden",
            "my passport and my class schedule",
            "Dick van Dyke DVD, please",
            "Hoe kan ik mijn bestelling volgen?",
            "Wie dick ist der Teppich?",
            "a cock and bull story book",
            "the pussycat toy is missing",
        ),
        r"\b(?:garden|rake|weed)\w*\b.{0,30}\bhoes?\b|\bhoes?\b.{0,30}\b(?:garden|rake|weed)|\bvan dyke\b",
    ),
    Rule(
        "profanity-other-languages",
        "scheiß|scheiss|arschloch|wichser|hurensohn|fotze|merde|putain|connard|salope|enculé|puta|mierda|cabrón|"
        "pendejo|gilipollas|caralho|foda|merda|cazzo|stronz|vaffanculo|блять|сука|хуй|пизд|ебан|kurwa|orospu|siktir|"
        "傻逼|他妈|操你|くそ|死ね|씨발|개새끼|kanker|klootzak|jävla|perkele",
        r"\b(?:schei(?:ß|ss)\w*|arschl(?:och|öcher)|wichser|hurens(?:ohn|öhne)|fotze|merde|putain|connards?|salopes?|"
        r"enculés?)\b"
        r"|\b(?:hijo de puta|puta|mierda|cabr(?:ón|ones)|pendejos?|gilipollas|caralho|foda-se|merda|cazzo|stronz[oi]|"
        r"vaffanculo)\b"
        r"|\b(?:блять|сука|хуй\w*|пизд\w+|ебан\w+|kurwa|orospu|siktir|kanker\w*|klootzak|jävla|perkele)\b|傻逼|他妈的|"
        r"操你|くそ|死ね|씨발|개새끼",
        ("So ein Scheißladen", "c'est de la merde", "esto es una mierda", "это пиздец"),
        ("Ich möchte den Artikel umtauschen", "la merceria è chiusa?", "¿qué puedo hacer con mi reputación?"),
    ),
)
