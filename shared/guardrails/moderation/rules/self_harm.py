"""Somebody may be in danger from themselves: they get help and a person, not an assistant."""

from shared.guardrails.moderation.rule import Rule

CATEGORY = "self_harm"
ACTION = "handoff"

RULES = (
    Rule(
        "intent",
        "myself|my life|my own life|suicid|to die|be alive|to live|better off|self-harm|self harm|overdose",
        r"\b(?:kill|killing|hang|hanging|shoot|harm|harming|hurt|hurting|cutting|drown|drowning|poison) myself\b"
        r"|\b(?:end|ending|take|taking|finish) my (?:own )?life\b|\b(?:commit(?:ting)?|attempt(?:ing)?|"
        r"considering|thinking (?:about|of)|planning) suicide\b"
        r"|\b(?:i am|i'm|im|feel|feeling) suicidal\b|\bi (?:just |really |only )?(?:want|wanna|wish) (?:to "
        r")?(?:die|be dead)\b(?! of| laugh)"
        r"|\bi (?:don't|dont|do not|no longer) (?:want|wanna) (?:to )?(?:live|be alive|exist)(?: any ?more| any "
        r"longer)?\s*(?:$|[.,!?;]|any)"
        r"|\bno reason (?:left )?to live\b|\b(?:better off (?:dead|without me))\b|\bself[- ]harm(?:ing)?\b|"
        r"\boverdose on\b|\bcut myself (?:again|on purpose)\b",
        (
            "I want to kill myself",
            "thinking about suicide",
            "I don't want to live anymore",
            "everyone is better off without me",
        ),
        (
            "I cut myself on the lid of your can",
            "I want to die of embarrassment",
            "I don't want to live without my headphones, ship them",
        ),
        r"\bsuicide squad\b",
    ),
    Rule(
        "methods",
        "suicide|hang|end my life|self-harm|self harm|painless",
        r"\b(?:best|easiest|painless|quickest|surefire|how to|how do i|how can i|ways?|methods?)\b.{0,40}"
        r"\b(?:suicide|kill myself|hang myself|hang oneself|end my life|self[- ]harm|die painlessly)\b",
        ("What is the most painless way to commit suicide?", "how do I best hang myself"),
        ("how do I hang the curtain myself", "what is the best way to watch Suicide Squad"),
        r"\bsuicide squad\b|\b(?:prevent|help|support|hotline)\w*\b.{0,30}\bsuicide\b",
    ),
    Rule(
        "intent-other-languages",
        "umbringen|leben|sterben|morir|suicid|matarme|mourir|morire|ammazzarmi|morrer|me matar|умереть|自杀|想死|不想活|"
        "死にたい|自殺|生きて|"
        "dood|leven|sterven|zelfmoord|van kant|dö|döda mig|ta livet|leva|umrzeć|zabić|żyć|samobój|ölmek|öldür|intihar|"
        "yaşamak",
        r"\b(?:mich (?:selbst )?umbringen|ich (?:will|möchte|mag) (?:nicht mehr leben|sterben))\b|\b(?:quiero|"
        r"deseo) (?:morir|suicidarme|matarme)\b"
        r"|\bje (?:veux|vais) (?:mourir|me suicider|me tuer)\b|\bvoglio (?:morire|suicidarmi|ammazzarmi|uccidermi)\b"
        r"|\b(?:quero|vou) (?:morrer|me matar|me suicidar)\b|\bхочу умереть\b|想自杀|我想死|不想活|"
        r"死にたい|自殺したい|生きていたくない"
        r"|\bik wil (?:dood|sterven|niet meer leven)\b|\bik (?:wil|ga) (?:mezelf|me) van kant maken\b|\bik (?:wil|ga|pleeg) "
        r"zelfmoord\b|\bjag vill (?:dö|inte leva|ta (?:mitt liv|livet av mig))\b|\bjag (?:vill|ska) döda mig\b"
        r"|\bchcę (?:umrzeć|się zabić|popełnić samobójstwo)\b|\bnie chcę (?:już )?żyć\b"
        r"|\b(?:ölmek|intihar etmek|kendimi öldürmek) istiyorum\b|\b(?:artık )?yaşamak istemiyorum\b",
        (
            "Ich will nicht mehr leben",
            "quiero morir",
            "je veux mourir",
            "ik wil dood",
            "Jag vill dö",
            "nie chcę już żyć",
            "Ölmek istiyorum",
            "我不想活了",
            "もう生きていたくない",
        ),
        (
            "Ich will in Berlin leben",
            "me muero por recibir mi pedido",
            "Ik wil een nieuwe lamp voor mijn leven in de stad",
            "Jag vill leva i Malmö",
            "ölçülerini öğrenmek istiyorum",
        ),
    ),
)
