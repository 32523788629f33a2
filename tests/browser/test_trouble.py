"""What a person sees when something is in the way."""

import json

from playwright.sync_api import Route, expect

from tests.browser.chat import Chat

MESSAGES = "**/v1/conversations/*/messages"


def refuse(status: int, **headers: str):  # type: ignore[no-untyped-def]
    """Refuse the first message, let the next ones pass; the list is of what was sent."""
    sent: list[dict[str, str]] = []

    def handle(route: Route) -> None:
        sent.append(route.request.post_data_json)
        if len(sent) > 1:
            return route.continue_()
        problem = json.dumps({"title": "No", "status": status, "detail": "Not taken."})
        return route.fulfill(status=status, headers=headers, body=problem, content_type="application/problem+json")

    return handle, sent


def test_a_busy_server_is_asked_again_with_the_same_id(chat: Chat) -> None:
    chat.tolerated = lambda text: "503" in text
    handle, sent = refuse(503, **{"Retry-After": "1"})
    chat.page.route(MESSAGES, handle)
    chat.open()
    chat.write("Where is my order ORD-10001?")
    expect(chat.panel).to_contain_text("Sending again in 1 s")
    expect(chat.replies).to_have_count(1)
    assert len(sent) == 2
    assert sent[0] == sent[1]
    expect(chat.log.locator(".below")).to_have_count(0)


def test_what_would_take_too_long_is_left_to_the_customer(chat: Chat) -> None:
    chat.tolerated = lambda text: "429" in text
    handle, sent = refuse(429, **{"Retry-After": "120"})
    chat.page.route(MESSAGES, handle)
    chat.open()
    chat.write("Where is my order ORD-10001?")
    expect(chat.panel).to_contain_text("Not taken.")
    expect(chat.page.locator("frontdesk-chat .typing")).to_have_count(0)
    chat.page.get_by_role("button", name="Try again").click()
    expect(chat.replies).to_have_count(1)
    assert sent[0] == sent[1]
    expect(chat.said).to_have_count(1)


def test_what_can_never_be_taken_is_not_offered_again(chat: Chat) -> None:
    chat.tolerated = lambda text: "413" in text
    handle, _ = refuse(413)
    chat.page.route(MESSAGES, handle)
    chat.open()
    chat.write("far too long")
    expect(chat.panel).to_contain_text("Not taken.")
    expect(chat.page.get_by_role("button", name="Try again")).to_have_count(0)


def test_a_restart_of_the_server_is_survived(chat: Chat) -> None:
    chat.tolerated = lambda text: "Failed to load resource" in text or "ERR_" in text
    chat.open()
    chat.ask("Where is my order ORD-10001?")
    chat.desk.kill("frontdesk")
    chat.write("no, I meant ORD-10002")
    expect(chat.replies).to_have_count(2, timeout=45_000)
    expect(chat.replies.last).to_contain_text("ORD-10002")
    expect(chat.page.locator("frontdesk-chat .status")).to_be_empty(timeout=20_000)
    chat.page.reload()
    expect(chat.replies).to_have_count(2)
    expect(chat.said).to_have_count(2)


def test_a_cut_is_told_and_mended(chat: Chat) -> None:
    chat.tolerated = lambda text: "ERR_INTERNET_DISCONNECTED" in text
    chat.open()
    chat.ask("hello")
    chat.page.context.set_offline(True)
    chat.page.evaluate("() => document.querySelector('frontdesk-chat').stream.controller.abort()")
    expect(chat.page.locator("frontdesk-chat .status")).to_contain_text("Reconnecting")
    chat.write("Where is my order ORD-10001?")
    chat.shot("offline")
    chat.page.context.set_offline(False)
    expect(chat.replies).to_have_count(2, timeout=45_000)
    expect(chat.page.locator("frontdesk-chat .status")).to_be_empty()


def test_a_button_that_came_too_late_says_so(chat: Chat) -> None:
    chat.tolerated = lambda text: "410" in text
    chat.open()
    chat.write("I want a refund for ORD-10002, it arrived damaged")
    expect(chat.card.get_by_role("button", name="Confirm")).to_be_visible()
    chat.page.route("**/confirmations/*", lambda route: route.fulfill(status=410, body="{}", content_type="application/json"))
    chat.card.get_by_role("button", name="Confirm").click()
    expect(chat.card).to_contain_text("no longer open")
