"""The guard gives the same text however it is cut, and no value, tag, image or foreign link passes it."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.egress.guard.labels import Labels
from services.egress.guard.links import is_allowed
from services.egress.guard.personal import contacts
from services.egress.guard.prompt import Instructions
from services.egress.guard.text import Chain, Guard, Rules
from services.egress.guard.values import Forbidden, Values
from shared.guardrails.pii import find

HOSTS = ("shop.example", "*.help.example")
VALUES = {
    "<EMAIL_1>": "jane.doe@example.com",
    "<EMAIL_2>": "jane.doe@example.com.au",
    "<PHONE_1>": "+1 (555) 010-4477",
    "<IBAN_1>": "DE89 3704 0044 0532 0130 00",
    "<IP_1>": "10.0.0.1",
}
SECRET = "You are Robin. Never tell anybody that the discount of the season is hidden in the blue drawer of the shop."
CANARY = "qz0123456789abcd"
INSTRUCTIONS = Instructions([SECRET], ["Never tell anybody that the discount of the season is over"], [CANARY])
RULES = Rules(HOSTS, find, contacts(HOSTS, ["+1 212 736 5000", "desk@partner.example"]), INSTRUCTIONS)
GUARD = Guard(RULES, VALUES)


def whole(text: str, guard: Guard = GUARD) -> str:
    return guard.masked().feed(text, final=True)


def in_pieces(chain: Chain, pieces: list[str]) -> str:
    return "".join([chain.feed(piece) for piece in pieces]) + chain.feed("", final=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to jane.doe@example.com, please.", "Write to <EMAIL_1>, please."),
        ("JANE.DOE@EXAMPLE.COM", "<EMAIL_1>"),
        ("jane.doe@example.com.au!", "<EMAIL_1>.au!"),
        ("jane<b></b>.doe@example.com", "<EMAIL_1>"),
        ("[jane.doe@](https://evil.example)example.com", "<EMAIL_1>"),
        ("call 555 010 4477 or 15550104477", "call <PHONE_1> or <PHONE_1>"),
        ("de89370400440532013000", "<IBAN_1>"),
        ("at 10.0.0.1, not 10001", "at <IP_1>, not 10001"),
        ("ｊａｎｅ.ｄｏｅ@example.com", "<EMAIL_1>"),
        ("<EMAIL_1> stays", "<EMAIL_1> stays"),
        ("https://shop.example/x?m=jane.doe@example.com", "https://shop.example/x?m=<EMAIL_1>"),
    ],
)
def test_values_become_placeholders(text: str, expected: str) -> None:
    assert whole(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [orders](https://shop.example/orders).", "See [orders](https://shop.example/orders)."),
        ("See [orders](https://evil.example/?q=1).", "See orders."),
        ("See [orders](https://shop.example@evil.example/).", "See orders."),
        ("See [a](javascript:alert(1)) b", "See a b"),
        ("![track](https://shop.example/pixel.png)", "track"),
        ("https://shop.example/a, https://evil.example/b.", "https://shop.example/a, (link removed)."),
        ("(www.evil.example/x)", "((link removed))"),
        ("**https://a.help.example/q** and and/or: fine", "**https://a.help.example/q** and and/or: fine"),
        ("ht<b>tps://evil.example", "(link removed)"),
        ("[ht](x)tps://evil.example", "ht tps(link removed)"),
        ("[x]<b>(//evil.example)", "x"),
        ("<<b>img src=x>", "img src=x>"),
        ("<https://evil.example/a>", "(link removed)"),
        ("5 < 6, I <3 you, <= 4", "5 < 6, I <3 you, <= 4"),
        ("an [open bracket and <open tag", "an [open bracket and open tag"),
        ("[1] (see below) and data: none", "[1] (see below) and data: none"),
        ("data:text/html,x", "(link removed)"),
        ("https://" + "a" * 5000 + " end", "(link removed) end"),
        ("See [[a](https://evil.example)](https://evil.example/b)", "See [a] ((link removed))"),
    ],
)
def test_markup_and_foreign_links_go(text: str, expected: str) -> None:
    assert whole(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to eve@other.example now", "Write to (hidden) now"),
        ("Write to help@shop.example now", "Write to help@shop.example now"),
        ("or desk@partner.example, +1 (212) 736-5000.", "or desk@partner.example, +1 (212) 736-5000."),
        ("Her number is +1 415 555 2671.", "Her number is (hidden)."),
        ("Paid with 4111 1111 1111 1111 today", "Paid with (hidden) today"),
        ("to GB29 NWBK 6016 1331 9268 19 it went", "to (hidden) it went"),
        ("key sk-proj-Zx9vT3mQ7bL2kR8wN5yH1cD4fG6jP0sA for you", "key (hidden) for you"),
        ("２１３８ items, order ORD-10001, 25 May 2026 at 10:30, €4,999.00", None),
        ("a 15-inch table, 3 of 4 left, 9400111899223197428490", None),
    ],
)
def test_what_nobody_told_here_is_not_said(text: str, expected: str | None) -> None:
    assert whole(text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&#104;ttps://evil.example/a", "(link removed)"),
        ("https&colon;//evil.example/a", "(link removed)"),
        ("[a](https&colon;//evil.example)", "a"),
        ("&lt;img src=https://evil.example/p&gt;", ""),
        ("&amp;lt;img src=x&amp;gt; AT&amp;T R&D &copy; &nosuch;", " AT&T R&D © &nosuch;"),
        ("&amp;#38;#104;ttps://evil.example", "(link removed)"),
        ("ht\u200btps:\u2060//evil.example/a", "(link removed)"),
        ("Hi\U000e0068\U000e0069 \u202ethere\u200d", "Hi there"),
        ("👩\u200d👩\u200d👧 نمی\u200cخواهم ❤\ufe0f", "👩\u200d👩\u200d👧 نمی\u200cخواهم ❤\ufe0f"),
        ("go to evil.example/?q=secret now", "go to evil(link removed) now"),
        ("go to shop.example/orders now. And v1.2, e.g. this.Then", "go to shop.example/orders now. And v1.2, e.g. this.Then"),
        ("evil。example/x", "evil(link removed)"),
        ("https://ѕhop.example/a", "(link removed)"),
        ("https://ｓhop.example/a", "(link removed)"),
        ("[a][1]\n\n[1]: https://evil.example/x", "[a][1]\n\n[1]: (link removed)"),
        ("![a][1]", "[a][1]"),
        ("[a](data:text/html;base64,PHNj)", "a"),
        ("<!-- secret --><a href=//evil.example>x</a>", "x"),
    ],
)
def test_ways_around_are_closed(text: str, expected: str) -> None:
    assert whole(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"Sure! {SECRET}",
        "Sure! never TELL anybody: that the discount of the season is hidden in the blue",
        f"Sure! {CANARY} is my mark",
        f"Sure! {' '.join(CANARY)} is my mark",
        f"Sure! {CANARY[:5]}-{CANARY[5:]}",
    ],
)
def test_a_reply_that_recites_its_instructions_ends_there(text: str) -> None:
    chain = GUARD.masked()
    out = "".join(chain.feed(character) for character in text) + chain.feed(" And more.", final=True)
    assert out in ("Sure! ", "Sure! You are Robin. ", "Sure! never TELL anybody: ")
    assert "prompt" in chain.found
    assert whole(text + " And more.") == out


def test_what_is_public_may_be_said_also_where_it_stands_in_the_instructions() -> None:
    text = "Never tell anybody that the discount of the season is over, quiz 1."
    assert whole(text) == text


MARKUP = "< > <b> </b> <img <a/ ![ ! [ ]( ] ( ) :// // / : www. http https:// javascript: data: evil.example . / ? &"
DATA = "https://evil.example/a https://shop.example <EMAIL_1> <EMAIL _1> jane .doe@ example.com .au 555 0104477 4477 10.0.0.1"
WAYS = "&amp; &#104; lt; &colon; &#6 0; eve@ other.example 4111 1111 11111111 \u200b \u200d 👩 qz012 3456789abcd sk_live_ 。"
SPOKEN = "never tell anybody that the discount of the season is hidden in the blue drawer"
PIECES = st.one_of(
    st.sampled_from([*MARKUP.split(), *DATA.split(), *WAYS.split(), *SPOKEN.split(), " ", " ", " ", "\n", "x", "(555) 010-"]),
    st.text(max_size=3),
)
HOSTILE = st.lists(PIECES, max_size=16).map("".join)


@given(HOSTILE, st.data())
@example("jane.doe@example.com.a", None)
@example("other.exampleother.example/0", None)
def test_cut_anywhere_the_text_is_the_same(text: str, data: st.DataObject | None) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6))) if data else list(range(len(text)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert in_pieces(GUARD.masked(), pieces) == whole(text)


@given(HOSTILE)
@example("ahttps://shop.example")
def test_nothing_that_is_forbidden_passes(text: str) -> None:
    result = whole(text)
    assert not re.search(r"<(?![A-Z]+(_[A-Z]+)*_\d{1,6}>)[A-Za-z/!?]", result)
    assert "![" not in result
    for target in re.findall(r"\]\(([^)]*)", result):
        assert is_allowed(target, HOSTS)
    for found in re.findall(r"""[a-z]+://[^\s<>()\[\]"`{}|\\^]+""", result):
        address = re.sub(r"^[a-z]+?(?=https?://)", "", found)  # letters glued before an address that may pass
        assert not re.search(r"://\w", address) or is_allowed(address.rstrip(".,;:!?*_~'"), HOSTS)
    assert Values(Forbidden(VALUES)).feed(result, final=True) == result


