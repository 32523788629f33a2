"""Texts of 64 KB that make a careless regular expression take minutes: nearly what each recogniser looks for, over and over."""

from collections.abc import Mapping

SIZE = 65_536

_PIECES: Mapping[str, tuple[str, ...]] = {
    "address": ("12 Main ", "rue a ", "12 Main Street Main ", "box 1, ", "Hauptstraße "),
    "bank_account": ("account number is ", "acct 1-", "IBAN konto 1 "),
    "birth_date": ("born on 1/", "born on the ", "geboren am 1. "),
    "card": ("1", "1 ", "1\n", "4111 1111 1111 1111 ", "4111-"),
    "crypto": ("0x", "bc1q", "1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf"),
    "email": ("a@", "a.", "ada dot at example ", "a@b."),
    "iban": ("DE12 ", "DE89 3704 0044 0532 0130 "),
    "ip": ("::", "1.1.1.", "f:"),
    "licence": ("licence is ", "SMITH851010"),
    "mac": ("00:", "aa-", "aabb."),
    "national_id": ("is my id ", "880320-", "123 456 789 "),
    "one_time_code": ("the code you sent me is ", "code 482913 points ", "otp 1-", "promo code is 482913 "),
    "passport": ("passport no ", "passport A"),
    "password": ("password is ", "pin is ", 'password: "'),
    "person": ("my name is Ann ", "Anna ", "dear Ann,\n", "Mr. A. ", "for Ann "),
    "phone": ("+1-", "212-736-5000 ", "(", "0487 23 46 71, ", "(212"),
    "routing_number": ("routing number 1-", "sort code 1"),
    "secret": ("eyJ", "sk-", "-----BEGIN PRIVATE KEY-----", "api_key = ", "a=b&token", "a://b:"),
    "spelled": ("four one ", "l1 ", "double "),
    "ssn": ("536-90-", "ssn is ", "536 90 "),
    "tax_id": ("tax id 1-", "DE13669597", "VAT "),
    "url": ("https://a?token=", "https://a/?a=1&"),
    "nothing": ('"', "a", "a-", "\u200b1", "Ａ", "é", "<EMAIL_", "\ufffc"),
}


def hostile(size: int = SIZE) -> dict[str, str]:
    """Each text by its name; `mixed` has a bit of all."""
    texts = {
        f"{name} {number}": (piece * (size // len(piece) + 1))[:size]
        for name, pieces in _PIECES.items()
        for number, piece in enumerate(pieces, 1)
    }
    block = "".join(piece * 8 for pieces in _PIECES.values() for piece in pieces)
    return texts | {"mixed": (block * (size // len(block) + 1))[:size]}
