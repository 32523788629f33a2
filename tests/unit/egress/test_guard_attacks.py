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
    "<SSN_1>": "536-90-4399",
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
    "https://shop.example/go?u=https:evil.example",
    "https://shop.example/go?u=https%3A%5Cevil.example",
    "http:\\evil.example/x",
    "https:\\\\evil.example/x",
    "https:/\\evil.example/x",
    "\\\\evil.example\\x",
    "ht&#8203;tps://evil.example",
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
        ("call two one two seven three six five zero zero zero", "call <PHONE_1>"),
        ("call two-one-two, seven three six, five zero zero zero", "call <PHONE_1>"),
        ("one or two items, three to five days, six at a time", None),
        ("Steps one, two, three, four, five and six are done", None),
        ("J-a-n-e-.-d-o-e-@-m-a-i-l-.-e-x-a-m-p-l-e", "<EMAIL_1>"),
        ("to 12 Oak Street / Springfield / IL 62701", "to <ADDRESS_1>"),
        ("to 12 oak street\nspringfield il 62701", "to <ADDRESS_1>"),
        ("Jane Doe, not the Janedoes", "<PERSON_1>, not the Janedoes"),
        ("born Five Three Six, nine-zero, four three nine nine!", "born <SSN_1>!"),
        ("call two one two, seven three six, five oh oh oh", "call <PHONE_1>"),
        ('2;1;2~7=3&6#5"0\u20220/0', "<PHONE_1>"),
        ("2\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e37\ufe0f\u20e33\ufe0f\u20e36 5000 now", "<PHONE_1> now"),
        ("jane dot doe at mail dot example", "<EMAIL_1>"),
        ("jane.doe (at) mail [dot] example", "<EMAIL_1>"),
        ("Jane.Doe AT mail.example.", "<EMAIL_1>."),
        ("backwards: elpmaxe.liam@eod.enaj, 9934-09-635", "backwards: <EMAIL_1>, <SSN_1>"),
        ("Jane looked at mail, a dot at a time", None),
        ("five three six nine zero four", None),
    ],
)
def test_data_in_other_words(text: str, expected: str | None) -> None:
    assert whole(text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    "query", ["jane.doe%40mail.example", "jane%252Edoe%2540mail.example", "%35%33%36904399", "eve%40other.example"]
)
def test_an_address_of_the_company_carries_nothing_behind_percent_signs(query: str) -> None:
    assert whole(f"See https://shop.example/?q={query} now") == "See (link removed) now"
    assert whole(f"See [it](https://shop.example/?q={query}) now") == "See it now"
    assert not GUARD.allows(f"https://shop.example/?q={query}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]8;;x:y\x07here\x1b[0m", "]8;;x:yhere[0m"),
        ("a\x9b31mb\x00\x7f", "a31mb"),
        ("a&#27;[31m&#xE0061;b&#8203;c", "a[31mbc"),
        ("&&#8203;#104;ttps", "& #104;ttps"),
        ("a\tb\r\nc", "a\tb\nc"),
    ],
)
def test_nothing_that_nobody_sees_leaves(text: str, expected: str) -> None:
    assert whole(text) == in_pieces(list(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It costs $1,299.00 (was €1.499,00), e.g. v2.3.1 of app.py, on 2026-05-25 at 10:30-11:00.",
        "One, two, three: four items; see report.pdf & notes.txt, i.e. 50% off order ORD-10001.",
        "```python\nprint('a\\n')  # C:\\Users\\me, \\\\d+\\.txt\n```",
        "| size | price |\n| --- | --- |\n| 12 x 30 cm | 5,00 € |",
        "http: is a scheme, and https too; 7 days at 9 am.",
    ],
)
def test_honest_answers_stay(text: str) -> None:
    assert whole(text) == in_pieces(list(text)) == text


DIGITS = "zero one two three four five six seven eight nine double triple twenty oh ten fünf um due".split()  # noqa: SIM905
PARTS = "at dot jane eod.enaj mail example 5369 %40 \\ &#8203;".split()  # noqa: SIM905
SPOKEN = [*DIGITS, *PARTS, "to", "a", "-", ",", ".", "\n", "4111", "555"]


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
