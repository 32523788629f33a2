"""Personal data: what is found of it, and what is taken for it that is none.

Recall asks whether a value is masked whole, under whatever kind; the rows "of the right kind" ask for the kind, too. A
message of a benign set in which anything is masked is a false alarm; sets that hold unlabelled personal data of their own
are reported beside the others and not in their sum. Patterns were fitted with these rows in sight: what carries over to
others is measured by `generality`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evals.data import read
from evals.rows import Row, tried
from shared.guardrails.pii import Span, find

KINDS: dict[str, str] = {
    "CREDIT_CARD": "CARD",
    "IBAN_CODE": "IBAN",
    "IBAN": "IBAN",
    "EMAIL_ADDRESS": "EMAIL",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "MAC",
    "US_SSN": "SSN",
    "CRYPTO": "CRYPTO",
    "ABA_ROUTING_NUMBER": "ROUTING_NUMBER",
    "US_BANK_NUMBER": "BANK_ACCOUNT",
    "MEDICAL_LICENSE": "LICENCE",
    "US_NPI": "LICENCE",
    "DE_LANR": "LICENCE",
    "UK_DRIVING_LICENCE": "LICENCE",
} | {
    entity: kind
    for kind, entities in {
        "PHONE": "PHONE_NUMBER PH_MOBILE_NUMBER TR_PHONE_NUMBER",
        "PASSPORT": "US_PASSPORT UK_PASSPORT DE_PASSPORT ES_PASSPORT IN_PASSPORT IT_PASSPORT KR_PASSPORT",
        "LICENCE": "US_DRIVER_LICENSE IT_DRIVER_LICENSE KR_DRIVER_LICENSE",
        "TAX_ID": "AU_ABN AU_ACN AU_TFN IN_GSTIN IN_PAN IT_FISCAL_CODE IT_VAT_CODE KR_BRN PH_TIN SE_ORGANISATIONSNUMMER SG_UEN "
        "US_ITIN DE_TAX_ID DE_TAX_NUMBER DE_VAT_ID",
        "NATIONAL_ID": "AU_MEDICARE CA_SIN DE_HEALTH_INSURANCE DE_ID_CARD DE_SOCIAL_SECURITY ES_NIE ES_NIF "
        "FI_PERSONAL_IDENTITY_CODE IN_AADHAAR IT_IDENTITY_CARD KR_FRN KR_RRN NG_NIN SE_PERSONNUMMER SG_NRIC_FIN TH_TNIN "
        "TR_NATIONAL_ID UK_NHS UK_NINO US_MBI ZA_ID_NUMBER",
    }.items()
    for entity in entities.split()
}
"""Presidio's entities, as ours. What is not named (URL, postcodes, number plates) is no personal data here."""


def found_in(message: str, regions: tuple[str, ...] = ("US",)) -> list[Span]:
    """What safety would mask in a message of a customer."""
    return find(message, regions=regions, whole=True)


_ONE_SCHEME = frozenset({"CARD", "IBAN", "EMAIL", "IP", "MAC", "SSN", "CRYPTO", "ROUTING_NUMBER"})
"""Kinds of one form. Of the others, what is no number of one country may be one of another's."""
_CERTAIN = 0.5  # below it, Presidio itself wants words around the value
_BENIGN = ("banking77_test", "clinc150_test", "nlupp")
_WITH_PERSONAL_DATA = {
    "safety/benign_natcs_utterances": "calls of a bank: names, accounts, PINs and addresses are said in them",
    "lang/xlmt_tweets_8lang": "names of people who are spoken of, handles and links",
    "safety/abuse_tweets": "the same",
}
"""Sets without labels of personal data that hold some: what is masked in them, a person has to judge."""
_BARS = {"CARD": 0.97, "IBAN": 0.97, "SSN": 0.97, "EMAIL": 0.97, "IP": 0.97, "PHONE": 0.95}


