"""Messages that come twice, late, and in another order, under ids that the duplicate window does not know."""

import random
import uuid
from dataclasses import dataclass

import nats
import nats.js.errors

from shared.messaging.topology import DESK
from tests.chaos.system import System


@dataclass(frozen=True, slots=True)
class Republish:
    """Some of the last events of the work queue are stored again, shuffled."""

    reach: int = 200

    async def strike(self, system: System, rng: random.Random) -> str:
        client = await nats.connect(system.broker.url, connect_timeout=2, allow_reconnect=False)
        try:
            stream = client.jetstream()
            last = (await stream.stream_info(DESK)).state.last_seq
            chosen = [last - offset for offset in range(min(last, self.reach)) if rng.random() < 0.15]
            rng.shuffle(chosen)
            sent = 0
            for number in chosen:
                try:
                    found = await stream.get_msg(DESK, seq=number)
                except nats.js.errors.NotFoundError:
                    continue
                headers = dict(found.headers or {}) | {"Nats-Msg-Id": uuid.UUID(int=rng.getrandbits(128)).hex}
                assert found.subject
                await stream.publish(found.subject, found.data or b"", headers=headers, timeout=5)
                sent += 1
        finally:
            await client.close()
        return f"republish {sent} of the last {min(last, self.reach)} events"
