"""What an attacker would have the model write, so that data leaves with a link, or is read where it must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.egress.guard.links import is_allowed
from services.egress.guard.text import Guard, Rules
from shared.guardrails.pii import find

HOSTS = ("shop.example", "*.help.example")
VALUES = {
    "<EMAIL_1>": "jane.doe@mail.example",
    "<PERSON_1>": "Jane Doe",
    "<ADDRESS_1>": "12 Oak Street, Springfield, IL 62701",
    "<PHONE_1>": "+1 212-736-5000",
}
GUARD = Guard(Rules(HOSTS, find), VALUES)


def whole(text: str) -> str:
    return GUARD.masked().feed(text, final=True)


def in_pieces(pieces: list[str]) -> str:
    chain = GUARD.masked()
    return "".join([chain.feed(piece) for piece in pieces]) + chain.feed("", final=True)


LINKS = [
    "<https://evil.example/x>",
    "<HTTPS://EVIL.example>",
    "https://shop.example@evil.example/",
    "https://evil.example\\@shop.example/",
    "https://shop.example:99999/x",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://[::ffff:7f00:1]/x",
    "https://xn--hop-0nd.example/",
    "https://shop.example%2eevil.example/",
    "https://shop.example%00.evil.example",
    "https://ev%69l.example/",
    "wss://evil.example/x",
    "intent://evil.example#Intent;end",
    "blob:https://evil.example/x",
    "view-source:https://evil.example",
    "[r]: <https://evil.example>",
    "[^1]: https://evil.example/x",
    "```\nhttps://evil.example/?d=1\n```",
    "[a](/\\evil.example)",
    "[a](https:/evil.example)",
    "[a](\thttps://evil.example)",
    "[a](ht\ttps://evil.example)",
    "[a]\\(https://evil.example)",
    "[https://shop.example](https://evil.example)",
    "[![i](https://shop.example/x.png)](https://evil.example)",
    "<svg/onload=fetch(`//evil.example`)>",
    "evil\u2024example/x",
    "evil\ufe52example/x",
    "user:pw@evil.example/x",
    "https://shop.example/go?u=https://evil.example",
    "https://shop.example/go?u=//evil.example/a",
    "https://shop.example/go?u=https%3A%2F%2Fevil.example",
    "https://shop.example/go?u=https%253A%252F%252Fevil.example",
    "https://shop.example/go/https://evil.example",
    "https://shop.example/go?u=%2525252525252Fevil.example",
]


@pytest.mark.parametrize("text", LINKS)
def test_no_link_leads_away(text: str) -> None:
    result = whole(f"Look: {text} there")
    assert "evil.example" not in result.replace("\u2024", ".")
    assert in_pieces(list(f"Look: {text} there")) == result


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example/login?next=https://shop.example/orders",
        "https://shop.example/login?next=https%3A%2F%2Fa.help.example%2F",
        "https://shop.example/a//b?q=50%25",
        "https://shop.example/search?q=oak%20lamp&page=2",
    ],
)
def test_the_companys_own_addresses_stay(address: str) -> None:
    assert is_allowed(address, HOSTS)
    assert whole(f"See {address} now") == f"See {address} now"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is four one one one one one one one one one one one one one one one.", "it is (hidden)."),
        ("call two one two seven three six five zero zero zero", "call (hidden)"),
        ("call two-one-two, seven three six, five zero zero zero", "call (hidden)"),
        ("one or two items, three to five days, six at a time", None),
        ("Steps one, two, three, four, five and six are done", None),
        ("J-a-n-e-.-d-o-e-@-m-a-i-l-.-e-x-a-m-p-l-e", "<EMAIL_1>"),
        ("to 12 Oak Street / Springfield / IL 62701", "to <ADDRESS_1>"),
        ("to 12 oak street\nspringfield il 62701", "to <ADDRESS_1>"),
        ("Jane Doe, not the Janedoes", "<PERSON_1>, not the Janedoes"),
    ],
)
def test_data_in_other_words(text: str, expected: str | None) -> None:
    assert whole(text) == (text if expected is None else expected)


DIGITS = "zero one two three four five six seven eight nine double triple twenty oh ten fünf um due".split()  # noqa: SIM905
SPOKEN = [*DIGITS, "to", "a", "-", ",", ".", "\n", "4111", "555"]


@given(st.lists(st.sampled_from([*SPOKEN, *LINKS]), max_size=30), st.data())
def test_cut_anywhere_it_is_the_same(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    assert in_pieces([text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]) == whole(text)


@given(st.lists(st.sampled_from(SPOKEN), min_size=20, max_size=60))
def test_character_by_character_it_is_the_same(words: list[str]) -> None:
    text = " ".join(words)
    assert in_pieces(list(text)) == whole(text)


@given(st.lists(st.sampled_from(list(" -,\n()")), min_size=40, max_size=40))
def test_a_long_value_is_known_however_it_is_parted(between: list[str]) -> None:
    letters = [character for character in VALUES["<ADDRESS_1>"] if character.isalnum()]
    spelled = "".join(a + b for a, b in zip(letters, between, strict=False))[:-1]
    assert whole(f"at {spelled} x").startswith("at <ADDRESS_1>")
