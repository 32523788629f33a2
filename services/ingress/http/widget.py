"""The chat widget: `/widget.js` and the modules that it imports, out of the package itself."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import Response

from shared.http.problems import not_found

_CONTENT_TYPE = "text/javascript; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Module:
    """A file as it is served. The tag is of its content, so every replica and every start has the same one."""

    content: bytes = field(repr=False)
    tag: str

    @classmethod
    def of(cls, content: bytes) -> "Module":
        return cls(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def modules() -> dict[str, Module]:
    """`widget.js` and `widget/<name>.js`, read once."""
    root = files("services.ingress").joinpath("static")
    found = {"widget.js": Module.of(root.joinpath("widget.js").read_bytes())}
    for each in root.joinpath("widget").iterdir():
        if each.name.endswith(".js"):
            found[f"widget/{each.name}"] = Module.of(each.read_bytes())
    return found


@dataclass(frozen=True, slots=True)
class Widget:
    """`GET /widget.js` and `GET /widget/{name}`: public, the same for everybody.

    A browser asks each time and is answered 304 unless the file has changed: a module that is newer than the one that
    imports it would not fit.
    """

    modules: Mapping[str, Module] = field(default_factory=modules)

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        for path in ("/widget.js", "/widget/{name}"):
            router.add_api_route(path, self.get, methods=["GET", "HEAD"])
        return router

    async def get(self, request: Request) -> Response:
        """Raises 404 for a file that is not the widget's."""
        module = self.modules.get(request.url.path.removeprefix("/"))
        if module is None:
            raise not_found()
        headers = {
            "ETag": module.tag,
            "Cache-Control": "public, no-cache",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if _has(request.headers.get("if-none-match", ""), module.tag):
            return Response(status_code=304, headers=headers | {"Content-Type": _CONTENT_TYPE})
        return Response(module.content, headers=headers, media_type=_CONTENT_TYPE)


def _has(if_none_match: str, tag: str) -> bool:
    """Weak comparison, as RFC 9110, 13.1.2 asks for."""
    return any(each.strip().removeprefix("W/") in (tag, "*") for each in if_none_match.split(","))
