"""Rewriting a text that comes in pieces."""

import re

Step = tuple[int, str] | None
"""Where to go on and what to give out; None: more text is needed to decide."""


class Scanner:
    """Reads a text once from the left and gives out its rewriting.

    What is given out in all does not depend on where the pieces were cut: a subclass decides at a place only once no
    further text could change the decision, and until then the text from there on is held back.
    """

    plain: re.Pattern[str]
    """A run of characters at none of which anything is to be decided."""

    def __init__(self) -> None:
        self._held = ""
        self.found: set[str] = set()  # names of what was rewritten, never the text

    def feed(self, piece: str, *, final: bool = False) -> str:
        """The next part of the rewriting. `final`: nothing follows, so nothing is held back any more."""
        text, at, out = self._held + piece, 0, list[str]()
        while at < len(text):
            if run := self.plain.match(text, at):
                end, gives = run.end(), run.group()
            elif (step := self._step(text, at, final)) is not None:
                end, gives = step
            else:
                break
            if gives:
                out.append(self._joined(gives))
            self._passed(text[at:end])
            at = end
        self._held = text[at:]
        return "".join(out)

    def _step(self, text: str, at: int, final: bool) -> Step:
        """Decide at `at`. `final`: `text` is all there is."""
        raise NotImplementedError

    def _joined(self, gives: str) -> str:
        """`gives`, with what must stand between it and what was given out before."""
        return gives

    def _passed(self, read: str) -> None:
        """Told what was read."""


PLACEHOLDER = re.compile(r"<([A-Z]+(?:_[A-Z]+)*)_\d{1,6}>")
LONGEST_PLACEHOLDER = 64


def placeholder_at(text: str, at: int, final: bool) -> int | None:
    """The end of the placeholder such as `<EMAIL_1>` at `at`; `at` itself: there is none; None: not known yet."""
    if found := PLACEHOLDER.match(text, at):
        return found.end()
    rest = text[at : at + LONGEST_PLACEHOLDER]
    if not final and len(rest) < LONGEST_PLACEHOLDER and _BEGINNING.fullmatch(rest):
        return None
    return at


_BEGINNING = re.compile(r"<(?:[A-Z]+_)*(?:[A-Z]*|\d{0,6})")
