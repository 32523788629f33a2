"""Numbering plans of the world, asked in microseconds: whether a number that is written plainly is one that can be dialled.

`phonenumbers.PhoneNumberMatcher` needs a tenth of a millisecond and more for a candidate; here one compiled expression for
each country code answers for the usual ways of writing. What it does not know may still be a number: the matcher decides.
Source: the metadata of `phonenumbers` (Google's libphonenumber), which cites ITU-T E.164 and the national plans.
"""

import re
from collections import defaultdict
from functools import cache
from itertools import accumulate
from typing import Any

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_TYPES = "fixed_line mobile toll_free premium_rate shared_cost voip personal_number pager uan voicemail".split()  # noqa: SIM905
_NOWHERE = "001"
_NORTH_AMERICA = 1
_PLAIN = re.compile(r"\+?(?:\d{1,3}[ .-]?)?(?:\(\d{1,5}\)[ .-]?)?\d+(?:[ .-]\d+){0,6}")


_PUNCTUATION = str.maketrans("", "", "+() .-")


def international(candidate: str) -> bool:
    """Whether `candidate`, written plainly with a + and a country code, is valid in the plan of that code."""
    if not _PLAIN.fullmatch(candidate):
        return False
    digits = candidate.translate(_PUNCTUATION)
    return any(_valid(digits, length, int(digits[:length])) for length in (1, 2, 3))


def national(candidate: str, region: str) -> bool:
    """Whether `candidate`, written plainly, is valid within `region`, with the prefix that is dialled there, if any is."""
    if not _PLAIN.fullmatch(candidate) or candidate[0] == "+":
        return False
    prefix, code, _ = _of_region(region)
    digits = candidate.translate(_PUNCTUATION)
    if prefix and digits.startswith(prefix):
        return _valid(digits, len(prefix), code)
    return code == _NORTH_AMERICA and _valid(digits, 0, code)  # elsewhere a number without its prefix may need one


def decided(candidate: str, region: str) -> bool:
    """Whether the matcher knows no more than `national`: in North America's plan, where ten digits are a number and nothing
    else is, unless some of the groups of `candidate` make one.
    """
    if region not in COUNTRY_CODE_TO_REGION_CODE[_NORTH_AMERICA] or not _PLAIN.fullmatch(candidate):
        return False
    lengths = [len(group) for group in re.findall(r"\d+", candidate)]
    whole = sum(lengths)
    return all(size == whole or size not in (10, 11) for first in range(len(lengths)) for size in accumulate(lengths[first:]))


def shortest(region: str) -> int:
    """The fewest digits of a valid number of `region`."""
    return _of_region(region)[2]


@cache
def _of_region(region: str) -> tuple[str, int, int]:
    """The prefix that is dialled within it, its country code, and the fewest digits behind them."""
    metadata: Any = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None:
        return "", 0, 0
    prefix = metadata.national_prefix if metadata.national_prefix_transform_rule is None else None
    return prefix or "", metadata.country_code, min(metadata.general_desc.possible_length)


def _valid(digits: str, start: int, code: int) -> bool:
    """Whether the digits from `start` on are a number behind the country code."""
    pattern = _of_code(code).get(len(digits) - start)
    return pattern is not None and pattern.fullmatch(digits, start) is not None


@cache
def _of_code(code: int) -> dict[int, re.Pattern[str]]:
    """What a number behind a country code looks like by its length, in any of the regions that share the code."""
    patterns: dict[int, set[str]] = defaultdict(set)
    for region in COUNTRY_CODE_TO_REGION_CODE.get(code, ()):
        metadata: Any = (
            PhoneMetadata.metadata_for_nongeo_region(code, None)
            if region == _NOWHERE
            else PhoneMetadata.metadata_for_region(region, None)
        )
        for kind in _TYPES:
            described = getattr(metadata, kind)
            if described and described.national_number_pattern:
                for length in described.possible_length:
                    patterns[length].add(f"(?:{described.national_number_pattern})")
    return {length: re.compile("|".join(sorted(each))) for length, each in patterns.items()}
