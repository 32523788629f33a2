"""Keys and tokens of machines, by the prefix that their issuer gave them; credentials in an address.

Sources: the issuers' documentation of their formats (GitHub, Stripe, AWS, Slack, Google, ...); RFC 7519 for JWT.
"""

import base64
import json
import re
from collections.abc import Iterator

from shared.guardrails.pii.span import Scope, Span

EXAMPLES = (
    "key ⟦ghp_0123456789abcdefghijABCDEFGHIJ012345⟧ leaked",
    "AWS ⟦AKIAIOSFODNN7EXAMPLE⟧",
    "⟦sk_live_0123456789abcdefghijklmn⟧",
    "use ⟦xoxb-123456789012-abcdefABCDEF⟧",
    "⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl⟧",
    "api_key = '⟦abcd1234efgh5678⟧'",
    "secret_access_key=⟦wJalrXUtnFEMI7MDENG⟧",
    "postgres://app:⟦s3cret!⟧@db.example.com/x",
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
_TOKEN = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(_PREFIXED)})(?![A-Za-z0-9])")
_UNMARKED = re.compile(
    r"[\w-]{24,28}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])"  # Discord
    r"|(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![0-9])"  # Mailchimp
    r"|(?<=AccountKey=)[A-Za-z0-9+/=]{60,100}"  # Azure storage
)
_JWT = re.compile(r"(?<![A-Za-z0-9_])eyJ[\w-]{5,2000}\.[\w-]{5,4000}(?:\.[\w-]{0,2000})?(?![A-Za-z0-9])")
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
_USER_INFO = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,64}:([^\s/@\ufffc]{1,128})@", re.IGNORECASE)
_IN_PATH = re.compile(r"(?<=/)[0-9a-f]{64}(?![\w.])")
_STAND_IN = re.compile(r"[$%<{]|\*+\Z|[Xx]+\Z")
NEEDED = (
    r"gh[pousr]_|github_pat|gl[a-z]{2,5}-|gr1348941|a[ksbc][ica]a|ap[0-9a-f][0-9a-z]{8}|_live_|_test_|whsec_|sk-|xox|"
    r"xapp-|aiza|ya29|sg\.|sk[0-9a-f]{8}"
    r"|ac[0-9a-f]{8}|key-|npm_|pypi-|hf_|dop_v1|shp[acps]|sq0|akc|eaa|[0-9]:[\w-]{20}|eyj|private key|putty-user|bearer|"
    r"basic|://"
    r"|[\w-]{24}\.[\w-]{6}\.[\w-]{20}|-us[0-9]|accountkey=|(?:key|token|secret|pass\w{0,8}|pw|"
    r"pwd)(?:_[a-z]{1,12})?[\"'\]\[]{0,3} ?[:!=( ]|==+ ?(?:\w*key|pass|secret)"
)


def find(text: str, _: Scope) -> Iterator[Span]:
    for pattern in (_TOKEN, _UNMARKED, _IN_PATH):
        for match in pattern.finditer(text):
            yield Span(*match.span(), "SECRET")
    for match in _JWT.finditer(text):
        if _has_a_header(match[0]):
            yield Span(*match.span(), "SECRET")
    yield from _named(text)
    if begin := _BEGIN.search(text):  # one span, to the last end: nothing between keys is worth showing
        end = max((match.end() for match in _END.finditer(text, begin.end())), default=len(text))
        yield Span(begin.start(), end, "SECRET")


def _named(text: str) -> Iterator[Span]:
    """Values behind a name, or in a place, that says what they are."""
    for pattern in (_USER_INFO, _SETTING):
        for match in pattern.finditer(text):
            yield Span(*match.span(1), "SECRET")
    for pattern in (_ASSIGNED, _COMPARED):
        for match in pattern.finditer(text):
            if _random(match[2]):
                yield Span(*match.span(2), "SECRET")
    for match in _BEARER.finditer(text):
        if any(char.isdecimal() for char in match[1]):
            yield Span(*match.span(1), "SECRET")


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
