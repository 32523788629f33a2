"""Secrets asked for in another form: as a rhyme, by their initials, backwards, by hints. Refused.

Whoever may know a password is given it as it is. Customers ask what a password must look like, and for that of a network.
"""

from shared.guardrails.moderation.lexicon.secrets import SECRETS, Secret
from shared.guardrails.moderation.rule import Rule, beginnings

CATEGORY = "injection"
ACTION = "block"

_GAP = "[^.!?;。？！؟।]{0,80}"


def _of(secret: Secret) -> Rule:
    return Rule(
        f"disguised-secret-{secret.code}",
        f"{beginnings(secret.word)}&{beginnings(secret.shape)}",
        f"(?:{secret.shape}){_GAP}(?:{secret.word})|(?:{secret.word}){_GAP}(?:{secret.shape})",
        (secret.example,),
        (secret.benign,),
        secret.mine,
    )


RULES = tuple(map(_of, SECRETS))
