"""What a customer does with the chat, and what they see of it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, expect

from tests.e2e.environment import Running

_WATCH_PREVIEWS = """() => {
  const root = document.querySelector("frontdesk-chat").shadowRoot;
  window.previews = [];
  new MutationObserver(() => {
    const text = root.querySelector(".live .bubble:not(.typing)")?.textContent;
    if (text && text !== window.previews.at(-1)) window.previews.push(text);
  }).observe(root.querySelector(".live"), { childList: true, subtree: true, characterData: true });
}"""


class Chat:
    """A page with the chat. `troubles` are its errors: of scripts, of the console, of the content security policy."""

    def __init__(self, page: Page, desk: Running, shots: Path) -> None:
        self.page, self.desk, self._shots = page, desk, shots
        self.troubles: list[str] = []
        self.tolerated: Callable[[str], bool] = lambda _: False
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self.tolerated(message.text):
            self.troubles.append(f"{message.type}: {message.text}")

    def goto(self, path: str = "/") -> None:
        self.page.goto(urljoin(self.desk.addresses["http"], path))
        self.page.locator("frontdesk-chat").wait_for(state="attached")

    @property
    def launcher(self) -> Locator:
        return self.page.locator("frontdesk-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your message")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    @property
    def replies(self) -> Locator:
        """Replies of the assistant and of people, without the words of welcome."""
        return self.log.locator(".turn:not(:first-child)")

    @property
    def notices(self) -> Locator:
        return self.log.locator(".told.notice")

    @property
    def refusals(self) -> Locator:
        return self.log.locator(".told.refusal")

    @property
    def said(self) -> Locator:
        return self.log.locator(".bubble.customer")

    @property
    def card(self) -> Locator:
        return self.log.locator(".card").last

    def open(self) -> None:
        self.launcher.click()
        expect(self.box).to_be_focused()

    def write(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def ask(self, text: str) -> Locator:
        """Write, and wait for the reply, which is returned."""
        count = self.replies.count()
        self.write(text)
        expect(self.replies).to_have_count(count + 1)
        return self.replies.last

    def watch_previews(self) -> None:
        self.page.evaluate(_WATCH_PREVIEWS)

    def previews(self) -> list[str]:
        seen: list[str] = self.page.evaluate("() => window.previews")
        return seen

    def conversation(self) -> str:
        id: str = self.page.evaluate("() => document.querySelector('frontdesk-chat').conversation")
        return id

    def shot(self, name: str) -> None:
        self._shots.mkdir(parents=True, exist_ok=True)
        with suppress(Error):
            self.page.screenshot(path=self._shots / f"{name}.png")
