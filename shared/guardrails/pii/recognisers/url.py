"""Addresses that are keys themselves: with a token, signature or one-time code in the query, or the path of a receiver.

Sources: parameter names of RFC 6749 and RFC 7636, of the signed URLs of AWS, Google Cloud and Azure; the paths that Slack,
Discord and Microsoft Teams give to incoming webhooks.
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii.span import Scope, Span

NEEDED = (
    r"https?://\S*(?:[?&#;](?:\w|-|%)*(?:token|key|sig|secret|pass|pwd|code|auth|sess|sid|cred|jwt|otp)|webhook|hooks\.slack)"
)
EXAMPLES = (
    "the link ⟦https://shop.example.com/reset?token=8f2c1d9e0b7a4c36⟧ does not work",
    "⟦https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX⟧",
    "⟦https://bucket.s3.amazonaws.com/a.pdf?X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027⟧.",
    "see ⟦https://app.example.com/login?next=%2F&access_token=abc123def456#top⟧",
)
COUNTEREXAMPLES = (
    "https://shop.example.com/help/reset-password",
    "https://example.com/?page=2&key=price",
    "https://example.com/search?q=token",
    "https://example.com/p?code=SAVE20",
)

_URL = re.compile(r"https?://[^\s<>\"'\ufffc]{4,}", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[a-z]{1,12}[_-]){0,3}(?:token|key|apikey|sig|signature|credential|secret|password|passwd|pwd|pass|code|auth|"
    r"session(?:_?id)?|"
    r"sessionid|sid|jwt|otp)",
    re.IGNORECASE,
)
_RECEIVER = re.compile(
    r"https?://(?:hooks\.slack\.com/(?:services|workflows|triggers)|(?:\w{1,20}\.)?discord(?:app)?\.com/api/webhooks"
    r"|[\w-]{1,63}\.webhook\.office\.com|webhook\.site)/.{16}",
    re.IGNORECASE,
)
_SHORTEST = 8


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in _URL.finditer(text):
        url = match[0].rstrip(".,;:!?)")
        if _RECEIVER.match(url) or _holds_a_key(url):
            yield Span(match.start(), match.start() + len(url), "URL_WITH_SECRET")


def _holds_a_key(url: str) -> bool:
    _, _, query = url.partition("?")
    for pair in re.split(r"[&;#]", query or url.partition("#")[2]):
        name, _, value = pair.partition("=")
        if len(value) >= _SHORTEST and any(char.isdecimal() for char in value) and _NAME.fullmatch(name):
            return True
    return False
