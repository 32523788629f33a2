"""Keys and tokens of machines, by the prefix that their issuer gave them; credentials in an address.

Sources: the issuers' documentation of their formats (GitHub, Stripe, AWS, Slack, Google, ...); RFC 7519 for JWT.
"""

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
    r"glpat-[\w-]{20,64}",
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
    r"(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,200}",
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
    r"EAA[a-zA-Z0-9]{40,250}",
    r"\d{8,10}:[\w-]{35}",
    r"eyJ[\w-]{5,2000}\.[\w-]{5,4000}(?:\.[\w-]{0,2000})?",
)
_TOKEN = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(_PREFIXED)})(?![A-Za-z0-9])")
_BEGIN = re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----")
_END = re.compile(r"-----END [A-Z ]{0,30}PRIVATE KEY-----")
_BEARER = re.compile(r"\b(?:bearer|basic)\s{1,3}([\w.~+/-]{16,2000}=*)", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"(?:api[_-]?key|apikey|access[_-]?key|private[_-]?key|secret[_-]?key|client[_-]?secret|auth[_-]?token|"
    r"access[_-]?token|iam[_-]?key"
    r"|(?<=_)pw|passwd|(?<=-)key)[\"']?\s{0,2}(?:[:!=]?={1,3}|:|\s)\s{0,2}([\"'`])?([^\s\"'`\ufffc]{12,256})(?(1)\1|"
    r"(?![^\s,;}]))",
    re.IGNORECASE,
)
_USER_INFO = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,64}:([^\s/@\ufffc]{1,128})@", re.IGNORECASE)
NEEDED = (
    r"gh[pousr]_|github_pat|glpat-|a[ksbc][ica]a|_live_|_test_|whsec_|sk-|xox|xapp-|aiza|ya29|sg\.|sk[0-9a-f]{8}|key-|"
    r"npm_|pypi-|hf_"
    r"|dop_v1|shp[acps]|sq0|akc|eaa|[0-9]:|eyj|private key|bearer|basic|://"
    r"|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|client[_-]?sec|auth[_-]?tok|access[_-]?tok|iam[_-]?key|"
    r"_pw|passwd"
)


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in _TOKEN.finditer(text):
        yield Span(*match.span(), "SECRET")
    if begin := _BEGIN.search(text):  # one span, to the last end: nothing between keys is worth showing
        end = max((match.end() for match in _END.finditer(text, begin.end())), default=len(text))
        yield Span(begin.start(), end, "SECRET")
    for match in _USER_INFO.finditer(text):
        yield Span(*match.span(1), "SECRET")
    for match in _ASSIGNED.finditer(text):
        if any(not char.isalpha() for char in match[2]):
            yield Span(*match.span(2), "SECRET")
    for match in _BEARER.finditer(text):
        if any(char.isdecimal() for char in match[1]):
            yield Span(*match.span(1), "SECRET")