def rows(data: Path) -> Iterator[Row]:
    """All figures about personal data on the sets in `data` (`pii`, `safety`, `lang`)."""
    yield from _labelled(data, "presidio_synth_v2", _BARS)
    yield from _labelled(data, "presidio_generated_large_800", {})
    yield from _labelled(data, "sgd_turns_phone_person", {})
    yield from _recogniser_cases(read(data / "pii" / "presidio_recognizer_cases.jsonl"))
    yield from _numbers(data / "pii")
    yield from _secrets(read(data / "pii" / "detect_secrets_cases.jsonl"))
    yield from false_alarms(data)
    yield from _names(data / "pii")


def _covers(spans: Iterable[Span], start: int, end: int, kind: str | None = None) -> bool:
    return any(span.start <= start and span.end >= end and kind in (None, span.kind) for span in spans)


def _shown(text: str, start: int = 0, end: int | None = None) -> str:
    return " ".join(text[max(0, start - 30) : (end if end is not None else start + 80) + 20].split())


def _labelled(data: Path, name: str, bars: dict[str, float]) -> Iterator[Row]:
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for row in read(data / "pii" / f"{name}.jsonl"):
        spans = found_in(row["text"])
        for gold in row["spans"]:
            if kind := KINDS.get(gold["label"]):
                found[kind].append(
                    (_covers(spans, gold["start"], gold["end"], kind), _shown(row["text"], gold["start"], gold["end"]))
                )
    for kind, outcomes in sorted(found.items()):
        yield tried(f"{name}: {kind}", outcomes, bar=bars.get(kind), aim=bars.get(kind))


def _recogniser_cases(cases: list[dict[str, Any]]) -> Iterator[Row]:
    certain: list[tuple[bool, str]] = []
    typed: list[tuple[bool, str]] = []
    doubtful: list[tuple[bool, str]] = []
    negative: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for case in cases:
        kind = KINDS.get(case["entity"])
        if kind is None:
            continue
        spans = found_in(case["text"])
        shown = f"{case['entity']}: {_shown(case['text'])}"
        for gold in case["spans"]:
            sure = case["presidio_score"] is None or case["presidio_score"] >= _CERTAIN
            (certain if sure else doubtful).append((_covers(spans, gold["start"], gold["end"]), shown))
            if sure:
                typed.append((_covers(spans, gold["start"], gold["end"], kind), shown))
        if not case["spans"]:
            negative[kind].append((all(span.kind != kind for span in spans), shown))
    yield tried("recogniser cases: masked", certain, bar=0.98, aim=0.98)
    yield tried("recogniser cases: of the right kind", typed)
    yield tried("recogniser cases: without the words they need", doubtful)
    of_one_scheme = [outcome for kind in sorted(negative) if kind in _ONE_SCHEME for outcome in negative[kind]]
    yield tried("recogniser cases: negatives of one scheme not taken for it", of_one_scheme, bar=0.98, aim=0.98)
    for kind, outcomes in sorted(negative.items()):
        yield tried(f"… negatives of {kind} not taken for one", outcomes)


def _numbers(folder: Path) -> Iterator[Row]:
    whole = [
        (_covers(found_in(row["number"]), 0, len(row["number"].strip())), f"{row['scheme']}: {row['number']}")
        for row in read(folder / "stdnum_numbers.jsonl")
        if row["valid"]
    ]
    yield tried("stdnum numbers, alone: masked", whole, bar=0.98, aim=0.98)
    matched = [
        (
            any(span.kind == "PHONE" for span in found_in(row["text"], regions=(row["region"],))) is row["should_match"],
            row["text"],
        )
        for row in read(folder / "phonenumber_matcher_cases.jsonl")
    ]
    yield tried("phone matcher cases", matched, bar=0.98, aim=0.98)
    examples = [
        (
            _covers(found_in(f"call me on {row['e164']} please"), 11, 11 + len(row["e164"]), "PHONE"),
            f"{row['region']}: {row['e164']}",
        )
        for row in read(folder / "phonenumber_examples.jsonl")
    ]
    yield tried("phone numbers of 245 regions, E.164", examples, bar=0.98, aim=0.98)
    national = [
        (
            any(span.kind == "PHONE" for span in found_in(f"my number is {row['national']}", regions=(row["region"],))),
            row["national"],
        )
        for row in read(folder / "phonenumber_examples.jsonl")
    ]
    yield tried("phone numbers of 245 regions, national", national)


