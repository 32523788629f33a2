"""Hate against groups of people: refused."""

from shared.guardrails.moderation.rule import Rule

CATEGORY = "abuse"
ACTION = "block"

_GROUPS = (
    r"(?:jews?|jewish people|muslims?|blacks|black people|whites|white people|immigrants?|refugees|gays?|gay "
    r"people|lesbians?|trans people"
    r"|transgender people|asians?|chinese(?: people)?|mexicans?|arabs?|indians?|africans?|women|females|"
    r"christians|gypsies|disabled people)"
)

RULES = (
    Rule(
        "slur",
        "nigg|fag|fags|fagg|kike|spic|spics|chink|gook|wetback|raghead|towelhead|tranny|trannies|coon|beaner|zipperhead|"
        "paki|pakis",
        r"\b(?:nigg(?:er|a|ah|uh)s?|fags?|fagg?ots?|kikes?|spics?|chinks?|gooks?|wetbacks?|ragheads?|towelheads?|"
        r"trann(?:y|ies)|coons?"
        r"|beaners?|zipperheads?|pakis)\b",
        ("you faggot", "niggers everywhere"),
        ("the Maine coon cushion", "a chink in the zipper", "the fag end of the season"),
        r"\bmaine coons?\b|\bchinks? in\b|\bfag end\b|\bfag (?:ash|break)s?\b|\bspic and span\b",
    ),
    Rule(
        "against-a-group",
        "kill|hate|exterminate|gas |deport|inferior|subhuman|vermin|should die",
        rf"\b(?:kill|exterminate|gas|hang|shoot|deport) (?:all |every |the )?{_GROUPS}\b|\bi (?:fucking )?hate "
        rf"(?:all )?{_GROUPS}\b"
        rf"|\b{_GROUPS} (?:are|is) (?:all )?(?:inferior|subhuman|vermin|animals|parasites|a disease)\b|\ball "
        rf"{_GROUPS} should die\b",
        ("kill all Jews", "I hate Muslims", "immigrants are vermin"),
        ("do you ship to women's shelters", "I hate black shoes with white soles"),
    ),
)
