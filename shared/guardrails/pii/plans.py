"""Numbering plans of the world, asked in microseconds: whether a number that is written plainly is one that can be dialled.

`phonenumbers.PhoneNumberMatcher` needs a tenth of a millisecond and more for a candidate; here one compiled expression for
each country code answers for the usual ways of writing. What it does not know may still be a number: the matcher decides.
Source: the metadata of `phonenumbers` (Google's libphonenumber), which cites ITU-T E.164 and the national plans.
"""

import re
from functools import cache
from itertools import accumulate
from typing import Any

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_TYPES = "fixed_line mobile toll_free premium_rate shared_cost voip personal_number pager uan voicemail".split()  # noqa: SIM905
_NOWHERE = "001"
_NORTH_AMERICA = 1
_PLAIN = re.compile(r"\+?(?:\d{1,3}[ .-]?)?(?:\(\d{1,5}\)[ .-]?)?\d+(?:[ .-]\d+){0,6}")
_NEVER = re.compile(r"(?!)")


def international(candidate: str) -> bool:
    """Whether `candidate`, written plainly with a + and a country code, is valid in the plan of that code."""
    if not _PLAIN.fullmatch(candidate):
        return False
    digits = re.sub(r"\D", "", candidate)
    return any(
        int(digits[:length]) in COUNTRY_CODE_TO_REGION_CODE and _of_code(int(digits[:length])).fullmatch(digits, length)
        for length in (1, 2, 3)
    )


def national(candidate: str, region: str) -> bool:
    """Whether `candidate`, written plainly, is valid within `region`, with the prefix that is dialled there, if any is."""
    if not _PLAIN.fullmatch(candidate) or candidate[0] == "+":
        return False
    prefix, needed, plan, _ = _of_region(region)
    digits = re.sub(r"\D", "", candidate)
    if prefix and digits.startswith(prefix):
        return plan.fullmatch(digits, len(prefix)) is not None
    return not needed and plan.fullmatch(digits) is not None


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
    return _of_region(region)[3]


@cache
def _of_region(region: str) -> tuple[str, bool, re.Pattern[str], int]:
    """The prefix, whether a plain number needs it, the plan, and the fewest digits in it."""
    metadata: Any = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None:
        return "", True, _NEVER, 0
    prefix = metadata.national_prefix if metadata.national_prefix_transform_rule is None else None
    plan = _of_code(metadata.country_code)
    return prefix or "", metadata.country_code != _NORTH_AMERICA, plan, min(metadata.general_desc.possible_length)


@cache
def _of_code(code: int) -> re.Pattern[str]:
    """What a number behind a country code looks like, in any of the regions that share the code."""
    patterns: set[str] = set()
    for region in COUNTRY_CODE_TO_REGION_CODE[code]:
        metadata: Any = (
            PhoneMetadata.metadata_for_nongeo_region(code, None)
            if region == _NOWHERE
            else PhoneMetadata.metadata_for_region(region, None)
        )
        for kind in _TYPES:
            described = getattr(metadata, kind)
            if described and described.national_number_pattern and described.possible_length:
                lengths = "|".join(rf"\d{{{length}}}" for length in described.possible_length if length > 0)
                if lengths:
                    patterns.add(rf"(?=(?:{lengths})\Z)(?:{described.national_number_pattern})")
    return re.compile("|".join(sorted(patterns)) or "(?!)")
