"""What the rules need to know of a language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns over plain text (`plain.plain`): lower case, single spaces.

    `forget`: to ignore, disregard or forget, as an order. `given`: previous, above, all, your own. `orders`: instructions,
    rules, prompts. `theirs`: what shows that a customer speaks of their own orders or of a thing's: "my", "on the label",
    "for washing". `told`: everything that the assistant was told. `be`: to become or to answer as somebody.
    `free`: without rules, limits or filters. `prompt`: the system prompt. `show`: to show or repeat. `threat`: I will kill you.
    `examples` of orders to forget, a role without rules, a question for the prompt, and a threat.
    """

    code: str
    forget: str
    given: str
    orders: str
    theirs: str
    told: str
    be: str
    free: str
    prompt: str
    show: str
    threat: str
    examples: tuple[str, str, str, str]
