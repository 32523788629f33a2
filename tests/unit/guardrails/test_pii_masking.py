"""Finding and masking personal data: properties that hold for any text."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.guardrails.pii import Span, find, mask, numbered
from shared.guardrails.pii.finder import merge
from shared.guardrails.pii.recognisers.card import luhn
from shared.guardrails.pii.recognisers.iban import valid

COMPANY = re.compile(r"\bORD-\d{5}\b", re.IGNORECASE)
PIECES = (
    "4111 1111 1111 1111",
    "378282246310005",
    "ada@example.com",
    "+1 212-736-5000",
    "DE89 3704 0044 0532 0130 00",
    "536-90-4399",
    "203.0.113.42",
    "my password is hunter2",
    "OTP: 482913",
    "AKIAIOSFODNN7EXAMPLE",
    "ORD-10001",
    "<EMAIL_1>",
    "<CARD_12>",
    " is ",
    "\n",
    ", ",
    "hello",
    "password: ",
    "four one one one ",
    "4O12 8888 ",
    "１２３",
    "\u200b",
    "@",
    "-",
    "7",
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=8).map("".join)


def masked(text: str) -> str:
    spans = find(text, company=COMPANY, whole=True)
    return mask(text, spans, numbered(text, spans))


@settings(max_examples=400, deadline=None)
@given(texts)
def test_masking_masked_text_changes_nothing(text: str):
    assert masked(masked(text)) == masked(text)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_spans_are_sorted_inside_the_text_and_apart(text: str):
    spans = find(text, company=COMPANY, whole=True)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_masked_text_and_what_was_taken_out_give_the_original(text: str):
    spans = find(text, company=COMPANY, whole=True)
    marks = [f"\ue000{index}\ue001" for index in range(len(spans))]
    whole = mask(text, spans, marks)
    for mark, span in zip(marks, spans, strict=True):
        whole = whole.replace(mark, text[span.start : span.end], 1)
    assert whole == text


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_crash(text: str):
    find(text, regions=("US", "DE", "IN"))


@settings(deadline=None)
@given(
    st.lists(
        st.builds(lambda s, n, k: Span(s, s + n, k), st.integers(0, 40), st.integers(1, 12), st.sampled_from(["CARD", "PHONE"]))
    )
)
def test_merged_spans_cover_all_that_was_found_and_no_more(spans: list[Span]):
    merged = merge(spans)
    covered = {place for span in merged for place in range(span.start, span.end)}
    assert covered == {place for span in spans for place in range(span.start, span.end)}
    assert all(left.end <= right.start for left, right in itertools.pairwise(merged))


def test_the_longest_names_what_overlaps_and_among_equals_the_gravest():
    assert merge([Span(0, 8, "PHONE"), Span(4, 20, "IBAN")]) == [Span(0, 20, "IBAN")]
    assert merge([Span(0, 8, "PHONE"), Span(0, 8, "CARD")]) == [Span(0, 8, "CARD")]


def test_a_card_in_other_digits_is_found_where_it_was_written():
    text = "meine Karte: ４１１１ １１１１\u200b １１１１ １１１１!"
    (span,) = find(text)
    assert (span.kind, text[span.start], text[span.end]) == ("CARD", "４", "!")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("card four one one one, one one one one one one one one one one one one please", "CARD", "four …one"),
        ("my number is two one two seven three six five double zero zero", "PHONE", "two …zero"),
        ("vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins", "CARD", "vier …eins"),
        ("my ssn is five three six ninety forty three ninety nine", "SSN", "five …nine"),
        ("it is 4O12 8888 8888 l88l", "CARD", "4O12 …l88l"),
        ("pay with ４111 1111 11ⅠⅠ 1111".replace("ⅠⅠ", "ll"), "CARD", "４111 …1111"),
    ],
)
def test_a_number_in_words_or_lookalikes_is_found_where_it_was_written(text: str, kind: str, value: str):
    first, _, last = value.partition(" …")
    (span,) = find(text)
    found = text[span.start : span.end]
    assert (span.kind, found.startswith(first), found.endswith(last)) == (kind, True, True)


@pytest.mark.parametrize("text", ["one two three four five six", "I ordered two, then three, then one", "one of two lamps"])
def test_counting_is_no_number(text: str):
    assert find(text) == []


def test_the_companys_own_numbers_are_never_masked():
    company = re.compile(r"\b\d{10}\b")
    assert find("where is 2127365000?", company=company) == []
    assert [span.kind for span in find("where is 2127365000?")] == ["PHONE"]


def test_form_alone_tells_what_a_whole_message_is_and_not_what_stands_in_a_record():
    assert [span.kind for span in find("Anna Barthelemy", whole=True)] == ["PERSON"]
    assert [span.kind for span in find("23761367960", whole=True)] == ["NATIONAL_ID"]
    assert find("23761367960") == []
    assert find("Walnut Lamp") == []


def test_a_company_number_inside_an_address_does_not_uncover_it():
    text = "mail ORD-10001@example.com about ORD-10001"
    assert masked(text) == "mail <EMAIL_1> about ORD-10001"


def test_national_numbers_need_their_country():
    assert find("bitte um 01712345678", regions=("US",)) == []
    assert [span.kind for span in find("bitte um 01712345678", regions=("US", "DE"))] == ["PHONE"]


def test_a_company_number_between_masked_values_does_not_uncover_its_neighbour():
    assert masked("4111 1111 1111 1111ORD-10001+1 212-736-5000") == "<CARD_1>ORD-10001<PHONE_1>"


def test_the_same_value_has_the_same_number():
    text = "a@example.com, b@example.com, a@example.com"
    assert masked(text) == "<EMAIL_1>, <EMAIL_2>, <EMAIL_1>"


@settings(deadline=None)
@given(st.integers(0, 10**15 - 1))
def test_one_digit_completes_a_luhn_number_and_no_other_does(number: int):
    digits = f"{number:015d}"
    complete = [d for d in "0123456789" if luhn(digits + d)]
    assert len(complete) == (1 if digits.strip("0") else 0)


@settings(deadline=None)
@given(st.integers(2, 96), st.integers(0, 21))
def test_a_changed_iban_is_none(shift: int, place: int):
    iban = "DE89370400440532013000"
    assert valid(iban)
    changed = list(iban)
    changed[place] = str((int(changed[place], 36) + shift) % 10)
    assert valid("".join(changed)) == ("".join(changed) == iban)
