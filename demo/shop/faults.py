"""The test bench: makes the shop slow, failing, or careless about keys. Off until somebody posts to `/faults`."""

import asyncio

from pydantic import BaseModel, ConfigDict, Field


class Faults(BaseModel):
    """`delay_ms` before each answer; `fail_next` answers of 503 before anything is done; `answer_late_ms` after it is
    done, so that a caller times out and does not know, of each `answer_late_every`-th; `ignore_idempotency_keys`: every
    call is done again; `cannot_be_asked`: nobody can look up which refunds were made (501)."""

    model_config = ConfigDict(extra="forbid")

    delay_ms: int = Field(0, ge=0, le=60_000)
    fail_next: int = Field(0, ge=0)
    answer_late_ms: int = Field(0, ge=0, le=60_000)
    answer_late_every: int = Field(1, ge=1)
    ignore_idempotency_keys: bool = False
    cannot_be_asked: bool = False


class Bench:
    """The faults in force."""

    def __init__(self) -> None:
        self.faults = Faults()
        self._answered = 0

    async def before(self) -> bool:
        """Wait as told. False: fail this request before it does anything."""
        await asyncio.sleep(self.faults.delay_ms / 1000)
        if self.faults.fail_next:
            self.faults = self.faults.model_copy(update={"fail_next": self.faults.fail_next - 1})
            return False
        return True

    async def after(self) -> None:
        """Answer late, if this one is to be."""
        self._answered += 1
        if self._answered % self.faults.answer_late_every == 0:
            await asyncio.sleep(self.faults.answer_late_ms / 1000)
