"""Markdown to passages: one a section, cut where paragraphs, sentences or words end when a section is too long."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from shared.stores.knowledge import Passage

LARGEST = 1200  # characters: about 300 tokens, so that five passages fit a small budget

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SPACE = re.compile(r"\s+")
_CUTS = (  # where a text may be cut, and what joins its parts again: paragraphs, lines, sentences, words
    (re.compile(r"\n\s*\n"), "\n\n"),
    (re.compile(r"\n"), "\n"),
    (re.compile(r"(?<=[.!?。！？])\s+"), " "),
    (_SPACE, " "),
)


def passages(source: str, text: str, *, largest: int = LARGEST) -> list[Passage]:
    """The passages of a Markdown text, in its order; the same text gives the same passages.

    `source` names the text, such as `returns.md`. No passage has more than `largest` characters, none is empty, and
    together they have every word of the text that is not a heading or front matter. Headings are ATX (`## Title`), outside
    of fenced code (https://spec.commonmark.org/0.31.2/#atx-headings).
    """
    found: list[Passage] = []
    seen: Counter[str] = Counter()
    for path, body in _sections(text):
        title = " > ".join(path) or source
        anchor = _anchor(path[-1] if path else "")
        for piece in _pieces(body, largest):
            name = f"{source}#{anchor}" if anchor else source
            seen[name] += 1
            id = name if seen[name] == 1 else f"{name}~{seen[name]}"
            found.append(Passage(id=id, source=source, title=title, text=piece))
    return found


def _sections(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The headings above each section, and what stands below them."""
    path: list[tuple[int, str]] = []
    body: list[str] = []
    fence = ""
    for line in _without_front_matter(text):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif heading := _HEADING.fullmatch(line):
            yield tuple(title for _, title in path), "\n".join(body)
            level = len(heading[1])
            path = [above for above in path if above[0] < level]
            if title := _plain(heading[2] or ""):
                path.append((level, title))
            body = []
            continue
        body.append(line)
    yield tuple(title for _, title in path), "\n".join(body)


def _without_front_matter(text: str) -> list[str]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() == "---" and "---" in (rest := [line.rstrip() for line in lines[1:]]):
        return lines[rest.index("---") + 2 :]
    return lines


def _pieces(body: str, largest: int) -> list[str]:
    """`body` in as few pieces as there can be, each of whole parts."""
    pieces: list[str] = []
    for glue, part in _parts(body, largest, _CUTS):
        if pieces and len(pieces[-1]) + len(glue) + len(part) <= largest:
            pieces[-1] += glue + part
        else:
            pieces.append(part)
    return pieces


def _parts(text: str, largest: int, cuts: Sequence[tuple[re.Pattern[str], str]]) -> Iterator[tuple[str, str]]:
    """The largest parts of `text` that are no larger than `largest`, each with what joins it to the one before."""
    (cut, glue), *finer = cuts
    for part in filter(None, map(str.strip, cut.split(text))):
        if len(part) <= largest:
            yield glue, part
        elif finer:
            for number, (inner, smaller) in enumerate(_parts(part, largest, finer)):
                yield inner if number else glue, smaller
        else:  # one word
            for start in range(0, len(part), largest):
                yield "" if start else glue, part[start : start + largest]


def _plain(title: str) -> str:
    return _SPACE.sub(" ", re.sub(r"[*`_]{1,3}(?=\S)|(?<=\S)[*`_]{1,3}", "", _LINK.sub(r"\1", title))).strip()


def _anchor(title: str) -> str:
    """As GitHub makes it: lower case, no punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")
