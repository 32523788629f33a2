"""Links out of a reply: only configured hosts may be linked, and no image is ever loaded.

A link that a model was talked into is how data leaves (EchoLeak, CVE-2025-32711): a client that loads or opens it sends
its query to whoever wrote it.
"""

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import unquote, urlsplit

from services.egress.guard.scanner import Scanner, Step

LONGEST_URL = 2_000
LONGEST_TITLE = 300
LONGEST_HOST = 253
LONGEST_LABEL = 63

_BACKSLASHED = ("https:\\", "http:\\", "https:/\\", "http:/\\")  # a browser takes them for slashes
_STARTS = (*_BACKSLASHED, "https://", "http://", "ftp://", "file://", "://", "//", "www.", "javascript:", "vbscript:", "data:")
_URL = re.compile(r"[^\s<>\"`{}|\\^]*")
_REST_OF_URL = re.compile(rf"[/\\]*{_URL.pattern}")
_TITLE = re.compile(rf"\[([^\[\]\n]{{0,{LONGEST_TITLE}}})")
_TARGET = re.compile(r"""\s*<?([^\s<>]*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*""")
_PLAIN = re.compile(r"[^!\[\](hfjdvw:/.\u2024\u3002\ufe52\uff0e\uff61]+", re.IGNORECASE)
_NOTHING = re.compile(r"(?!)")
_DOTS = ".\u2024\u3002\ufe52\uff0e\uff61"  # all of which a browser takes for one (UTS 46)
_LABEL = re.compile(r"(?:[^\W_]|-)+$")
_INNER = re.compile(r"(?:https?:[/\\]*|(?:[a-z][a-z0-9+.-]*:|=)[/\\]{2,})([^/\\?#&\s]*)", re.IGNORECASE)
_ENCODED = 3  # times that an address in an address may be percent-encoded and still be looked at
_REST = re.compile(rf"(?:[{_DOTS}](?:[^\W_]|-)+)+")


class Links(Scanner):
    """Keeps `[title](url)` and bare addresses that `may_lead` where they do, leaves of others the title or `removed`.

    Never gives out `![`, nor `](` outside of a
    link that it kept; a title without its link does not grow together with its neighbours, which could make an address.
    """

    def __init__(self, may_lead: Callable[[str], bool], removed: str) -> None:
        super().__init__()
        self.plain = _PLAIN
        self._may_lead, self._removed = may_lead, removed
        self._read = self._given = ""  # the last characters
        self._cut = self._cut_next = False  # something was left out here; after the next output
        self._swallowing = False  # the rest of an endless address

    def _step(self, text: str, at: int, final: bool) -> Step:
        if self._swallowing and (end := self._swallow(text, at)) > at:
            return end, ""
        match text[at]:
            case "!":
                return self._bang(text, at, final)
            case "[":
                return self._link(text, at, final, image=False)
            case character if character in _DOTS:
                return self._host(text, at, final)
            case _:
                return self._address(text, at, final)

    def _bang(self, text: str, at: int, final: bool) -> Step:
        if at + 1 == len(text):
            return (at + 1, "!") if final else None
        return self._link(text, at + 1, final, image=True) if text[at + 1] == "[" else (at + 1, "!")

    def _link(self, text: str, at: int, final: bool, *, image: bool) -> Step:
        parsed = _link_at(text, at)
        if parsed is None and not final:
            return None
        if not parsed:
            return at + 1, "["
        end, title, target = parsed
        title = Links(self._may_lead, self._removed).feed(title, final=True)
        if not image and self._may_lead(target):
            return end, f"[{title}]({target})"
        self.found.add("image" if image else "link")
        self._cut, self._cut_next = True, bool(title)
        return end, title

    def _address(self, text: str, at: int, final: bool) -> Step:
        start = _start_at(text, at)
        if start is None and not final:
            return None
        if not start or (start in ("www.", "//") and self._read[-1:].isalnum()):
            return at + 1, text[at]
        run = _REST_OF_URL.match(text, at + len(start))
        assert run
        if run.end() - at > LONGEST_URL:
            self._swallowing, self.plain = True, _NOTHING
            self.found.add("link")
            return at + LONGEST_URL, self._removed
        if run.end() == len(text) and not final:
            return None
        address = _trimmed(text[at : run.end()])
        if len(address) <= len(start):
            return at + 1, text[at]
        if self._may_lead(address):
            return at + len(address), address
        self.found.add("link")
        return at + len(address), self._removed

    def _host(self, text: str, at: int, final: bool) -> Step:
        """An address without a scheme, such as `evil.example/?q=1`: clients link it all the same. Its first label, a word
        that has been given out, stays."""
        label = _LABEL.search(self._read)
        rest = _REST.match(text, at)
        end = rest.end() if rest else at + 1
        if label is None or end - at > LONGEST_HOST:
            return at + 1, text[at]
        if not final and (end == len(text) or (text[end] in _DOTS and end + 1 == len(text))):
            return None
        if rest and text[end : end + 1] == "\\" and self._read[: label.start()].endswith("\\\\"):
            self.found.add("link")
            return end, self._removed  # \\host\share, which sends a login
        if not rest or text[end : end + 1] not in ("/", "?", "#", ":"):
            return end if rest else at + 1, text[at : end if rest else at + 1]
        run = _URL.match(text, end)
        assert run
        if run.end() == len(text) and not final and run.end() - at <= LONGEST_URL:
            return None
        address = _trimmed(text[at : run.end()][:LONGEST_URL])
        if len(address) <= end - at + 1 or self._may_lead(f"https://{label[0]}{address}"):
            return at + len(address), address
        self.found.add("link")
        return at + len(address), self._removed

    def _swallow(self, text: str, at: int) -> int:
        run = _URL.match(text, at)
        assert run
        if run.end() < len(text):
            self._swallowing, self.plain = False, _PLAIN
        return run.end()

    def _joined(self, gives: str) -> str:
        grows_together = self._cut and self._given.isalnum() and gives[0].isalnum()
        seam = " " if grows_together or (self._given, gives[0]) in (("]", "("), ("!", "[")) else ""
        self._given = gives[-1]
        self._cut, self._cut_next = self._cut_next, False
        return seam + gives

    def _passed(self, read: str) -> None:
        self._read = (self._read + read)[-LONGEST_LABEL:]


