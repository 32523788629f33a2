"""A real browser in front of the whole system: Debian's Chromium, driven by Playwright, against `frontdesk dev`."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chat import Chat
from tests.e2e.environment import STORES, Running, records_option, running

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The browser's path. Without one the tests are left out, or with CI=true fail: there, nothing may be left out."""
    if found := shutil.which("chromium") or shutil.which("chromium-browser"):
        return found
    missing = "there is no Chromium for the browser tests; get it with `apt-get install chromium`"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a module, not for the session: Playwright's loop runs in this thread for as long as it lives."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module", params=STORES)
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("desk"), *records_option(request.param, request)) as here:
        yield here


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screenshots")
    print(f"\nscreenshots: {folder}")
    return folder


@pytest.fixture
def customers(browser: Browser, desk: Running, shots: Path, request: pytest.FixtureRequest) -> Iterator["Customers"]:
    made = Customers(browser, desk, shots / request.node.name.replace("/", "_"))
    yield made
    made.leave()


@pytest.fixture
def chat(customers: "Customers") -> Chat:
    """The demo customer's page, the chat closed."""
    return customers.arrive()


class Customers:
    """Browsers of customers, each with cookies and storage of its own. None may have met an error or a violation."""

    def __init__(self, browser: Browser, desk: Running, shots: Path) -> None:
        self._browser, self._desk, self._shots = browser, desk, shots
        self._chats: list[Chat] = []

    def arrive(self, path: str = "/", quiet: Callable[[str], bool] | None = None, **options: Any) -> Chat:
        context = self._browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(20_000)
        return self.tab(context, path, quiet)

    def tab(self, context: BrowserContext, path: str = "/", quiet: Callable[[str], bool] | None = None) -> Chat:
        """`quiet` tells which complaints of the browser are to be expected."""
        chat = Chat(context.new_page(), self._desk, self._shots)
        chat.tolerated = quiet or chat.tolerated
        self._chats.append(chat)
        chat.goto(path)
        return chat

    def leave(self) -> None:
        troubles = []
        for chat in self._chats:
            chat.shot("end")
            troubles += chat.troubles
            chat.page.context.close()
        assert troubles == []
