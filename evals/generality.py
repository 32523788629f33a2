"""How well finding personal data carries over: values that other libraries make, in sentences that no pattern was fitted to.

Values come from faker, from the check digits of python-stdnum and the numbering plans of phonenumbers, by a seed; sentences
from `carriers`. A value counts as found when it is masked whole, whatever it is taken for. Numbers that are nobody's data
(orders, prices, dates, parcels, articles, amounts) must be left alone; what a company calls its own in its configuration is
not configured here. The countries whose phone numbers are expected are that of the sentence alone.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum import luhn

from bench.environments import NotInstalled
from evals.carriers import BENIGN, PERSONAL
from evals.data import DATA
from evals.rows import Row, tried
from shared.guardrails.pii import find

_LOCALES = {
    "en": ("en_US", "US"),
    "de": ("de_DE", "DE"),
    "fr": ("fr_FR", "FR"),
    "es": ("es_ES", "ES"),
    "pt": ("pt_PT", "PT"),
    "it": ("it_IT", "IT"),
    "nl": ("nl_NL", "NL"),
    "pl": ("pl_PL", "PL"),
}
_CARDS = ((16, "4"), (16, "51"), (16, "2221"), (15, "37"), (16, "6011"), (14, "36"), (16, "3530"), (19, "62"))
_PASSPORTS = {"en": "#########", "de": "C01X0####", "fr": "##??#####", "es": "???######", "pt": "??######", "it": "??#######"}
_LICENCES = {"en": "?#######", "de": "?###???##?#", "fr": "############", "es": "########?", "it": "??#######?"}
_EACH = 25
_SEED = 6

Make = Callable[[], str]


def rows(_: Path = DATA) -> Iterator[Row]:
    """Recall by kind and by language, and false alarms by what was taken for personal data.

    Raises `NotInstalled` where faker, a development dependency, is not there.
    """
    try:
        from faker import Faker
    except ImportError:
        raise NotInstalled("generated values are made by faker: `make setup` brings it") from None
    kinds: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    languages: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    alarms: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for language, (locale, region) in _LOCALES.items():
        fake, chance = Faker(locale), random.Random(_SEED)
        fake.seed_instance(_SEED)
        for kind, make in _personal(fake, chance, language, region).items():
            carrier = PERSONAL[language][kind]
            outcomes = [_masked(carrier, make(), region, f"{language} {kind}") for _ in range(_EACH)]
            kinds[kind] += outcomes
            languages[language] += outcomes
        for what, make in _benign(fake, chance, language).items():
            alarms[what] += [_alarmed(BENIGN[language][what].format(make()), region) for _ in range(_EACH)]
    for kind, outcomes in sorted(kinds.items()):
        yield tried(f"generated {kind}", outcomes)
    for language, outcomes in languages.items():
        yield tried(f"generated, all kinds, {language}", outcomes)
    for what, outcomes in alarms.items():
        yield tried(f"false alarms, {what}", outcomes, better="lower")


def _masked(carrier: str, value: str, region: str, about: str) -> tuple[bool, str]:
    text = carrier.format(value)
    start = carrier.index("{}")
    spans = find(text, regions=(region,), whole=True)
    return any(s.start <= start and s.end >= start + len(value) for s in spans), f"{about}: {text}"


def _alarmed(text: str, region: str) -> tuple[bool, str]:
    spans = find(text, regions=(region,), whole=True)
    return bool(spans), "; ".join(f"{s.kind} {text[s.start : s.end]!r} in {text}" for s in spans)


def _personal(fake: Any, chance: random.Random, language: str, region: str) -> Mapping[str, Make]:
    def pattern(patterns: Mapping[str, str], other: str) -> Make:
        return lambda: fake.bothify(patterns.get(language, other)).upper()

    return {
        "CARD": lambda: _card(chance),
        "IBAN": lambda: _grouped(fake.iban(), 4, chance),
        "EMAIL": fake.email,
        "PHONE": lambda: _phone(chance, region),
        "IP": lambda: fake.ipv4_public() if chance.random() < 0.6 else fake.ipv6(),
        "MAC": lambda: fake.mac_address().replace(":", chance.choice(":-")),
        "NATIONAL_ID": lambda: _national_id(fake, language),
        "TAX_ID": (lambda: fake.bothify("##-#######")) if language == "en" else lambda: fake.vat_id().upper(),
        "BIRTH_DATE": lambda: _date(fake.date_of_birth(minimum_age=18), language, chance),
        "ADDRESS": lambda: " ".join(fake.street_address().split()),
        "PERSON": lambda: f"{fake.first_name()} {fake.last_name()}",
        "PASSWORD": lambda: fake.password(length=chance.randint(8, 12), special_chars=chance.random() < 0.5),
        "ONE_TIME_CODE": lambda: f"{chance.randrange(10**6):06d}",
        "PASSPORT": pattern(_PASSPORTS, "??#######"),
        "LICENCE": pattern(_LICENCES, "#####/##/####" if language == "pl" else "##########"),
        "BANK_ACCOUNT": lambda: f"{chance.randrange(10**7, 10**10)}",
    }


def _card(chance: random.Random) -> str:
    length, prefix = chance.choice(_CARDS)
    body = prefix + "".join(chance.choice("0123456789") for _ in range(length - len(prefix) - 1))
    return _grouped(f"{body}{luhn.calc_check_digit(body)}", 4, chance, " -")


def _grouped(value: str, size: int, chance: random.Random, joints: str = " ") -> str:
    joint: str = chance.choice(["", *joints])
    return joint.join(value[at : at + size] for at in range(0, len(value), size))


def _phone(chance: random.Random, region: str) -> str:
    kind = chance.choice([PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
    example = phonenumbers.example_number_for_type(region, kind)
    assert example  # every region has both
    ending = f"{chance.randrange(10**3):03d}"
    number = phonenumbers.PhoneNumber(
        country_code=example.country_code,
        national_number=int(str(example.national_number)[:-3] + ending),
        italian_leading_zero=example.italian_leading_zero,
    )
    form = chance.choice([PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL])
    return str(phonenumbers.format_number(number if phonenumbers.is_valid_number(number) else example, form))


def _national_id(fake: Any, language: str) -> str:
    from faker import Faker

    if language == "de":  # Switzerland's, as faker makes none of Germany
        other = Faker("de_CH")
        other.seed_instance(fake.random.random())
        return str(other.ssn())
    if language == "pt":  # Brazil's
        other = Faker("pt_BR")
        other.seed_instance(fake.random.random())
        return str(other.cpf())
    made = {"es": "nif", "pl": "pesel"}.get(language, "ssn")
    return str(getattr(fake, made)())


def _date(day: Any, language: str, chance: random.Random) -> str:
    if chance.random() < 0.3:
        return str(day.isoformat())
    separator = {"de": ".", "pl": ".", "nl": "-"}.get(language, "/")
    form = ["%m", "%d", "%Y"] if language == "en" else ["%d", "%m", "%Y"]
    return str(day.strftime(separator.join(form)))


def _benign(fake: Any, chance: random.Random, language: str) -> Mapping[str, Make]:
    digits = fake.numerify
    orders = ("#######", "##########", "#{}-####-######".replace("{}", "#"), "A#######", "###-#######-#######", "R%########")
    parcels = (
        "1Z999AA1##########",
        "JJD00039000########",
        "####################",
        "RB#########DE",
        "9400#############",
        "%############",
    )
    articles = ("KX-#####", "###.###.##", "B0#######", "LMP-##-####", "%###-##")
    return {
        "order": lambda: digits(chance.choice(orders)),
        "price": lambda: _price(chance, language),
        "date": lambda: _date(fake.date_this_decade(), language, chance),
        "tracking": lambda: digits(chance.choice(parcels)),
        "sku": lambda: digits(chance.choice(articles)),
        "amount": lambda: str(chance.choice([chance.randrange(2, 100), chance.randrange(100, 100_000)])),
    }


def _price(chance: random.Random, language: str) -> str:
    amount = f"{chance.randrange(100, 2_000_000) / 100:,.2f}"
    if language == "en":
        return f"${amount}"
    return (
        amount.replace(",", " ").replace(".", ",") + " €"
        if chance.random() < 0.5
        else amount.replace(",", "").replace(".", ",") + " EUR"
    )
