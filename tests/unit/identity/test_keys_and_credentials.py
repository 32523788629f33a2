"""API keys, and where a request says who sends it."""

import hashlib

import pytest
from pydantic import ValidationError

from shared.contracts import Customer
from shared.errors import ConfigurationError
from shared.identity.api_keys import ApiKeys
from shared.identity.credentials import Credentials, bearer, cookie
from shared.identity.sessions import Sessions, Unauthenticated
from shared.identity.settings import IdentitySettings

SECRET = "0123456789abcdef0123456789abcdef"
SESSIONS = Sessions(SECRET.encode())
TOKEN = SESSIONS.issue(Customer(id="c-1"))
CREDENTIALS = Credentials(SESSIONS)


def test_keys_are_found_by_what_is_presented() -> None:
    hashed = hashlib.sha256(b"another-key-of-a-program").hexdigest()
    keys = ApiKeys.parse(f"shop:events:{SECRET}, help:desk+events:sha256={hashed}")
    shop, desk = keys.find(SECRET), keys.find("another-key-of-a-program")
    assert shop
    assert desk
    assert (shop.name, shop.roles, desk.name, desk.roles) == ("shop", {"events"}, "help", {"desk", "events"})
    assert keys.find(hashed) is None
    short = ApiKeys.parse(f"events:{SECRET}").find(SECRET)
    assert short
    assert (short.name, short.roles) == ("events", {"events"})
    assert keys.find("") is None
    assert SECRET not in repr(keys)


def test_no_keys_let_nobody_in() -> None:
    assert ApiKeys.parse("").find("") is None


@pytest.mark.parametrize(
    "text", ["shop", "shop:events", "shop:events:short", f"shop:root:{SECRET}", f"shop:{SECRET}", f"sh op:events:{SECRET}"]
)
def test_a_wrong_list_stops_start_up_without_being_quoted(text: str) -> None:
    with pytest.raises(ConfigurationError, match="FRONTDESK_API_KEYS: entry 1") as raised:
        ApiKeys.parse(text)
    assert SECRET not in str(raised.value)


def test_a_bearer_token_or_else_the_cookie() -> None:
    for headers in (
        [(b"authorization", f"Bearer {TOKEN}".encode())],
        [(b"authorization", f"bearer  {TOKEN}".encode()), (b"cookie", b"frontdesk_session=wrong")],
        [(b"cookie", f"a=b; frontdesk_session={TOKEN}".encode()), (b"sec-fetch-site", b"same-origin")],
    ):
        assert CREDENTIALS.session(headers).customer.id == "c-1"


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"authorization", b"Basic YTpi")],
        [(b"authorization", b"Bearer " + b"x" * 5000)],
        [(b"authorization", b"Bearer \xff\xfe")],
        [(b"cookie", f"frontdesk_session={TOKEN}".encode()), (b"sec-fetch-site", b"cross-site")],
        [(b"cookie", f"frontdesk_session={TOKEN}".encode()), (b"sec-fetch-site", b"same-site")],
    ],
)
def test_everything_else_proves_nothing(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(Unauthenticated):
        CREDENTIALS.session(headers)


def test_headers_are_read_as_their_standards_say() -> None:
    assert bearer(None) is bearer(b"Bearer ") is None
    assert cookie(b"frontdesk_session_x=1; x=frontdesk_session") is None


@pytest.mark.parametrize(
    "fields",
    [
        {"session_key": "short"},
        {"session_key": SECRET, "customer_jwt_key": "x"},
        {"session_key": SECRET, "customer_jwt_key": SECRET, "customer_jwt_algorithm": "none"},
        {"session_key": SECRET, "session_lifetime": 1},
    ],
)
def test_wrong_settings_stop_start_up(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        IdentitySettings(**fields)  # type: ignore[arg-type]


def test_without_a_session_key_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRONTDESK_SESSION_KEY", raising=False)
    with pytest.raises(ValidationError, match="session_key"):
        IdentitySettings()


def test_settings_make_credentials_that_know_both_kinds_of_token() -> None:
    settings = IdentitySettings(session_key=SECRET, customer_jwt_key=SECRET, customer_jwt_algorithm="HS256")  # type: ignore[arg-type]
    credentials = settings.credentials()
    assert credentials.host is not None
    assert credentials.verify(TOKEN).customer.id == "c-1"