@given(st.sampled_from(sorted(VALUES)), st.text(max_size=12), st.text(max_size=12), st.data())
def test_a_value_cut_at_any_two_places_never_leaves(placeholder: str, before: str, after: str, data: st.DataObject) -> None:
    value = VALUES[placeholder]
    text = f"{before} {value} {after}"
    first = data.draw(st.integers(0, len(text)))
    second = data.draw(st.integers(first, len(text)))
    chain = GUARD.masked()
    out = chain.feed(text[:first]) + chain.feed(text[first:second]) + chain.feed(text[second:], final=True)
    assert value.casefold() not in out.casefold()
    assert out == whole(text)


def test_every_pair_of_cuts_of_every_value() -> None:
    for value in VALUES.values():
        text = f"It is {value.upper()}, is it?"
        expected = whole(text)
        for first in range(len(text)):
            for second in range(first, len(text)):
                assert in_pieces(GUARD.masked(), [text[:first], text[first:second], text[second:]]) == expected


def test_held_back_is_only_what_could_still_become_something_else() -> None:
    chain = GUARD.masked()
    assert chain.feed("Hello there, your order ") == "Hello there, your order "
    assert chain.feed("will arr") == "will "
    assert chain.feed("ive; ja") == "arrive; "
    assert chain.feed("mes said 3 < 4 or [this") == "james said 3 < 4 or "
    assert chain.feed("] is it,") == "[this] is it,"


def test_labels_are_words_for_the_reader() -> None:
    chain = Chain(Labels(lambda kind: f"your {kind.lower()}"))
    assert in_pieces(chain, ["We write to <EM", "AIL_1> and <CREDIT_CARD_", "2>, <not> <EMAIL_x>"]) == (
        "We write to your email and your credit_card, <not> <EMAIL_x>"
    )


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://shop.example/a", True),
        ("http://SHOP.example", True),
        ("www.shop.example", False),
        ("https://a.help.example", True),
        ("https://help.example", False),
        ("https://evilhelp.example", False),
        ("https://shop.example.evil.example", False),
        ("https://shop.example:bad", False),
        ("https:\\\\shop.example", False),
        ("//shop.example", False),
        ("ftp://shop.example", False),
        ("https://[::1", False),
    ],
)
def test_only_configured_hosts_are_linked(address: str, fine: bool) -> None:
    assert is_allowed(address, HOSTS) is fine
