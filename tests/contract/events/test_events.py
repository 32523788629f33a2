"""The contracts outlive a release: what was published once is read for ever, and no version changes its meaning.

`golden/<event>/v<N>/*.json` are messages as they were published; append to them, never change one (MANIFEST tells).
`released/<event>.v<N>.json` are the schemas as they were released; `python -m tests.contract.events.release` adds to
them after a compatible change.
"""

import copy
import hashlib
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from shared.contracts import BackendEvent, Event
from tests.contract.events.compatibility import breaks

HERE = Path(__file__).parent
GOLDEN = sorted(HERE.glob("golden/*/v*/*.json"))


def events(root: type[Event] = Event) -> list[type[Event]]:
    found = [kind for kind in root.__subclasses__() if kind.__module__.startswith("shared.contracts")]
    return found + [deeper for kind in found for deeper in events(kind)]


EVENTS: dict[str, type[BaseModel]] = {f"{e.name}/v{e.version}": e for e in events() if e.name != "action-requested"}
EVENTS["backend-event/v1"] = BackendEvent


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: str(path.relative_to(HERE / "golden")))
def test_every_message_ever_published_is_still_read(path):
    kind = EVENTS["/".join(path.relative_to(HERE / "golden").parts[:2])]
    message = from_json(path.read_bytes())
    read = kind.model_validate(message)
    again = from_json(read.model_dump_json())
    assert _kept(message, again) == [], "a field of a published message is not read any more"
    kind.model_validate(message | {"field_of_a_later_release": 1})


def _kept(message, read, at=""):
    """Fields of `message` that `read` has lost or changed."""
    if isinstance(message, dict):
        lost = [f"{at}.{key}" for key in message if key not in read]
        return lost + [p for key in message if key in read for p in _kept(message[key], read[key], f"{at}.{key}")]
    if isinstance(message, list):
        return [p for old, new in zip(message, read, strict=True) for p in _kept(old, new, f"{at}[]")]
    return [] if message == read else [at]


def test_every_event_has_a_golden_message_and_a_released_schema():
    assert {"/".join(path.relative_to(HERE / "golden").parts[:2]) for path in GOLDEN} == set(EVENTS)
    assert {path.stem.replace(".v", "/v") for path in (HERE / "released").glob("*.json")} == set(EVENTS)


def test_golden_messages_are_append_only():
    manifest = dict(line.split("  ")[::-1] for line in (HERE / "golden/MANIFEST").read_text().splitlines())
    now = {str(p.relative_to(HERE / "golden")): hashlib.sha256(p.read_bytes()).hexdigest() for p in GOLDEN}
    changed = [name for name, digest in manifest.items() if now.get(name) != digest]
    assert not changed, "a published message was changed or removed: add a new file instead"
    assert now.keys() == manifest.keys(), "add the new files to MANIFEST: python -m tests.contract.events.release"


@pytest.mark.parametrize("name", EVENTS)
def test_no_event_breaks_those_who_know_its_released_schema(name):
    released = from_json((HERE / "released" / f"{name.replace('/v', '.v')}.json").read_bytes())
    assert breaks(released, EVENTS[name].model_json_schema()) == []


BASE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "pattern": "^a$"},
        "kind": {"enum": ["a", "b"], "type": "string"},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "inner": {"$ref": "#/$defs/Inner"},
        "parts": {"type": "array", "items": {"oneOf": [{"$ref": "#/$defs/Inner"}]}},
    },
    "$defs": {"Inner": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 0}}}},
}


def changed(**paths):
    schema = copy.deepcopy(BASE)
    for path, value in paths.items():
        *parents, last = path.split("__")
        at = schema
        for parent in parents:
            at = at[parent.replace("defs", "$defs")]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return schema


@pytest.mark.parametrize(
    "new",
    [
        changed(properties__id=None),
        changed(properties__id__type="integer"),
        changed(properties__id__pattern="^b$"),
        changed(required=["id", "kind"]),
        changed(properties__kind__enum=["a"]),
        changed(properties__note__anyOf=[{"type": "string"}]),
        changed(defs__Inner__properties__n=None),
        changed(defs__Inner__properties__n__minimum=1),
        changed(properties__parts__items={"oneOf": [{"type": "string"}]}),
    ],
)
def test_the_check_sees_a_breaking_change(new):
    assert breaks(BASE, new)


@pytest.mark.parametrize(
    "new",
    [
        BASE,
        changed(properties__more={"type": "string"}),
        changed(properties__kind__enum=["a", "b", "c"]),
        changed(required=[]),
        changed(defs__Inner__properties__more={"type": "string"}),
    ],
)
def test_the_check_lets_an_additive_change_pass(new):
    assert breaks(BASE, new) == []


def test_ids_that_would_break_a_subject_are_refused():
    for bad in ("", "a.b", "a b", "a>", "*", "x" * 65, "ü"):
        with pytest.raises(ValidationError):
            EVENTS["notice-due/v1"](conversation=bad, epoch=1, reason="failed")