def is_allowed(address: str, hosts: Collection[str]) -> bool:
    """Whether `address` is on one of `hosts`, over HTTP or HTTPS, without a login and without tricks.

    `hosts` are names; `*.example.com` stands for every host below it."""
    if len(address) > LONGEST_URL or "\\" in address or not address.isprintable():
        return False
    if address[:4].lower() == "www.":
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return False
    return _is_listed(host, hosts) and all(_is_listed(inner, hosts) for inner in _inner_hosts(address[len(parts.scheme) + 3 :]))


def _is_listed(host: str, hosts: Collection[str]) -> bool:
    return host in hosts or any(each.startswith("*.") and host.endswith(each[1:]) for each in hosts)


def _inner_hosts(rest: str) -> Iterator[str]:
    """Where an address may lead on, such as by `?next=https%3A%2F%2Fevil.example`: a listed host may forward whoever comes."""
    for decoded in readings(rest):
        for inner in _INNER.finditer(decoded):
            yield inner[1].lower()
    if unquote(decoded) != decoded:
        yield ""  # encoded deeper than anybody needs


def readings(address: str) -> list[str]:
    """The address as it stands and, as often as it is percent-encoded up to `_ENCODED` times, decoded."""
    found = [address]
    while len(found) <= _ENCODED and (decoded := unquote(found[-1])) != found[-1]:
        found.append(decoded)
    return found


def _link_at(text: str, at: int) -> tuple[int, str, str] | tuple[()] | None:
    """End, title and target of the Markdown link at `at`; empty: there is none; None: `text` ends too early to know."""
    head = _TITLE.match(text, at)
    assert head
    after = text[head.end() : head.end() + 2]
    if after != "](":
        return None if "](".startswith(after) else ()
    depth = 1
    begin = head.end() + 2
    for place in range(begin, min(len(text), begin + LONGEST_URL)):
        character = text[place]
        if character == "\n":
            return ()
        depth += (character == "(") - (character == ")")
        if depth == 0:
            raw = text[begin:place]
            target = _TARGET.fullmatch(raw)
            return place + 1, head[1], target[1] if target else raw.strip()
    return () if len(text) >= begin + LONGEST_URL else None


def _start_at(text: str, at: int) -> str | None:
    """How an address begins at `at`: one of `_STARTS`; "": none does; None: `text` ends too early to know."""
    rest = text[at : at + 12].lower()
    for start in _STARTS:
        if rest.startswith(start):
            follows = text[at + len(start) : at + len(start) + 1]
            if not follows:
                return None
            return "" if follows.isspace() else start
    return None if len(rest) < 12 and any(start.startswith(rest) for start in _STARTS) else ""


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        if last in ".,;:!?*_~'" or (last == ")" and address.count(")") > address.count("(")) or last in "[]":
            address = address[:-1]
        else:
            break
    return address
