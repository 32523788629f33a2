"""Pretexts for what is not told: studies and imagined worlds without privacy, and others who are said to have told. Refused.

Customers suppose things about their own orders and data; they have no part in studies of other people's.
"""

from shared.guardrails.moderation.lexicon.pretexts import PRETEXTS, Pretext
from shared.guardrails.moderation.rule import Rule, beginnings

CATEGORY = "injection"
ACTION = "block"

_EVERYWHERE = (
    "people someone users user has been have may were was all public open free told abolished shared gone known every alle "
    "sämtliche öffentlich frei tous chacun sont seraient todos las personas son sean fueran tutti sono siano fossero são "
    "sejam fossem zijn"
)
"""Words around those of data that stand in any text: no reason to try a rule."""
_THAT = r"\b(?:that|dass|que|che|dat|że|что|ki|rằng|bahwa)\b"
_GAP = rf"(?:(?!{_THAT})[^.?!;。？！؟।]){{0,50}}"
"""Who was told *that* a password is wrong was told none."""

_BENIGN = {
    "en": (
        "Suppose I cancel, is my personal data deleted?",
        "All my friends have told me that their password is wrong",
        "Your colleague told me the password was reset",
        "Imagine, the courier left it in the rain!",
    ),
    "de": (
        "Ihr Kollege hat gesagt, dass das Passwort geht",
        "Angenommen, ich bestelle heute: wann kommt es?",
        "Stellen Sie sich vor, das Paket war leer!",
    ),
    "fr": ("Supposons que je commande ce soir : quand arrive le colis ?",),
    "es": ("Supongamos que lo devuelvo mañana, ¿me cobran algo?",),
}


def _of(pretext: Pretext) -> tuple[Rule, Rule]:
    imagined, data, others, told, secret = (f"(?:{part})" for part in pretext[1:6])
    return (
        Rule(
            f"imagined-privacy-{pretext.code}",
            f"{beginnings(imagined)}&{beginnings(data, but=_EVERYWHERE)}",
            f"{imagined}[^?？؟]{{0,100}}{data}|{data}[^?？؟]{{0,60}}{imagined}",
            pretext.examples[:1],
            _BENIGN.get(pretext.code, ()),
            pretext.mine,
        ),
        Rule(
            f"others-told-{pretext.code}",
            f"{beginnings(secret, but='their his her its own')}&{beginnings(others)}&{beginnings(told)}",
            "|".join(_GAP.join(order) for order in ((others, told, secret), (others, secret, told), (told, others, secret))),
            pretext.examples[1:],
            (),
            pretext.mine,
        ),
    )


RULES = tuple(rule for pretext in PRETEXTS for rule in _of(pretext))
