"""Addresses that are keys themselves: with a password before the host, a token, signature or code in the query, or the path of
a receiver or of a link that somebody was sent.

Sources: RFC 3986 section 3.2.1 (user information); parameter names of RFC 6749 and RFC 7636, of the signed URLs of AWS, Google
Cloud and Azure; the paths that Slack, Discord and Microsoft Teams give to incoming webhooks.
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Scope, Span

EXAMPLES = (
    "the link ⟦https://shop.example.com/reset?token=8f2c1d9e0b7a4c36⟧ does not work",
    "⟦https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX⟧",
    "⟦https://bucket.s3.amazonaws.com/a.pdf?X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027⟧.",
    "see ⟦https://app.example.com/login?next=%2F&access_token=abc123def456#top⟧",
    "⟦https://ada:s3cret!@shop.example.com/orders⟧",
    "it is ⟦postgres://app:s3cret!@db.example.com/x⟧",
    "⟦https://example.com/?user=ada&password=hunter2⟧",
    "⟦https://example.com/reset-password/8f2c1d9e0b7a4c36f0aa⟧ is dead",
)
COUNTEREXAMPLES = (
    "https://shop.example.com/help/reset-password",
    "https://example.com/?page=2&key=price",
    "https://example.com/search?q=token",
    "https://example.com/p?code=SAVE20",
    "https://example.com/?code=SUMMER2024",
    "https://example.com/a:b@c",
    "https://example.com/?monkey=capuchin2024",
)

_URL = re.compile(
    r"(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}://(?:[^\s/@\ufffc]{1,193}@)?|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?=[/?]))"
    r"[^\s<>\"'\ufffc]{4,}",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s/?#:@]{0,64}:(?P<password>[^\s/@]{1,128})@", re.IGNORECASE)
_STAND_IN = re.compile(r"[$%<{*\[]|x+\Z", re.IGNORECASE)
_PARAMETER = re.compile(r"[?&;#]([\w.%-]{1,40})=([^&;#]*)")
_PASSWORD = re.compile(r"(?:[a-z]{1,16}[_.-]?)?(?:password|passwd|passphrase|pwd|pass|otp)", re.IGNORECASE)
_KEY = re.compile(
    r"(?:[a-z]{1,16}[_.-]){0,3}(?:[a-z]{0,12}(?:token|apikey|accesskey|secretkey|secret|signature|credential)|key|sig|hmac|auth|"
    r"session(?:_?id)?|[a-z]{0,9}sess(?:ion)?id|sid|jwt)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\d{6,8}\Z|(?=\S*\d)(?=\S*[a-z])\S{12,}\Z")
_SENT = re.compile(
    r"/(?:reset|reset-password|password-reset|password|verify|verification|confirm|activate|magic|magic-link|login|invite|join|"
    r"auth|unlock)/(?=[\w-]*\d)[\w-]{16,}(?![\w-])",
    re.IGNORECASE,
)
_RECEIVER = re.compile(
    r"https?://(?:hooks\.slack\.com/(?:services|workflows|triggers)|(?:\w{1,20}\.)?discord(?:app)?\.com/api/webhooks"
    r"|[\w-]{1,63}\.webhook\.office\.com|webhook\.site)/.{16}",
    re.IGNORECASE,
)
_SHORTEST, _RANDOM, _SHORTEST_PASSWORD = 8, 16, 4
_NO_PASSWORD = frozenset({"true", "false", "null", "none", "undefined", "reset", "forgot", "change", "required"})
_HINTS = Hints(
    {
        "login": r"://[^\s/:@]*:[^\s/@]+@",
        "parameter": r"[?&;#][\w.%-]*(?:token|key|sig|secret|pass|pwd|code|auth|sess|sid|cred|jwt|otp|hmac)[\w.%-]*=",
        "path": r"webhook|hooks\.slack"
        r"|/(?:reset|password|verif|confirm|activate|magic|login|invite|join|auth|unlock)[\w-]*/[\w-]{16}",
    }
)
NEEDED = _HINTS.needed


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in _URL.finditer(text):
        url = match[0].rstrip(".,;:!?)")
        if _logs_in(url) or _holds_a_key(url) or _RECEIVER.match(url) or _SENT.search(url):
            yield Span(match.start(), match.start() + len(url), "URL_WITH_SECRET")


def _logs_in(url: str) -> bool:
    login = _LOGIN.match(url)
    return login is not None and not _STAND_IN.match(login["password"])


def _holds_a_key(url: str) -> bool:
    return any(_is_key(name, value) for name, value in _PARAMETER.findall(url))


def _is_key(name: str, value: str) -> bool:
    if _STAND_IN.match(value):
        return False
    if name.lower() == "code":
        return _CODE.match(value) is not None
    if _PASSWORD.fullmatch(name):
        return len(value) >= _SHORTEST_PASSWORD and value.lower() not in _NO_PASSWORD
    if not _KEY.fullmatch(name):
        return False
    return len(value) >= _RANDOM or (len(value) >= _SHORTEST and any(map(str.isdecimal, value)))
