"""Sessions over HTTP: guests, customers of the host company, cookies, and everything that is none of them."""

import time
from typing import Any

import jwt
import pytest
from structlog.testing import capture_logs

from shared.identity.sessions import AUDIENCE, ISSUER
from tests.integration.ingress.conftest import HOST_KEY, SESSION_KEY, Door, Opening


def host_token(**changed: Any) -> str:
    claims = {"sub": "cust-7", "exp": time.time() + 60, "email": "ann@example.com", "name": "Ann Example"}
    return jwt.encode(claims | changed, HOST_KEY, algorithm="HS256")


async def test_a_guest_gets_a_session_and_can_speak(door: Door) -> None:
    async with door.http() as http:
        one, two = await http.post("/v1/sessions"), await http.post("/v1/sessions", json={})
        headers = {"authorization": f"Bearer {one.json()['token']}"}
        said = await http.post("/v1/conversations/c1/messages", json={"text": "hello"}, headers=headers)
    assert (one.status_code, one.json()["assurance"], said.status_code) == (201, "anonymous", 202)
    assert one.json()["customer_id"].startswith("guest_") != two.json()["customer_id"]
    assert "set-cookie" not in one.headers
    assert (await door.lane()).customer == one.json()["customer_id"]


async def test_a_customer_of_the_host_company_is_known_directly_or_by_exchange(door: Door) -> None:
    async with door.http({"authorization": f"Bearer {host_token()}"}) as http:
        with capture_logs() as logs:
            exchanged = await http.post("/v1/sessions")
            direct = await http.post("/v1/conversations/c1/messages", json={"text": "hello"})
        token = exchanged.json()["token"]
        later = await http.post(
            "/v1/conversations/c1/messages", json={"text": "x"}, headers={"authorization": f"Bearer {token}"}
        )
        same = await http.post("/v1/sessions", headers={"authorization": f"Bearer {token}"})
    assert (exchanged.json()["customer_id"], exchanged.json()["assurance"]) == ("cust-7", "verified")
    assert [direct.status_code, later.status_code] == [202, 202]
    lane = await door.lane()
    assert lane.active
    assert (lane.customer, lane.active.members[0].customer.assurance) == ("cust-7", "verified")
    assert (same.json()["customer_id"], same.json()["expires_at"]) == ("cust-7", exchanged.json()["expires_at"])
    assert "example.com" not in lane.model_dump_json() + str(logs)
    assert "Ann" not in lane.model_dump_json() + str(logs)


async def test_the_language_is_the_accounts_else_the_browsers_and_nothing_else_of_either(door: Door) -> None:
    browser = {"accept-language": "fr-CH, fr;q=0.9, x-Ann.Example"}
    async with door.http(browser) as http:
        known = {"authorization": f"Bearer {host_token(locale='de-AT')}"}
        exchanged = {"authorization": f"Bearer {(await http.post('/v1/sessions', headers=known)).json()['token']}"}
        other = {"authorization": f"Bearer {host_token(sub='cust-8', locale='Ann Example')}"}
        guest = {"authorization": f"Bearer {(await http.post('/v1/sessions')).json()['token']}"}
        for number, headers in enumerate((known, exchanged, other, guest)):
            said = await http.post(f"/v1/conversations/l{number}/messages", json={"text": "ok"}, headers=headers)
            assert said.status_code == 202
    lanes = [await door.lane(f"l{number}") for number in range(4)]
    assert [lane.preferred_language for lane in lanes] == ["de", "de", "fr", "fr"]
    events = [event for _, _, event in await door.stored("desk.v1.message-received.l")]
    assert [event["preferred_language"] for event in events] == ["de", "de", "fr", "fr"]
    everything = str(events) + "".join(lane.model_dump_json() for lane in lanes)
    assert not [word for word in ("Example", "de-AT", "fr-CH") if word in everything]


async def test_who_comes_after_a_customer_has_left_is_a_guest(door: Door) -> None:
    async with door.http() as http:
        known = await http.post("/v1/sessions", json={"cookie": True}, headers={"authorization": f"Bearer {host_token()}"})
        session = {"cookie": known.headers["set-cookie"].partition(";")[0]}
        left = await http.post("/v1/sessions", json={"cookie": True, "guest": True}, headers=session)
        after = {"cookie": left.headers["set-cookie"].partition(";")[0]}
        again = await http.post("/v1/sessions", json={"cookie": True, "guest": True}, headers=after)
    assert known.json()["customer_id"] == "cust-7"
    assert left.json()["assurance"] == "anonymous"
    assert again.json()["customer_id"] == left.json()["customer_id"], "a guest goes on"


