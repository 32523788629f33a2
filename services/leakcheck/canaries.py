"""Canaries: made-up values of every kind, each unlike any other, in the words in which customers tell them."""

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shared.guardrails.pii.span import KINDS

_B36 = string.digits + string.ascii_uppercase


@dataclass(frozen=True, slots=True)
class Canary:
    """`value` must be found nowhere; `sentence` is how it is said."""

    kind: str
    value: str
    sentence: str


def canaries(each: int, seed: int) -> Iterator[Canary]:
    """`each` of every kind, by a seed: a leak can be looked for again."""
    draw = random.Random(seed)  # noqa: S311 - they are to be found, not to be guessed
    for kind in KINDS:
        make, words = _KINDS[kind]
        for _ in range(each):
            value = make(draw)
            yield Canary(kind, value, words.format(value))


def _digits(draw: random.Random, count: int) -> str:
    return "".join(draw.choices(string.digits, k=count))


def _letters(draw: random.Random, count: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "".join(draw.choices(alphabet, k=count))


def _card(draw: random.Random) -> str:
    body = "4" + _digits(draw, 14)
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(body))
    return body + str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def _iban(draw: random.Random) -> str:
    account = _digits(draw, 18)
    return f"DE{98 - int(account + '131400') % 97:02d}{account}"


def _routing(draw: random.Random) -> str:
    body = "02" + _digits(draw, 6)
    weighed = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    return body + str(-weighed % 10)


def _dni(draw: random.Random) -> str:
    number = _digits(draw, 8)
    return number + "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def _ip(draw: random.Random) -> str:
    return f"{draw.randint(11, 99)}.{draw.randint(100, 255)}.{draw.randint(100, 255)}.{draw.randint(100, 254)}"


def _mac(draw: random.Random) -> str:
    return ":".join(f"{draw.randrange(256):02X}" for _ in range(6))


def _name(draw: random.Random) -> str:
    first = draw.choice(("Alisa", "George", "Maria", "Peter", "Laura", "Thomas", "Anna", "David"))
    return f"{first} {_letters(draw, 1, 'BDKLMRST')}{_letters(draw, 7, 'aeionrst')}"


def _birth_date(draw: random.Random) -> str:
    month = draw.choice(("January", "March", "April", "June", "July", "October"))
    return f"{month} {draw.randint(1, 28)}, {draw.randint(1931, 1999)}"


def _address(draw: random.Random) -> str:
    street = draw.choice(("Maple", "Oak", "Cedar", "Willow"))
    return f"{draw.randint(1000, 9999)} {street} Street, Springfield, IL {draw.randint(60000, 62999)}"


_KINDS: dict[str, tuple[Callable[[random.Random], str], str]] = {
    "CARD": (_card, "my card is {}, please charge it"),
    "IBAN": (_iban, "please send it to {}"),
    "BANK_ACCOUNT": (lambda draw: "7" + _digits(draw, 10), "my bank account number is {}"),
    "ROUTING_NUMBER": (_routing, "the routing number is {}"),
    "SSN": (lambda draw: f"5{draw.randint(10, 99)}-{draw.randint(11, 99)}-{draw.randint(1000, 9999)}", "my SSN is {}"),
    "NATIONAL_ID": (_dni, "mi DNI es {}"),
    "TAX_ID": (lambda draw: f"98-{_digits(draw, 7)}", "my tax id is {}"),
    "EMAIL": (lambda draw: f"{_letters(draw, 9, string.ascii_lowercase)}@example.com", "write to {} please"),
    "PHONE": (lambda draw: f"+1 212-7{draw.randint(10, 99)}-{draw.randint(1000, 9999)}", "call me on {}"),
    "IP": (_ip, "I was logged in from {}"),
    "MAC": (_mac, "the MAC address is {}"),
    "ADDRESS": (_address, "ship it to {}"),
    "PERSON": (_name, "my name is {}"),
    "BIRTH_DATE": (_birth_date, "I was born on {}"),
    "PASSWORD": (lambda draw: f"{_letters(draw, 8, string.ascii_lowercase)}{_digits(draw, 4)}", "my password is {}"),
    "ONE_TIME_CODE": (lambda draw: _digits(draw, 8), "the one-time code is {}"),
    "SECRET": (lambda draw: f"ghp_{_letters(draw, 36)}", "the key is {}"),
    "CRYPTO": (lambda draw: f"0x{_letters(draw, 40, '0123456789abcdef')}", "pay to {}"),
    "PASSPORT": (lambda draw: f"T{_digits(draw, 8)}", "my passport number is {}"),
    "LICENCE": (lambda draw: f"H{_digits(draw, 8)}", "my driver's license is {}"),
    "URL_WITH_SECRET": (
        lambda draw: f"https://app.example.com/login?token={_letters(draw, 24)}",
        "the link {} does not work",
    ),
}
