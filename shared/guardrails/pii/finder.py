"""Finds personal data: runs the recognisers that a text needs, and resolves what overlaps.

The rule of overlaps: spans that overlap become one span, from the first start to the last end, of the kind of the longest
of them; among equals, of the gravest (`KINDS`). So whatever any recogniser found is masked.

What belongs to the company (order numbers: patterns in its configuration) and placeholders are taken out of the text
before anything is looked for, and so is what was found, until nothing more is: masking masked text changes nothing.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import attrgetter, le
from typing import cast

import re2

from shared.guardrails.normal import PLACEHOLDER, View, view
from shared.guardrails.pii import recognisers, spelled
from shared.guardrails.pii.excerpts import LONG, excerpts
from shared.guardrails.pii.span import KINDS, Recogniser, Scope, Span

_MOST_MEMORY = 64 << 20
"""Bytes that the states of an automaton may take; they are made as texts need them."""
_NEVER_SPELLED = frozenset({"address", "birth_date", "crypto", "email", "ip", "mac", "person", "secret", "url"})
_OF_DIGITS = frozenset(
    "bank_account birth_date card crypto iban ip licence national_id one_time_code passport phone ssn tax_id".split()  # noqa: SIM905
)
"""Recognisers that find nothing in a text without a digit."""
_DIGIT = re.compile("[0-9]")
_START, _END = attrgetter("start"), attrgetter("end")
_RANK = {kind: -rank for rank, kind in enumerate(KINDS)}


@cache
def discovered() -> tuple[Recogniser, ...]:
    """Every module of `recognisers/`, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(recognisers.__path__))
    return tuple(cast("Recogniser", importlib.import_module(f"{recognisers.__name__}.{name}")) for name in names)


class _Automaton:
    """Patterns in one automaton, which reads a text once, whatever their number. Each has an index."""

    def __init__(self, patterns: Sequence[tuple[int, str]]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.max_mem = _MOST_MEMORY
        self._patterns = re2.Set.SearchSet(options)
        self._indices = [index for index, _ in patterns]
        for _, pattern in patterns:
            self._patterns.Add(pattern)
        self._patterns.Compile()

    def matched(self, octets: bytes) -> list[int]:
        return [self._indices[match] for match in self._patterns.Match(octets) or ()]


@cache
def _prefilters() -> tuple[_Automaton, _Automaton]:
    """All that is `NEEDED`: for any text, and for one with a digit. One automaton for both would have several times as many
    states as the two, for nearly every pair of what may be begun at once."""
    named = [(_name(recogniser), recogniser.NEEDED) for recogniser in discovered()]
    named += [("spelled", needed) for needed in spelled.NEEDED.values()]
    of_any = [(index, pattern) for index, (name, pattern) in enumerate(named) if name not in _OF_DIGITS]
    of_digits = [(index, pattern) for index, (name, pattern) in enumerate(named) if name in _OF_DIGITS]
    return _Automaton(of_any), _Automaton(of_digits)


def _matched(text: str) -> list[int]:
    octets = text.encode("utf-8", "replace")
    of_any, of_digits = _prefilters()
    matched = of_any.matched(octets)
    if _DIGIT.search(text):
        matched += of_digits.matched(octets)
    return sorted(matched)


def _name(recogniser: Recogniser) -> str:
    return getattr(recogniser, "__name__", "").rpartition(".")[2]


def needed(text: str) -> list[Recogniser]:
    """The recognisers that may find something in `text`, which is normalised."""
    return _of(_matched(text))


def _of(matched: Sequence[int]) -> list[Recogniser]:
    recognisers = discovered()
    return [recognisers[index] for index in matched if index < len(recognisers)]


def find(
    text: str,
    *,
    regions: Sequence[str] = ("US",),
    company: re.Pattern[str] | None = None,
    whole: bool = False,
    extra: Sequence[Recogniser] = (),
) -> list[Span]:
    """The personal data in `text`, as spans of its own characters: sorted, none overlapping another.

    `regions` are countries whose national phone numbers are expected. What `company` matches is never personal data; it
    is looked for in normalised text and counts only where it stands as a word of its own. `whole`: see `Scope`.
    `extra` are recognisers beside those that are discovered; they are asked about every text.
    """
    seen = view(text)
    matched = _matched(seen.text)
    if not matched and not extra:
        return []
    known = _without_known(seen, company)
    if known is not seen:
        seen, matched = known, _matched(known.text)
    scope = Scope(tuple(regions), whole)
    found: list[Span] = []
    while fresh := _search(seen, matched, scope, extra):
        found += fresh
        seen = _without_known(seen.without((span.start, span.end) for span in fresh), company)
        matched = _matched(seen.text)
    return merge(found)


def _search(seen: View, matched: Sequence[int], scope: Scope, extra: Sequence[Recogniser]) -> list[Span]:
    if len(seen.text) < LONG:
        found = list(_by(matched, seen.text, scope))
    else:
        found, within = [], Scope(scope.regions, whole=False)
        for index, excerpt in excerpts(seen.text, _matched).items():
            found += excerpt.in_whole(_by([index], excerpt.text, within))
    for recogniser in extra:
        found += recogniser.find(seen.text, scope)
    return merge(found if seen.starts is None else (Span(*seen.written(s.start, s.end), s.kind) for s in found))


def _by(matched: Sequence[int], text: str, scope: Scope) -> Iterator[Span]:
    """What those recognisers find in `text` that the prefilter named; those of numbers in spelled ones, too, if it did."""
    for recogniser in _of(matched):
        yield from recogniser.find(text, scope)
    ways = [way for index, way in enumerate(spelled.NEEDED, len(discovered())) if index in matched]
    if ways and (digits := spelled.as_digits(text, ways)):
        for recogniser in _of_numbers(_matched(digits.text)):
            for span in recogniser.find(digits.text, scope):
                yield Span(*digits.written(span.start, span.end), span.kind)


def _of_numbers(matched: Sequence[int]) -> list[Recogniser]:
    """Those of them that find numbers: only these are spelled in words."""
    return [each for each in _of(matched) if _name(each) not in _NEVER_SPELLED]


def _without_known(seen: View, company: re.Pattern[str] | None) -> View:
    known = [match.span() for match in PLACEHOLDER.finditer(seen.text)]
    if company:
        known += [match.span() for match in company.finditer(seen.text) if _stands_alone(seen.text, *match.span())]
    if not known:
        return seen
    spans = merge(Span(*seen.written(start, end), "") for start, end in known if end > start)
    return seen.without((span.start, span.end) for span in spans)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    joined = after in (".", "-") and text[end + 1 : end + 2].isalnum()
    return not (before.isalnum() or before in ("@", "_", "+") or after.isalnum() or after in ("@", "_") or joined)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Resolve overlaps by the rule above."""
    ordered = sorted(spans)
    if all(map(le, map(_END, ordered), map(_START, islice(ordered, 1, None)))):
        return ordered
    merged: list[Span] = []
    widths: list[tuple[int, int]] = []
    for span in ordered:
        width = (span.end - span.start, _RANK.get(span.kind, -len(KINDS)))
        if not merged or span.start >= merged[-1].end:
            merged.append(span)
            widths.append(width)
            continue
        last = merged[-1]
        kind = span.kind if width > widths[-1] else last.kind
        merged[-1] = Span(last.start, max(last.end, span.end), kind)
        widths[-1] = max(width, widths[-1])
    return merged
