"""The web channel: what a client posts, and the data of every server-sent event that it is sent. Pure, one JSON object each.

Stream: `GET /v1/conversations/{id}/events`. The `event:` line is a key of `EVENTS`, `data:` is that model. Frames that
tell of something recorded carry `id: <seq>` (`Done.seq`), which `Last-Event-ID` resumes after; hints carry no id.
Source of the format: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from shared.contracts import ConfirmationRequest, Link, Money, Notice, Part, QuickReplies, Text, Token

LONGEST_TEXT = 8_000
"""Characters of one message. Longer ones are answered 413: nobody types them, and a model reads them for money."""


class Message(BaseModel):
    """`POST /v1/conversations/{id}/messages`. With the same `message_id` it is the same message, however often it is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]
    message_id: Token | None = None


class MessageAccepted(BaseModel):
    """The 202: the message is durable. Its answer comes on the event stream and names `message_id` in `answers`."""

    message_id: str
    conversation_id: str
    trace_id: str


class Data(BaseModel):
    """The data of a server-sent event. Readers ignore fields they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Accepted(Data):
    """A message was accepted, in this tab or another."""

    message_id: str
    trace_id: str


class DeltaData(Data):
    """A piece of an answer that is being written: a preview. `number` counts from 0 in a turn, anew with `restart`."""

    turn_id: str
    number: int = Field(ge=0)
    text: str
    restart: bool = Field(default=False, description="Forget the pieces shown so far: the answer is being written anew.")


ReplyPart = Annotated[Text | QuickReplies | Link | Notice, Field(discriminator="type")]


class Ending(Data):
    """What ends a turn."""

    said: str = Field(
        default="", description="What the customer said, masked as `<EMAIL_1>`; empty where nothing of it was hidden."
    )


class Reply(Ending):
    """The answer of a turn; it replaces the preview. `answers` names the messages that it answers, `text` joins its texts."""

    turn_id: str
    answers: tuple[str, ...]
    text: str
    parts: tuple[ReplyPart, ...] = ()
    by: Literal["assistant", "person"] = "assistant"
    trace_id: str = ""


class Amount(Data):
    """An amount in minor units, and as it is written: 4999, USD, "$49.99"."""

    minor: int
    currency: str
    text: str

    @classmethod
    def of(cls, money: Money) -> Self:
        """The amount as the client shows it."""
        return cls(minor=money.minor, currency=money.currency, text=str(money))


class Confirm(Ending):
    """A sensitive action waits for a button: `POST /v1/conversations/{id}/confirmations/{token}` `{"accept": true}`.

    Title, amount and details are rendered from the business's records. It is also the answer of its turn.
    """

    turn_id: str
    answers: tuple[str, ...] = ()
    token: str
    title: str
    amount: Amount | None = None
    details: tuple[str, ...] = ()
    text: str = ""
    expires_at: AwareDatetime
    state: Literal["open", "accepted", "declined", "void"] = Field(
        default="open", description="What became of it when it is told again; void: expired, superseded or handed over."
    )
    trace_id: str = ""


class NoticeData(Ending):
    """Words of the system: news of an order, a result, a refusal, a failure. It ends the turn `turn_id`, if it names one."""

    text: str
    kind: Literal["notice", "refusal"] = "notice"
    turn_id: str | None = None
    answers: tuple[str, ...] = ()
    parts: tuple[ReplyPart, ...] = ()
    trace_id: str = ""


class Handoff(Ending):
    """The conversation changed hands: from now on `owner` answers."""

    owner: Literal["bot", "person"]
    text: str = ""
    turn_id: str | None = None
    answers: tuple[str, ...] = ()
    trace_id: str = ""


class Withdrawn(Data):
    """Take the preview of this turn away; its answer, if any, comes as a `reply`."""

    turn_id: str
    reason: Literal["guarded", "handed-over", "superseded"] = "guarded"


class ErrorData(Data):
    """The stream cannot go on. `code` is for programs; reconnect after `retry_after` seconds if there is one."""

    code: Literal["unavailable", "slow", "expired", "draining"]
    detail: str
    retry_after: float | None = None


EVENTS: dict[str, type[Data]] = {
    "accepted": Accepted,
    "delta": DeltaData,
    "reply": Reply,
    "confirm": Confirm,
    "notice": NoticeData,
    "handoff": Handoff,
    "withdrawn": Withdrawn,
    "error": ErrorData,
}
"""Every event of the stream and the model of its data."""


def messages(ids: Iterable[str]) -> tuple[str, ...]:
    """Those of `ids` that are messages of the customer: an event's or a result's has a colon, which theirs cannot have."""
    return tuple(id for id in ids if ":" not in id)


def words(parts: Iterable[Part]) -> str:
    """All that is to be read in a reply, one line a part: texts, notices, and the title of what is to be confirmed."""
    read = {Text: "text", Notice: "text", ConfirmationRequest: "title"}
    return "\n".join(getattr(part, read[type(part)]) for part in parts if type(part) in read)


def shown(parts: Iterable[Part]) -> tuple[ReplyPart, ...]:
    """The parts that a web client renders itself; a confirmation is an event of its own."""
    return tuple(part for part in parts if not isinstance(part, ConfirmationRequest))
