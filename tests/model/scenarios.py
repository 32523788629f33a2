"""Which inputs, over which channel and provider. Inputs arrive in any order, at any time, or never."""

from typing import Any

from tests.model.world import World

QUICK: dict[str, dict[str, Any]] = {  # in `make test`
    "burst": {"inputs": "m1,m2", "channel": "lookup"},
    "burst-keys": {"inputs": "m1,m2", "channel": "keys"},
    "burst-neither": {"inputs": "m1,m2,m3", "channel": "neither"},
    "burst-web": {"inputs": "m1,m2,m3,e1", "channel": "record"},
    "proactive": {"inputs": "m1,e1", "channel": "lookup"},
    "proactive-keys": {"inputs": "m1,e1", "channel": "keys"},
    "proactive-web": {"inputs": "m1,e1,e2", "channel": "record"},
    "poison": {"inputs": "z1,m1", "channel": "lookup"},
    "poison-web": {"inputs": "z1,m1", "channel": "record"},
    "hand-over": {"inputs": "h1,m1", "channel": "lookup"},
    "hand-over-web": {"inputs": "h1,m1,e1", "channel": "record"},
    "look-up": {"inputs": "l1", "channel": "lookup"},
    "look-up-web": {"inputs": "l1,m1", "channel": "record"},
    "refund-web": {"inputs": "r1,m1", "channel": "record"},
    "refund-web-keys": {"inputs": "r1,e1", "channel": "record", "provider": "keys"},
    "refund-keys": {"inputs": "r1", "channel": "keys", "provider": "keys"},
    "refund-neither": {"inputs": "r1", "channel": "neither", "provider": "neither"},
}
LONG: dict[str, dict[str, Any]] = {  # `python -m tests.model`, or LANE_MODEL=long
    "burst-three": {"inputs": "m1,m2,m3", "channel": "lookup"},
    "burst-three-keys": {"inputs": "m1,m2,m3", "channel": "keys"},
    "three-workers": {"inputs": "m1,m2", "channel": "lookup", "workers": 3},
    "proactive-poison": {"inputs": "m1,e1,z1", "channel": "lookup"},
    "hand-over-event": {"inputs": "m1,h1,e1", "channel": "lookup"},
    "look-up-message": {"inputs": "l1,m1", "channel": "lookup"},
    "refund": {"inputs": "r1", "channel": "lookup"},
    "refund-message": {"inputs": "r1,m1", "channel": "lookup"},
    "refund-event": {"inputs": "r1,e1", "channel": "neither"},
    "refund-twice": {"inputs": "r1,r2", "channel": "record", "provider": "keys"},
}
ALL = QUICK | LONG


def world(name: str) -> World:
    return World(**ALL[name])
