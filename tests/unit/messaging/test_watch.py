from structlog.testing import capture_logs

from shared.messaging.connection import Watch


async def test_an_outage_is_one_line_not_one_for_every_attempt_to_reconnect() -> None:
    on = Watch().callbacks()
    with capture_logs() as logs:
        for _ in range(100):
            await on["error_cb"](ConnectionRefusedError("refused"))
        await on["reconnected_cb"]()
        await on["error_cb"](ConnectionRefusedError("refused"))
    assert [each["event"] for each in logs] == ["nats error", "nats reconnected", "nats error"]
