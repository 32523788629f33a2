"""Names of persons, where the words around say that it is one: "my name is …", "Mrs …", a signature, a booking.

Beside the words stands a list of given names (`shared.guardrails.pii.names`): two capitalised words, the first of them a
given name, are a person. No model is asked, so that a name that nothing announces is missed.
"""

import re
from collections.abc import Iterator
from functools import partial

from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.names import given, is_everyday
from shared.guardrails.pii.span import Scope, Span

_CALLED = (
    r"(?:names?|nickname) ?(?:is|was|:|'s)|names? of|under (?:the|my|his|her) name(?: of)?|my name,|name for (?:it|"
    r"the booking) is|on (?:the )?name|"
    r"call me|i go by|signed(?: by)?:?|mein name ist|ich hei(?:ß|ss)e|ich bin|me llamo|mi nombre es|je m'appelle|"
    r"mon nom est|mi chiamo|"
    r"il mio nome è|(?:o )?meu nome é|me chamo|ik heet|mijn naam is|nazywam się|mam na imię|меня зовут|jag heter|"
    r"mitt namn är|jeg hedder|"
    r"jeg heter|benim adım|adım|nimeni on|my names"
)
_AM = (
    r"(?:i'm|i am|this is|it's|it is|speaking with|spoke (?:to|with)|talked to|follow(?:ed)? up with|on behalf of|"
    r"assistant to|directed by|attn:?|cc:)"
)
_KIN = (
    r"(?:my|his|her|our|late) (?:wife|husband|son|daughter|partner|fianc[ée]e?|mother|father|mom|mum|dad|brother|sister|friend|"
    r"colleague|boss|neighbou?r|client|manager|employee|assistant|child|spouse)(?:'s name)?(?: is|,)?"
)
_TITLE = r"(?:mr|mrs|ms|mx|miss|dr|prof|sir|herr|frau|señora?|sra?|mme|mlle|monsieur|madame|signora?)"
_BOOKED = r"(?:under|for|by|from|listed under|reserved for)"
_HOLD = re.compile(r"\b(?:book|reserv|table|party|appointment|account|order|policy|listed)", re.IGNORECASE)
_PAID = re.compile(r"\b(?:pay|send|sent|transfer|money|shar(?:e|ing)|request|transaction|recipient)", re.IGNORECASE)
_WITH = re.compile(r"(?<![^\W_])(?:to|with|from|pay|send) (?=[^\W\d_])", re.IGNORECASE)
_WORKS_AS = (
    r"(?:agent|driver|courier|manager|director|producer|ceo|doctor|nurse|technician|advis[eo]r|representative|supervisor)"
)
_REGARDS = (
    r"(?:regards|sincerely|thanks|thank you|cheers|yours|best|greetings|grüße?n?|saludos|cordialement|cordiali saluti|"
    r"mvh|hilsen)"
)
EXAMPLES = (
    "Hello, my name is ⟦Alisa Keller⟧ and I need help",
    "my name is ⟦george smith⟧ and i want a refund",
    "This is ⟦Mr. Stull⟧ here",
    "I have a booking under ⟦Virgina Au⟧ for Tuesday",
    "⟦Rigoberto Ancy⟧ here, I think I have a table",
    "Best regards,\n⟦Karly Tepezano⟧",
    "I'm ⟦Molly Vieu⟧",
    "my wife ⟦Anna⟧ ordered it",
    "⟦Anna Barthelemy⟧",
    "ich heiße ⟦Jürgen Müller⟧.",
)
COUNTEREXAMPLES = (
    "my name is wrong on the invoice",
    "I'm very angry",
    "This is Very Bad Service",
    "I'm German",
    "I booked a table for Saturday Night",
    "Thank You",
    "a lamp for New York",
    "Where is my Floor Lamp?",
    "Happy New Year",
    "Good Morning",
)

