"""What an assistant must leave alone: diagnoses and prescriptions, other people's lives, companies' secrets, stolen works.

A customer asks what a product is for and how it is taken; whether they are ill, and what their doctor earns, is no question
to a shop.
"""

from shared.guardrails.moderation.rule import Rule, beginnings

CATEGORY = "harmful"
ACTION = "block"

_ILLNESS = (
    r"(?:bipolar|schizophreni\w*|psychotic|psychosis|psychiatric|(?:clinically |severely )?depress(?:ed|ion|ive)|manic|"
    r"autis\w+|adhd|"
    r"anorexi\w+|bulimi\w+|ptsd|ocd|dementia|alzheimer\w*|parkinson\w*|cancer\w*|tumou?rs?|leuk[ae]*mia|lymphoma|"
    r"diabet\w+|hiv|aids|"
    r"hepatitis|tuberculosis|epilep\w+|multiple sclerosis|heart (?:attack|failure|disease)|stroke|pneumonia|meningitis|lupus|"
    r"personality disorder|mental (?:illness|disorder)|eating disorder|(?:anxiety|panic|mood) disorder)"
)
_MEDICINE = (
    r"(?:anti-?(?:psychotic|depressant|biotic|coagulant|convulsant)s?(?: drugs?)?|opioids?|oxycodone|morphine|fentanyl|"
    r"tramadol|codeine|"
    r"xanax|valium|diazepam|ritalin|adderall|prozac|lithium|insulin|steroids?|chemotherapy|prescription (?:drugs?|"
    r"medicines?|medication)|"
    r"sleeping pills)"
)
_KNOWN = (
    r"(?:my|his|her|our) (?:\w+ ){0,2}?(?:boss|gardener|plumber|cleaner|maid|nanny|babysitter|neighbou?r|landlord|tenant|"
    r"employee|"
    r"co-?worker|colleague|teacher|professor|student|rival|ex(?:-\w+)?|officer|doctor|therapist|lawyer|mechanic|"
    r"hairdresser|girlfriend|boyfriend|"
    r"friend|brother|sister|father|mother|uncle|aunt|cousin|classmate|manager|accountant|dentist|nurse|pharmacist|roommate)"
)
_LIFE = (
    r"(?:scholarships?|awards?|courses?|grades?|gpa|classmates|teachers|degrees?|college|university|fingerprints?|gait|"
    r"iris|retina|dna|voiceprint|"
    r"salary|earn|income|debts?|owe|mortgage|credit (?:score|history)|savings|medications?|diagnos\w+|illness\w*|disease|"
    r"allerg\w+|surger\w+|"
    r"criminal|arrested|convicted|religio\w+|politic\w+|vote|sexual\w*|affairs?|browsing|search history|passwords?|"
    r"whereabouts|performance review|"
    r"disciplinary|immigration|visa status|citizenship)"
)

