"""A broker that dies, restarts, or loses everything that it had stored."""

import random
from dataclasses import dataclass

from tests.chaos.system import System


@dataclass(frozen=True, slots=True)
class KillBroker:
    """SIGKILL of nats-server; it comes back with its store."""

    async def strike(self, system: System, _: random.Random) -> str:
        await system.kill_broker()
        return "kill nats-server"


@dataclass(frozen=True, slots=True)
class RestartBroker:
    """SIGTERM of nats-server, as an upgrade does."""

    async def strike(self, system: System, _: random.Random) -> str:
        await system.restart_broker()
        return "restart nats-server"


@dataclass(frozen=True, slots=True)
class WipeBroker:
    """nats-server dies and every stream is gone, as after a disk's loss; streams and durables are provisioned anew."""

    async def strike(self, system: System, _: random.Random) -> str:
        await system.kill_broker(wipe=True)
        return "wipe JetStream"
