"""Words of what somebody wrote: its sentences and clauses, and the stems that carry meaning. Pure."""

import re

_STOP = frozenset(
    """
    a about actually after all also am an and any anything are as at available be been before but by can could d did do
    does done else for from further get give go going got great had handy has have hello help helped her here hey hi
    how i id if in into is it its item items just know let like ll look m may maybe me more much my need need needed
    needs no not now of off ok okay on one ones or order ordered orders other our out over placed please possible
    put question re really recent recently right s same see should so some something soon still sure t tell than
    thank thanks that the their them then there these they thing things this those to today too two up under us use ve
    very want was way we well were what when where which who why will with would yes yet you your yours der die das
    den dem des ein eine einen einem einer und oder ist sind war ich sie er es wir mein meine meinen ihr ihre für
    mit von zu zum zur auf in im am an bei wie was wann wo wer kann können haben habe hat bitte nicht auch el la los
    las un una unos unas y o es son fue yo mi mis su sus para con de del al en por que qué cómo cuándo dónde puedo
    puede tiene tengo le les une des et ou est sont je vous nous mon ma mes votre vos pour avec du au aux dans sur
    que quoi comment quand où puis peut avez ai
    """.split()  # noqa: SIM905 - a table, not two hundred quotes
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\s*\n+\s*|\s*;\s*")
_CLAUSE = re.compile(
    r",?\s+(?:and|but|also|oh and|plus|und|aber|y|et|mais)\s+"
    r"(?=(?:also|then|please|can|could|would|will|i|i'd|i'm|do|does|did|is|are|where|what|when|how|why|who|which|refund|return|"
    r"cancel|track|check|show|tell|call|open|give|get|let|transfer|send|my|notify|"
    r"wo|wann|ich|können|kann|bitte|dónde|cuándo|quiero|puede|où|quand|je|pouvez)\b)|\s+(?:also|außerdem|además|aussi),?\s+"
    r"|,\s+(?=(?:is|are|can|could|do|does|what|how|where|when|will)\b)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, none empty."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def clauses(text: str) -> list[str]:
    """Sentences, cut once more where one sentence asks for two things."""
    return [part.strip() for sentence in sentences(text) for part in _CLAUSE.split(sentence) if part.strip()]


def stems(text: str) -> set[str]:
    """The words that carry meaning, without their endings."""
    return {stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP and (len(word) > 1 or word.isdigit())}


def stem(word: str) -> str:
    """A word without its ending; the same for the forms of one word, in the plain cases."""
    for ending in ("ingly", "ing", "ies", "ied", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            bare = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            doubled = ending in ("ing", "ed") and bare[-1] == bare[-2] and bare[-1] not in "ls"
            return bare[:-1] if doubled else bare
    return word


def share(wanted: set[str], held: set[str]) -> float:
    """How much of what is wanted is held, longer words weighing more: 0 to 1."""
    total = sum(len(word) for word in wanted)
    return sum(len(word) for word in wanted & held) / total if total else 0.0


def shortened(text: str, most: int) -> str:
    """The text on one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most + 1].rsplit(" ", 1)[0]