_REST = r"(?:\.(?= ?[^\W\d_])|(?:[^\W\d_]|['’](?!s\b)(?=[^\W\d_])|-(?=[^\W\d_]))*)"
_TOKEN = re.compile(rf"[^\W\d_]{_REST}")
_CAPITALISED = re.compile(rf"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]['’-].){_REST}")
"""What stands before is looked at behind the first letter: `re` skips quickly to what a pattern begins with."""
_DIGIT = re.compile(r"\d")
_SAID_BEFORE = re.compile(r"[\s>\"']*[^\s>\"']")
_SAID_BEHIND = re.compile(r"[\s.!\"']*[^\s.!\"']")
_PARTICLES = frozenset("de da do dos van von der den la le di del della bin ibn al el ter ten af av zu y e".split())  # noqa: SIM905
_LONGEST = 4
_PUBLIC = re.compile(
    r"\b(?:play ?list\w{0,3}|plylist|song|songs|tune|album|music\w?|musik|lied|movie|film|novel|book by|singer|actor)\b|"
    r"播放|^\W*(?:who|what|how|when|where) ",
    re.IGNORECASE,
)
"""Where people speak of someone that all know, a name that nothing else announces is nobody's secret."""


class _Cue:
    """Words after which a name stands; `loose`: people write it in small letters there, too; `lone`: see `_person`."""

    def __init__(self, words: str, *, loose: bool = False, lone: bool = True) -> None:
        self.pattern = re.compile(rf"(?<![^\W_])(?:{words})[ \t]{{1,2}}[\"'“]?", re.IGNORECASE)
        self.loose = loose
        self.lone = lone


_GREETING = "(?:dear|hi|hello|hey)"
_CUES = {
    "called": _Cue(_CALLED, loose=True),
    "am": _Cue(_AM, lone=False),
    "kin": _Cue(_KIN),
    "greeted": _Cue(rf"{_GREETING}(?= [^\W\d_]+[,!])", lone=False),
    "name": _Cue(r"name(?= [A-Z])", lone=False),
    "works": _Cue(_WORKS_AS, lone=False),
    "under": _Cue(r"under(?= [^\W\d_]+ [^\W\d_])", lone=False),
}
_TITLED = re.compile(rf"(?<![^\W_]){_TITLE}(?:\.|(?= [A-Z]))[ \t]{{0,2}}(?=[^\W\d_])", re.IGNORECASE)
_FOR = re.compile(rf"(?<![^\W_]){_BOOKED} (?:the )?(?=[^\W\d_])", re.IGNORECASE)
_WHERE = {"for": (_HOLD, _FOR), "with": (_PAID, _WITH)}
"""Words that a name follows, where others in the text say what it is about."""
_AFTER = re.compile(
    r",? (?:here\b(?! (?:is|are|in|at))|speaking\b|is (?:my|the) name|that(?:'s| is) my name|is what you can call me)",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?<![^\W_]){_REGARDS}[,.!]{{0,2}} {{0,3}}\n\s{{0,3}}(?=[^\W\d_])", re.IGNORECASE)

_CAPITAL = r"(?-i:\p{Lu})"
_NAME = rf"{_CAPITAL}[\pL\p{{Nl}}\p{{No}}'’-]*"
_NOT_I = r"(?-i:[A-HJ-Z]|I[\pL.-]|[\x{c0}-\x{10ffff}])"
"""A capital letter, or one beyond ASCII: most words in capitals before an "I" begin a question."""
_BLANK = "[ \\t]{1,2}[\"'“]?"
_HINTS = Hints(
    {
        "called": rf"(?:{_CALLED}){_BLANK}\pL",
        "am": rf"{_AM}{_BLANK}{_CAPITAL}",
        "kin": rf"{_KIN}{_BLANK}{_CAPITAL}",
        "greeted": rf"{_GREETING} {_CAPITAL}",
        "name": rf"name {_CAPITAL}",
        "works": rf"{_WORKS_AS}{_BLANK}{_CAPITAL}",
        "under": rf"under {_CAPITAL}",
        "titled": rf"{_TITLE}(?:\.[ \t]{{0,2}}\pL| {_CAPITAL})",
        "signed": rf"{_REGARDS}[,.!]{{0,2}} {{0,3}}\n\s{{0,3}}{_CAPITAL}",
        "for": rf"{_BOOKED} (?:the )?{_CAPITAL}",
        "with": rf"(?:to|with|from|pay|send) {_CAPITAL}",
        "listed": rf"{_NAME}\.? (?:{_NOT_I}|(?:{'|'.join(sorted(_PARTICLES))}) {_CAPITAL})|^\W*{_NAME}\W*$"
        rf"|{_NAME}\.?,? (?:here|speaking|is (?:my|the) name|that(?:'s| is) my|is what you)",
    }
)
NEEDED = _HINTS.needed


