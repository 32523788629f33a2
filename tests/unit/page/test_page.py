"""The demo's page: signs in as a host company would, keeps others out, and obeys its own strict policy."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from demo.page import app as page
from demo.page.host import LIFETIME, customer_token
from demo.page.settings import PageSettings
from services.http import front, is_page
from shared.identity.sessions import HostTokens, Unauthenticated
from shared.platform import Stage

KEY = "k" * 40
NOW = 1_800_000_000.0


def settings(**more: Any) -> PageSettings:
    return PageSettings(**{"shop_url": "http://shop", "customer_jwt_key": SecretStr(KEY), **more})


Asked = list[tuple[str, str, str]]


@pytest.fixture
def shop() -> Asked:
    """What the shop behind the page was asked: method, path, authorization."""
    return []


def client(shop: Asked, **more: Any) -> httpx2.AsyncClient:
    """The page's, as a browser reaches it."""

    async def answer(request: Request) -> JSONResponse:
        shop.append((request.method, request.url.path, request.headers.get("authorization", "")))
        return JSONResponse({"orders": []})

    backend = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
    app = page.create_app(settings(**more), now=lambda: NOW, transport=httpx2.ASGITransport(backend))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1")


@pytest.fixture
async def http(shop: Asked) -> AsyncIterator[httpx2.AsyncClient]:
    async with client(shop) as made:
        yield made


async def test_the_token_is_what_frontdesk_takes_for_the_host_companys(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/demo/token")
    token = answer.json()["token"]
    session = HostTokens(KEY.encode(), "HS256", now=lambda: NOW).verify(token)
    assert (session.customer.id, session.customer.assurance) == ("cus_demo", "verified")
    assert session.expires == NOW + LIFETIME
    assert answer.headers["cache-control"] == "no-store"
    with pytest.raises(Unauthenticated):
        HostTokens(KEY.encode(), "HS256", now=lambda: NOW + LIFETIME + 60).verify(token)


def test_issuer_and_audience_are_set_where_frontdesk_asks_for_them() -> None:
    token = customer_token(settings(customer_jwt_issuer="shop", customer_jwt_audience="desk"), NOW)
    assert HostTokens(KEY.encode(), "HS256", "shop", "desk", now=lambda: NOW).verify(token).customer.id == "cus_demo"


@pytest.mark.parametrize("wrong", [{"customer_jwt_key": SecretStr("short")}, {"customer_jwt_algorithm": "none"}])
def test_a_key_that_cannot_sign_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PageSettings(**{"shop_url": "http://shop", "customer_jwt_key": SecretStr(KEY)} | wrong)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/demo/token"), ("GET", "/demo/orders"), ("POST", "/demo/orders/ORD-10003/ship"), ("POST", "/demo/sign-out")],
)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_other_sites_get_and_do_nothing(http: httpx2.AsyncClient, shop: Asked, method: str, path: str, site: str) -> None:
    answer = await http.request(method, path, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert shop == []
    assert "token" not in answer.text


async def test_only_the_demo_order_can_be_shipped(http: httpx2.AsyncClient, shop: Asked) -> None:
    assert (await http.post("/demo/orders/ORD-10001/ship")).status_code == 409
    assert (await http.get("/demo/orders/ORD-10003/ship")).status_code == 405
    assert shop == []
    assert (await http.post("/demo/orders/ORD-10003/ship")).status_code == 200
    assert shop == [("POST", "/orders/ORD-10003/ship", "")]


async def test_the_shop_is_asked_with_its_key(shop: Asked) -> None:
    async with client(shop, shop_key=SecretStr("s3cret")) as made:
        assert (await made.get("/demo/orders")).json() == {"orders": []}
    assert shop == [("GET", "/customers/cus_demo/orders", "Bearer s3cret")]


async def test_a_shop_that_is_away_is_a_502() -> None:
    app = page.create_app(settings(shop_url="http://127.0.0.1:9"))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1") as made:
        assert (await made.get("/demo/orders")).status_code == 502


async def test_the_session_is_forgotten_at_sign_out(http: httpx2.AsyncClient) -> None:
    answer = await http.post("/demo/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?guest")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith('frontdesk_session=""')
    assert "Max-Age=0" in cookie
    assert "Path=/v1" in cookie


async def test_the_banner_is_there_only_while_the_stand_in_answers(shop: Asked) -> None:
    async with client(shop, agent_model="understudy") as made:
        assert "understudy" in (await made.get("/")).text
        assert "OPENAI_API_KEY" in (await made.get("/")).text
    async with client(shop) as made:
        text = (await made.get("/")).text
    assert "understudy" not in text
    assert "stand-in" not in text


async def test_a_guest_is_not_signed_in(http: httpx2.AsyncClient) -> None:
    assert 'token-url="/demo/token"' in (await http.get("/")).text
    guest = (await http.get("/?guest")).text
    assert "token-url" not in guest
    assert "order-list" not in guest


class Inline(HTMLParser):
    """Whatever a strict policy would block, and images without alternative text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names) or (tag == "img" and "alt" not in names):
            self.found.append(tag)
        if any((value or "").startswith(("http:", "https:", "//")) for value in names.values()):
            self.found.append(f"{tag} from elsewhere")


@pytest.mark.parametrize("path", ["/", "/?guest"])
async def test_the_page_holds_nothing_that_its_policy_forbids(shop: Asked, path: str) -> None:
    async with client(shop, agent_model="understudy") as made:
        answer = await made.get(path)
        parser = Inline()
        parser.feed(answer.text)
        assert parser.found == []
        assert "$" not in re.sub(r"\$\d", "", answer.text), "a placeholder of a template was left"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:" in policy
        assert "unsafe" not in policy
        for file in re.findall(r'(?:src|href)="(/demo/static/[^"]+)"', answer.text):
            assert (await made.get(file)).status_code == 200, file


@pytest.mark.parametrize("path", ["app.py", "../app.py", "..%2fapp.py", "art", "art/", "art/nothing.svg", ""])
async def test_only_the_pages_files_are_served(http: httpx2.AsyncClient, path: str) -> None:
    assert (await http.get(f"/demo/static/{path}")).status_code == 404


def test_drawings_hold_no_script_and_no_style() -> None:
    drawings = list(files("demo.page").joinpath("static", "art").iterdir())
    assert len(drawings) == 9
    for drawing in drawings:
        assert not re.search(r"<script|<style|style=|\bon\w+=|href=", drawing.read_text())


async def test_the_page_stands_before_ingress_only_where_it_is_wanted() -> None:
    async def api(request: Request) -> JSONResponse:
        return JSONResponse({"from": "ingress"})

    absent: Any = None
    ingress = Stage("ingress", None, Starlette(routes=[Route("/{path:path}", api)]))  # type: ignore[arg-type]
    for shown, wanted in ((page.create_app(settings()), "text/html"), (None, "application/json")):
        transport = httpx2.ASGITransport(front([ingress], absent, shown))
        async with httpx2.AsyncClient(transport=transport, base_url="http://desk") as made:
            assert (await made.get("/")).headers["content-type"].startswith(wanted)
            assert (await made.get("/v1/conversations/c")).json() == {"from": "ingress"}
    assert not is_page("/v1/demo/")
    assert not is_page("/demonstration")
