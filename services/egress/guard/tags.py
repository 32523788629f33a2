"""HTML out of a reply: a model's markup is no markup of ours."""

import re

from services.egress.guard.scanner import Scanner, Step, placeholder_at

LONGEST_TAG = 1_000
_AUTOLINK = re.compile(r"<((?:[a-z][a-z0-9+.-]*:|[^\s<>@]+@)[^\s<>]+)>", re.IGNORECASE)


class Tags(Scanner):
    """Drops tags, comments and declarations and keeps what stands between them; placeholders pass.

    In the result `<` is followed by a space, a digit, `=`, `-` or nothing, unless it begins a placeholder: dropping a tag
    cannot make another one.
    """

    plain = re.compile(r"[^<]+")

    def _step(self, text: str, at: int, final: bool) -> Step:
        follows = text[at + 1 : at + 2]
        if not follows:
            return (at + 1, "<") if final else None
        if follows.isspace() or follows in "=-" or (follows.isascii() and follows.isdigit()):
            return at + 1, "<"
        if not (follows.isascii() and (follows.isalpha() or follows in "/!?")):
            return at + 1, ""
        end = placeholder_at(text, at, final)
        if end is None:
            return None
        return (end, text[at:end]) if end > at else self._tag(text, at, final)

    def _tag(self, text: str, at: int, final: bool) -> Step:
        close = text.find(">", at, at + LONGEST_TAG)
        if close < 0:
            if not final and len(text) - at < LONGEST_TAG:
                return None
            self.found.add("markup")
            return at + 1, ""  # not closed: without its `<` it is text
        self.found.add("markup")
        link = _AUTOLINK.match(text, at)
        return close + 1, link[1] if link else ""
