"""Orders to forget the assistant's own orders, roles without rules and questions for its prompt, in the languages of `lexicon`.

Customers order it to forget theirs ("forget my last instructions") and speak of a thing's ("the washing instructions"):
neither is one of these.
"""

from shared.guardrails.moderation.lexicon import WORDINGS, Wording
from shared.guardrails.moderation.rule import Rule, beginnings

CATEGORY = "injection"
ACTION = "block"


_ABOUT = r"(?:an|auf|über|aan|om|på|o|de|des|di|del|delle|do|da|sobre|despre|об?|про|на|na|за)"
"""Forget *about* the previous ones: what follows is not what orders of theirs are about."""
_SAID_BY_THEMSELVES = (
    r"(?!.{0,25}\b(?:j'ai|je|ich|ik|jag|jeg|dije|escrib[íi]|ho|eu|am (?:zis|spus|scris)|я|мы|napisał[ae]m|powiedział[ae]m)\b)"
)
"""Who takes back what they said themselves gives no order of that kind."""


def _forgetting(wording: Wording) -> str:
    forget, given, orders, theirs = (f"(?:{part})" for part in (wording.forget, wording.given, wording.orders, wording.theirs))

    theirs_alone = rf"(?!{_ABOUT} {given}){theirs}"

    def gap(longest: int) -> str:
        return rf"(?:(?!{theirs_alone})[^.!?;。؟।]){{0,{longest}}}"

    after = f"(?! ?{theirs})"
    orders_said = (
        f"{forget}{gap(25)}{given}{gap(25)}{orders}{after}",
        f"{forget}{gap(15)}{orders}{gap(12)}{given}{after}",
        f"{given}{gap(20)}{orders}{gap(25)}{forget}",
        f"{orders}{gap(12)}{given}{gap(12)}{forget}",
    )
    return "|".join((f"(?:{wording.told}){_SAID_BY_THEMSELVES}", *orders_said))


def _of(wording: Wording) -> tuple[Rule, ...]:
    said, code = wording.examples, wording.code
    be, free, prompt, show = (f"(?:{part})" for part in (wording.be, wording.free, wording.prompt, wording.show))
    return (
        Rule(
            f"ignore-instructions-{code}",
            f"{beginnings(wording.forget, wording.told)}&{beginnings(wording.orders, wording.told, but=wording.forget)}",
            _forgetting(wording),
            said[:1],
            unless=f"(?:{wording.theirs}) (?:{wording.given})[^.!?]{{0,20}}(?:{wording.orders})",
        ),
        Rule(
            f"without-rules-{code}",
            f"{beginnings(wording.free)}&{beginnings(wording.be)}",
            f"{be}[^.!?]{{0,60}}{free}|{free}[^.!?]{{0,30}}{be}",
            said[1:2],
        ),
        Rule(
            f"system-prompt-{code}",
            f"{beginnings(wording.prompt)}&{beginnings(wording.show)}",
            f"{show}.{{0,50}}{prompt}|{prompt}.{{0,30}}{show}",
            said[2:3],
        ),
    )


RULES = tuple(rule for wording in WORDINGS for rule in _of(wording))
