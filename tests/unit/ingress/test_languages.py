"""`Accept-Language`: the language that is wanted most, and nothing else of the header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingress.http.languages import accepted


def language(*headers: str) -> str | None:
    return accepted([(b"host", b"desk"), *((b"accept-language", header.encode("latin-1")) for header in headers)])


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("de", "de"),
        ("de-AT, de;q=0.9, en;q=0.5", "de"),
        ("en;q=0.5, fr;q=0.8", "fr"),
        ("xx, fr;q=0.8", "fr"),
        ("*, fr;q=0.1", "fr"),
        (" nb-NO , en ; q = 0.9", "no"),
        ("de;q=0", None),
        ("de;q=nan", None),
        ("de;level=1, it;q=0.2", "it"),
        ("*", None),
        ("", None),
        ("Alex%20Morgan", None),
        ("x" * 300 + ", de", None),
    ],
)
def test_the_language_that_is_wanted_most(header: str, wanted: str | None) -> None:
    assert language(header) == wanted


def test_no_header_is_no_language() -> None:
    assert language() is None


@given(st.text(st.characters(max_codepoint=255)))
def test_any_header_is_a_code_of_two_letters_or_nothing(header: str) -> None:
    found = language(header)
    assert found is None or (len(found) == 2 and found.isascii() and found.islower())
