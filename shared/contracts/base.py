"""What every event has in common."""

from hashlib import sha1
from typing import Annotated, ClassVar, Self
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel, ConfigDict, Field

Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""An id minted by us: safe as one token of a NATS subject and in a URL."""

_ROOTS = str(uuid5(NAMESPACE_URL, "urn:frontdesk:turn"))


class Value(BaseModel):
    """A part of an event or a record. Readers ignore fields they do not know, so that releases can run side by side."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(BaseModel):
    """Something that happened in a turn; the only thing stages share.

    Handlers build events from typed fields; `shared.messaging` stamps `id`, `caused_by` and `attempt` before it
    publishes, once. A new optional field may be added; anything else is a new `version`, published beside the old.
    """

    model_config = ConfigDict(extra="ignore")

    name: ClassVar[str]
    version: ClassVar[int] = 1

    id: str = ""
    caused_by: str = ""
    attempt: str = ""  # of the sweeper: part of Nats-Msg-Id, or the duplicate window would swallow the cure
    conversation: Token
    epoch: int = Field(ge=0)
    trace: str = Field(default="", exclude=True, repr=False)
    """The traceparent to publish under when it is not the cause's: a turn that another turn's end begins. Never in the body."""

    @property
    def turn(self) -> str:
        return turn_id(self.conversation, self.epoch)

    @property
    def message_id(self) -> str:
        """For the header `Nats-Msg-Id`."""
        return f"{self.id}#{self.attempt}" if self.attempt else self.id

    def because_of(self, cause: "Event", position: int) -> Self:
        """Stamp this event as the `position`-th result of handling `cause`, in place.

        The id is `uuid5(cause.id, "<name>:<position>")`: it depends on nothing else, so handling a redelivered message
        publishes a duplicate that JetStream drops.
        """
        self.id = named(cause.id, f"{self.name}:{position}")
        self.caused_by, self.attempt = cause.id, cause.attempt
        return self

    def first_of(self, key: str, attempt: str = "") -> Self:
        """Stamp this event as the first that `key` (a turn or a confirmed action) causes, in place.

        The id is `uuid5(<namespace>, "<key>:<name>")`. `attempt` tells one sweep from another.
        """
        self.id = named(_ROOTS, f"{key}:{self.name}")
        self.attempt = attempt
        return self


def named(namespace: str, name: str) -> str:
    """`str(uuid5(UUID(namespace), name))` for a third of its CPU: every event of every hop has such an id.

    Source: RFC 9562, 5.5. Raises `ValueError` for a namespace that is no UUID.
    """
    space = bytes.fromhex(namespace.replace("-", ""))
    if len(space) != 16:
        raise ValueError("a namespace is a UUID")
    digits = sha1(space + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def turn_id(conversation: str, epoch: int) -> str:
    """A turn is an epoch of its conversation."""
    return f"{conversation}:{epoch}"
