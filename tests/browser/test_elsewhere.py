"""The widget on a company's own site, with Frontdesk at another address."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Customers
from tests.e2e.environment import Running, running


class Site(ThreadingHTTPServer):
    """Two names of one site, of which Frontdesk is told one. Its page embeds the widget, under a strict policy."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.base = ""
        self.origin, self.stranger = (f"http://{name}:{self.server_port}" for name in ("localhost", "127.0.0.1"))

    def __enter__(self) -> "Site":
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        base = self.server.base
        page = f"""<!doctype html><html lang="en"><title>A shop</title><script type="module" src="{base}/widget.js"></script>
          <frontdesk-chat base="{base}" heading="Robin"></frontdesk-chat></html>"""
        self.send_response(200 if self.path == "/" else 204)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", f"default-src 'none'; script-src {base}; connect-src {base}")
        self.end_headers()
        self.wfile.write(page.encode() if self.path == "/" else b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture(scope="module")
def desk(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("desk"), FRONTDESK_ALLOWED_ORIGINS=site.origin) as here:
        site.base = here.addresses["http"]
        yield here


def test_it_works_and_goes_on_after_a_reload(customers: Customers, site: Site) -> None:
    chat = customers.arrive(site.origin)
    chat.open()
    assert "30" in (chat.ask("How long can I return things?").text_content() or "")
    chat.watch_previews()
    chat.ask("What does the warranty cover?")
    assert len(chat.previews()) >= 2
    chat.page.reload()
    expect(chat.log.locator(".turn")).to_have_count(2)
    expect(chat.said).to_have_count(2)
    assert chat.page.context.cookies() == []


def test_an_origin_that_was_not_named_gets_nothing(customers: Customers, site: Site) -> None:
    chat = customers.arrive(site.stranger, quiet=lambda text: "CORS policy" in text or "ERR_FAILED" in text)
    chat.page.wait_for_load_state("networkidle")
    expect(chat.page.locator("frontdesk-chat .launcher")).to_have_count(0)
    asked = "base => fetch(`${base}/v1/sessions`, { method: 'POST' }).then(() => 'answered', () => 'refused')"
    assert chat.page.evaluate(asked, site.base) == "refused"


def test_the_words_of_welcome_are_left_out_where_there_are_none(customers: Customers, site: Site) -> None:
    chat: Chat = customers.arrive(site.origin)
    chat.open()
    expect(chat.log.locator("> *")).to_have_count(0)
