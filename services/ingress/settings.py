"""Settings of ingress, read by the composition root only."""

from typing import Annotated, Literal

from limits import parse
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from shared.identity.api_keys import ApiKeys
from shared.identity.settings import IdentitySettings


class IngressSettings(IdentitySettings):
    """`FRONTDESK_*` of ingress. Rates are written as `120/minute`; several are joined by `;`."""

    api_keys: SecretStr = Field(SecretStr(""), description="Of backends and desk: name:roles:key, separated by commas.")
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field((), description="Other origins that browsers may call from.")

    rate_limits: Literal["on", "off"] = "on"
    rate_customer: str = Field("120/minute", description="Messages, presses and feedback of one customer.")
    rate_address: str = Field("1200/minute", description="Requests from one address; of IPv6 its /64.")
    rate_sessions: str = Field("60/minute", description="New sessions from one address.")
    forwarded_hops: int = Field(0, ge=0, le=8, description="Our own proxies that append to X-Forwarded-For; 0: it is not read.")
    largest_body: int = Field(128 * 1024, ge=16 * 1024, le=8 << 20, description="Bytes of one request.")

    room: int = Field(100, ge=1, le=1000, description="Inputs that may wait in one conversation.")
    open_for: float = Field(7 * 86400.0, gt=0, description="Seconds after which a quiet conversation gets no events.")
    publish_within: float = Field(2.0, gt=0, le=30, description="How long a 202 may wait for NATS; the sweeper does the rest.")

    sweep_after: float = Field(20.0, gt=0, description="Seconds until a turn that stands is sent again.")
    sweep_every: float = Field(5.0, gt=0, description="Seconds between sweeps, about.")
    give_up_after: float = Field(120.0, gt=0, description="Seconds until a turn that stands is ended by a notice.")

    refuse_after: float = Field(60.0, gt=0, description="Age in seconds at which a turn that stands counts as backlog.")
    refuse_turns: int = Field(20, ge=1, description="Turns of the backlog from which new messages are refused with a 503.")
    retention_every: float = Field(3600.0, gt=0, description="Seconds between runs of the retention job, about.")

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("allowed_origins")
    @classmethod
    def _no_star(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        if "*" in origins:
            raise ValueError("name the origins: * would let any page talk to your customers")
        return origins

    @field_validator("rate_customer", "rate_address", "rate_sessions")
    @classmethod
    def _rate(cls, rate: str) -> str:
        try:
            parse(rate)
        except ValueError:
            raise ValueError("not a rate such as 120/minute") from None
        return rate

    @field_validator("api_keys")
    @classmethod
    def _keys(cls, keys: SecretStr) -> SecretStr:
        ApiKeys.parse(keys.get_secret_value())
        return keys

    @model_validator(mode="after")
    def _sweeps_before_giving_up(self) -> "IngressSettings":
        if self.give_up_after <= self.sweep_after:
            raise ValueError("FRONTDESK_GIVE_UP_AFTER must be longer than FRONTDESK_SWEEP_AFTER")
        if self.refuse_after < self.sweep_after:
            raise ValueError("FRONTDESK_REFUSE_AFTER may not be shorter than FRONTDESK_SWEEP_AFTER: the sweeper counts")
        return self
