"""What the context may cost. Pure."""

from collections.abc import Sequence

from shared.contracts import ContextPart, Said

_CHARACTERS_PER_TOKEN = 4
_CUT = " …"


def tokens(text: str) -> int:
    """An estimate: four characters a token, and a character beyond Latin scripts one of its own. No model is asked."""
    wide = 0 if text.isascii() else sum(char > "\u02ff" for char in text)
    return wide + -(-(len(text) - wide) // _CHARACTERS_PER_TOKEN)


def fit(text: str, budget: int) -> str:
    """The beginning of `text` that costs at most `budget` tokens, cut between words and marked as cut."""
    if tokens(text) <= budget:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if tokens(text[:middle] + _CUT) <= budget else (low, middle - 1)
    head = text[:low]
    whole = head[: head.rfind(" ")] if head.rfind(" ") > len(head) // 2 else head
    return whole.rstrip() + _CUT if whole.strip() else ""


def fit_window(window: Sequence[Said], budget: int) -> tuple[Said, ...]:
    """The newest sides that fit, oldest first; whole ones only, and none that answers something which is not shown."""
    left, first = budget, len(window)
    for index in range(len(window) - 1, -1, -1):
        left -= tokens(window[index].text)
        if left < 0:
            break
        first = index
    while first and first < len(window) and window[first].role == "assistant":
        first += 1
    return tuple(window[first:])


def fit_parts(parts: Sequence[ContextPart], budget: int) -> tuple[ContextPart, ...]:
    """Parts in their order until the budget is spent; the one that goes over it is cut, those after it are left out.

    What a part costs is written into it. A missing part costs nothing and always stays.
    """
    fitted: list[ContextPart] = []
    for part in parts:
        text = fit(part.text, budget)
        if text or part.missing:
            cost = tokens(text)
            budget -= cost
            fitted.append(part.model_copy(update={"text": text, "tokens": cost}))
        if text != part.text:
            break
    return tuple(fitted)
