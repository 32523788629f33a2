"""Processes that die, leave, or stand still."""

import random
from dataclasses import dataclass

from services.names import STAGES
from tests.chaos.system import ACK_WAIT, System


@dataclass(frozen=True, slots=True)
class Kill:
    """SIGKILL of any service."""

    async def strike(self, system: System, rng: random.Random) -> str:
        stage = rng.choice(STAGES)
        await system.kill(stage)
        return f"kill {stage}"


@dataclass(frozen=True, slots=True)
class Terminate:
    """SIGTERM of any service, which then leaves in order."""

    async def strike(self, system: System, rng: random.Random) -> str:
        stage = rng.choice(STAGES)
        await system.stop(stage)
        return f"terminate {stage}"


@dataclass(frozen=True, slots=True)
class Pause:
    """SIGSTOP of any service for longer than `ack_wait`: its messages go to nobody else, and come to it again."""

    async def strike(self, system: System, rng: random.Random) -> str:
        stage, seconds = rng.choice(STAGES), ACK_WAIT * rng.uniform(1.1, 2.0)
        await system.pause(stage, seconds)
        return f"pause {stage} {seconds:.1f} s"