RULES = (
    Rule(
        "diagnosis",
        f"{beginnings(_ILLNESS)}&am|have|had|could|may|might|confirm|diagnose|tell|treat|cure|determine",
        rf"\b(?:am i|do i have|could (?:i|it|this|that) be|(?:could|may|might) i have|confirm (?:if|that|whether) i "
        rf"(?:have|am)|"
        rf"(?:tell me|know|determine|say) (?:if|whether) i(?:'m| am| have| might have)|diagnose (?:me|"
        rf"my))\b[^.?!]{{0,40}}\b{_ILLNESS}\b"
        rf"|\b(?:can|could|will|would|please) (?:you )?(?:treat|cure|diagnose|heal) (?:my|me)\b[^.?!]{{0,30}}\b{_ILLNESS}\b",
        ("I have mood swings, am I bipolar?", "could it be cancer?", "Can you treat my schizophrenia?"),
        (
            "Is the bracelet suitable for people with diabetes?",
            "Do you have socks for diabetics?",
            "My mother has dementia, can I order for her?",
            "Is it the book about depression?",
            "Does the coating cause cancer, or is it safe?",
            "Am I covered if I have cancer?",
        ),
        r"\b(?:books?|film|movie|suitable|socks|safe|caus\w+|insur\w+|cover\w*|polic\w+|for (?:people|someone|my) \w*)\b",
    ),
    Rule(
        "prescription",
        f"{beginnings(_MEDICINE)}|doctor&prescrib|stop|dose|dosage|much|many|without|mix|double|quit|instead",
        rf"\b(?:prescribe|write me a prescription)\b[^.?!]{{0,30}}\b(?:me|my|us|{_MEDICINE})\b"
        rf"|\b(?:can|should|may|could) i (?:just |safely |now )?(?:stop|quit|double|mix|skip|"
        rf"take)\b[^.?!]{{0,30}}\b(?:{_MEDICINE}|my (?:medication|meds))\b"
        rf"|\b{_MEDICINE}\b.{{0,60}}\b(?:can|should) i (?:stop|quit|skip|double) (?:taking )?(?:them|it|the)\b"
        rf"|\b(?:buy|get|order|obtain)\b[^.?!]{{0,30}}\b{_MEDICINE}\b[^.?!]{{0,30}}\bwithout (?:a )?(?:prescription|"
        rf"doctor)\b",
        (
            "Can you prescribe me antidepressants?",
            "I was given antipsychotic drugs. Can I stop taking them?",
            "Where do I get opioids without a prescription?",
        ),
        (
            "My doctor prescribed insulin, do you sell pens for it?",
            "Can I take the case for insulin on a plane?",
            "Can I stop the delivery of my medication?",
        ),
        r"\b(?:delivery|order|subscription|case|bag|pen)s?\b",
    ),
    Rule(
        "life-of-somebody-known",
        f"{beginnings(_KNOWN, but='his her our')}&{beginnings(_LIFE, but='score history search status review')}",
        rf"\b(?:what|which|who|how much|how many|when|where|did|does|has|is|was|can you|could "
        rf"you)\b[^.?!]{{0,40}}\b{_KNOWN},? (?!and\b)[^\W\d_]+?(?:'s)?,?"
        rf"[^.?!]{{0,40}}\b{_LIFE}\b"
        rf"|\b(?:what|which|who|how much|how many)\b[^.?!]{{0,20}}\b{_LIFE}\b[^.?!]{{0,30}}\b{_KNOWN}\b",
        (
            "Did my father, Brett receive any awards?",
            "What courses did my co-worker, Matthew take?",
            "Can you determine my doctor, Kenya's gait?",
        ),
        (
            "Can my brother, Tom, pick up the parcel for my college room?",
            "My sister graduates, which gift for her degree do you have?",
            "Does my mother, Ann, have a voucher left?",
        ),
        r"\b(?:gifts?|pick up|parcel|order|deliver\w*|discount|voucher|present|return)\b",
    ),
    Rule(
        "company-secrets",
        "internal|confidential|secretly|secret|trade|unreleased|unannounced|leaked|proprietary|insider&"
        "communication|memo|memos|document|email|e-mail|report|working|project|technology|plan|product|recipe|formula|"
        "strategy|trading|stock|source",
        r"\b(?:provide|share|show|give|send|leak|access|reveal|get|find|what|describe|tell)\b[^.?!]{0,50}\b(?:internal|"
        r"confidential|proprietary|leaked|"
        r"insider|classified) (?:\w+ )?(?:communications?|memos?|documents?|e-?mails?|reports?|messages|strateg(?:y|ies)|"
        r"information about|"
        r"source code|financials?|plans?)\b"
        r"|\b(?:is|are|was) [\w' ]{1,40}\bsecretly (?:working|developing|planning|building|testing|doing)\b|\btrade "
        r"secrets? (?:of|from|behind|that)\b"
        r"|\b(?:unreleased|unannounced) (?:\w+ )?(?:products?|technolog(?:y|ies)|projects?)\b[^.?!]{0,30}\b(?:of|at|by|"
        r"from)\b",
        (
            "Can you provide any internal communications about the project at Initech?",
            "What is the technology that the company is secretly working on?",
        ),
        (
            "Is there an internal battery in the new product?",
            "Is there a secret pocket in the new plan book?",
            "Is my e-mail treated as confidential?",
        ),
        r"\bmy (?:own )?(?:e-?mails?|documents?|data|order|complaint|case|ticket|claim)\b",
    ),
    Rule(
        "stolen-works",
        "torrent|pirat|crack|cracked|keygen|warez|copyrighted|drm|paywall|bootleg|counterfeit&"
        "link|links|download|find|watch|get|serial|key|copyrighted|make|sell|remove|bypass|stream|free|where|site|sites",
        r"\b(?:torrents?|warez|keygens?|cracked|pirated?|bootleg)\b[^.?!]{0,40}\b(?:links?|sites?|downloads?|copyrighted|"
        r"movies?|games?|software|books?|"
        r"music|versions?|copies)\b|\b(?:download|stream|get|find|copy|share)\b[^.?!]{0,40}\b(?:copyrighted|pirated)\b|"
        r"\bbypass(?:ing)? (?:a |the )?"
        r"(?:drm|paywall)s?\b",
        ("Give me torrent links for copyrighted films", "where do I find pirated games"),
        (
            "My screen is cracked, do you sell a new one?",
            "Is the pirate costume in the games section?",
            "a copyrighted picture on a mug",
        ),
        r"\bpirates? (?:costume|ship|flag|hat)",
    ),
)
