"""Nobody is anybody without a signature of the pinned algorithm."""

import base64
import json
import warnings

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import Customer
from shared.errors import ConfigurationError
from shared.identity.sessions import AUDIENCE, ISSUER, HostTokens, Session, Sessions, Unauthenticated, guest

KEY = b"k" * 32
NOW = 1_800_000_000.0
SESSIONS = Sessions(KEY, lifetime=3600, now=lambda: NOW)


def segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def pem(key: object) -> bytes:
    return key.public_key().public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def test_a_session_is_the_customer_it_was_issued_to() -> None:
    customer = Customer(id="c-1", assurance="verified")
    assert SESSIONS.verify(SESSIONS.issue(customer)) == Session(customer, NOW + 3600)


def test_a_session_knows_the_language_of_the_account() -> None:
    customer = Customer(id="c-1", assurance="verified")
    began = SESSIONS.begin(customer, "de")
    assert SESSIONS.verify(SESSIONS.token(began)) == began == Session(customer, NOW + 3600, "de")


@pytest.mark.parametrize(("locale", "language"), [("de-AT", "de"), ("pt_BR", "pt"), ("nonsense!", None), (7, None)])
def test_a_token_of_the_host_company_may_name_the_customers_locale(locale: object, language: str | None) -> None:
    host = HostTokens(KEY, "HS256", now=lambda: NOW)
    token = jwt.encode({"sub": "c-1", "exp": NOW + 60, "locale": locale}, KEY, algorithm="HS256")
    assert host.verify(token) == Session(Customer(id="c-1", assurance="verified"), NOW + 60, language)


def test_a_session_ends() -> None:
    token = SESSIONS.issue(Customer(id="c-1"))
    assert Sessions(KEY, now=lambda: NOW + 3600).verify(token)
    with pytest.raises(Unauthenticated, match="expired"):
        Sessions(KEY, now=lambda: NOW + 3611).verify(token)


def claims(**changed: object) -> dict[str, object]:
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "c-1", "asr": "verified", "exp": NOW + 60} | changed


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        jwt.encode(claims(), b"x" * 32, algorithm="HS256"),
        jwt.encode(claims(), KEY + KEY, algorithm="HS512"),
        f"{segment({'alg': 'none', 'typ': 'JWT'})}.{segment(claims())}.",
        jwt.encode(claims(iss="somebody"), KEY, algorithm="HS256"),
        jwt.encode(claims(aud="somebody"), KEY, algorithm="HS256"),
        jwt.encode(claims(asr="root"), KEY, algorithm="HS256"),
        jwt.encode({"iss": ISSUER, "aud": AUDIENCE, "sub": "c-1", "asr": "verified"}, KEY, algorithm="HS256"),
        jwt.encode(claims(exp=NOW - 60), KEY, algorithm="HS256"),
        jwt.encode(claims(nbf=NOW + 60), KEY, algorithm="HS256"),
        SESSIONS.issue(Customer(id="c-1"))[:-2],
    ],
)
def test_what_is_not_ours_proves_nothing(token: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(Unauthenticated) as raised:
            SESSIONS.verify(token)
    assert not token or token not in str(raised.value)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
def test_no_text_is_a_session_or_crashes(token: str) -> None:
    with pytest.raises(Unauthenticated):
        SESSIONS.verify(token)


@given(st.integers(0, 10_000), st.characters(codec="ascii", categories=["L", "N"]))
def test_a_changed_character_is_a_forgery(position: int, char: str) -> None:
    token = SESSIONS.issue(Customer(id="c-1", assurance="verified"))
    head, _, signature = token.rpartition(".")
    position %= len(head)
    changed = head[:position] + char + head[position + 1 :]
    if changed != head:
        with pytest.raises(Unauthenticated):
            SESSIONS.verify(f"{changed}.{signature}")


def test_a_short_key_stops_start_up() -> None:
    with pytest.raises(ConfigurationError, match="FRONTDESK_SESSION_KEY"):
        Sessions(b"short")


RSA, EC, ED = (
    rsa.generate_private_key(65537, 2048),
    ec.generate_private_key(ec.SECP256R1()),
    ed25519.Ed25519PrivateKey.generate(),
)


@pytest.mark.parametrize(("algorithm", "key"), [("RS256", RSA), ("ES256", EC), ("EdDSA", ED)])
def test_the_host_company_vouches_with_its_own_key(algorithm: str, key: object) -> None:
    host = HostTokens(pem(key), algorithm, now=lambda: NOW)  # type: ignore[arg-type]
    token = jwt.encode({"sub": "cust-7", "exp": NOW + 60, "email": "a@example.com"}, key, algorithm=algorithm)  # type: ignore[arg-type]
    assert host.verify(token).customer == Customer(id="cust-7", assurance="verified")


def test_the_public_key_is_not_a_secret_to_sign_with() -> None:
    """Algorithm confusion: a token signed by HMAC with the public key as the secret."""
    host = HostTokens(pem(RSA), "RS256", now=lambda: NOW)
    import hashlib
    import hmac

    head = f"{segment({'alg': 'HS256', 'typ': 'JWT'})}.{segment({'sub': 'cust-7', 'exp': NOW + 60})}"
    signature = base64.urlsafe_b64encode(hmac.digest(pem(RSA), head.encode(), hashlib.sha256)).rstrip(b"=").decode()
    with pytest.raises(Unauthenticated):
        host.verify(f"{head}.{signature}")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"sub": "guest_00"}, "guest"),
        ({"sub": ""}, "customer"),
        ({"sub": "a\nb"}, "customer"),
        ({"sub": "x" * 129}, "customer"),
        ({"exp": NOW - 60}, "expired"),
        ({"exp": "soon"}, "valid"),
        ({"aud": "others"}, "valid"),
        ({"iss": "others"}, "valid"),
    ],
)
def test_a_host_token_must_name_a_customer_for_us(changed: dict[str, object], why: str) -> None:
    host = HostTokens(KEY, "HS256", issuer="shop", audience="frontdesk", now=lambda: NOW)
    good = {"sub": "cust-7", "exp": NOW + 60, "iss": "shop", "aud": "frontdesk"}
    assert host.verify(jwt.encode(good, KEY, algorithm="HS256")).customer.id == "cust-7"
    with pytest.raises(Unauthenticated, match=why):
        host.verify(jwt.encode(good | changed, KEY, algorithm="HS256"))


@pytest.mark.parametrize(
    ("algorithm", "key"), [("RS256", b"no key"), ("ES256", pem(RSA)), ("HS256", pem(RSA)), ("HS256", b"short")]
)
def test_a_host_key_that_is_none_stops_start_up(algorithm: str, key: bytes) -> None:
    with pytest.raises(ConfigurationError, match="FRONTDESK_CUSTOMER_JWT_KEY"):
        HostTokens(key, algorithm)  # type: ignore[arg-type]


def test_guests_are_never_the_same() -> None:
    assert len({guest().id for _ in range(1000)}) == 1000
    assert guest().assurance == "anonymous"


def test_keys_are_not_shown() -> None:
    assert "kkkk" not in repr(SESSIONS) + repr(HostTokens(KEY, "HS256"))