async def test_a_cookie_is_a_session_that_scripts_cannot_read(door: Door) -> None:
    async with door.http() as http:
        began = await http.post("/v1/sessions", json={"cookie": True})
        cookie = began.headers["set-cookie"]
        assert "token" not in began.json()
        assert all(each in cookie for each in ("HttpOnly", "SameSite=strict", "Path=/v1", "Secure", "Max-Age="))
        session = {"cookie": cookie.partition(";")[0]}
        again = await http.post("/v1/sessions", json={"cookie": True}, headers=session)
        own = await http.post(
            "/v1/conversations/c1/messages", json={"text": "x"}, headers=session | {"sec-fetch-site": "same-origin"}
        )
        other = await http.post(
            "/v1/conversations/c1/messages", json={"text": "x"}, headers=session | {"sec-fetch-site": "same-site"}
        )
        stale = await http.post("/v1/sessions", headers={"cookie": "frontdesk_session=expired"})
        local = await http.post("http://127.0.0.1/v1/sessions", json={"cookie": True})
    assert again.json()["customer_id"] == began.json()["customer_id"]
    assert (own.status_code, other.status_code) == (202, 401)
    assert (stale.status_code, stale.json()["assurance"]) == (201, "anonymous")
    assert "Secure" not in local.headers["set-cookie"]


def ours(**changed: Any) -> dict[str, Any]:
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "ann", "asr": "verified", "exp": time.time() + 60} | changed


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        jwt.encode(ours(), "another-key-of-somebody-0123456789", algorithm="HS256"),
        jwt.encode(ours(), SESSION_KEY * 2, algorithm="HS512"),
        jwt.encode(ours(), "", algorithm="none"),
        jwt.encode(ours(exp=time.time() - 60), SESSION_KEY, algorithm="HS256"),
        jwt.encode({"sub": "cust-7", "exp": time.time() - 60}, HOST_KEY, algorithm="HS256"),
        jwt.encode({"sub": "guest_1", "exp": time.time() + 60}, HOST_KEY, algorithm="HS256"),
        jwt.encode({"sub": "cust-7"}, HOST_KEY, algorithm="HS256"),
    ],
)
async def test_a_forged_or_expired_token_opens_nothing(door: Door, token: str) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with door.http(headers) as http:
        with capture_logs() as logs:
            answers = [
                await http.post("/v1/conversations/c1/messages", json={"text": "x"}),
                await http.get("/v1/conversations/c1"),
                await http.post("/v1/conversations/c1/feedback", json={"rating": 5}),
                await http.post("/v1/conversations/c1/confirmations/abc", json={"accept": True}),
            ]
            if token:
                answers.append(await http.post("/v1/sessions"))
    assert {answer.status_code for answer in answers} == {401}
    for answer in answers:
        assert answer.headers["www-authenticate"].startswith('Bearer realm="frontdesk"')
        assert ("invalid_token" in answer.headers["www-authenticate"]) == bool(token)
        assert not token or token not in answer.text + str(logs)


async def test_wrong_session_requests(door: Door) -> None:
    async with door.http() as http:
        assert (await http.post("/v1/sessions", json={"cookie": "yes"})).status_code == 400
        assert (await http.post("/v1/sessions", json={"customer": "ann"})).status_code == 400
        assert (await http.post("/v1/sessions", content=b"cookie=true")).status_code == 415


async def test_rates_are_per_customer_and_per_address(opening: Opening) -> None:
    door = await opening(rate_customer="3/minute", rate_sessions="2/minute", rate_address="20/minute")
    assert [(await door.say("x")).status_code for _ in range(4)] == [202, 202, 202, 429]
    assert (await door.say("x", conversation="c2", customer="eve")).status_code == 202
    async with door.http() as http:
        began = [await http.post("/v1/sessions") for _ in range(3)]
        assert [answer.status_code for answer in began] == [201, 201, 429]
        assert 1 <= int(began[2].headers["retry-after"]) <= 60
        assert began[2].headers["content-type"] == "application/problem+json"
        guesses = [await http.get("/v1/conversations/c1", headers={"authorization": "Bearer x"}) for _ in range(20)]
    assert (guesses[0].status_code, guesses[-1].status_code) == (401, 429)


async def test_rates_can_be_off(opening: Opening) -> None:
    door = await opening(rate_limits="off", rate_customer="1/minute")
    assert [(await door.say("x")).status_code for _ in range(3)] == [202] * 3


async def test_an_address_is_the_proxys_word_only_where_there_is_a_proxy(opening: Opening) -> None:
    door = await opening(rate_sessions="1/minute", forwarded_hops=1)
    async with door.http() as http:
        statuses = [
            (await http.post("/v1/sessions", headers={"x-forwarded-for": chain})).status_code
            for chain in ("9.9.9.9, 1.1.1.1", "8.8.8.8, 1.1.1.1", "9.9.9.9, 2.2.2.2")
        ]
    assert statuses == [201, 429, 201]
