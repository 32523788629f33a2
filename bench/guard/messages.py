"""Messages of about 100 bytes, by kind: rows of the evaluation data where they are, else sentences made here."""

from collections.abc import Mapping
from pathlib import Path

from evals.data import DATA, rows
from shared.guardrails.pii import find

_SHORTEST, _LONGEST = 70, 130
_SETS = ("safety/benign_banking77_test", "safety/benign_natcs_utterances", "pii/presidio_synth_v2", "lang/xsid_test_utterances")
_PLAIN = (
    "Hello, I ordered {} last week and the parcel still says that it is being prepared, can you tell me why?",
    "The {} that came today has a scratch on its side; what do I have to do to get another one, please?",
    "I would like to send {} back, as it does not fit. Do I pay for the way or is there a label somewhere?",
)
_THINGS = ("a lamp", "two chairs", "the blue rug", "a desk", "my shelf", "some curtains", "a mirror", "the bed", "a stool")
_PERSONAL = (
    "Hello, my name is Ada Lovelace and I can be reached at {}, the order of last week has not come yet.",
    "Please send the invoice to {} and not to the old address, I have moved to 12 Main Street, Springfield.",
)
_VALUES = ("ada.lovelace@example.com", "+1 212-736-5000", "(212) 736-5001", "b.frank@example.org", "212-736-5002")
_FOREIGN = (
    "Guten Tag, ich habe letzte Woche {} bestellt und noch nichts gehört; können Sie mir sagen, wann es kommt?",
    "Bonjour, j'ai commandé {} la semaine dernière et je n'ai rien reçu, où est passé mon colis s'il vous plaît ?",
    "Добрый день, на прошлой неделе я заказала {}, а посылки всё ещё нет, где она может быть?",
)


def messages(data: Path = DATA) -> Mapping[str, list[str]]:
    """`plain`: nothing personal in it; `personal`: something; `foreign`: characters beyond ASCII."""
    try:
        texts = [row["text"] for name in _SETS for row in rows(name, data)] if data.is_dir() else []
    except (OSError, ValueError):
        texts = []
    texts = [text for text in texts if _SHORTEST <= len(text.encode()) <= _LONGEST] or _made()
    kinds: dict[str, list[str]] = {"plain": [], "personal": [], "foreign": []}
    for text in texts:
        personal = bool(find(text, whole=True))
        kinds["personal" if personal else "plain" if text.isascii() else "foreign"].append(text)
    return kinds


def _made() -> list[str]:
    things = [carrier.format(thing) for carrier in (*_PLAIN, *_FOREIGN) for thing in _THINGS]
    return things + [carrier.format(value) for carrier in _PERSONAL for value in _VALUES]