def _secrets(cases: list[dict[str, Any]]) -> Iterator[Row]:
    kinds = {"SECRET", "PASSWORD", "URL_WITH_SECRET"}
    outcomes = [
        (any(s.kind in kinds for s in found_in(case["text"])) is case["is_secret"], _shown(case["text"])) for case in cases
    ]
    secret = [outcome for outcome, case in zip(outcomes, cases, strict=True) if case["is_secret"]]
    other = [outcome for outcome, case in zip(outcomes, cases, strict=True) if not case["is_secret"]]
    yield tried("secrets: masked", secret, bar=0.98, aim=0.98)
    yield tried("secrets: near misses left alone", other)


def false_alarms(data: Path) -> Iterator[Row]:
    """Messages of honest customers in which something is masked: those of all sets, and of each."""
    judged = {name: [_alarm(text) for text in texts] for name, texts in _benign(data).items()}
    outcomes = [outcome for each in judged.values() for outcome in each]
    yield tried("false alarms on benign messages", outcomes, bar=0.01, aim=0.01, better="lower")
    for name, each in judged.items():
        yield tried(f"… in {name}", each, better="lower")
    for name, about in _WITH_PERSONAL_DATA.items():
        texts = [row["text"] for row in read(data / f"{name}.jsonl")]
        yield tried(f"anything masked in {name.rpartition('/')[2]} ({about})", [_alarm(text) for text in texts], better="lower")
    written = [row["text"] for row in read(data / "lang" / "lingua_testdata.jsonl")]
    yield tried(
        "news sentences with anything but a name masked", [_alarm(text, ("PERSON",)) for text in written], better="lower"
    )


def _benign(data: Path) -> dict[str, list[str]]:
    sets = {name: [row["text"] for row in read(data / "safety" / f"benign_{name}.jsonl")] for name in _BENIGN}
    sets["notinject"] = [row["text"] for row in read(data / "safety" / "notinject_benign.jsonl")]
    sets["xstest, safe"] = [row["text"] for row in read(data / "safety" / "xstest.jsonl") if row["label"] == "safe"]
    sets["xSID"] = [row["text"] for row in read(data / "lang" / "xsid_test_utterances.jsonl")]
    return sets


def _alarm(text: str, but: tuple[str, ...] = ()) -> tuple[bool, str]:
    spans = [span for span in found_in(text) if span.kind not in but]
    return bool(spans), "; ".join(f"{span.kind} {text[span.start : span.end]!r}" for span in spans)


def _names(folder: Path) -> Iterator[Row]:
    for name in ("restaurant8k_names", "presidio_synth_v2", "sgd_turns_phone_person"):
        recalled, precise = [], []
        for row in read(folder / f"{name}.jsonl"):
            if "PERSON" not in row.get("labels_covered", ["PERSON"]):
                continue
            persons = [span for span in found_in(row["text"]) if span.kind == "PERSON"]
            gold = [span for span in row["spans"] if span["label"] == "PERSON"]
            recalled += [(_covers(persons, g["start"], g["end"]), _shown(row["text"], g["start"], g["end"])) for g in gold]
            precise += [
                (any(g["start"] < s.end and s.start < g["end"] for g in gold), _shown(row["text"], s.start, s.end))
                for s in persons
            ]
        yield tried(f"{name}: names masked", recalled)
        yield tried(f"{name}: of what is masked as a name, names", precise, bar=0.9, aim=0.9)
