"""What is kept of a locale: two letters, or nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.identity.locale import language_of


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE_at", "de"),
        ("zh-Hant-TW", "zh"),
        ("sr-Latn", "sr"),
        ("en-GB-oed", "en"),
        ("de-CH-1996", "de"),
        ("nb-NO", "no"),
        ("nn", "no"),
        ("iw-IL", "he"),
        ("fil-PH", "tl"),
        ("yue-HK", "zh"),
    ],
)
def test_a_language_tag_tells_its_language(tag: str, language: str) -> None:
    assert language_of(tag) == language


@pytest.mark.parametrize(
    "tag",
    [
        *("", "*", "d", "xx", "xyz", "german", "i-klingon", "x-private", "C", "POSIX", "en_US.UTF-8"),
        *("de ", "de-", "de--AT", "de\n", "de" + "-abcdefgh" * 4, None, 7, ["de"], {"de": 1}),
    ],
)
def test_what_is_no_language_tag_tells_none(tag: object) -> None:
    assert language_of(tag) is None


@given(st.one_of(st.text(), st.from_regex(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{1,8}){0,3}", fullmatch=True)))
@example("ſe")
def test_nothing_but_a_code_of_two_letters_comes_out(tag: str) -> None:
    language = language_of(tag)
    assert language is None or (len(language) == 2 and language.isascii() and language.islower())
