"""E-mail addresses, also the way people spell them out.

Source: RFC 5321 (lengths) and RFC 6531 (other scripts); quoted local parts are left out, nobody types them.
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii.span import Scope, Span

NEEDED = r"\w@|@\w|[ )\]](?:dot|punkt|punto|point)[ \[(]|[\[(](?:dot|at)[\])]|mail\W[^\n]*\sat\s\S*\.[a-z]"
EXAMPLES = (
    "write to ⟦ada.lovelace+shop@example.co.uk⟧.",
    "<⟦o'brien@example.com⟧>",
    "⟦josé@münchen.de⟧",
    "it is ⟦ada dot lovelace at example dot com⟧ thanks",
    "⟦ada [at] example [dot] org⟧",
    "mail ⟦ada@sub.example.io⟧, please",
    "⟦ada[at]example.com⟧",
    "my e-mail address is ⟦ada at example.com⟧",
)
COUNTEREXAMPLES = (
    "follow @frontdesk",
    "see you at 5, dot",
    "5 @ 3.50 each",
    "look at example.com",
    "I am at home dot",
)

_PLAIN = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|"
    r"}~-]{0,63}[\w+-]@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24}(?![\w@])"
)
_ENDINGS = "com|org|net|edu|gov|io|co|uk|de|fr|es|it|nl|eu|us|ca|au|in|br|ch|at|info|biz|me|app|dev"
_SPELLED = re.compile(
    r"(?<![\w.])(?:[\w+-]{1,40}\s(?:dot|[\[(]dot[\])])\s){0,3}[\w.+-]{1,40}\s?(?:\sat\s|[\[(]at[\])])\s?[\w-]{1,40}"
    rf"(?:(?:\sdot\s|\s?[\[(]dot[\])]\s?)[\w-]{{1,40}}){{0,3}}(?:\sdot\s|\s?[\[(]dot[\])]\s?)(?:{_ENDINGS})\b",
    re.IGNORECASE,
)
_HALF_SPELLED = re.compile(
    r"(?<![\w.])[\w.+-]{1,40}\s?[\[(]at[\])]\s?(?:[\w-]{1,40}\.){1,4}[a-z]{2,24}\b"
    r"|e-?mail(?: address)?(?: is|:)? (?P<value>[\w.+-]{1,40} at (?:[\w-]{1,40}\.){1,4}[a-z]{2,24})\b",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"://[^\s/@]{0,64}:$")  # what follows is a password and a host, which `secret` finds
_LOOK_BACK = 80


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in _PLAIN.finditer(text):
        start, end = match.span()
        if _LOGIN.search(text, max(0, start - _LOOK_BACK), start):
            continue
        while text[start] in "'`*|{=/.":  # an opening quote or markup, not a part of the address
            start += 1
        yield Span(start, end, "EMAIL")
    for match in _SPELLED.finditer(text):
        yield Span(*match.span(), "EMAIL")
    for match in _HALF_SPELLED.finditer(text):
        yield Span(*match.span("value" if match["value"] else 0), "EMAIL")
