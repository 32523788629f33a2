"""The shop's page: what a company that uses Frontdesk would serve by itself. For the demo only, it signs in anybody."""

import time
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from demo.page.host import CUSTOMER, customer_token
from demo.page.render import page
from demo.page.settings import PageSettings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_SHIPPABLE = "ORD-10003"
_PRIVATE = {"Cache-Control": "no-store"}


def create_app(
    settings: PageSettings, *, now: Callable[[], float] = time.time, transport: httpx2.AsyncBaseTransport | None = None
) -> Starlette:
    """The page's routes: `/`, its files, and the few things that the shop's own backend would do for it.

    `transport` is how the shop is reached, by default over the network.
    """
    site = Site(settings, now, transport)
    routes = [
        Route("/", site.home),
        Route("/demo/token", site.token),
        Route("/demo/orders", site.orders),
        Route("/demo/orders/{id}/ship", site.ship, methods=["POST"]),
        Route("/demo/sign-out", site.sign_out, methods=["POST"]),
        Route("/demo/static/{name:path}", site.static),
        Route("/favicon.ico", site.favicon),
    ]
    return Starlette(routes=routes)


class Site:
    """Answers for the page. Another site can neither read them (no CORS) nor cause anything (`Sec-Fetch-Site`)."""

    def __init__(self, settings: PageSettings, now: Callable[[], float], transport: httpx2.AsyncBaseTransport | None) -> None:
        self._settings, self._now, self._transport = settings, now, transport
        self._pages = {signed_in: page(signed_in=signed_in, stand_in=settings.stand_in).encode() for signed_in in (True, False)}
        self._files = _static()
        key = settings.shop_key.get_secret_value() if settings.shop_key else ""
        self._shop_headers = {"Authorization": f"Bearer {key}"} if key else {}

    async def home(self, request: Request) -> Response:
        """The page, for the demo customer or with `?guest` for somebody who is not signed in."""
        signed_in = "guest" not in request.query_params
        return Response(self._pages[signed_in], headers=_HEADERS, media_type="text/html")

    async def static(self, request: Request) -> Response:
        """A file of the page."""
        name = request.path_params["name"]
        if name not in self._files:
            return Response("not found", 404, _HEADERS, "text/plain")
        return Response(self._files[name], headers=_HEADERS, media_type=_TYPES[name.rpartition(".")[2]])

    async def favicon(self, _: Request) -> Response:
        """The shop's mark; browsers ask for it by this name."""
        return Response(self._files["mark.svg"], headers=_HEADERS, media_type=_TYPES["svg"])

    async def token(self, request: Request) -> Response:
        """The host company's word for who is signed in: here always the demo customer."""
        if _from_elsewhere(request):
            return _forbidden()
        return JSONResponse({"token": customer_token(self._settings, self._now())}, headers=_PRIVATE)

    async def orders(self, request: Request) -> Response:
        """The demo customer's orders, as the shop has them now."""
        if _from_elsewhere(request):
            return _forbidden()
        return await self._shop("GET", f"/customers/{CUSTOMER}/orders")

    async def ship(self, request: Request) -> Response:
        """Have the shop ship an order of the demo customer, which it then tells the world. 409 for any other."""
        if _from_elsewhere(request):
            return _forbidden()
        if request.path_params["id"] != _SHIPPABLE:
            return JSONResponse({"error": "this order cannot be shipped here"}, 409, _PRIVATE)
        return await self._shop("POST", f"/orders/{_SHIPPABLE}/ship")

    async def sign_out(self, request: Request) -> Response:
        """Forget the session, and show the page as a guest sees it."""
        if _from_elsewhere(request):
            return _forbidden()
        response = RedirectResponse("/?guest", 303, headers=_PRIVATE)
        response.delete_cookie("frontdesk_session", path="/v1", httponly=True, samesite="strict")
        return response

    def _client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            base_url=self._settings.shop_url, headers=self._shop_headers, timeout=5, transport=self._transport
        )

    async def _shop(self, method: str, path: str) -> Response:
        try:
            async with self._client() as shop:
                answer = await shop.request(method, path)
                body: Any = answer.json()
        except (httpx2.TransportError, ValueError):
            return JSONResponse({"error": "the shop does not answer"}, 502, _PRIVATE)
        return JSONResponse(body, answer.status_code, _PRIVATE)


def _static() -> dict[str, bytes]:
    root = files("demo.page").joinpath("static")
    found = {each.name: each.read_bytes() for each in root.iterdir() if each.is_file()}
    art = {f"art/{each.name}": each.read_bytes() for each in root.joinpath("art").iterdir() if each.name.endswith(".svg")}
    return {name: content for name, content in (found | art).items() if name.rpartition(".")[2] in _TYPES}


def _from_elsewhere(request: Request) -> bool:
    """Source: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header"""
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def _forbidden() -> Response:
    return JSONResponse({"error": "only for the page itself"}, 403, _PRIVATE)
