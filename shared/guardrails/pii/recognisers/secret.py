"""Keys and tokens of machines, by the prefix that their issuer gave them.

Sources: the issuers' documentation of their formats (GitHub, Stripe, AWS, Slack, Google, ...); RFC 7519 for JWT.
"""

import base64
import json
import re
from collections.abc import Iterator

from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Scope, Span

EXAMPLES = (
    "key ⟦ghp_0123456789abcdefghijABCDEFGHIJ012345⟧ leaked",
    "AWS ⟦AKIAIOSFODNN7EXAMPLE⟧",
    "⟦sk_live_0123456789abcdefghijklmn⟧",
    "use ⟦xoxb-123456789012-abcdefABCDEF⟧",
    "⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl⟧",
    "api_key = '⟦abcd1234efgh5678⟧'",
    "secret_access_key=⟦wJalrXUtnFEMI7MDENG⟧",
    "Authorization: Bearer ⟦0123456789abcdef0123456789⟧",
    "⟦-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----⟧",
)
COUNTEREXAMPLES = (
    "the bearer of bad news",
    "https://example.com/a:b@c",
    "sk_live is a prefix",
    "ghp_short",
    "where is my api key?",
    "the access key: internationally-known",
    "task-force ask-me-anything",
)

_PREFIXED = (
    r"gh[pousr]_[A-Za-z0-9]{36,255}",
    r"github_pat_[A-Za-z0-9_]{22,255}",
    r"gl(?:pat|rt|cbt|soat)-[\w-]{20,64}",
    r"gl(?:imt-[\w-]{25}|(?:dt|ft)-[\w-]{20}|agent-[\w-]{50}|ptt-[0-9a-f]{40}|oas-[\w-]{64})(?![\w-])",
    r"GR1348941[\w-]{20,50}",
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
    r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,200}",
    r"whsec_[A-Za-z0-9+/=]{16,100}",
    r"sk-(?:[a-z]{2,12}-)?[A-Za-z0-9_-]{20,200}",
    r"xox[abeoprs]-[A-Za-z0-9-]{10,250}",
    r"xapp-\d-[A-Za-z0-9-]{10,250}",
    r"AIza[\w-]{35}",
    r"ya29\.[\w-]{20,250}",
    r"SG\.[\w-]{16,32}\.[\w-]{16,64}",
    r"SK[0-9a-f]{32}",
    r"key-[0-9a-f]{32}",
    r"npm_[A-Za-z0-9]{36}",
    r"pypi-[\w-]{16,250}",
    r"hf_[A-Za-z0-9]{30,40}",
    r"dop_v1_[0-9a-f]{64}",
    r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
    r"sq0(?:atp|csp)-[\w-]{22,50}",
    r"AKC[a-zA-Z0-9]{10,80}",
    r"AP(?:\d|[A-F](?=[A-Za-z]*\d))[a-zA-Z0-9]{8,80}",
    r"AC[0-9a-f]{32}",
    r"EAA[a-zA-Z0-9]{40,250}",
    r"\d{8,10}:[\w-]{35}",
)
_TOKEN = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(_PREFIXED)})(?![A-Za-z0-9])", re.ASCII)
_UNMARKED = re.compile(
    r"[\w-]{24,28}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])"  # Discord
    r"|(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![0-9])"  # Mailchimp
    r"|(?<=AccountKey=)[A-Za-z0-9+/=]{60,100}",  # Azure storage
    re.ASCII,
)
_JWT = re.compile(r"(?<![A-Za-z0-9_])eyJ[\w-]{5,2000}\.[\w-]{5,4000}(?:\.[\w-]{0,2000})?(?![A-Za-z0-9])", re.ASCII)
_BEGIN = re.compile(r"-{4,5} ?BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)? ?-{4,5}|PuTTY-User-Key-File-\d")
_END = re.compile(r"-{4,5} ?END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)? ?-{4,5}|Private-MAC: ?\w+")
_BEARER = re.compile(r"\b(?:bearer|basic)\s{1,3}([\w.~+/-]{16,2000}=*)", re.IGNORECASE)
_NAMES = (
    r"api[_-]?key|apikey|(?:access|account|auth|client|database|db|encryption|iam|master|priv|private|secret|service|"
    r"signing)[_-]?key|"
    r"client[_-]?secret|(?:auth|access|bearer|refresh|secret)[_-]?token|app[_-]?secret|shared[_-]?secret|(?<=_)secret|"
    r"secret(?=\()|"
    r"(?<=[_-])(?:pw|pwd|pass|key)|passwd|password(?=_)|_authtoken|(?:db|database|key)[_-]?pass"
)
_ASSIGNED = re.compile(
    rf"(?:{_NAMES})(?:_[a-z]{{1,12}})?(?:\[\])?[\"']?\s{{0,2}}(?:[:!=]?={{1,3}}>?|:|\(|(?<=[\w\"'])\s(?=[\"'`\w]))\s{{0,2}}"
    r"([\"'`])?([^\s\"'`\ufffc]{8,256})(?(1)\1|(?![^\s,;)}\"'`]))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"([\"'`])([^\s\"'`\ufffc]{{8,256}})\1\s{{0,2}}[!=]={{1,2}}\s{{0,2}}(?:{_NAMES}|password|secret)\b", re.IGNORECASE
)
_SETTING = re.compile(
    r"(?<![A-Za-z0-9])[a-z]{2,16}(?:_[a-z]{1,16}){0,3}_(?:key|secret|token)\s?:\s([^\s\"'`$%<{\ufffc][^\n\"'`\ufffc]{11,100})",
    re.IGNORECASE,
)
_KEYS = (
    r"(?:api|access|secret|private|auth|authentication|bearer|session|refresh|service)[ -]?(?:key|token|secret)|"
    r"api[- ]?(?:schlüssel|sleutel)|(?:clé|clave|chiave|chave)(?: d['’]| de)? ?(?:api|secrète|secreta|segreta)|token"
)
_TOLD = re.compile(
    rf"(?<![^\W_])(?:{_KEYS})(?:\s(?:is|was|ist|lautet|est|es|è|é)(?:\s(?:the|le|el|il|o))?|\s?[:=])?\s{{1,3}}[\"'`]?"
    r"(?P<value>[\w.+/=~-]{12,256})(?!\w)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_IN_PATH = re.compile(r"(?<=/)[0-9a-f]{64}(?![\w.])")
_DIGIT = re.compile(r"\d")
_STAND_IN = re.compile(r"[$%<{]|\*+\Z|[Xx]+\Z")
_NAMED = (
    r"api[_-]?key|apikey|(?:access|account|auth|client|database|db|encryption|iam|master|priv|private|secret|service|"
    r"signing)[_-]?key|(?:client|app|shared)[_-]?secret|(?:auth|access|bearer|refresh|secret)[_-]?token|_secret|secret|"
    r"[_-](?:pw|pwd|pass|key)|passwd|password_[a-z]{1,12}|_authtoken|(?:db|database|key)[_-]?pass"
)
_HINTS = Hints(
    {
        "token": r"(?-i:gh[pousr]_[A-Za-z0-9]{36}|github_pat_|gl[a-z]{2,5}-[\w-]{20}|GR1348941|A[KSBC][IC]A[A-Z0-9]{16}"
        r"|(?:sk|rk)_(?:live|test)_|whsec_|sk-[\w-]{20}|xox[abeoprs]-|xapp-\d|AIza[\w-]{35}|ya29\.|SG\.[\w-]{16}"
        r"|SK[0-9a-f]{32}|key-[0-9a-f]{32}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{16}|hf_[A-Za-z0-9]{30}|dop_v1_"
        r"|shp(?:at|ca|pa|ss)_|sq0(?:atp|csp)-|AKC[a-zA-Z0-9]{10}|AP[\dA-F][a-zA-Z0-9]{8}|AC[0-9a-f]{32}"
        r"|EAA[a-zA-Z0-9]{40}|\d{8}:[\w-]{35})",
        "unmarked": r"\.[\w-]{6}\.[\w-]{27}|(?-i:[0-9a-f]{32}-us\d|AccountKey=)",
        "path": r"(?-i:/[0-9a-f]{64})",
        "jwt": r"(?-i:eyJ[\w-]{5}[\w-]*\.[\w-]{5})",
        "key": r"(?-i:(?:BEGIN|END) [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-|Private-MAC: )",
        "setting": r"_(?:key|secret|token)\s?:\s",
        "told": rf"(?:{_KEYS})\s?[:=]?\s(?:\S+\s){{0,2}}[ \"'`]{{0,4}}[\w.+/=~-]{{12}}",
        "assigned": rf"(?:{_NAMED})(?:_[a-z]{{1,12}})?(?:\[\])?[\"']?[\s:!=>(]{{1,8}}[\"'`]?[^\s\"'`]{{8}}",
        "compared": rf"[\"'`]\s{{0,2}}[!=]={{1,2}}\s{{0,2}}(?:{_NAMED}|password)",
        "bearer": r"(?:bearer|basic)\s{1,3}[\w.~+/-]{16}",
    }
)
NEEDED = _HINTS.needed
_SPANS = {"token": _TOKEN, "unmarked": _UNMARKED, "path": _IN_PATH}
_ASSIGNMENTS = {"assigned": _ASSIGNED, "compared": _COMPARED}


def find(text: str, _: Scope) -> Iterator[Span]:
    return _HINTS.find(text, _hinted)


def _hinted(hint: str, text: str) -> Iterator[Span]:
    if pattern := _SPANS.get(hint):
        yield from (Span(*match.span(), "SECRET") for match in pattern.finditer(text))
    elif hint == "told":
        for match in _TOLD.finditer(text):
            if _DIGIT.search(match["value"]) and _LETTER.search(match["value"]):
                yield Span(match.start("value"), match.end("value") - (match["value"][-1] == "."), "SECRET")
    elif hint == "setting":
        yield from (Span(*match.span(1), "SECRET") for match in _SETTING.finditer(text))
    elif pattern := _ASSIGNMENTS.get(hint):
        yield from (Span(*match.span(2), "SECRET") for match in pattern.finditer(text) if _random(match[2]))
    elif hint == "jwt":
        yield from (Span(*match.span(), "SECRET") for match in _JWT.finditer(text) if _has_a_header(match[0]))
    elif hint == "bearer":
        yield from (Span(*match.span(1), "SECRET") for match in _BEARER.finditer(text) if _DIGIT.search(match[1]))
    elif begin := _BEGIN.search(text):  # one span, to the last end: nothing between keys is worth showing
        end = max((match.end() for match in _END.finditer(text, begin.end())), default=len(text))
        yield Span(begin.start(), end, "SECRET")


def _random(value: str) -> bool:
    """Whether a value is no word and no stand-in: it has a digit, or signs that no name has."""
    return not _STAND_IN.match(value) and any(not (char.isalpha() or char in "-_./:") for char in value)


def _has_a_header(token: str) -> bool:
    """Whether the first part of a JWT is an object of JSON in base64url."""
    header = token.partition(".")[0]
    try:
        return isinstance(json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4))), dict)
    except (ValueError, RecursionError):
        return False
