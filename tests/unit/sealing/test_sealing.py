"""Sealed texts open with the right key in the right place, and in no other way."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import ConfigurationError, Rejected
from shared.sealing import Keyring, SealBroken, generate_key

RING = Keyring.parse(generate_key())


@given(text=st.text(), place=st.text())
def test_what_was_sealed_opens_in_its_place(text: str, place: str) -> None:
    assert RING.open(RING.seal(text, bound_to=place), bound_to=place) == text


@given(text=st.text(min_size=1), place=st.text(), other=st.text())
def test_in_another_place_the_seal_is_broken(text: str, place: str, other: str) -> None:
    sealed = RING.seal(text, bound_to=place)
    if place != other:
        with pytest.raises(SealBroken):
            RING.open(sealed, bound_to=other)


@given(data=st.data(), text=st.text(max_size=50))
def test_any_changed_character_breaks_the_seal(data: st.DataObject, text: str) -> None:
    sealed = RING.seal(text, bound_to="here")
    at = data.draw(st.integers(0, len(sealed) - 2))  # the last may hold spare bits of base64
    char = data.draw(st.sampled_from("ABCxyz019-_.") | st.characters())
    changed = sealed[:at] + char + sealed[at + 1 :]
    alike = changed.translate(str.maketrans("+/", "-_")) == sealed
    if not alike:
        with pytest.raises(SealBroken):
            RING.open(changed, bound_to="here")


@given(text=st.text() | st.text(alphabet="v1.k=-_AB", max_size=30))
def test_what_was_never_sealed_is_rejected_and_nothing_worse(text: str) -> None:
    with pytest.raises(SealBroken):
        RING.open(text, bound_to="here")


@pytest.mark.parametrize("sealed", ["", "v1", "v1.k1", "v1.k1.", "v1.k1.AAAA", "v1.k1.%%%", "v2.k1.AAAA", "v1.other.AAAA"])
def test_malformed(sealed: str) -> None:
    with pytest.raises(SealBroken):
        RING.open(sealed, bound_to="here")


def test_a_broken_seal_dead_letters_the_message() -> None:
    assert issubclass(SealBroken, Rejected)


def test_the_text_form() -> None:
    sealed = Keyring.parse(generate_key("k-2026")).seal("hello", bound_to="here")
    assert re.fullmatch(r"v1\.k-2026\.[A-Za-z0-9_-]+", sealed)
    raw = base64.urlsafe_b64decode(sealed.rpartition(".")[2] + "==")
    assert len(raw) == 12 + len("hello") + 16  # nonce, text, tag


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert len({RING.seal("same", bound_to="here") for _ in range(1000)}) == 1000


def test_rotation_the_first_key_seals_and_all_open() -> None:
    old, new = generate_key("old"), generate_key("new")
    before = Keyring.parse(old).seal("text", bound_to="here")
    both = Keyring.parse(f"{new},{old}")
    assert both.open(before, bound_to="here") == "text"
    after = both.seal("text", bound_to="here")
    assert after.startswith("v1.new.")
    assert Keyring.parse(new).open(after, bound_to="here") == "text"
    with pytest.raises(SealBroken):
        Keyring.parse(new).open(before, bound_to="here")


def test_another_key_under_the_same_id_does_not_open() -> None:
    sealed = Keyring.parse(generate_key("k")).seal("text", bound_to="here")
    with pytest.raises(SealBroken):
        Keyring.parse(generate_key("k")).open(sealed, bound_to="here")


def test_fingerprints_tell_the_same_text_in_the_same_place_under_each_key() -> None:
    old, new = generate_key("old"), generate_key("new")
    (first,) = Keyring.parse(old).fingerprints("4111", bound_to="a")
    second, also_first = Keyring.parse(f"{new},{old}").fingerprints("4111", bound_to="a")
    assert also_first == first
    assert second != first
    ring = Keyring.parse(old)
    others = [("4112", "a"), ("4111", "b"), ("111", "a4"), ("", "a4111")]
    assert first not in {ring.fingerprints(text, bound_to=place)[0] for text, place in others}


def test_keys_of_either_alphabet_with_and_without_padding() -> None:
    key = bytes(range(216, 248))
    plain, safe = base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode().rstrip("=")
    assert plain != safe
    sealed = Keyring.parse(f"k:{plain}").seal("text", bound_to="here")
    assert Keyring.parse(f" k:{safe} ").open(sealed, bound_to="here") == "text"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1",
        "k1:",
        "k1:c2hvcnQ=",
        "k 1:" + "A" * 43,
        ":" + "A" * 43,
        "k1:" + "A" * 42 + "!",
        f"k1:{'A' * 43},k1:{'B' * 43}",
        "k1:é",
    ],
)
def test_a_bad_keyring_stops_the_start_and_shows_no_key(text: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Keyring.parse(text)
    assert "AAAA" not in str(raised.value)
    assert "keyring" in str(raised.value)


def test_nothing_that_prints_a_keyring_prints_its_keys() -> None:
    key = generate_key("k9")
    ring = Keyring.parse(key)
    assert repr(ring) == str(ring) == "Keyring(k9)"
    assert key.partition(":")[2] not in repr(ring)
