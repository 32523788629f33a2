"""The widget as it is served: whole, tagged, and nothing but its own files."""

import re
from collections.abc import AsyncIterator
from pathlib import PurePosixPath

import httpx2
import pytest
from fastapi import FastAPI

from services.ingress.http.widget import Widget, modules
from shared.http.edge import EdgeSettings, edge
from shared.http.problems import install
from shared.texts import texts

LONGEST = 300
SAID = re.compile(r"`[^`]*`|\"[^\"]*\"")
KEY = re.compile(r"(\w+):")
IMPORT = re.compile(r'from "(\./[^"]+)"')


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    app = FastAPI()
    install(app)
    app.include_router(Widget().router())
    transport = httpx2.ASGITransport(edge(app, EdgeSettings()))
    async with httpx2.AsyncClient(transport=transport, base_url="http://desk") as client:
        yield client


async def test_a_module_is_served_as_a_script_that_is_asked_for_again(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/widget.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = await http.get("/widget.js", headers={"If-None-Match": f'"other", W/{answer.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]
    assert (await http.get("/widget.js", headers={"If-None-Match": '"other"'})).status_code == 200


async def test_every_import_is_served(http: httpx2.AsyncClient) -> None:
    wanted, seen = {"widget.js"}, set()
    while wanted - seen:
        path = (wanted - seen).pop()
        seen.add(path)
        answer = await http.get(f"/{path}")
        assert answer.status_code == 200, path
        wanted |= {str(PurePosixPath(path).parent / name) for name in IMPORT.findall(answer.text)}
    assert seen == set(modules()), "a file that nothing imports"


@pytest.mark.parametrize(
    "path",
    ["/widget/nothing.js", "/widget/", "/widget/../widget.js", "/widget/..%2f..%2fapp.py", "/widget/widget.js", "/widget"],
)
async def test_nothing_else_is_served(http: httpx2.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert answer.status_code in (307, 404) or answer.text == modules()["widget.js"].content.decode()
    assert "import structlog" not in answer.text


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_needs_nothing_that_a_strict_policy_forbids(name: str) -> None:
    text = modules()[name].content.decode()
    assert len(text.splitlines()) <= LONGEST
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        'setAttribute("style"',
    ):
        assert forbidden not in text


@pytest.mark.parametrize("language", texts())
def test_the_widget_says_everything_in_each_language_of_the_system(language: str) -> None:
    def keys(code: str) -> list[str]:
        return KEY.findall(SAID.sub("", modules()[f"widget/words.{code}.js"].content.decode()))

    assert keys(language) == keys("en")
    assert len(keys("en")) > 60
    assert f" {language}" in modules()["widget/words.js"].content.decode().partition("ALL = {")[2].partition("}")[0]
