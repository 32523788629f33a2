from copy import deepcopy
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from shared.contracts.backend import BackendEvent
from shared.contracts.base import Event
from shared.contracts.turn import MessageReceived, TurnScreened
from shared.errors import TopologyError
from shared.messaging import BusSettings, Limits, topology
from shared.messaging.topology import Existing, Stream, Topology, differences_of, durable, subject


class Safety:
    async def screen(self, event: MessageReceived) -> TurnScreened | None: ...
    async def again(self, event: MessageReceived) -> None: ...
    async def backend(self, event: BackendEvent) -> None: ...


class Second(Event):
    name: ClassVar[str] = "message-received"
    version: ClassVar[int] = 2


def made(**settings: Any) -> Topology:
    return topology(BusSettings(**settings), {"safety": (Safety.screen,), "ingress": (Safety.backend,)})


def existing(wanted: Topology) -> Existing:
    return Existing(
        {each.name: deepcopy(each.config) for each in wanted.streams},
        {(each.stream, each.name): deepcopy(each.config) for each in wanted.consumers},
    )


def test_names_come_from_events() -> None:
    assert subject(MessageReceived) == "desk.v1.message-received.*"
    assert subject(BackendEvent) == "events.>"
    assert durable("safety", MessageReceived) == "safety-message-received"
    assert durable("ingress", BackendEvent) == "ingress-backend-event"
    assert (subject(Second), durable("safety", Second)) == ("desk.v2.message-received.*", "safety-message-received-v2")


def test_streams_keep_their_promises() -> None:
    streams = {each.name: each.config for each in made(replicas=3).streams}
    assert list(streams) == ["DESK", "DESK_EVENTS", "DESK_DLQ", "KV_desk-tools"]
    for config in streams.values():
        assert (config["retention"], config["storage"], config["discard"]) == ("limits", "file", "new")
        assert config["num_replicas"] == 3
        assert config["duplicate_window"] >= 120 * 10**9
        assert config["max_age"] == 0 or config["duplicate_window"] <= config["max_age"]
    [first, second] = [each.config for each in made().consumers]
    assert (first["filter_subject"], second["filter_subject"]) == ("desk.v1.message-received.*", "events.>")
    assert first["ack_policy"] == "explicit"
    assert first["max_deliver"] == -1, "the server never drops a message in silence"


def test_nothing_differs_from_itself_and_everything_from_nothing() -> None:
    wanted = made()
    assert wanted.diff(existing(wanted)) == []
    changes = wanted.diff(Existing({}, {}))
    assert len(changes) == len(wanted.streams) + len(wanted.consumers)
    assert all(change.creates and not change.immutable for change in changes)


@given(st.data())
def test_each_changed_setting_is_found_and_no_other(data: st.DataObject) -> None:
    wanted = made()
    have = existing(wanted)
    stream = data.draw(st.sampled_from(sorted(have.streams)))
    setting = data.draw(st.sampled_from(sorted(have.streams[stream])))
    have.streams[stream][setting] = "something else"
    [change] = wanted.diff(have)
    assert isinstance(change.what, Stream)
    assert (change.what.name, [each.setting for each in change.differences]) == (stream, [setting])
    assert bool(change.immutable) == (
        setting in {"name", "retention", "storage", "mirror", "deny_delete", "deny_purge", "max_consumers"}
    )


@pytest.mark.parametrize("zero", [0, False, "", [], None])
def test_the_server_leaves_out_zeros(zero: Any) -> None:
    assert differences_of({}, {"x": zero}) == ()
    assert differences_of({"x": zero}, {}) == ()
    assert [str(each) for each in differences_of({"x": zero}, {"x": 7})] == [f"x is {zero!r}, needed is 7"]


def test_two_handlers_of_one_event_would_share_a_durable() -> None:
    with pytest.raises(TopologyError, match=r"two handlers of safety take MessageReceived: Safety\.again"):
        topology(BusSettings(), {"safety": (Safety.screen, Safety.again)})


def test_a_stage_needs_its_own_part() -> None:
    part = made().part("safety", (Safety.screen,))
    assert [each.name for each in part.streams] == ["DESK", "DESK_DLQ"]
    assert [each.name for each in part.consumers] == ["safety-message-received"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"duplicate_window": timedelta(days=2)}, "duplicate_window may not be longer"),
        ({"duplicate_window": timedelta(minutes=1)}, "duplicate_window"),
        ({"user": "a"}, "belong together"),
        ({"user": "a", "password": SecretStr("b"), "nkey": SecretStr("c")}, "choose one way"),
        ({"replicas": 0}, "replicas"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        BusSettings(**settings)


def test_settings_come_from_the_environment_and_hide_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "URL": "nats://a:4222, nats://b:4222",
        "USER": "safety",
        "PASSWORD": "s3cret",
        "REPLICAS": "3",
        "ACK_WAIT": "PT5S",
    }
    for key, value in environment.items():
        monkeypatch.setenv(f"FRONTDESK_NATS_{key}", value)
    settings = BusSettings()
    assert settings.servers == ["nats://a:4222", "nats://b:4222"]
    assert (settings.replicas, settings.ack_wait) == (3, timedelta(seconds=5))
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    "wrong", [{"attempts": 0}, {"attempts": 9, "patience": 8}, {"concurrency": 0}, {"deadline": 0}, {"expires": 5}]
)
def test_limits_that_contradict_each_other_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must|refuses"):
        Limits(**wrong)