def find(text: str, scope: Scope) -> Iterator[Span]:
    return _HINTS.find(text, partial(_hinted, scope))


def _hinted(scope: Scope, hint: str, text: str) -> Iterator[Span]:
    if cue := _CUES.get(hint):
        for match in cue.pattern.finditer(text):
            if name := _person(text, match.end(), loose=cue.loose, lone=cue.lone):
                yield name
    elif where := _WHERE.get(hint):
        around, before = where
        for match in before.finditer(text) if around.search(text) else ():
            if name := _person(text, match.end(), lone=False):
                yield name
    elif hint == "titled":
        yield from _titled(text)
    elif hint == "signed":
        yield from _signed(text)
    else:
        yield from _listed(text, whole=scope.whole)


def _signed(text: str) -> Iterator[Span]:
    for match in _SIGNED.finditer(text):
        if name := _person(text, match.end(), lone=True):
            yield name


def _titled(text: str) -> Iterator[Span]:
    for match in _TITLED.finditer(text):
        short = "." in match[0]
        if (short or match[0][0].isupper()) and (name := _person(text, match.end(), loose=short, most=3)):
            yield Span(match.start(), name.end, "PERSON")


def _person(text: str, at: int, *, loose: bool = False, lone: bool = True, most: int = _LONGEST) -> Span | None:
    """The name that stands at `at`; `lone`: a single word that no list knows may be one."""
    words = _words(text, at, loose=loose, most=most)
    if not words or (len(words) == 1 and not lone and not given(text[slice(*words[0])])):
        return None
    return Span(words[0][0], words[-1][1], "PERSON")


def _words(text: str, at: int, *, loose: bool, most: int) -> list[tuple[int, int]]:
    """The words of a name, if one stands at `at`."""
    words: list[tuple[int, int]] = []
    while len(words) < most and (match := _TOKEN.match(text, at)):
        word, end = match[0], match.end()
        particle = words and word.lower() in _PARTICLES and text[end + 1 : end + 2].isupper()
        if not particle and (is_everyday(word) or not (word[0].isupper() or (loose and len(words) < 2))):
            break
        words.append((at, end))
        at = end + 1
        if text[end:at] != " ":
            break
    return words


def _listed(text: str, *, whole: bool) -> Iterator[Span]:
    """Capitalised words that begin with a given name; and names that end a sentence with "here" or "is my name"."""
    end = 0
    public: bool | None = None
    for match in _CAPITALISED.finditer(text):
        word = match[0]
        if match.start() < end or not word[0].isupper() or is_everyday(word):
            continue
        known = given(word)
        if not known and text[match.end() : match.end() + 1] != " ":
            continue  # neither a given name nor the first of several words
        words = _words(text, match.start(), loose=False, most=_LONGEST)
        if not words:
            continue
        end = words[-1][1]
        several = len(words) > 1
        if known and several:
            public = bool(_PUBLIC.search(text)) if public is None else public
        if (
            (known and several and not public)
            or ((known or several) and (_AFTER.match(text, end) or (whole and _alone(text, words[0][0], end))))
            or (several and _letterhead(text, words[0][0], end))
        ):
            yield Span(words[0][0], end, "PERSON")


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but signs stands around."""
    return not _SAID_BEFORE.match(text, 0, start) and not _SAID_BEHIND.match(text, end)


def _letterhead(text: str, start: int, end: int) -> bool:
    """Whether it is the first line of a text with numbers: an address."""
    return text[end : end + 1] == "\n" and not text[:start].strip(" >\n") and bool(_DIGIT.search(text))
